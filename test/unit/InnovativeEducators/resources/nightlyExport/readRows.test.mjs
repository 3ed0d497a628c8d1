import { Readable } from 'node:stream';

import fc from 'fast-check';

import { readRows } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/readRows.js';
import { createInnovativeEducators } from '../../../../providers/innovative-educators/platform.mjs';

const DAY = '2026-03-04';
const LINES = 'id,event,notifiableId,title\n1,courseCompletion,c,"Crème\n😀"\n';

/**
 * The rows of a file that n8n has stored, or holds in memory.
 *
 * @param {string | Buffer} content
 * @param {{ piece?: number, inMemory?: boolean }} [how] piece: bytes of each chunk
 */
async function read(content, { piece = 65_536, inMemory = false } = {}) {
	const bytes = Buffer.from(content);
	const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
		bytes.subarray(index * piece, (index + 1) * piece),
	);
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'Innovative Educators' }),
		helpers: { getBinaryStream: async () => Readable.from(pieces) },
	});
	const file = inMemory
		? { data: bytes.toString('base64'), mimeType: 'text/csv' }
		: { id: 'stored', data: '', mimeType: 'text/csv' };
	const all = [];
	for await (const { rows } of readRows(context, file, 0)) all.push(...rows);
	return all;
}

/** @param {Awaited<ReturnType<typeof read>>} rows */
const payloadsOf = (rows) => rows.map((row) => ('payload' in row ? row.payload : row.reason));

/**
 * A day on the simulated platform.
 *
 * @param {Parameters<typeof createInnovativeEducators>[0]} [options]
 */
function dayOf(options) {
	const ie = createInnovativeEducators(options);
	const at = Date.parse(`${DAY}T17:00:00Z`);
	for (const learner of ie.learners)
		for (const course of ie.courses) ie.complete({ learner, course, at });
	return { ie, csv: ie.nightlyFile(DAY, 'csv').content, json: ie.nightlyFile(DAY, 'json').content };
}

describe('the file of a day', () => {
	test('is read as JSON and as CSV, in which unset fields are null', async () => {
		const { ie, csv, json } = dayOf();
		expect(payloadsOf(await read(json))).toEqual(ie.completions);
		const documented = ie.completions.map(({ userDetail: { ref4, ...userDetail }, ...rest }) => ({
			...rest,
			userDetail,
		}));
		expect(payloadsOf(await read(csv))).toEqual(documented);
	});

	test.each([
		[{ lineEnd: /** @type {const} */ ('\n') }],
		[{ byteOrderMark: true }],
		[{ quoteAll: true }],
		[{ byteOrderMark: true, quoteAll: true, lineEnd: /** @type {const} */ ('\n') }],
	])('is read as CSV with %j', async (options) => {
		const { csv, ie } = dayOf({ ...options, moreColumns: ['userDetail.ref4', 'license'] });
		const all = ie.completions.map(({ userDetail, ...rest }) => ({
			...rest,
			license: null,
			userDetail: { ref4: null, ...userDetail },
		}));
		expect(payloadsOf(await read(csv))).toEqual(all);
	});

	test.each([1, 2, 3, 5, 1000])(
		'is the same in chunks of %i bytes, which split characters',
		async (piece) => {
			const { csv, json } = dayOf();
			expect(await read(csv, { piece })).toEqual(await read(csv));
			expect(await read(json, { piece })).toEqual(await read(json));
		},
	);

	test('is the same from memory', async () => {
		const { csv, json } = dayOf();
		expect(await read(csv, { inMemory: true })).toEqual(await read(csv));
		expect(await read(json, { inMemory: true })).toEqual(await read(json));
		const long = `${LINES}${'2,courseCompletion,d,😀\n'.repeat(10_000)}`;
		expect(await read(long, { inMemory: true })).toEqual(await read(long));
	});
});

describe('the format of the file', () => {
	test.each([
		['CSV', LINES, 2],
		['JSON', '[{"id":"1"}]', 1],
		['CSV after blank lines', `\n\r\n  \n${LINES}`, 5],
		['JSON after blank lines', '\n\n \t[{"id":"1"}]', 3],
		['CSV after a byte order mark', `\uFEFF${LINES}`, 2],
		['JSON after a byte order mark', '\uFEFF[{"id":"1"}]', 1],
	])('is detected by its first character: %s', async (_, text, line) => {
		for (const piece of [1, 100])
			expect(await read(text, { piece })).toMatchObject([{ line, payload: { id: '1' } }]);
	});

	test.each([
		'',
		'\n',
		' \r\n\t\n',
		'\uFEFF',
		'[]',
		'id,event,notifiableId',
		'id,event,notifiableId\r\n',
	])('a file without rows is accepted: %j', async (text) => {
		expect(await read(text)).toEqual([]);
	});
});

describe('the header', () => {
	test('may have more columns, in any order, with blanks around their names', async () => {
		const text =
			'userDetail.x, notifiableId ,event,userDetail.a.b,id,extra\n1,2,courseCompletion,4,005,6\n';
		expect(payloadsOf(await read(text))).toEqual([
			{
				userDetail: { x: '1', 'a.b': '4' },
				notifiableId: '2',
				event: 'courseCompletion',
				id: '005',
				extra: '6',
			},
		]);
	});

	test('cannot change the prototype of objects', async () => {
		const names = [
			'__proto__',
			'constructor.prototype',
			'__proto__.polluted',
			'toString',
			'userDetail.__proto__',
			'hasOwnProperty.x',
		];
		for (const name of names) {
			const [payload] = /** @type {any[]} */ (
				payloadsOf(await read(`id,event,notifiableId,${name}\n1,courseCompletion,3,yes\n`))
			);
			const [outer, inner] = [name.split('.')[0], name.split('.')[1]];
			expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
			expect(Object.hasOwn(payload, outer)).toBe(true);
			expect(inner ? Object.entries(payload[outer]) : payload[outer]).toEqual(
				inner ? [[inner, 'yes']] : 'yes',
			);
		}
		expect(/** @type {any} */ ({}).polluted).toBeUndefined();
		expect(/** @type {any} */ (Object).x).toBeUndefined();
	});

	test.each([
		['a page of HTML', '<html>\n', 'lacks id, event, notifiableId'],
		['rows without a header', '1,courseCompletion,c\n', 'lacks id, event, notifiableId'],
		['columns of something else', 'id,name\n1,x\n', 'lacks event, notifiableId'],
		['a header in capitals', 'ID,EVENT,NOTIFIABLEID\n', 'lacks id, event, notifiableId'],
		['a broken header', '"id,event,notifiableId\n', 'lacks id, event, notifiableId'],
		[
			'bytes of something else',
			Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0, 10]),
			'lacks id, event, notifiableId',
		],
		[
			'JSON that is not a list',
			'{"id":"1","event":"courseCompletion","notifiableId":"c"}',
			'is not a JSON list',
		],
	])('is checked: %s', async (_, content, description) => {
		await expect(read(content)).rejects.toMatchObject({
			message: 'The file is not a nightly file of Innovative Educators',
			description: expect.stringContaining(description),
		});
	});
});

test('a row with more or fewer fields is reported with its lines', async () => {
	const text = 'id,event,notifiableId\n1,e\n2,e,c\n3,e,c,\n4,"e\ne"\n5,e,c';
	expect(await read(text)).toEqual([
		{ line: 2, through: 2, reason: 'has 2 fields instead of 3' },
		{ line: 3, through: 3, payload: { id: '2', event: 'e', notifiableId: 'c' } },
		{ line: 4, through: 4, reason: 'has 4 fields instead of 3' },
		{ line: 5, through: 6, reason: 'has 2 fields instead of 3' },
		{ line: 7, through: 7, payload: { id: '5', event: 'e', notifiableId: 'c' } },
	]);
});

test('bytes that are not UTF-8 are read as Windows-1252', async () => {
	const latin1 = Buffer.from('id,event,notifiableId,title\n1,e,c,Crème\n', 'latin1');
	expect(payloadsOf(await read(latin1))).toEqual([
		{ id: '1', event: 'e', notifiableId: 'c', title: 'Crème' },
	]);
});

test('a file that cannot be read to its end is an error', async () => {
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'Innovative Educators' }),
		helpers: {
			getBinaryStream: async () =>
				Readable.from(
					(function* () {
						yield Buffer.from('id,event');
						throw new Error('ENOENT: /secret/path');
					})(),
				),
		},
	});
	const reading = (async () => {
		for await (const { rows } of readRows(context, { id: 'stored', data: '', mimeType: '' }, 3))
			expect([...rows]).toEqual([]);
	})();
	await expect(reading).rejects.toMatchObject({
		message: 'The file could not be read to its end',
		context: { itemIndex: 3 },
	});
});

test('any bytes are read or rejected with a clear error', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uint8Array({ maxLength: 200 }),
			fc.constantFrom('', '[', 'id,event,notifiableId\n'),
			async (bytes, start) => {
				try {
					for (const row of await read(Buffer.concat([Buffer.from(start), bytes]), { piece: 7 }))
						expect(row.line).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toMatchObject({
						message: expect.stringMatching(
							/^The (file is not a nightly file|JSON file is invalid at|JSON file ends too early)/,
						),
					});
				}
			},
		),
		{ numRuns: 500 },
	);
});
