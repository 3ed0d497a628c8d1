import { processedKeys } from '#dist/nodes/shared/events/deduplicate.js';
import { executeContext, ProcessedRow } from '../../executeContext.mjs';

/** Looking up what n8n's record has, which n8n itself cannot do without recording it. */

let nodes = 0;

/** A workflow's record, as executions see it. @param {number} [eventsToRemember] */
function recordOf(eventsToRemember = 100) {
	const row = new ProcessedRow();
	const nodeId = `lookup-${nodes++}`;
	return {
		row,
		/** @param {string} id @param {object} [changes] */
		execution: (id, changes = {}) =>
			processedKeys(executeContext({ row, id, nodeId, ...changes }).context, {
				eventsToRemember,
				windowMs: Infinity,
			}),
	};
}

const numbered = (/** @type {number} */ count, name = 'key') =>
	Array.from({ length: count }, (_, number) => `${name}-${number}`);

test('gives what earlier executions have recorded, and records nothing', async () => {
	const { row, execution } = recordOf();
	await execution('1').record(['a', 'b']);
	const before = [...(row.entries ?? [])];
	expect(await execution('2').recorded(['a', 'c', 'b', 'd'])).toEqual(new Set(['a', 'b']));
	expect(row.entries).toEqual(before);
	expect(await execution('3').record(['c', 'd'])).toEqual(new Set(['c', 'd']));
});

test('does not count what the same execution, or the one that it retries, has recorded', async () => {
	const { execution } = recordOf();
	await execution('1').record(['a']);
	expect(await execution('1').recorded(['a'])).toEqual(new Set());
	const retry = execution('2', { mode: 'retry', retryOf: '1' });
	expect(await retry.recorded(['a'])).toEqual(new Set());
});

test('pushes nothing out of a full record', async () => {
	const { execution } = recordOf(10);
	const keys = numbered(10);
	await execution('1').record(keys);
	expect(await execution('2').recorded(numbered(500, 'new'))).toEqual(new Set());
	expect(await execution('3').recorded(keys)).toEqual(new Set(keys));
});

test('leaves nothing of thousands of keys in the record', async () => {
	const { row, execution } = recordOf(10_000);
	await execution('1').record(['a']);
	const before = [...(row.entries ?? [])];
	expect(await execution('2').recorded([...numbered(3000), 'a'])).toEqual(new Set(['a']));
	expect(row.entries).toEqual(before);
});

test('takes nothing back that an event recorded at the same moment', async () => {
	const { execution } = recordOf(1000);
	const keys = numbered(50);
	const looking = execution('1').recorded(keys);
	const recording = Promise.all(
		keys.map(async (key, index) => await execution(`e${index}`).record([key])),
	);
	await Promise.all([looking, recording]);
	expect(await execution('last').recorded(keys)).toEqual(new Set(keys));
});

test('an event is no duplicate because it was looked up at the same moment', async () => {
	const { execution } = recordOf(1000);
	const keys = numbered(50);
	const looking = execution('1').recorded(keys);
	const fresh = await Promise.all(
		keys.map(async (key, index) => (await execution(`e${index}`).record([key])).has(key)),
	);
	await looking;
	expect(fresh).toEqual(keys.map(() => true));
});

test('finds marks, whichever execution noted them, and no others', async () => {
	const { row, execution } = recordOf();
	await execution('1').note(['m1', 'm2']);
	const before = [...(row.entries ?? [])];
	for (const id of ['1', '2'])
		expect(await execution(id).noted(['m1', 'm2', 'm3'])).toEqual(new Set(['m1', 'm2']));
	expect(row.entries).toEqual(before);
});

test('notes again what another process has overwritten', async () => {
	const { row, execution } = recordOf();
	await execution('1').note(['m1']);
	row.entries = [];
	expect(await execution('2').noted(['m1'])).toEqual(new Set(['m1']));
	expect(row.entries).toEqual(['m1']);
});

test.each([
	['has room for a mark of each event if a polling trigger compares them', 'webhook.missed', true],
	['has none for marks that nobody asks for', '*', false],
])('the record %s', async (_, event, hasRoom) => {
	const { execution } = recordOf(10);
	const parameters = { events: [event], settings: { eventsToRemember: 10 } };
	const beside = { beside: { polling: { type: 'jofiPollingTrigger', parameters } } };
	for (const key of numbered(10)) {
		await execution(key, beside).record([key]);
		await execution(key, beside).note([`mark-${key}`]);
	}
	const found = await execution('last', beside).recorded(numbered(10));
	expect(found.size === 10).toBe(hasRoom);
});
