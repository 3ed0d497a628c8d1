import fc from 'fast-check';

import { readBody, readRequest } from '#dist/nodes/shared/webhook/request.js';
import { decodeForm, decodeJson } from '#dist/nodes/shared/webhook/decode.js';
import { caught, deliveryOf, outcomeOf } from '../../events.mjs';
import { webhookContext } from '../../webhookContext.mjs';

const notJson = { status: 400, sentence: 'The body is not JSON.' };
const noObject = { status: 400, sentence: 'The body is not a JSON object.' };
const tooDeep = { status: 400, sentence: 'The body is nested more than 200 levels deep.' };

/** @param {string | Uint8Array} body */
const parsed = caught((body) => ({ payload: decodeJson(deliveryOf(body)) }));

describe('parsing', () => {
	test('gives the object as it was sent', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
				const text = JSON.stringify(value);
				expect(parsed(text)).toEqual({ payload: JSON.parse(text) });
			}),
		);
	});

	test.each([
		['nothing', ''],
		['blanks', ' \n'],
		['text', 'hello'],
		['a form', 'type=test_taker.created'],
		['half an object', '{"a":'],
		['an object and more', '{} {}'],
		['a comma too many', '{"a":1,}'],
		['single quotes', "{'a':1}"],
		['a lone byte order mark', '\uFEFF'],
		['two byte order marks', '\uFEFF\uFEFF{}'],
		['NaN', 'NaN'],
		['50,000 open arrays', '['.repeat(50_000)],
		['50,000 open objects', '{"a":'.repeat(50_000)],
	])('refuses %s as no JSON', (_, text) => {
		expect(parsed(text)).toEqual(notJson);
	});

	test.each(['[]', '[{"type":"test_taker.created"}]', 'null', '0', '1e3', 'true', '"text"', '""'])(
		'refuses %s as no object',
		(text) => {
			expect(parsed(text)).toEqual(noObject);
		},
	);

	test('refuses 50,000 arrays in each other as no object', () => {
		expect(parsed('['.repeat(50_000) + ']'.repeat(50_000))).toEqual(noObject);
	});

	describe('a list, where lists are taken,', () => {
		const listed = (/** @type {string} */ body) => outcomeOf(() => decodeForm(deliveryOf(body)));

		test('is as many deliveries', async () => {
			expect(await listed('[{"a":1},{}]')).toEqual([{ a: 1 }, {}]);
			expect(await listed('{"a":1}')).toEqual([{ a: 1 }]);
		});

		test.each(['[]', '[[]]', '[{},1]', '[{},null]', '["text"]', 'null', '1'])(
			'is refused when it is %s',
			async (text) => {
				expect(await listed(text)).toEqual(noObject);
			},
		);

		test('is refused when it is nested too deep', async () => {
			expect(await listed(`[${'{"a":'.repeat(200)}1${'}'.repeat(200)}]`)).toEqual(tooDeep);
		});
	});

	test('takes a byte order mark for none', () => {
		expect(parsed('\uFEFF{"a":1}')).toEqual({ payload: { a: 1 } });
	});

	test.each([
		['arrays', '[', ']', 0],
		['objects', '{"a":', '}', 1],
	])('refuses an object with 50,000 %s in each other', (_, open, close, value) => {
		const text = `{"deep":${open.repeat(50_000)}${value || ''}${close.repeat(50_000)}}`;
		expect(parsed(text)).toEqual(tooDeep);
	});

	test.each([
		['arrays', '[', ']'],
		['objects', '{"a":', '}'],
	])('allows 200 levels of %s and no more', (_, open, close) => {
		/** @param {number} levels the outermost object included */
		const nested = (levels) => `{"a":${open.repeat(levels - 1)}1${close.repeat(levels - 1)}}`;
		expect(parsed(nested(200))).toHaveProperty('payload');
		expect(parsed(nested(201))).toEqual(tooDeep);
	});

	test.each(['__proto__', 'constructor', 'prototype'])(
		'keeps a key named %s as the data it is',
		(name) => {
			const text = `{"${name}":{"polluted":true}}`;
			const result = parsed(text);
			expect(JSON.stringify(result)).toBe(`{"payload":${text}}`);
			expect(/** @type {Record<string, unknown>} */ ({}).polluted).toBeUndefined();
			expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
		},
	);

	test('answers any bytes without a throw', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const result = parsed(bytes);
				expect('payload' in result || result.status === 400).toBe(true);
			}),
		);
	});
});

describe('reading the body', () => {
	/** @param {import('../../webhookContext.mjs').Delivery} delivery */
	const read = async (delivery) =>
		await outcomeOf(async () => (await readBody(webhookContext(delivery).context)).body);

	test('gives the bytes as they were sent', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), async (body) => {
				expect(await read({ body })).toEqual(Buffer.from(body));
			}),
		);
	});

	test('gives no bytes where none were sent', async () => {
		expect(await read({})).toEqual(Buffer.alloc(0));
	});

	test('takes the bytes that n8n has read already', async () => {
		const { context } = webhookContext({ bodyError: new Error('stream is not readable') });
		Object.assign(context.getRequestObject(), { rawBody: Buffer.from('{}') });
		expect((await readBody(context)).body).toEqual(Buffer.from('{}'));
	});

	test('answers 400 to a body that cannot be read', async () => {
		expect(await read({ bodyError: new Error('aborted') })).toEqual({
			status: 400,
			sentence: 'The body could not be read.',
		});
	});
});

test('the request shows method, URL, headers, query and the address that n8n knows', () => {
	const request = {
		method: 'GET',
		url: '/webhook/1?token=t',
		headers: { 'x-a': '1' },
		query: { token: 't' },
		address: '::1',
	};
	expect(readRequest(webhookContext(request).context)).toEqual(request);
});
