import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { startThoughtIndustries } from '../../providers/innovative-educators/thoughtIndustries.mjs';
import { runOperation, searchList } from '../core.mjs';

/** The first completion of `populated`; the others follow a minute apart. */
export const START = Date.parse('2026-03-04T15:00:00.000Z');

/**
 * A platform on which one learner after another has completed the orientation.
 *
 * @param {number} count
 * @param {{ apart?: number }} [options] milliseconds between completions
 */
export function populated(count, { apart = 60_000 } = {}) {
	const ie = createInnovativeEducators();
	for (let index = 0; index < count; index++) {
		const learner = { ...ie.learners[0], id: `learner-${index}`, email: `u${index}@x.example` };
		ie.complete({ learner, at: START + index * apart });
	}
	return ie;
}

/** @param {number} count */
export const people = (count) =>
	Array.from({ length: count }, (_, index) => ({
		id: `user-${index}`,
		email: `U${index}@x.example`,
		firstName: `First ${index}`,
		lastName: 'Last',
		role: index % 2 === 0 ? 'student' : 'manager',
	}));

/** @param {number} count */
export const courses = (count) =>
	Array.from({ length: count }, (_, index) => ({
		id: `course-${index}`,
		title: `Course ${index}`,
		slug: `course-${index}`,
	}));

/**
 * A simulated site, and the node with a key for it.
 *
 * @param {Parameters<typeof startThoughtIndustries>[0]} [options]
 */
export async function startNode(options) {
	const site = await startThoughtIndustries(options);
	const thoughtIndustriesApi = {
		site: 'college.thoughtindustries.com',
		apiKey: site.key,
		baseUrl: site.base,
	};
	const setting = { credentials: { thoughtIndustriesApi } };
	return {
		site,
		/** @param {string} apiKey */
		withKey: (apiKey) => ({
			credentials: { thoughtIndustriesApi: { ...thoughtIndustriesApi, apiKey } },
		}),
		/** What was requested. */
		requests: () =>
			site.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
		/** The bodies that were sent. @returns {any[]} */
		bodies: () => site.requests.flatMap(({ body }) => (body ? [JSON.parse(body)] : [])),
		/**
		 * @param {string} name as `resource:operation`
		 * @param {Record<string, unknown>} [parameters]
		 * @param {import('../core.mjs').Changes} [changes]
		 */
		run: (name, parameters, changes) =>
			runOperation(setting, 'innovativeEducators', name, parameters, changes),
		/**
		 * What the list of a locator shows.
		 *
		 * @param {string} method @param {string} [filter] @param {object} [changes]
		 */
		search: async (method, filter, changes = {}) =>
			await searchList({
				...setting,
				// The credential belongs to some resources only.
				node: {
					type: 'innovativeEducators',
					parameters: { resource: 'user', operation: 'get' },
				},
				method,
				filter,
				...changes,
			}),
		close: () => site.close(),
	};
}
