import { createHash, randomUUID } from 'node:crypto';

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

/** A UUID of version 5. @param {string} name */
const nameBasedId = (name) =>
	createHash('sha1')
		.update(name)
		.digest('hex')
		.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5');

/**
 * The object in a delivery and in the nightly file, with the keys in the order of the documented
 * sample.
 *
 * @param {{ learner: Learner, course: import('./catalogue.mjs').Course, companyId: string, at: number }} facts
 * at: milliseconds since 1970
 * @param {import('./settings.mjs').Settings['unset']} unset
 * @param {import('./settings.mjs').Settings['ids']} [ids]
 * @returns {Completion}
 */
export function completionOf({ learner, course, companyId, at }, unset, ids = 'random') {
	const { id, email, firstName, lastName, client, externalCustomerId, refs = [] } = learner;
	const [ref1, ref2, ref3, ...more] = refs;
	const details = {
		...{
			id,
			firstName,
			lastName,
			externalCustomerId,
			sfContactId: '',
			sfAccountId: '',
			client,
			ref1,
			ref2,
			ref3,
		},
		...Object.fromEntries(more.map((value, index) => [`ref${index + 4}`, value])),
	};
	const entries = Object.entries(details).map(([key, value]) => [key, value || UNSET[unset]]);
	return {
		...{
			id: ids === 'random' ? randomUUID() : nameBasedId(`${id} ${course.id}`),
			source: 'course_completed',
			timestamp: new Date(at).toISOString(),
			type: 'status_change',
		},
		...{
			user: email,
			companyId,
			event: 'courseCompletion',
			notifiableId: course.id,
			title: course.title,
		},
		userDetail: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
	};
}
