import { randomBytes, randomUUID } from 'node:crypto';
import { json } from '../shared/answers.mjs';
import { parsed } from '../shared/body.mjs';
import { createFailures } from '../shared/failures.mjs';
import { createRouter, splitPath } from '../shared/router.mjs';
import { serve } from '../shared/serve.mjs';
import { DEFAULT_SETTINGS, isTaken } from './thoughtIndustriesSettings.mjs';

/** @typedef {import('./thoughtIndustriesSettings.mjs').Settings} Settings */
/** @typedef {Record<string, any>} Item */
/** @typedef {{ id: string, query: URLSearchParams, body: Item }} Request */
/** @typedef {(request: Request) => import('../shared/answers.mjs').Answer} Handler */

const ROOT = '/incoming/v2';

/** A missing or wrong key (documented, rest). */
const unauthorized = { status: 401, type: 'text/plain', text: '' };
/** What an unknown record or route is answered is unknown. */
const notFound = json(404, { message: 'Not found' });

/**
 * Plays the REST API v2 of Thought Industries for one site, on a free loopback port: as far as it is
 * documented, and otherwise as the settings say.
 *
 * @param {{ completions?: Item[], enrollments?: Item[], users?: Item[], content?: Item[] } & Partial<Settings>} [options]
 */
export async function startThoughtIndustries({
	completions = [],
	enrollments = [],
	users = [],
	content = [],
	...options
} = {}) {
	const settings = { ...DEFAULT_SETTINGS, ...options };
	const key = randomBytes(16).toString('hex');
	const failures = createFailures((status) => json(status, { message: 'It was told to fail' }));

	/**
	 * Which envelope a list has: the documents have both (rest/events, rest/pagination), and others
	 * read the second.
	 *
	 * @param {string} name @param {Item[]} records @param {Item | undefined} pageInfo
	 */
	function listOf(name, records, pageInfo) {
		const list = { ...(pageInfo && { [settings.pageInfoName]: pageInfo }), [name]: records };
		if (settings.envelope === 'top') return json(200, list);
		return json(200, { data: settings.envelope === 'data' ? { APIEvents: list } : records });
	}

	/** The page with a number that a query names. @param {Item[]} all @param {URLSearchParams} query @param {number} size */
	function pageByNumber(all, query, size) {
		const number = settings.paging === 'page' ? Number(query.get('page') ?? 1) : 1;
		const start =
			settings.paging === 'page' ? (number - 1) * size : Number(query.get('cursor') ?? 0);
		return { records: all.slice(start, start + size), end: start + size };
	}

	/** @param {string} name @param {() => Item[]} all @returns {Handler} */
	const listed =
		(name, all) =>
		({ query }) => {
			// The default of 25 and the most of 100 are documented for lists (rest/pagination).
			const size = settings.perPage ?? Math.min(100, Number(query.get('perPage') ?? 25));
			const { records, end } = pageByNumber(all(), query, size);
			if (records.length === 0 && settings.pastEnd !== 'empty') return notFound;
			const total = all().length;
			const info = {
				none: undefined,
				cursor: { cursor: String(end), hasMore: end < total },
				pages: { page: Number(query.get('page') ?? 1), totalPages: Math.ceil(total / size) },
			}[settings.listInfo];
			return listOf(name, records, info);
		};

	/**
	 * A stream of events. The parameters and the page are documented (rest/events), 100 events newest
	 * first is what others have seen.
	 *
	 * @param {() => Item[]} all
	 * @returns {Handler}
	 */
	const stream =
		(all) =>
		({ query }) => {
			const isAfter = isTaken(
				settings.dates,
				query.get('startDate'),
				(limit, time) => time >= limit,
			);
			const isBefore = isTaken(
				settings.dates,
				query.get('endDate'),
				(limit, time) => time <= limit,
			);
			const [course, learner] = [query.get('notifiableId'), query.get('userId')];
			const matching = all()
				.filter(
					({ timestamp }) => isAfter(Date.parse(timestamp)) && isBefore(Date.parse(timestamp)),
				)
				.filter((event) => !settings.narrows || course === null || event.notifiableId === course)
				.filter((event) => !settings.narrows || learner === null || event.userDetail.id === learner)
				.sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
			if (settings.order === 'oldestFirst') matching.reverse();
			const start = Number(query.get('cursor') ?? 0);
			const end = start + settings.pageSize;
			const pageInfo = {
				perPage: settings.pageSize,
				total: matching.length,
				cursor: String(settings.cursors === 'stuck' ? start : end),
				hasMore: settings.cursors === 'stuck' || end < matching.length,
			};
			return listOf(
				'events',
				matching.slice(start, end),
				settings.cursors === 'none' ? undefined : pageInfo,
			);
		};

	/** What a user is answered in is unknown. @param {Item} user */
	const answered = (user) =>
		({
			record: json(200, user),
			wrapped: json(200, { user }),
			data: json(200, { data: user }),
			empty: { status: 204, type: 'text/plain', text: '' },
		})[settings.records];

	/** @param {Item} body @returns {import('../shared/answers.mjs').Answer} */
	function createUser(body) {
		const known = users.find(({ email }) => email === body.email);
		if (known && !body.upsert) return json(422, { errors: [{ message: 'Email is taken' }] });
		const { upsert, ...fields } = body;
		const user = Object.assign(known ?? { id: randomUUID(), courseIds: [] }, fields);
		if (!known) users.push(user);
		return answered(user);
	}

	/** @type {import('../shared/router.mjs').Routes<Handler>} */
	const routes = {
		'/ping': { GET: () => json(200, { valid: true }) },
		'/events/courseCompletion': { GET: stream(() => completions) },
		'/events/courseEnrollment': { GET: stream(() => enrollments) },
		'/content': {
			// That `types` is needed is documented (rest/content/list); others call without.
			GET: (request) =>
				settings.needsTypes && !request.query.get('types')
					? json(400, { message: 'types is required' })
					: listed('contentItems', () => content)(request),
		},
		'/users': {
			GET: (request) =>
				listed('users', () => {
					const role = request.query.get('role');
					return role === null ? users : users.filter((user) => user.role === role);
				})(request),
			POST: ({ body }) => createUser(body),
		},
		'/users/:id': {
			GET({ id }) {
				const user = users.find((each) => each.id === id);
				return user ? answered(user) : notFound;
			},
			// Whether courses are added or replaced is unknown.
			PUT({ id, body }) {
				const user = users.find((each) => each.id === id);
				if (!user) return notFound;
				for (const [name, values] of Object.entries(body))
					user[name] =
						settings.enrolling === 'adds'
							? [...new Set([...(user[name] ?? []), ...values])]
							: values;
				return answered(user);
			},
		},
	};
	const routeOf = createRouter(routes);

	const server = await serve({
		failures,
		/** @param {import('../shared/serve.mjs').Head} head @returns {import('../shared/serve.mjs').Logged & { authorization?: string }} */
		entryOf: ({ method, url, headers }) => ({
			method,
			path: url.startsWith(ROOT) ? url.slice(ROOT.length) : `(outside ${ROOT}) ${url}`,
			status: 0,
			authorization: headers.authorization,
		}),
		answerTo({ method, path, authorization }, body) {
			const { pathname, query } = splitPath(path);
			if (authorization !== `Bearer ${key}`) return unauthorized;
			const route = routeOf(pathname);
			const handler = route?.methods[method];
			return handler && route
				? handler({ id: decodeURIComponent(route.id), query, body: parsed(body) })
				: notFound;
		},
	});

	return {
		base: `${server.origin}${ROOT}`,
		key,
		users,
		requests: server.requests,
		/** Makes requests fail. */
		fail: failures.add,
		close: server.close,
	};
}
