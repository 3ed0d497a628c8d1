import { inspect } from 'node:util';

import { parseRetryAfter, sendRequest } from '#dist/nodes/shared/http/request.js';

const now = Date.parse('2026-01-05T09:00:00Z');

/**
 * Sends a GET request for which n8n's helper throws.
 *
 * @param {object} error
 */
async function send(error) {
	let requests = 0;
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'JOFI', type: 'jofi' }),
		getCredentials: async () => ({ apiKey: 'sk_live_secret' }),
		helpers: {
			httpRequestWithAuthentication: async () => {
				requests++;
				throw error;
			},
		},
	});
	const response = await sendRequest(context, 'jofiApi', {
		method: 'GET',
		url: 'https://www.jofiscore.com/',
	}).catch((thrown) => thrown);
	return { response, requests };
}

test.each([
	['0', 0],
	['1', 1000],
	[' 20 ', 20_000],
	['-5', 0],
	['Mon, 05 Jan 2026 09:01:00 GMT', 60_000],
	['Mon, 05 Jan 2026 08:59:00 GMT', 0],
	['Mon, 05 Jan 2126 09:00:00 GMT', 365 * 86_400_000],
	['99999999999999999999', 365 * 86_400_000],
	['9'.repeat(400), 365 * 86_400_000],
	['1.5', 1500],
	['Infinity', undefined],
	['NaN', undefined],
	['1e9x', undefined],
	['soon', undefined],
	['', undefined],
	[' ', undefined],
	[undefined, undefined],
	[['1', '2'], undefined],
])('reads Retry-After %j as %p ms', (header, wait) => {
	expect(parseRetryAfter(header, now)).toBe(wait);
});

test('does not repeat a request whose execution was cancelled', async () => {
	expect(await send({ code: 'ERR_CANCELED' })).toMatchObject({
		requests: 1,
		response: { status: 0, networkCode: 'ERR_CANCELED' },
	});
});

test('finds the network error code below the error that n8n wraps around it', async () => {
	const { response } = await send(
		Object.assign(new Error('wrapped'), { cause: { code: 'ERR_CANCELED' } }),
	);
	expect(response.networkCode).toBe('ERR_CANCELED');
});

test('passes on only the message of what is no network error', async () => {
	const config = { headers: { Authorization: 'Bearer sk_live_secret' } };
	const { response, requests } = await send(
		Object.assign(new Error('Blocked'), { config, cause: { config } }),
	);
	expect(requests).toBe(1);
	expect(response).toMatchObject({
		name: 'NodeOperationError',
		message: 'Blocked',
		description: 'The request was not sent. Check the credential of this node.',
	});
	expect(inspect(response, { depth: Infinity, showHidden: true })).not.toContain('sk_live_secret');
});
