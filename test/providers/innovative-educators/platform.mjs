import { catalogueOf } from './catalogue.mjs';
import { completionOf } from './completion.mjs';
import { csvOf, nameOf, ofDay } from './nightly.mjs';
import { compressed } from './schedule.mjs';
import { DEFAULTS } from './settings.mjs';
import { createWebhook } from './webhook.mjs';

/** @typedef {ReturnType<typeof createInnovativeEducators>} InnovativeEducators */
/** @typedef {import('./completion.mjs').Completion} Completion */

/**
 * Innovative Educators' platform: learners complete courses, which it tells by webhook and in a nightly file. It has no
 * API (none is documented), so it is nobody's server.
 *
 * @param {Partial<import('./settings.mjs').Settings>} [options]
 */
export function createInnovativeEducators(options = {}) {
	const given = { ...DEFAULTS, ...options };
	const settings = { ...given, clock: given.clock ?? compressed(given.factor) };
	const { companyId, courses, learners } = catalogueOf();
	const webhook = createWebhook(settings);
	/** @type {Completion[]} */
	const completions = [];
	/** Who has completed what, until it is reset. */
	const done = new Set();

	return {
		companyId,
		courses,
		learners,
		/** All completions in the order they happened. */
		completions,
		webhook,

		/**
		 * A learner completes a course, which counts once until it is reset (documented, webhooks).
		 *
		 * @param {{ learner?: import('./catalogue.mjs').Learner, course?: import('./catalogue.mjs').Course, at?: number }} [what]
		 * @returns {Completion | undefined} undefined when it counts for nothing
		 */
		complete({ learner = learners[0], course = courses[0], at = settings.clock.now() } = {}) {
			const which = `${learner.id} ${course.id}`;
			if (done.has(which)) return undefined;
			done.add(which);
			const completion = completionOf({ learner, course, companyId, at }, settings.unset, settings.ids);
			completions.push(completion);
			webhook.announce(completion);
			return structuredClone(completion);
		},

		/** Staff resets a course, on request (documented, webhooks); completing it again is inferred to be a new event. */
		reset: (learner = learners[0], course = courses[0]) => void done.delete(`${learner.id} ${course.id}`),

		/** Is sent once when a webhook was set up (documented, webhooks). */
		sendTestNotification: () => webhook.notify(settings.testBody),

		/**
		 * The nightly file of a day.
		 *
		 * @param {string} day as in 2026-03-04
		 * @param {import('./nightly.mjs').Format} [format]
		 */
		nightlyFile(day, format = 'csv') {
			const events = ofDay(completions, day, settings.timeZone);
			const text = format === 'csv' ? csvOf(events, settings) : JSON.stringify(events);
			return { name: nameOf(day, format), mimeType: format === 'csv' ? 'text/csv' : 'application/json', content: Buffer.from(text) };
		},

		close: webhook.close,
	};
}
