import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { request as send } from 'undici';
import { z } from 'zod';

import { readBytes } from '#dist/nodes/shared/webhook/bodyBytes.js';
import { countValues } from '#dist/nodes/shared/values/json.js';
import { DEFAULT_LIMITS, largestBodyOption, limitsOf } from '#dist/nodes/shared/webhook/limits.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { idInLink } from '#dist/nodes/JobAffinity/api/ids.js';
import { applicationIdOf } from '#dist/nodes/JobAffinity/api/stepChanges.js';
import { processorMs } from '../../clock.mjs';
import { deliver } from '../../webhookContext.mjs';

const MB = 1024 * 1024;
const type = '"type":"test_taker.created"';

/** A server that reads as a trigger does, and how many bytes of a body it was sent. */
async function reader(most = 1000) {
	let received = 0;
	const server = createServer(async (request, response) => {
		request.socket.on('data', ({ length }) => (received += length));
		const body = await readBytes(/** @type {any} */ (request), most).catch(() => 'unreadable');
		response.end(body === undefined ? 'too large' : String(body));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		/** @param {any} body @param {Record<string, string>} [headers] */
		async post(body, headers = {}) {
			const answer = await send(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers });
			return await answer.body.text();
		},
		close: () =>
			new Promise((resolve) => void (server.close(resolve), server.closeAllConnections())),
		received: () => received,
	};
}

describe('a body is read up to the limit', () => {
	/** @type {Awaited<ReturnType<typeof reader>>} */
	let server;
	beforeEach(async () => {
		server = await reader();
	});
	afterEach(async () => {
		await server.close();
	});

	const gzip = { 'content-encoding': 'gzip' };

	test('when its length is declared', async () => {
		expect(await server.post('x'.repeat(1000))).toBe('x'.repeat(1000));
		expect(await server.post('x'.repeat(1001))).toBe('too large');
	});

	test('when its length is not declared, and the sender gets an answer', async () => {
		async function* pieces() {
			for (let count = 0; count < 100; count++) yield Buffer.alloc(1000, 'x');
		}
		expect(await server.post(pieces())).toBe('too large');
		expect(await server.post('small')).toBe('small');
	});

	test('when it is inflated', async () => {
		expect(await server.post(gzipSync('x'.repeat(1000)), gzip)).toBe('x'.repeat(1000));
		expect(await server.post(gzipSync(Buffer.alloc(900_000)), gzip)).toBe('too large');
	});

	test('and reported as unreadable when it cannot be inflated', async () => {
		expect(await server.post('no gzip at all', gzip)).toBe('unreadable');
		expect(await server.post(gzipSync('x'.repeat(1000)).subarray(0, 15), gzip)).toBe('unreadable');
		expect(await server.post('small')).toBe('small');
	});
});

describe('a delivery of 1 MB', () => {
	const padded = (/** @type {number} */ size) => `{${type},"a":"`.padEnd(size - 2, 'x') + '"}';

	test('is accepted, and a larger one answered 413, also when it says so itself or is compressed', async () => {
		const larger = {
			status: 413,
			body: { message: 'The body is larger than 1024 kB.' },
			started: undefined,
		};
		expect(await deliver({ body: padded(MB) })).toMatchObject({ status: 200 });
		expect(await deliver({ body: padded(MB + 1) })).toMatchObject(larger);
		expect(
			await deliver({ body: '', headers: { 'content-length': String(MB + 1) } }),
		).toMatchObject(larger);
		expect(
			await deliver({ body: gzipSync(padded(MB + 1)), headers: { 'content-encoding': 'gzip' } }),
		).toMatchObject(larger);
	});

	test('is no limit when the option is another', async () => {
		expect(
			await deliver({ body: padded(2 * MB), settings: { largestBodyKb: 2048 } }),
		).toMatchObject({ status: 200 });
		expect(await deliver({ body: padded(2000), settings: { largestBodyKb: 1 } })).toMatchObject({
			status: 413,
			body: { message: 'The body is larger than 1 kB.' },
		});
	});
});

test.each([
	[undefined, MB],
	[{}, MB],
	[{ largestBodyKb: 0 }, MB],
	[{ largestBodyKb: 'many' }, MB],
	[{ largestBodyKb: 3 }, 3072],
	[{ largestBodyKb: 1e9 }, 16 * MB],
])('the options %j allow %d bytes', (settings, bytes) => {
	expect(limitsOf(settings).bytes).toBe(bytes);
	expect(limitsOf(settings).values).toBeGreaterThanOrEqual(DEFAULT_LIMITS.values);
	expect(largestBodyOption).toMatchObject({
		default: 1024,
		typeOptions: { minValue: 1, maxValue: 16_384 },
	});
});

describe('values', () => {
	test.each([
		['{}', 2],
		['[1,2,[3]]', 5],
		['{"a":"x,y[{","b":"\\",\\""}', 3],
		['"no end, [', 1],
		['', 1],
	])('of %s are %d at most', (json, count) => {
		expect(countValues(json)).toBe(count);
	});

	test('are limited, at whatever provider and in a form, too', async () => {
		const { values } = DEFAULT_LIMITS;
		const list = `[${'{},'.repeat(values / 2)}{}]`;
		const body = { message: `The body holds more than ${values} values.` };
		expect(await deliver({ body: `{${type},"data":${list}}` })).toMatchObject({
			status: 413,
			body,
		});
		expect(await deliver({ source: innovativeEducatorsWebhooks, body: list })).toMatchObject({
			status: 413,
			body,
		});
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(
			await deliver({
				source: regpackWebhooks,
				events: 'status_update',
				body: `user_info=${list}`,
				headers,
			}),
		).toMatchObject({ status: 413, body });
	});
});

test('a body of more events than are allowed is answered 413 before they are made', async () => {
	const { events } = DEFAULT_LIMITS;
	const list = (/** @type {number} */ count) => `[${Array(count).fill('{"event":"x"}').join()}]`;
	expect((await deliver({ source: innovativeEducatorsWebhooks, body: list(events) })).status).toBe(
		200,
	);
	expect(
		await deliver({ source: innovativeEducatorsWebhooks, body: list(events + 1) }),
	).toMatchObject({ status: 413, body: { message: `The body holds more than ${events} events.` } });
});

test('a schema sees the beginning of a list, however long it is and wherever it stands', async () => {
	let checked = 0;
	const element = z.custom(() => ++checked < 0);
	const [event, ...others] = jofi.events;
	const schema = z.object({
		data: z.object({ list: z.array(z.object({ inner: z.array(element) })) }),
	});
	const source = {
		...jofiWebhooks,
		provider: { ...jofi, events: [{ ...event, schema }, ...others] },
	};
	const list = Array(1000).fill({ inner: Array(40).fill(0) });
	const { status, log } = await deliver({
		source,
		body: JSON.stringify({ type: event.type, data: { list } }),
	});
	expect(status).toBe(200);
	expect(checked).toBeLessThanOrEqual(100);
	expect(log[0].message.split(';')).toHaveLength(10);
});

test.each([
	['one without an end', `${'/1?'.repeat(400_000)}\n`],
	['one of digits', `/${'1'.repeat(1_000_000)}x`],
	['one of slashes', '/1'.repeat(500_000)],
	['one of 2,001 characters', `/${'a'.repeat(1998)}/1`],
])('a link that is too long, %s, names no application and takes no time', (_, link) => {
	const start = processorMs();
	expect(applicationIdOf({ application: { _self: link } })).toBeNull();
	expect(processorMs() - start).toBeLessThan(250);
});

test.each([
	['/restapi/v1/application/410', '410'],
	['/restapi/v1/application/410/', '410'],
	['https://jobaffinity.fr/restapi/v1/application/410?since=/5', '410'],
	['/restapi/v1/application/', null],
	['/restapi/v1/application/x1', null],
	[410, null],
	[null, null],
])('the ID in the link %j is %j', (link, id) => {
	expect(idInLink(link)).toBe(id);
});

test('a change that is a text is not taken apart into its letters', async () => {
	const body = JSON.stringify({
		event: 'ProcessStepChange',
		application: { _self: '/restapi/v1/application/1' },
		change: 'x'.repeat(1_000_000),
	});
	await deliver({ source: jobaffinityWebhooks, body: body.replace(/x+/, 'x') });
	const before = process.cpuUsage();
	expect((await deliver({ source: jobaffinityWebhooks, body })).status).toBe(200);
	expect(process.cpuUsage(before).user).toBeLessThan(250_000);
});
