import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { ensureReply } from '#dist/nodes/shared/webhook/fallbackReply.js';

/** @typedef {import('node:http').ServerResponse} ServerResponse */

const SECONDS = 0.1;
const AFTER_THE_DEADLINE = 250;
const fallback = { msg: 'Bitte später noch einmal', msg_type: 'error' };
const FALLBACK = {
	status: 200,
	body: fallback,
	headers: {
		'content-type': 'application/json; charset=utf-8',
		'content-length': String(Buffer.byteLength(JSON.stringify(fallback))),
	},
};

/**
 * As express answers JSON: headers that fit the body, then all at once.
 *
 * @param {ServerResponse} response
 * @param {number} status
 * @param {unknown} [body]
 */
function json(response, status, body) {
	const text = JSON.stringify(body) ?? '';
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json; charset=utf-8');
	response.setHeader('Content-Length', Buffer.byteLength(text));
	response.setHeader('ETag', `W/"${createHash('sha1').update(text).digest('base64')}"`);
	response.end(text, 'utf8');
}

/**
 * As n8n passes on a file, piece by piece.
 *
 * @param {ServerResponse} response
 * @param {number} pieces
 */
async function stream(response, pieces) {
	const file = Readable.from(
		(async function* () {
			for (let piece = 0; piece < pieces; piece++) {
				yield Buffer.alloc(50_000, 'a');
				await sleep(20);
			}
		})(),
	);
	file.pipe(response, { end: false });
	await finished(file);
	response.end();
}

/** @type {(response: ServerResponse) => unknown} */
let answer = () => undefined;
/** @type {string[]} */
let log = [];
/** @type {Promise<unknown>} */
let n8nIsDone = Promise.resolve();

const server = createServer((request, response) => {
	request.resume();
	const context = /** @type {any} */ ({
		getResponseObject: () => response,
		getWorkflow: () => ({ id: 'workflow' }),
		getNode: () => ({ name: 'Regpack Trigger' }),
		logger: { warn: (/** @type {string} */ message) => log.push(message) },
	});
	ensureReply(context, { body: fallback, seconds: SECONDS });
	n8nIsDone = Promise.resolve(answer(response));
});

beforeAll(async () => {
	await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** What a sender gets when n8n answers like this. @param {typeof answer} asN8n */
async function responseOf(asN8n) {
	answer = asN8n;
	log = [];
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
	const text = await response.text();
	const headers = Object.fromEntries(
		[...response.headers].filter(([name]) => /^(content-|etag|x-)/.test(name)),
	);
	return {
		status: response.status,
		headers,
		text,
		body: text.startsWith('{') ? JSON.parse(text) : undefined,
	};
}

describe("a node's reply goes out as it is", () => {
	test.each([
		['an empty object', 200, {}],
		['a message', 200, { msg: 'Nearly full', msg_type: 'warning' }],
		['another success', 201, { msg: 'x' }],
		['a refusal', 400, { message: 'No' }],
		['no content', 204, undefined],
	])('%s', async (_, status, body) => {
		const { headers, ...got } = await responseOf((response) => json(response, status, body));
		expect(got).toMatchObject({ status, text: JSON.stringify(body) ?? '' });
		expect(headers.etag).toBeDefined();
		expect(log).toEqual([]);
	});

	test('as bytes', async () => {
		expect(await responseOf((response) => response.end(Buffer.from('{"msg":"x"}')))).toMatchObject({
			status: 200,
			body: { msg: 'x' },
		});
	});

	test('as a file that begins in time and ends after it', async () => {
		const { status, text } = await responseOf((response) => stream(response, 10));
		expect({ status, length: text.length }).toEqual({ status: 200, length: 500_000 });
		expect(log).toEqual([]);
	});

	test('whatever ends it once more', async () => {
		const { body } = await responseOf((response) => {
			json(response, 200, { msg: 'x' });
			response.end('more');
			process.nextTick(() => response.end());
		});
		expect(body).toEqual({ msg: 'x' });
		await sleep(AFTER_THE_DEADLINE);
		expect(log).toEqual([]);
	});
});

describe('the fallback is what is sent', () => {
	test.each([
		[
			'the workflow fails',
			(/** @type {ServerResponse} */ response) =>
				json(response, 500, { message: 'Error in workflow' }),
			'the workflow failed',
		],
		[
			'n8n is too busy',
			(/** @type {ServerResponse} */ response) => json(response, 503, { message: 'Later' }),
			'the workflow failed',
		],
		[
			'n8n answers nothing',
			(/** @type {ServerResponse} */ response) => json(response, 200),
			'the workflow ended without one',
		],
		[
			'n8n only ends',
			(/** @type {ServerResponse} */ response) => response.end(),
			'the workflow ended without one',
		],
		[
			'n8n ends with an empty buffer',
			(/** @type {ServerResponse} */ response) => response.end(Buffer.alloc(0)),
			'the workflow ended without one',
		],
		['n8n answers nothing in time', () => undefined, 'the workflow took more than 0.1 s'],
	])('when %s', async (_, asN8n, reason) => {
		const { status, body, headers } = await responseOf(asN8n);
		expect({ status, body, headers }).toEqual(FALLBACK);
		expect(log).toEqual([
			`No reply to a delivery: ${reason}. The sender got the trigger's fallback.`,
		]);
	});

	test('and the end that n8n adds changes nothing', async () => {
		const { body } = await responseOf((response) => {
			json(response, 500, { message: 'Error in workflow' });
			process.nextTick(() => response.end());
		});
		expect(body).toEqual(fallback);
		expect(log).toHaveLength(1);
	});
});

describe('after the deadline', () => {
	/** @param {(response: ServerResponse) => unknown} asN8n */
	const late = (asN8n) => async (/** @type {ServerResponse} */ response) => {
		await sleep(AFTER_THE_DEADLINE);
		return await asN8n(response);
	};

	test.each([
		['a reply', (/** @type {ServerResponse} */ response) => json(response, 200, { msg: 'late' })],
		[
			'a failure',
			(/** @type {ServerResponse} */ response) =>
				json(response, 500, { message: 'Error in workflow' }),
		],
		[
			'bytes with headers of their own',
			(/** @type {ServerResponse} */ response) =>
				response.setHeaders(new Map([['x-a', '1']])).removeHeader('x-a') ??
				response.end(Buffer.from('late')),
		],
		['a file', (/** @type {ServerResponse} */ response) => stream(response, 5)],
	])('%s: goes nowhere and fails nothing', async (_, asN8n) => {
		const { status, body, headers } = await responseOf(late(asN8n));
		expect({ status, body, headers }).toEqual(FALLBACK);
		await n8nIsDone;
		expect(log).toHaveLength(1);
		// The connection is as good as before.
		expect((await responseOf((response) => json(response, 200, { msg: 'next' }))).body).toEqual({
			msg: 'next',
		});
	});

	test('a sender that has gone is no trouble', async () => {
		answer = () => undefined;
		log = [];
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
		await expect(
			fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(30) }),
		).rejects.toThrow();
		await sleep(AFTER_THE_DEADLINE);
		expect(log).toHaveLength(1);
	});
});
