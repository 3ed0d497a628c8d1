import fc from 'fast-check';

import { DEFAULT_LIMITS } from '#dist/nodes/shared/webhook/limits.js';
import {
	queryAsForm,
	readBody,
	redactedForm,
	URLENCODED,
} from '#dist/nodes/shared/webhook/request.js';
import { decodeForm, decodeJson } from '#dist/nodes/shared/webhook/decode.js';
import { deliveryOf, outcomeOf } from '../../events.mjs';
import { webhookContext } from '../../webhookContext.mjs';

const notJson = { status: 400, sentence: 'The body is not JSON.' };
const noForm = { status: 400, sentence: 'The body is not a form that can be read.' };
const tooDeep = { status: 400, sentence: 'The body is nested more than 200 levels deep.' };

/** @param {string | Uint8Array} body @param {string} [type] */
const parsedAs = async (body, type = URLENCODED) =>
	await outcomeOf(() => ({
		payload: decodeForm(deliveryOf(body, { contentType: type }))[0],
	}));

/**
 * A multipart form as n8n hands it over: the values of a name that comes several times in a list.
 *
 * @param {[name: string, value: string][]} fields
 */
async function inParts(fields) {
	const names = [...new Set(fields.map(([name]) => name))];
	const parts = Object.fromEntries(
		names.map((name) => {
			const values = fields.filter((field) => field[0] === name).map(([, value]) => value);
			return [name, values.length === 1 ? values[0] : values];
		}),
	);
	const { body, contentType } = await readBody(webhookContext({ parts }).context);
	return await parsedAs(body, contentType);
}

describe('parsing JSON or a form', () => {
	test.each([
		URLENCODED,
		`${URLENCODED}; charset=UTF-8`,
		'Application/X-WWW-Form-URLEncoded',
		` ${URLENCODED}`,
	])('reads a form of the type %s', async (type) => {
		expect(await parsedAs('doc%5Bfirst_name%5D=Ada+L.&doc[note]=%C3%BC%26%3D%0A', type)).toEqual({
			payload: { doc: { first_name: 'Ada L.', note: 'ü&=\n' } },
		});
	});

	test.each([
		'',
		'application/json',
		'text/plain',
		'application/x-www-form-urlencodedly',
		'application/xml',
	])('reads JSON, and no form, of the type "%s"', async (type) => {
		expect(await parsedAs('{"a":1}', type)).toEqual({ payload: { a: 1 } });
		expect(await parsedAs('a=1', type)).toEqual(notJson);
	});

	test('reads a JSON object that is said to be a form, as it cannot be one', async () => {
		for (const text of ['{"a":{"b":1}}', ' \n{"a":{"b":1}}', '\uFEFF{"a":{"b":1}}']) {
			expect(await parsedAs(text)).toEqual({ payload: { a: { b: 1 } } });
		}
		expect(await parsedAs('{"a":')).toEqual(notJson);
	});

	test('reads the fields of a form in parts', async () => {
		expect(
			await inParts([
				['doc[first_name]', 'Ada'],
				['doc[note]', 'two\r\nlines & more = 1'],
				['doc[sports][]', 'chess'],
				['doc[sports][]', 'go'],
				['user_info', '{"clogin_id":"200001"}'],
			]),
		).toEqual({
			payload: {
				doc: {
					first_name: 'Ada',
					note: 'two\r\nlines & more = 1',
					sports: ['chess', 'go'],
				},
				user_info: { clogin_id: '200001' },
			},
		});
	});

	test('refuses a form in parts that is too large', async () => {
		expect(await outcomeOf(() => inParts([['a', 'x'.repeat(DEFAULT_LIMITS.bytes)]]))).toEqual({
			status: 413,
			sentence: 'The body is larger than 1024 kB.',
		});
	});

	test.each([`${URLENCODED}-2`, 'multipart/mixed; boundary=x'])(
		'takes what is of the type %s for no form',
		async (type) => {
			expect(await parsedAs('a=1', type)).toEqual(notJson);
		},
	);

	test('refuses a form of more fields than one has, before they take memory', async () => {
		const { fields } = DEFAULT_LIMITS;
		const tooMany = { status: 413, sentence: `The body has more than ${fields} fields.` };
		expect(await parsedAs('a&'.repeat(fields - 1))).toEqual({ payload: { a: '' } });
		expect(await parsedAs('a&'.repeat(fields))).toEqual(tooMany);
		const before = process.memoryUsage().rss;
		expect(await parsedAs('a&'.repeat(8_000_000))).toEqual(tooMany);
		expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
	});

	test.each([
		['names', `a${'[b]'.repeat(100_000)}=1`, noForm],
		['JSON in a field', `a=${'['.repeat(50_000)}${']'.repeat(50_000)}`, tooDeep],
		[
			'names and JSON in a field',
			`a${'[b]'.repeat(150)}=${'['.repeat(100)}${']'.repeat(100)}`,
			tooDeep,
		],
	])('refuses %s nested too deep', async (_, body, refusal) => {
		expect(await parsedAs(body)).toEqual(refusal);
	});

	test('answers any bytes of any type without a throw', async () => {
		const types = fc.oneof(
			fc.constantFrom(URLENCODED, 'application/json'),
			fc.string({ unit: 'binary' }),
		);
		const bodies = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc.string({ unit: 'binary' }),
			fc
				.array(fc.constantFrom('"', '1', '{', 'a[b]', '=', '&', '%'))
				.map((parts) => parts.join('')),
		);
		await fc.assert(
			fc.asyncProperty(bodies, types, async (body, type) => {
				const result = await parsedAs(body, type);
				expect('payload' in result || result.status === 400).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('the spellings of a payload', () => {
	/** Not what can be JSON. */
	const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/^\s*[[{]|[\r\n]/.test(text));
	const names = fc
		.string({ unit: 'grapheme', minLength: 1 })
		.filter((name) => !/[[\]\r\n]/.test(name));
	/** @param {object} object */
	const isNamedLikeAList = (object) =>
		Object.keys(object).every((name, index) => name === String(index));
	const { content } = fc.letrec((/** @type {fc.LetrecLooselyTypedTie} */ tie) => ({
		content: fc.oneof({ maxDepth: 4 }, texts, tie('list'), tie('object')),
		list: fc.array(tie('content'), { minLength: 1, maxLength: 4 }),
		object: fc
			.dictionary(names, tie('content'), { minKeys: 1, maxKeys: 4 })
			.filter((object) => !isNamedLikeAList(object)),
	}));
	const payloads = fc.dictionary(names, content, { minKeys: 1, maxKeys: 4 });

	/**
	 * As PHP's http_build_query writes it.
	 *
	 * @param {any} value
	 * @param {string} name
	 * @returns {[string, string][]}
	 */
	const inBrackets = (value, name) =>
		typeof value === 'string'
			? [[name, value]]
			: Object.entries(value).flatMap(([inner, each]) => inBrackets(each, `${name}[${inner}]`));
	/** @param {any} value @param {string} name @returns {[string, string][]} */
	const asJson = (value, name) => [
		[name, typeof value === 'string' ? value : JSON.stringify(value)],
	];

	test.each([
		['brackets', inBrackets],
		['JSON in the fields', asJson],
	])('by %s are the same as JSON', async (_, spelled) => {
		await fc.assert(
			fc.asyncProperty(payloads, async (payload) => {
				const fields = Object.entries(payload).flatMap(([name, value]) => spelled(value, name));
				const expected = { payload: decodeJson(deliveryOf(JSON.stringify(payload))) };
				expect(await parsedAs(new URLSearchParams(fields).toString())).toEqual(expected);
				expect(await inParts(fields)).toEqual(expected);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('the query of a GET request', () => {
	/** @param {string} url @param {string} [secretName] */
	const bodyOf = (url, secretName = 'token') =>
		queryAsForm(
			{ method: 'GET', url, headers: {}, query: {}, address: '' },
			secretName,
		).body.toString();

	test.each([
		['/webhook/1?a=1&b[]=2', 'a=1&b[]=2'],
		["/webhook/1?a=%20'+~&b=%c3%BC", "a=%20'+~&b=%c3%BC"],
		['/webhook/1?a=1?b=2&&c', 'a=1?b=2&&c'],
		['/webhook/1?token=secret&a=1', 'a=1'],
		['/webhook/1?a=1&token=secret', 'a=1'],
		['/webhook/1?a=1&token=secret&token=other', 'a=1'],
		['/webhook/1?%74oken=secret&a=1', 'a=1'],
		['/webhook/1?token=secret', ''],
		['/webhook/1', ''],
		['/webhook/1?', ''],
		['/webhook/1?a=%zz', 'a=%zz'],
		['/webhook/1?Token=1&tokens=2', 'Token=1&tokens=2'],
	])('is a form without the secret: %s', (url, expected) => {
		expect(bodyOf(url)).toBe(expected);
	});

	test.each([
		['token=secret&a=1', 'a=1'],
		['Token=1&tokens=2', 'tokens=2'],
		['a=%zz&b=%E9', 'a=%zz&b=%E9'],
	])('shows no parameter that holds a secret once it is verified: %s', (sent, expected) => {
		expect(redactedForm(Buffer.from(sent), 'agreed').toString()).toBe(expected);
	});

	test('is whole where no secret is in it', () => {
		expect(bodyOf('/webhook/1?agreed=x&a=1', '')).toBe('agreed=x&a=1');
	});
});
