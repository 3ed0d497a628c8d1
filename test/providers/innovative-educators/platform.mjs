import { catalogueOf } from './catalogue.mjs';
import { completionOf } from './completion.mjs';
import { csvOf, nameOf, ofDay } from './nightly.mjs';
import { createCompressedClock } from './schedule.mjs';
import { DEFAULTS } from './settings.mjs';
import { createWebhook } from './webhook.mjs';

/** @typedef {ReturnType<typeof createInnovativeEducators>} InnovativeEducators */
/** @typedef {import('./completion.mjs').Completion} Completion */

/**
 * Simulates Innovative Educators' platform: learners complete courses, and it sends the completions
 * by webhook and in a nightly file. No API is documented, so it is not a server.
 *
 * @param {Partial<import('./settings.mjs').Settings>} [options]
 */
export function createInnovativeEducators(options = {}) {
	const all = { ...DEFAULTS, ...options };
	const settings = { ...all, clock: all.clock ?? createCompressedClock(all.factor) };
	const { companyId, courses, learners } = catalogueOf();
	const webhook = createWebhook(settings);
	/** @type {Completion[]} */
	const completions = [];
	/** Learner and course of each completion that was not reset. */
	const completed = new Set();

	return {
		companyId,
		courses,
		learners,
		/** In the order they happened. */
		completions,
		webhook,

		/**
		 * A learner completes a course, which counts only once until it is reset (documented,
		 * webhooks).
		 *
		 * @param {{ learner?: import('./catalogue.mjs').Learner, course?: import('./catalogue.mjs').Course, at?: number }} [facts]
		 * @returns {Completion | undefined} `undefined` if it does not count
		 */
		complete({ learner = learners[0], course = courses[0], at = settings.clock.now() } = {}) {
			const key = `${learner.id} ${course.id}`;
			if (completed.has(key)) return undefined;
			completed.add(key);
			const completion = completionOf(
				{ learner, course, companyId, at },
				settings.unset,
				settings.ids,
			);
			completions.push(completion);
			webhook.deliverCompletion(completion);
			return structuredClone(completion);
		},

		/**
		 * Staff reset a course on request (documented, webhooks). That completing it again is a new
		 * event is inferred.
		 */
		reset: (learner = learners[0], course = courses[0]) =>
			void completed.delete(`${learner.id} ${course.id}`),

		/** Sent once after a webhook is set up (documented, webhooks). */
		sendTestNotification: () => webhook.deliverTest(settings.testBody),

		/**
		 * The nightly file of a day.
		 *
		 * @param {string} day as in 2026-03-04
		 * @param {import('./nightly.mjs').Format} [format]
		 */
		nightlyFile(day, format = 'csv') {
			const events = ofDay(completions, day, settings.timeZone);
			const text = format === 'csv' ? csvOf(events, settings) : JSON.stringify(events);
			return {
				name: nameOf(day, format),
				mimeType: format === 'csv' ? 'text/csv' : 'application/json',
				content: Buffer.from(text),
			};
		},

		close: webhook.close,
	};
}
