import { createServer } from 'node:net';
import { once } from 'node:events';
import { IDS, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

const invitation = {
	inviter: 'robin.hale@example.com',
	firstName: 'Avery',
	lastName: 'Stone',
	email: 'avery@example.org',
};
const update = { invitation: IDS.open, updateFields: { firstName: 'Alex' } };
const atOnce = { 'retry-after': '0' };

/** @type {import('./node.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

/**
 * Runs an operation while JOFI fails.
 *
 * @param {string} name
 * @param {Record<string, unknown>} parameters
 * @param {Omit<Parameters<typeof started.jofi.fail>[0], 'match'>} failure
 */
async function runAgainst(name, parameters, failure) {
	const first = started.jofi.requests.length;
	const before = {
		invitations: started.jofi.account.invitations.length,
		sent: started.jofi.account.sent.length,
	};
	const withdraw = started.jofi.fail({ match: '', ...failure });
	const start = performance.now();
	const run = await started.run(name, parameters);
	withdraw();
	return {
		run,
		tookMs: performance.now() - start,
		requests: started.requests(first),
		invited: started.jofi.account.invitations.length - before.invitations,
		sent: started.jofi.account.sent.length - before.sent,
		errorText: () => errorTextOf(run, Object.values(started.jofi.keys)),
	};
}

describe.each([
	['GET', 'team:getAll', {}],
	['PUT', 'invitation:update', update],
])('a %s', (method, name, parameters) => {
	it.each([429, 500, 502, 503, 504])(
		'is repeated three times when JOFI answers %i',
		async (status) => {
			const { run, requests } = await runAgainst(name, parameters, {
				status,
				headers: atOnce,
				times: 3,
			});
			expect(run.status).toBe('success');
			expect(requests).toHaveLength(4);
			expect(requests.every((request) => request.startsWith(method))).toBe(true);
		},
	);

	it('is repeated when the connection is lost, after half a second', async () => {
		const { run, requests, tookMs } = await runAgainst(name, parameters, { status: 0 });
		expect(run.status).toBe('success');
		expect(requests).toHaveLength(2);
		expect(tookMs).toBeGreaterThanOrEqual(495);
	});

	it('is not repeated a fourth time', async () => {
		const { requests, errorText } = await runAgainst(name, parameters, {
			status: 503,
			headers: atOnce,
			times: Infinity,
		});
		expect(requests).toHaveLength(4);
		const { message, description, httpCode, failure } = errorText();
		expect(message).toBe('JOFI is not available at the moment');
		expect(description).toBe('It responded with status 503. Try again later.');
		expect(httpCode).toBe('503');
		expect(failure).toMatchObject({ cause: 'temporarily-unavailable' });
	});

	it.each([400, 401, 404, 405, 422])('is not repeated after %i', async (status) => {
		const { requests, errorText } = await runAgainst(name, parameters, { status, headers: atOnce });
		expect(requests).toHaveLength(1);
		errorText();
	});
});

describe('a new invitation', () => {
	it.each([500, 503])('is not sent again after %i: it may have been made', async (status) => {
		const { requests, errorText } = await runAgainst('invitation:create', invitation, {
			status,
			headers: atOnce,
		});
		expect(requests).toEqual(['POST /invitations']);
		const { message, description } = errorText();
		expect(message).toBe('JOFI is not available at the moment');
		expect(description).toBe(
			`It responded with status ${status}. Check JOFI before you try again: the request may have gone through, and would be repeated.`,
		);
	});

	it('is not sent again when the connection is lost', async () => {
		const { requests, errorText } = await runAgainst('invitation:create', invitation, {
			status: 0,
		});
		expect(requests).toEqual(['POST /invitations']);
		const { message, description, failure } = errorText();
		expect(message).toBe('JOFI could not be reached');
		expect(description).toContain('The connection failed with ECONNRESET.');
		expect(description).toContain('Check JOFI before you try again');
		expect(failure).toMatchObject({ cause: 'temporarily-unavailable' });
	});

	it('is sent again after 429, and made once', async () => {
		const { run, requests, invited, sent } = await runAgainst('invitation:create', invitation, {
			status: 429,
			headers: atOnce,
			times: 2,
		});
		expect(run.status).toBe('success');
		expect(requests).toEqual(Array(3).fill('POST /invitations'));
		expect([invited, sent]).toEqual([1, 1]);
	});
});

describe('a refusal of too many requests', () => {
	it.each([
		['as seconds', () => '1', 995],
		['as a date', () => new Date(Date.now() + 2000).toUTCString(), 900],
		['not at all', () => '', 495],
		['in words', () => 'soon', 495],
	])('is waited out when Retry-After says so %s', async (_, header, atLeastMs) => {
		const { run, tookMs, requests } = await runAgainst(
			'team:getAll',
			{},
			{ status: 429, headers: { 'retry-after': header() } },
		);
		expect(run.status).toBe('success');
		expect(requests).toHaveLength(2);
		expect(tookMs).toBeGreaterThanOrEqual(atLeastMs);
		expect(tookMs).toBeLessThan(3000);
	});

	it.each([
		['30', 'Try again in 30 seconds, and less often.', 30_000],
		['3600', 'Try again in 60 minutes, and less often.', 3_600_000],
	])(
		'that lasts longer is reported at once: Retry-After %s',
		async (header, sentence, retryAfterMs) => {
			const { requests, tookMs, errorText } = await runAgainst(
				'team:getAll',
				{},
				{ status: 429, headers: { 'retry-after': header } },
			);
			expect(requests).toHaveLength(1);
			expect(tookMs).toBeLessThan(495);
			const { message, description, httpCode, failure } = errorText();
			expect(message).toBe('JOFI is receiving too many requests');
			expect(description).toBe(sentence);
			expect(httpCode).toBe('429');
			expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs });
		},
	);

	it('that lasts until a date is reported in minutes', async () => {
		const header = new Date(Date.now() + 10 * 60_000).toUTCString();
		const { errorText } = await runAgainst(
			'team:getAll',
			{},
			{ status: 429, headers: { 'retry-after': header } },
		);
		expect(errorText().description).toBe('Try again in 10 minutes, and less often.');
	});

	it('that does not end is reported after four requests', async () => {
		const { requests, errorText } = await runAgainst(
			'team:getAll',
			{},
			{ status: 429, headers: atOnce, times: Infinity },
		);
		expect(requests).toHaveLength(4);
		expect(errorText().description).toBe('Try again later, and less often.');
	});
});

test('the waits double', async () => {
	const { run, tookMs } = await runAgainst('team:getAll', {}, { status: 502, times: 2 });
	expect(run.status).toBe('success');
	expect(tookMs).toBeGreaterThanOrEqual(1495);
	expect(tookMs).toBeLessThan(3000);
});

test('an unreachable JOFI is named, and a new invitation is sent only once', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	server.close();
	await once(server, 'close');
	const credentials = {
		jofiApi: { apiKey: 'sk_live_nobody', baseUrl: `http://127.0.0.1:${port}/api/v2` },
	};
	const { message, description } = errorTextOf(
		await started.run('invitation:create', invitation, { credentials }),
		['sk_live_nobody'],
	);
	expect(message).toBe('JOFI could not be reached');
	expect(description).toContain(
		'The connection failed with ECONNREFUSED. Check that this n8n can reach the internet.',
	);
});
