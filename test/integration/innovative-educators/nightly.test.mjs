import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { eventOf, itemOf } from '../../unit/events.mjs';
import { errorTextOf } from '../errorText.mjs';
import { inMemory, openStore, run } from './node.mjs';

/** @typedef {import('./node.mjs').File} File */

const DAY = '2026-03-04';
const HEADER = 'id,event,notifiableId,title';

/** @type {Awaited<ReturnType<typeof openStore>>} */
let store;
beforeAll(async () => {
	store = await openStore();
});
afterAll(() => store.close());

/**
 * A day on the simulated platform: three learners in three courses.
 *
 * @param {Parameters<typeof createInnovativeEducators>[0]} [options]
 */
function dayOf(options) {
	const ie = createInnovativeEducators(options);
	const at = Date.parse(`${DAY}T17:00:00Z`);
	for (const learner of ie.learners)
		for (const course of ie.courses) ie.complete({ learner, course, at });
	return ie;
}

/** The item that the trigger outputs for a delivery, but for how it came in. @param {any} payload */
function delivered(payload) {
	return {
		...itemOf(innovativeEducators, eventOf(innovativeEducatorsWebhooks, payload)),
		source: 'nightlyFile',
		missedByWebhook: null,
		receivedAt: expect.stringMatching(/Z$/),
	};
}

/** @param {string} text @param {string} [name] @returns {File} */
const fileOf = (text, name = 'nightly.csv') => ({
	name,
	mimeType: 'text/csv',
	content: Buffer.from(text),
});

/**
 * @param {File} file
 * @param {Record<string, unknown>} [parameters]
 * @param {Parameters<typeof run>[2]} [changes]
 */
const parsed = async (file, parameters, changes) =>
	await run('nightlyExport:parse', parameters, { items: [inMemory(file)], ...changes });

/** @param {any[]} json */
const idsOf = (json) => json.map(({ payload }) => payload.id);

describe.each(/** @type {const} */ (['json', 'csv']))('a nightly file as %s', (format) => {
	const options = { moreColumns: ['userDetail.ref4'] };

	it('becomes the items of the trigger, with the same keys, whether n8n stored the file or holds it in memory', async () => {
		const ie = dayOf(options);
		const file = ie.nightlyFile(DAY, format);
		for (const item of [inMemory(file), await store.stored(file)]) {
			const { status, json, output, hints } = await run(
				'nightlyExport:parse',
				{},
				{ items: [item] },
			);
			expect([status, hints]).toEqual(['success', []]);
			const expected = ie.completions.map(delivered);
			// As CSV a learner without a fourth reference has an empty one.
			if (format === 'csv')
				for (const { payload } of /** @type {any[]} */ (expected)) payload.userDetail.ref4 ??= null;
			expect(json).toEqual(expected);
			expect(output.every(({ pairedItem }) => /** @type {any} */ (pairedItem).item === 0)).toBe(
				true,
			);
			for (const item of json)
				expect(
					itemSchema(innovativeEducators.blocks).safeParse(item).error?.issues,
				).toBeUndefined();
		}
	});

	it('is filtered', async () => {
		const ie = dayOf(options);
		const file = ie.nightlyFile(DAY, format);
		const {
			courses: [course, , tricky],
			learners: [first, second],
		} = ie;
		const chosen = async (/** @type {Record<string, string[]>} */ filters) =>
			idsOf((await parsed(file, { filters })).json);
		const having = (/** @type {(each: any) => boolean} */ accepts) =>
			ie.completions.filter(accepts).map(({ id }) => id);
		expect(
			await chosen({ courses: [course.id.toUpperCase(), ' writing "a" papers, part 1'] }),
		).toEqual(having(({ notifiableId }) => [course.id, tricky.id].includes(notifiableId)));
		expect(await chosen({ clients: [second.client] })).toEqual(
			having(({ userDetail }) => userDetail.client === second.client),
		);
		expect(
			await chosen({ courses: [course.title], clients: [first.client], companies: [ie.companyId] }),
		).toHaveLength(2);
		expect(await chosen({ companies: ['another'] })).toEqual([]);
		expect(await chosen({ courses: [''], clients: [] })).toHaveLength(9);
	});

	it('of a day without completions has no items', async () => {
		const { status, json, hints } = await parsed(dayOf().nightlyFile('2026-03-05', format));
		expect([status, json, hints]).toEqual(['success', [], []]);
	});
});

describe('invalid rows', () => {
	const good = [
		'1,courseCompletion,c,One',
		'3,courseComplete,c,Three',
		'7,courseCompletion,c,Seven',
	];
	const text = [
		HEADER,
		good[0],
		'2,courseCompletion,c',
		good[1],
		'4,courseEnrollment,c,Four',
		'5,courseCompletion,c,"Five"x',
		',,,',
		good[2],
		'',
	].join('\n');
	const sentences = [
		'The row on line 3 has 3 fields instead of 4',
		'The row on line 5 is not a course completion',
		'The row on line 6 has text after a closing quotation mark',
		'The row on line 7 is not a course completion',
	];

	it('are skipped, and a hint lists them', async () => {
		const { json, hints } = await parsed(fileOf(text));
		expect(idsOf(json)).toEqual(['1', '3', '7']);
		expect(hints).toEqual([
			{
				type: 'warning',
				location: 'outputPane',
				message: `4 rows were skipped in nightly.csv. ${sentences.join('. ')}.`,
			},
		]);
	});

	it('become items with Output as Item', async () => {
		const { json, hints } = await parsed(fileOf(text), { onInvalidRow: 'separate' });
		expect(hints).toEqual([]);
		expect(json.filter(({ error }) => error)).toEqual(
			sentences.map((error) => ({ error, message: 'The row was skipped in nightly.csv.' })),
		);
		expect(json.map(({ payload, error }) => payload?.id ?? error)).toEqual([
			'1',
			sentences[0],
			'3',
			...sentences.slice(1),
			'7',
		]);
	});

	it('go to the error output if there is one', async () => {
		const { json, failed } = await parsed(
			fileOf(text),
			{ onInvalidRow: 'separate' },
			{ onError: 'continueErrorOutput' },
		);
		expect(idsOf(json)).toEqual(['1', '3', '7']);
		expect(failed.map(({ json: { error } }) => error)).toEqual(sentences);
	});

	it('stop the node with Stop', async () => {
		const { message, description, itemIndex } = errorTextOf(
			await parsed(fileOf(text), { onInvalidRow: 'error' }),
			[],
		);
		expect([message, itemIndex]).toEqual([sentences[0], 0]);
		expect(description).toContain('nightly.csv');
	});

	it('do not stop other files with On Error: Continue', async () => {
		const items = [inMemory(fileOf(text)), inMemory(fileOf([HEADER, good[0]].join('\n')))];
		const { json, failed } = await run(
			'nightlyExport:parse',
			{ onInvalidRow: 'error' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(idsOf(json)).toEqual(['1']);
		expect(failed).toMatchObject([{ json: { error: sentences[0] }, pairedItem: { item: 0 } }]);
	});

	it('of several files have a hint per file', async () => {
		const items = ['a.csv', 'b.csv'].map((name) => inMemory(fileOf(`${HEADER}\n1`, name)));
		const { hints } = await run('nightlyExport:parse', {}, { items });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('a.csv'),
			expect.stringContaining('b.csv'),
		]);
	});

	it('have a number in JSON', async () => {
		const { json, hints } = await parsed(
			fileOf('[{"event":"courseCompletion","id":"1"},7,\n{"event":"other"}]', 'nightly.json'),
		);
		expect(idsOf(json)).toEqual(['1']);
		expect(hints[0].message).toMatch(
			/Object 2 on line 1 is not an object\. Object 3 on line 2 is not a course completion\.$/,
		);
	});
});

describe('JSON that is invalid stops the node with the position of the error', () => {
	/** @param {(content: string) => string} change @param {string} [onInvalidRow] */
	async function errorOf(change, onInvalidRow = 'skip') {
		const { content, ...file } = dayOf().nightlyFile(DAY, 'json');
		const { message, description, itemIndex } = errorTextOf(
			await parsed({ ...file, content: Buffer.from(change(content.toString())) }, { onInvalidRow }),
			[],
		);
		expect(itemIndex).toBe(0);
		return [message, description];
	}

	it.each(['skip', 'separate', 'error'])('whatever On Invalid Row is: %s', async (onInvalidRow) => {
		const [message, description] = await errorOf(
			(content) => content.replaceAll('},{', '},\n{').replace('},\n{', '}\n{'),
			onInvalidRow,
		);
		expect(message).toBe('The JSON file is invalid at line 2, column 1');
		expect(description).toMatch(/get it again/);
	});

	it('if the file is cut short', async () => {
		const [message, description] = await errorOf((content) => content.slice(0, -20));
		expect(message).toMatch(/^The JSON file ends too early, at line 1, column \d+$/);
		expect(description).toMatch(/cut short/);
	});

	it('and does not count its completions as processed', async () => {
		const { content, ...file } = dayOf().nightlyFile(DAY, 'json');
		const parsedFrom = async (/** @type {Buffer} */ bytes) =>
			await parsed(
				{ ...file, content: bytes },
				{ skipKnownEvents: true },
				{ workflowId: 'cut', mode: 'trigger' },
			);
		expect((await parsedFrom(content.subarray(0, content.length - 20))).status).toBe('error');
		expect((await parsedFrom(content)).json).toHaveLength(9);
	});
});

test('an event without an ID has a key derived from its row, the same for CSV and for JSON', async () => {
	const event = { event: 'courseCompletion', id: null, notifiableId: 'c', title: 'One' };
	const [csv, json] = await Promise.all([
		parsed(fileOf('event,id,notifiableId,title\ncourseCompletion,,c,One')),
		parsed(fileOf(JSON.stringify([event]))),
	]);
	expect(csv.json[0].eventKey).toMatch(/^innovative-educators:courseCompletion:sha256-/);
	const [{ receivedAt, ...item }] = csv.json;
	expect(json.json).toEqual([{ ...item, receivedAt: expect.any(String) }]);
});

test('the file is read from the selected field', async () => {
	const items = [inMemory(fileOf(`${HEADER}\n1,courseCompletion,c,One`), 'export')];
	expect(
		(await run('nightlyExport:parse', { binaryPropertyName: 'export' }, { items })).json,
	).toHaveLength(1);
	expect((await run('nightlyExport:parse', {}, { items })).error.message).toContain(
		"no binary field 'data'",
	);
});

test('a file of something else is rejected', async () => {
	const { message, description } = errorTextOf(
		await parsed(fileOf('<html><body>Not found</body></html>')),
		[],
	);
	expect(message).toBe('The file is not a nightly file of Innovative Educators');
	expect(description).toContain('lacks id, event, notifiableId');
});

test('a file that no longer exists is an error', async () => {
	const item = await store.stored(fileOf(HEADER));
	for (const entry of readdirSync(store.folder))
		rmSync(join(store.folder, entry), { recursive: true });
	const { message, itemIndex } = errorTextOf(
		await run('nightlyExport:parse', {}, { items: [item] }),
		[],
	);
	expect([message, itemIndex]).toEqual(['The file could not be read to its end', 0]);
});

test('a file may have more rows than a function call may have arguments', async () => {
	const rows = Array.from({ length: 150_000 }, (_, index) => `${index},courseCompletion,c,One`);
	const { status, output } = await parsed(fileOf([HEADER, ...rows].join('\n')));
	expect(status).toBe('success');
	expect(output).toHaveLength(150_000);
	expect(output.at(-1)).toMatchObject({
		json: { eventKey: 'innovative-educators:courseCompletion:149999' },
		pairedItem: { item: 0 },
	});
});
