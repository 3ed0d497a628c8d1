import fc from 'fast-check';

import { jofi } from '#dist/nodes/Jofi/provider.js';
import { deliver } from '../../webhookContext.mjs';

const events = jofi.events.map(({ type }) => type);
const type = '"type":"test_taker.created"';

describe('a body that is no event is answered 400 without an execution', () => {
	test.each([
		['nothing at all', undefined, 'The body is not JSON.'],
		['no bytes', '', 'The body is not JSON.'],
		['text', 'hello', 'The body is not JSON.'],
		['a form', 'type=test_taker.created', 'The body is not JSON.'],
		[
			'a part of a multipart form',
			'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
			'The body is not JSON.',
		],
		['half an event', `{${type}`, 'The body is not JSON.'],
		['an array of events', `[{${type}}]`, 'The body is not a JSON object.'],
		['null', 'null', 'The body is not a JSON object.'],
		['a number', '7', 'The body is not a JSON object.'],
		['a text', '"test_taker.created"', 'The body is not a JSON object.'],
		['an empty object', '{}', 'The body is not an event of JOFI.'],
		['an object without a type', '{"data":{}}', 'The body is not an event of JOFI.'],
		[
			'a type only in the prototype',
			'{"__proto__":{"type":"test_taker.created"}}',
			'The body is not an event of JOFI.',
		],
		['UTF-16', Buffer.from(`{${type}}`, 'utf16le'), 'The body is not JSON.'],
		['50,000 arrays', '['.repeat(50_000) + ']'.repeat(50_000), 'The body is not a JSON object.'],
		[
			'an event around 50,000 arrays',
			`{${type},"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
			'The body is nested more than 200 levels deep.',
		],
		[
			'an event around 50,000 objects',
			`{${type},"data":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
			'The body is nested more than 200 levels deep.',
		],
	])('%s', async (_, body, message) => {
		const { status, body: answer, started, log } = await deliver({ body });
		expect({ status, answer, started }).toEqual({
			status: 400,
			answer: { message },
			started: undefined,
		});
		expect(log).toMatchObject([{ level: 'warn', message: `JOFI delivery refused: ${message}` }]);
	});
});

test.each([
	[
		'larger than is allowed',
		{ body: ' '.repeat(2000), settings: { largestBodyKb: 1 } },
		413,
		'The body is larger than 1 kB.',
	],
	[
		'broken gzip',
		{ body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
		400,
		'The body could not be read.',
	],
	['broken off', { bodyError: new Error('aborted') }, 400, 'The body could not be read.'],
])('a body that is %s is answered with a sentence', async (_, delivery, status, message) => {
	expect(await deliver(delivery)).toMatchObject({ status, body: { message }, started: undefined });
});

test('a byte order mark does not matter', async () => {
	expect((await deliver({ body: `\uFEFF{${type}}` })).started).toMatchObject({
		event: 'test_taker.created',
	});
});

test.each(['__proto__', 'constructor', 'prototype'])(
	'a key named %s stays data and pollutes nothing',
	async (name) => {
		const inner = `{"polluted":true,"email":"polluted@example.com"}`;
		const body = `{${type},"${name}":${inner},"data":{"${name}":${inner},"object":{"${name}":${inner}}}}`;
		const { status, started } = await deliver({ body });
		expect(status).toBe(200);
		expect(JSON.stringify(started?.payload)).toBe(body);
		expect(/** @type {Record<string, unknown>} */ ({}).polluted).toBeUndefined();
		expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
	},
);

/** Deliveries that nobody has set up, whatever they hold. */
const hostile = {
	body: fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		fc.string({ unit: 'binary' }),
		fc.json(),
		fc
			.record(
				{
					type: fc.oneof(fc.constantFrom(...events), fc.jsonValue()),
					id: fc.jsonValue(),
					created_at: fc.jsonValue(),
					data: fc.oneof(fc.jsonValue(), fc.record({ object: fc.jsonValue() })),
				},
				{ requiredKeys: [] },
			)
			.map((event) => JSON.stringify(event)),
	),
	headers: fc.dictionary(
		fc.oneof(
			fc.string(),
			fc.constantFrom(
				'authorization',
				'x-hub-signature-256',
				'stripe-signature',
				'webhook-signature',
				'webhook-id',
				'webhook-timestamp',
				'x-secret',
				'__proto__',
			),
		),
		fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined)),
	),
	query: fc.dictionary(fc.oneof(fc.string(), fc.constant('token')), fc.anything()),
	address: fc.string(),
};

/** @param {{ status: number, body: unknown }} answer */
function expectPlainAnswer({ status, body }) {
	expect([200, 400, 401, 403]).toContain(status);
	expect(body).toEqual({ message: expect.stringMatching(/^[A-Z][^<>{}]{5,150}\.$/) });
}

test('whatever arrives is answered, without a throw, a hang or a 5xx', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record(hostile), async (delivery) => {
			expectPlainAnswer(await deliver(delivery));
		}),
		{ numRuns: 500 },
	);
});

test('whatever a stranger sends starts nothing, and neither answer nor log repeats it or the secret', async () => {
	const secrets = fc.stringMatching(/^[!-~]{16,40}$/);
	const credentials = secrets.chain((secret) =>
		fc.constantFrom(
			{ method: 'basic', user: 'jofi', secret },
			{ method: 'header', headerName: 'X-Secret', secret },
			{ method: 'query', queryName: 'token', secret },
			{ method: 'hmac', preset: 'github', secret },
			{ method: 'hmac', preset: 'stripe', secret },
			{
				method: 'hmac',
				preset: 'standardWebhooks',
				secret: `whsec_${Buffer.from(secret).toString('base64')}`,
			},
			{ method: 'address', ipAllowlist: '10.0.0.0/8', secret },
		),
	);
	const marks = fc.stringMatching(/^mark[a-z0-9]{20}$/);
	await fc.assert(
		fc.asyncProperty(fc.record(hostile), credentials, marks, async (delivery, credential, mark) => {
			const headers = {
				...delivery.headers,
				'x-secret': mark,
				authorization: `Basic ${btoa(`jofi:${mark}`)}`,
				'webhook-id': mark,
				'stripe-signature': `t=${mark},v1=${mark}`,
			};
			const query = { ...delivery.query, token: mark };
			const body = `{${type},"id":"${mark}"}`;
			const answer = await deliver({
				...delivery,
				body,
				headers,
				query,
				address: mark,
				credential,
			});
			expectPlainAnswer(answer);
			expect(answer.status).not.toBe(200);
			expect(answer.started).toBeUndefined();
			const exposed = JSON.stringify([answer.body, answer.headers, answer.log]);
			expect(exposed).not.toContain(mark);
			expect(exposed).not.toContain(JSON.stringify(credential.secret).slice(1, -1));
		}),
		{ numRuns: 300 },
	);
});
