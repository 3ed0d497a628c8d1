import { randomUUID } from 'node:crypto';
import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { eventOf, itemOf } from '../../unit/events.mjs';
import { runNode } from '../core.mjs';
import { expectShape } from '../outputs.mjs';
import { populated, START, startNode } from './api.mjs';
import { inMemory, run } from './node.mjs';

/** Event → Get Many Since: completions that did not run, from nightly files or the API. */

const EVER = '2020-01-01T00:00:00Z';
const HOUR = 60 * 60_000;
const iso = (/** @type {number} */ ms) => new Date(ms).toISOString();

/** @type {Awaited<ReturnType<typeof startNode>> | undefined} */
let started;
afterEach(() => started?.close());

/** @param {Record<string, unknown>} [parameters] */
const triggerNode = (parameters = {}) => ({
	id: 'webhook',
	type: 'innovativeEducatorsTrigger',
	parameters: /** @type {any} */ ({
		...{ authentication: 'none', events: ['courseCompletion'] },
		...parameters,
	}),
});

/** A delivery runs. @param {string} workflowId @param {any} payload */
async function deliver(workflowId, payload) {
	const event = eventOf(innovativeEducatorsWebhooks, payload);
	const { output } = await runNode({
		...{ workflowId, mode: 'webhook', node: triggerNode() },
		items: [
			{
				json: {
					.../** @type {any} */ (event),
					...{ source: 'webhook', receivedAt: iso(Date.now()), unprocessed: true },
				},
			},
		],
	});
	return output;
}

/** Two days with three completions each, and their files. */
function twoDays() {
	const ie = createInnovativeEducators();
	const days = ['2026-03-04', '2026-03-05'];
	for (const [number, day] of days.entries())
		for (const [index, learner] of ie.learners.entries())
			ie.complete({
				...{ learner, course: ie.courses[number] },
				at: Date.parse(`${day}T17:0${index}:00Z`),
			});
	const files = days.map((day, index) => ie.nightlyFile(day, index ? 'json' : 'csv'));
	return { ie, items: files.map((file) => inMemory(file)) };
}

describe('from nightly files', () => {
	it('brings exactly what did not run, paired with its file, and a second time nothing', async () => {
		const { ie, items } = twoDays();
		const workflowId = randomUUID();
		for (const index of [0, 4])
			expect(await deliver(workflowId, ie.completions[index])).toHaveLength(1);
		const replay = () =>
			run(
				'event:getManySince',
				{ since: EVER, returnAll: true },
				{ workflowId, items, beside: [triggerNode()] },
			);
		const { output, json, error } = await replay();
		expect(error).toBeUndefined();
		const expected = [1, 2, 3, 5].map((index) => ie.completions[index].id);
		expect(json.map(({ payload }) => payload.id)).toEqual(expected);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
		expect(
			json.every(({ missedByWebhook, source }) => missedByWebhook && source === 'replay'),
		).toBe(true);
		expectShape('InnovativeEducators', 'event:getManySince', json);
		expect((await replay()).json).toEqual([]);
		expect(await deliver(workflowId, ie.completions[1])).toEqual([]);
	});

	it('reads the range only, and needs no credential', async () => {
		const { items } = twoDays();
		const { json } = await run(
			'event:getManySince',
			{
				since: '2026-03-05T17:01:00Z',
				until: '2026-03-05T17:01:59Z',
				selectEvents: 'here',
				events: ['*'],
			},
			{ items },
		);
		expect(json.map(({ occurredAt }) => occurredAt)).toEqual([
			expect.stringMatching(/^2026-03-05T17:01/),
		]);
	});

	it('lists the rows that it could not read', async () => {
		const file = inMemory({
			name: 'broken.csv',
			mimeType: 'text/csv',
			content: Buffer.from('id,event,notifiableId,title\n1,courseCompletion,2,T\n2,other,3,U\n'),
		});
		const { json } = await run(
			'event:getManySince',
			{ since: EVER, selectEvents: 'here', events: ['*'] },
			{ items: [file] },
		);
		expect(json).toHaveLength(1);
		expect(json[0]._list.reason).toMatch(/broken\.csv/);
	});

	it('takes Reference Names from the trigger', async () => {
		const { items } = twoDays();
		const names = { values: [{ ref: 'ref1', name: 'Student' }] };
		const { json } = await run(
			'event:getManySince',
			{ since: EVER, preview: true },
			{ items, beside: [triggerNode({ settings: { referenceNames: names } })] },
		);
		expect(json[0].references).toHaveProperty('Student');
	});
});

describe('from Thought Industries', () => {
	it('brings exactly what did not run, as items of the trigger, and a second time nothing', async () => {
		const { completions } = populated(12);
		started = await startNode({ completions });
		const workflowId = randomUUID();
		await deliver(workflowId, completions[3]);
		const { run: runOnline } = started;
		const replay = () =>
			runOnline(
				'event:getManySince',
				{ readFrom: 'api', since: iso(START), returnAll: true },
				{ workflowId, beside: [triggerNode()] },
			);
		const { json, error } = await replay();
		expect(error).toBeUndefined();
		const expected = completions
			.filter((_, index) => index !== 3)
			.map((each) => ({
				...itemOf(innovativeEducators, eventOf(innovativeEducatorsWebhooks, each)),
				...{ source: 'replay', receivedAt: expect.any(String), missedByWebhook: true },
			}));
		expect(json).toEqual(expected);
		expect((await replay()).json).toEqual([]);
	});
});

it('a nightly file says what the webhook missed, where known events are skipped', async () => {
	const ie = createInnovativeEducators();
	ie.complete({ at: Date.now() - 5 * HOUR });
	ie.complete({ learner: ie.learners[1], at: Date.now() - HOUR });
	const content = Buffer.from(JSON.stringify(ie.completions));
	const items = [inMemory({ name: 'a.json', mimeType: 'application/json', content })];
	const missed = async (/** @type {boolean} */ skipKnownEvents, beside = [triggerNode()]) =>
		(
			await run('nightlyExport:parse', { skipKnownEvents }, { items, beside, mode: 'trigger' })
		).json.map(({ missedByWebhook }) => missedByWebhook);
	expect(await missed(true)).toEqual([true, null]);
	expect(await missed(false)).toEqual([null, null]);
	expect(await missed(true, [])).toEqual([null, null]);
});
