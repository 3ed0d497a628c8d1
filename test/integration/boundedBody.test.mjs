import { createServer } from 'node:http';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';

import { sendRequest } from '#dist/nodes/shared/http/request.js';
import { executeContext } from './core.mjs';

/** A body of which no more is read than is asked for, through n8n's own requests. */

/** @typedef {import('node:http').ServerResponse} Response */

/** @type {import('node:http').Server[]} */
const servers = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

/**
 * A server, how often it was asked, and how many connections it has.
 *
 * @param {(response: Response, attempt: number) => void} answer
 */
async function serverOf(answer) {
	let attempts = 0;
	const server = createServer((_, response) => answer(response, ++attempts)).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/`,
		attempts: () => attempts,
	};
}

/** @param {string} url @param {object} [more] */
const get = async (url, more) =>
	await sendRequest(executeContext({ node: { type: 'jobAffinity' } }), null, {
		method: 'GET',
		url,
		maxBytes: 1000,
		...more,
	});

const exactly = Buffer.alloc(1000, 'x');
const more = Buffer.alloc(1001, 'x');

test.each([
	['as it is', (/** @type {Buffer} */ body) => ({ body, headers: {} })],
	[
		'compressed',
		(/** @type {Buffer} */ body) => ({
			body: gzipSync(body),
			headers: { 'content-encoding': 'gzip' },
		}),
	],
])('a body is read up to its limit: %s', async (_, encode) => {
	for (const [content, isTooLarge] of /** @type {const} */ ([
		[exactly, undefined],
		[more, true],
		[Buffer.alloc(50_000_000, 'x'), true],
		[Buffer.alloc(0), undefined],
	])) {
		const { body, headers } = encode(content);
		const { url, attempts } = await serverOf((response) =>
			response.writeHead(200, headers).end(body),
		);
		const response = await get(url);
		expect(response).toMatchObject({ status: 200 });
		expect(response.isTooLarge).toBe(isTooLarge);
		expect(response.body).toEqual(isTooLarge ? undefined : content);
		expect(attempts()).toBe(1);
	}
});

test('a body without an end is left where the limit is', async () => {
	let isClosed = false;
	const { url } = await serverOf((response) => {
		response.on('close', () => (isClosed = true));
		const write = () => {
			if (!isClosed) response.write(more, () => setImmediate(write));
		};
		write();
	});
	expect(await get(url)).toMatchObject({ status: 200, isTooLarge: true });
	while (!isClosed) await new Promise((resolve) => setImmediate(resolve));
});

test('a body that breaks off is requested again', async () => {
	const { url, attempts } = await serverOf((response, attempt) => {
		response.writeHead(200, { 'content-length': '1000' });
		if (attempt > 1) response.end(exactly);
		else response.write('x', () => response.destroy());
	});
	expect(await get(url)).toMatchObject({ status: 200, body: exactly });
	expect(attempts()).toBe(2);
});

test('a body that stops coming is given up, and the error says so', async () => {
	const { url, attempts } = await serverOf((response) => {
		response.writeHead(200, { 'content-length': '1000' });
		response.write('x');
	});
	expect(await get(url, { timeout: 100 })).toEqual({
		status: 0,
		body: undefined,
		networkCode: 'ETIMEDOUT',
	});
	expect(attempts()).toBe(4);
});
