import { randomUUID } from 'node:crypto';

/** @typedef {import('./catalogue.mjs').Learner} Learner */

/**
 * @typedef {object} Completion documented by example (webhooks, sample payload)
 * @property {string} id
 * @property {string} timestamp
 * @property {string} user
 * @property {string} notifiableId
 * @property {string} title
 * @property {Record<string, string | null>} userDetail
 */

/** @type {Record<import('./settings.mjs').Settings['unset'], string | null | undefined>} */
const UNSET = { null: null, empty: '', absent: undefined };

/**
 * The object of a webhook and of the nightly file, with the keys in the order of the sample.
 *
 * @param {object} what
 * @param {Learner} what.learner
 * @param {import('./catalogue.mjs').Course} what.course
 * @param {string} what.companyId
 * @param {number} what.at milliseconds since 1970
 * @param {import('./settings.mjs').Settings['unset']} unset
 * @returns {Completion}
 */
export function completionOf({ learner, course, companyId, at }, unset) {
	const { id, email, firstName, lastName, client, externalCustomerId, refs = [] } = learner;
	const [ref1, ref2, ref3, ...more] = refs;
	const details = {
		...{ id, firstName, lastName, externalCustomerId, sfContactId: '', sfAccountId: '', client, ref1, ref2, ref3 },
		...Object.fromEntries(more.map((value, index) => [`ref${index + 4}`, value])),
	};
	const set = Object.entries(details).map(([key, value]) => [key, value || UNSET[unset]]);
	return {
		...{ id: randomUUID(), source: 'course_completed', timestamp: new Date(at).toISOString(), type: 'status_change' },
		...{ user: email, companyId, event: 'courseCompletion', notifiableId: course.id, title: course.title },
		userDetail: Object.fromEntries(set.filter(([, value]) => value !== undefined)),
	};
}
