import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { systemClock } from '#dist/nodes/shared/http/rateLimiter.js';
import { eventOf, itemOf } from '../../unit/events.mjs';
import { runNode } from '../core.mjs';
import { errorTextOf } from '../errorText.mjs';
import { expectShape } from '../outputs.mjs';
import { populated, START, startNode } from './api.mjs';
import { inMemory, run as runOffline } from './node.mjs';

/** Completions from the API of Thought Industries, as events of the trigger. */

/** @type {Awaited<ReturnType<typeof startNode>> | undefined} */
let started;
afterEach(() => started?.close());

/** @param {Parameters<typeof startNode>[0]} options */
const start = async (options) => (started = await startNode(options));

const at = (/** @type {number} */ minutes) => new Date(START + minutes * 60_000).toISOString();

/** @param {any[]} json */
const people = (json) => json.map(({ person }) => person.email.split('@')[0]);

const ALL = { returnAll: true };

it('are the items of the trigger, with the same keys', async () => {
	const { completions } = populated(3);
	const { run } = await start({ completions });
	const { status, hints, json } = await run('completion:getAll', ALL);
	expect([status, hints]).toEqual(['success', []]);
	const delivered = completions.map((each) => ({
		...itemOf(innovativeEducators, eventOf(innovativeEducatorsWebhooks, each)),
		source: 'api',
		missedByWebhook: null,
		receivedAt: expect.stringMatching(/Z$/),
	}));
	expect(json).toEqual(delivered.reverse());
	expectShape('InnovativeEducators', 'completion:getAll', json);
});

describe('are read to the end, each once,', () => {
	it.each([
		['with the list at the top', {}],
		['with the list in data', { envelope: 'data' }],
		['with data as the list', { envelope: 'list', cursors: 'none' }],
		['with meta instead of pageInfo', { pageInfoName: 'meta' }],
		['without a cursor', { cursors: 'none' }],
		['in pages of two', { pageSize: 7 }],
		['the oldest first', { order: 'oldestFirst' }],
	])('%s', async (_, settings) => {
		const { completions } = populated(205);
		const { run, requests } = await start({
			completions,
			.../** @type {any} */ (settings),
		});
		const { json, hints } = await run('completion:getAll', ALL);
		expect(hints).toEqual([]);
		expect(new Set(json.map(({ eventKey }) => eventKey)).size).toBe(205);
		expect(json).toHaveLength(205);
		expect(requests().length).toBeLessThanOrEqual(60);
	});

	it('although several happened in the same millisecond, where there is no cursor', async () => {
		const { completions } = populated(250, { apart: 0 });
		for (const [index, each] of completions.entries())
			each.timestamp = new Date(START + Math.floor(index / 50)).toISOString();
		const { run } = await start({ completions, cursors: 'none' });
		expect((await run('completion:getAll', ALL)).json).toHaveLength(250);
	});

	it('although a course that was reset has the same ID twice', async () => {
		const { completions } = populated(2);
		completions[1] = { ...completions[0], timestamp: at(9) };
		const { run } = await start({ completions });
		expect((await run('completion:getAll', ALL)).json).toHaveLength(2);
	});
});

it('say so if the pages lead nowhere although there are more', async () => {
	const { completions } = populated(12);
	const { run } = await start({ completions, pageSize: 5, cursors: 'stuck' });
	const { json, hints } = await run('completion:getAll', ALL);
	expect(json.length).toBe(12);
	expect(hints[0].message).toContain('its next page brought nothing new');
	expect(json[0]._list).toMatchObject({ isComplete: false, returned: 12 });
});

describe('of a time', () => {
	const during = { since: at(10), until: at(19) };

	it.each([
		['in milliseconds', {}, {}, `startDate=${START + 600_000}`],
		['in ISO 8601', { dates: 'iso' }, { dateFormat: 'iso' }, `startDate=${at(10)}`],
		['that it does not understand', { dates: 'iso' }, {}, `startDate=${START + 600_000}`],
	])('are asked for %s', async (_, settings, options, query) => {
		const { completions } = populated(30);
		const { run, requests } = await start({ completions, .../** @type {any} */ (settings) });
		const { json } = await run('completion:getAll', { ...ALL, ...during, options });
		expect(people(json)).toEqual(Array.from({ length: 10 }, (_each, index) => `u${19 - index}`));
		expect(requests()[0]).toContain(query);
	});

	it('are not read further than needed where the newest come first', async () => {
		const { completions } = populated(40);
		const { run, requests } = await start({ completions, pageSize: 5, dates: 'iso' });
		const { json } = await run('completion:getAll', { ...ALL, since: at(33) });
		expect(json).toHaveLength(7);
		expect(requests()).toHaveLength(2);
	});

	it('are all found where the oldest come first and times are not understood', async () => {
		const { completions } = populated(40);
		const { run } = await start({
			completions,
			pageSize: 5,
			dates: 'iso',
			order: 'oldestFirst',
		});
		expect((await run('completion:getAll', { ...ALL, since: at(33) })).json).toHaveLength(7);
	});

	it('without a zone are of the time zone of the workflow', async () => {
		const { completions } = populated(1);
		const { run, requests } = await start({ completions });
		await run('completion:getAll', { ...ALL, since: '2026-03-04T10:00:00' });
		// n8n's default time zone.
		expect(requests()[0]).toContain(`startDate=${START}`);
	});

	it('that is none is refused', async () => {
		const { run, requests } = await start({});
		const { message } = errorTextOf(await run('completion:getAll', { since: 'yesterday' }), []);
		expect(message).toBe('Since is not a time');
		expect(requests()).toEqual([]);
	});
});

describe('are narrowed down', () => {
	/** @param {object} [settings] */
	async function mixed(settings) {
		const ie = populated(4);
		ie.complete({ learner: ie.learners[1], course: ie.courses[1], at: START });
		return { ie, ...(await start({ completions: ie.completions, ...settings })) };
	}

	it.each([true, false])('by course, learner, title and client: by the API %s', async (narrows) => {
		const { ie, run } = await mixed({ narrows });
		const count = async (/** @type {object} */ filters, /** @type {object} */ options = {}) =>
			(await run('completion:getAll', { ...ALL, filters, options })).json.length;
		expect(await count({ courses: [ie.courses[1].id] })).toBe(1);
		expect(await count({ courses: [ie.courses[1].id, ie.courses[0].title] })).toBe(5);
		expect(await count({ courseTitle: ['manage'] })).toBe(1);
		expect(await count({ clients: [ie.learners[1].client] })).toBe(1);
		expect(await count({}, { userId: 'learner-2' })).toBe(1);
		expect(await count({ courses: ['another'] })).toBe(0);
	});

	it('by a course in the request, if it is one ID', async () => {
		const { ie, run, requests } = await mixed();
		await run('completion:getAll', { filters: { courses: [ie.courses[1].id] } });
		await run('completion:getAll', { filters: { courses: ['Time Management'] } });
		expect(requests()).toEqual([
			`GET /events/courseCompletion?notifiableId=${ie.courses[1].id}`,
			'GET /events/courseCompletion',
		]);
	});

	it('by Limit, and say that there are more', async () => {
		const { run } = await mixed();
		const { json, hints } = await run('completion:getAll', { limit: 2 });
		expect([json.length, hints]).toEqual([2, []]);
		expect(json[0]._list).toMatchObject({ isComplete: false, returned: 2 });
		expect((await run('completion:getAll', { limit: 5 })).json[0]._list).toBeUndefined();
	});
});

describe('fill what a workflow has missed', () => {
	it('without those that the trigger or a nightly file has output', async () => {
		const ie = populated(3);
		const { run } = await start({ completions: ie.completions });
		const workflow = { workflowId: 'backfill', mode: /** @type {const} */ ('trigger') };
		const [first, second] = ie.completions;
		const event = eventOf(innovativeEducatorsWebhooks, first);
		await runNode({
			...workflow,
			node: {
				type: 'innovativeEducatorsTrigger',
				parameters: { authentication: 'none', events: ['courseCompletion'] },
			},
			items: [{ json: { .../** @type {any} */ (event), unprocessed: true } }],
		});
		const file = {
			name: 'nightly.json',
			mimeType: 'application/json',
			content: Buffer.from(JSON.stringify([second])),
		};
		const known = { skipKnownEvents: true };
		await runOffline('nightlyExport:parse', known, { ...workflow, items: [inMemory(file)] });
		const { json } = await run('completion:getAll', { ...ALL, ...known }, workflow);
		expect(people(json)).toEqual(['u2']);
		expect((await run('completion:getAll', { ...ALL, ...known }, workflow)).json).toEqual([]);
	});

	it('with repeats recognized and references named', async () => {
		const ie = populated(1);
		const [first] = ie.completions;
		const again = { ...first, id: 'again', timestamp: at(5) };
		const { run } = await start({ completions: [first, again], order: 'oldestFirst' });
		const { json } = await run('completion:getAll', {
			...ALL,
			recognizeRepeats: true,
			referenceNames: { values: [{ ref: 'ref2', name: 'Program' }] },
		});
		expect(json.map(({ course, references }) => [course.isRepeat, references])).toEqual([
			[false, { Program: 'Nursing' }],
			[true, { Program: 'Nursing' }],
		]);
	});

	it('as completions to compare a roster with', async () => {
		const { run } = await start({ completions: populated(2).completions });
		const { json: completions } = await run('completion:getAll', ALL);
		const { json } = await runOffline(
			'roster:compare',
			{
				learners: 'text',
				roster: 'u1@x.example\nu7@x.example',
				learnerField: '',
				completions: 'items',
			},
			{ items: completions.map((json) => ({ json })) },
		);
		expect(json.map(({ isCompleted }) => isCompleted)).toEqual([true, false]);
	});
});

it('are completions, also if an event of their list does not say so', async () => {
	const [{ event, ...bare }] = /** @type {any[]} */ (populated(1).completions);
	const { run } = await start({ completions: [bare] });
	const { json } = await run('completion:getAll', ALL);
	expect(json[0]).toMatchObject({ event: 'courseCompletion', person: { email: 'u0@x.example' } });
});

it('are requested no more often than Thought Industries allows', async () => {
	const { now, sleep } = systemClock;
	let time = 0;
	/** @type {number[]} */
	const waits = [];
	Object.assign(systemClock, {
		now: () => time,
		sleep: async (/** @type {number} */ ms) => {
			waits.push(ms);
			time += ms;
		},
	});
	try {
		const { run, requests } = await start({ completions: populated(75).completions, pageSize: 1 });
		expect((await run('completion:getAll', ALL)).json).toHaveLength(75);
		expect([requests().length, waits]).toEqual([75, [61_000]]);
	} finally {
		Object.assign(systemClock, { now, sleep });
	}
});

describe('that are not what the documents say', () => {
	it.each([
		['no object', []],
		['an object without a list', { ok: true }],
		['a list that is none', { events: 'none' }],
		['HTML', '<html></html>'],
		['nothing', ''],
	])('are an error if the response is %s', async (_, body) => {
		const { run, site } = await start({});
		site.fail({ match: '/events/', status: 200, body });
		const { message } = errorTextOf(await run('completion:getAll', ALL), []);
		expect(message).toBe(
			'Thought Industries sent a response that this node does not understand (200)',
		);
	});

	it('do no harm, whatever is in the list', async () => {
		const { run, site } = await start({});
		const events = [null, 1, 'x', [], {}, { id: {}, timestamp: 9, userDetail: 'x' }, { title: [] }];
		site.fail({ match: '/events/', status: 200, body: { events, pageInfo: 'x' }, times: Infinity });
		const { status, json } = await run('completion:getAll', ALL);
		expect([status, json.length]).toEqual(['success', 3]);
		expectShape(
			'InnovativeEducators',
			'event:getSample',
			json.map(({ payload, ...rest }) => ({ ...rest, payload: {} })),
		);
	});
});

describe('an error says what happened', () => {
	it.each([
		[401, '', 'The Thought Industries API key was not accepted'],
		[403, { message: 'Forbidden' }, 'The Thought Industries API key was not accepted'],
		[404, { message: 'x' }, 'Thought Industries does not support this request'],
		[422, { errors: ['bad date'] }, 'Thought Industries rejected the request with status 422'],
	])('for %i', async (status, body, message) => {
		const { run, site } = await start({});
		site.fail({ match: '/events/', status, body, times: Infinity });
		expect(errorTextOf(await run('completion:getAll', ALL), []).message).toBe(message);
	});

	it('without the key, which a proxy may repeat', async () => {
		const { run, site } = await start({});
		site.fail({
			match: '/events/',
			status: 400,
			body: { message: `Authorization: Bearer ${site.key}` },
		});
		const { message, description } = errorTextOf(await run('completion:getAll', ALL), [site.key]);
		expect(`${message} ${description}`).toContain('hidden');
	});

	it('for a wrong key', async () => {
		const { run, withKey } = await start({});
		const { description } = errorTextOf(await run('completion:getAll', ALL, withKey('another')), [
			'another',
		]);
		expect(description).toContain('Check the Site and the API Key');
	});
});
