import { jest } from '@jest/globals';

import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { stoppedClock } from '../../clock.mjs';
import { deliver, receive } from '../../webhookContext.mjs';

const secret = 'not-a-real-secret';
const credential = { method: 'hmac', preset: 'github', secret };
const completed = jofi.events.find(
	({ type }) => type === 'test_taker.assessment_completed',
)?.sample;
const sample = JSON.stringify(completed);
const sampleKey = 'jofi:test_taker.assessment_completed:12345:22222:2026-02-03T13:05:12.455Z';

/**
 * A signed delivery.
 *
 * @param {string} body
 * @param {Partial<import('../../webhookContext.mjs').Delivery>} [more]
 */
const signed = (body, more) => ({
	body,
	credential,
	headers: signDelivery({ body: Buffer.from(body), id: '', timestamp: '' }, presets.github, [
		secret,
	]),
	...more,
});

let nodes = 0;
/** A node that no other test delivers to. */
const newNode = () => ({ nodeId: `receiver ${++nodes}` });

/** @param {object} fields of the event's object */
function sampleWith(fields) {
	const { data, ...event } = JSON.parse(sample);
	return JSON.stringify({ ...event, data: { object: { ...data.object, ...fields } } });
}

describe('a signed delivery', () => {
	test('is answered 200 and starts one execution with the event as it came', async () => {
		const { status, body, started, log } = await deliver(signed(sample));
		expect(status).toBe(200);
		expect(body).toEqual({ message: 'Accepted.' });
		expect(started).toEqual({
			eventKey: sampleKey,
			provider: 'jofi',
			event: 'test_taker.assessment_completed',
			source: 'webhook',
			receivedAt: expect.stringMatching(/Z$/),
			unprocessed: true,
			payload: completed,
		});
		expect(log).toEqual([]);
	});

	test.each([
		['without a signature', {}, 'The signature is missing.'],
		[
			'with a wrong signature',
			{ 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
			'The signature does not match.',
		],
	])('%s is refused with 401 and one sentence', async (_, headers, message) => {
		const { status, body, started, log } = await deliver(signed(sample, { headers }));
		expect({ status, body, started }).toEqual({
			status: 401,
			body: { message },
			started: undefined,
		});
		expect(log).toEqual([
			{
				level: 'warn',
				message: `JOFI delivery refused: ${message}`,
				meta: { workflowId: 'workflow', node: 'JOFI Trigger', status: 401 },
			},
		]);
	});

	test('is refused with 403 from an address that is not listed', async () => {
		const delivery = signed(sample, {
			credential: { ...credential, ipAllowlist: '198.51.100.0/24' },
		});
		expect(await deliver(delivery)).toMatchObject({
			status: 403,
			body: { message: 'The source address is not on the IP allowlist.' },
		});
	});

	test('is refused with 401 when the credential is empty', async () => {
		expect(await deliver(signed(sample, { credential: {} }))).toMatchObject({
			status: 401,
			started: undefined,
		});
	});

	test('is answered 503 when the credential cannot be read', async () => {
		const { status, started, log } = await deliver(
			signed(sample, { credential: new Error('Credential not found') }),
		);
		expect({ status, started }).toEqual({ status: 503, started: undefined });
		expect(log).toMatchObject([
			{ level: 'error', message: 'JOFI delivery could not be received: Credential not found' },
		]);
	});
});

test('a refused Basic delivery gets a WWW-Authenticate header', async () => {
	const { status, headers } = await deliver({
		body: sample,
		credential: { method: 'basic', user: 'jofi', secret },
	});
	expect(status).toBe(401);
	expect(headers).toEqual({ 'www-authenticate': 'Basic realm="webhook", charset="UTF-8"' });
});

test('the body of a caller who may not deliver is not read', async () => {
	const bodyError = new Error('must not be read');
	const { status, log } = await deliver({
		bodyError,
		credential: { method: 'header', headerName: 'x', secret },
	});
	expect(status).toBe(401);
	expect(log).toHaveLength(1);
});

describe('an event that is not selected', () => {
	const notListenedTo = { status: 200, body: { message: 'Not listened to.' }, started: undefined };

	test.each([
		['of another type', { events: ['invitation.created'] }],
		['when none was chosen', { events: [] }],
		['of another custom ID', { filters: { customIds: ['REQ-9'] } }],
		['of another team', { filters: { teams: ['Sales'] } }],
		['of another assessment', { filters: { assessments: ['Personality'] } }],
	])('%s is answered 200 without an execution', async (_, wish) => {
		expect(await deliver({ body: sample, ...wish })).toMatchObject(notListenedTo);
	});

	test('is not remembered, so that it runs once it is selected', async () => {
		const node = newNode();
		await deliver({ body: sample, events: ['invitation.created'], ...node });
		expect((await deliver({ body: sample, ...node })).started).toBeDefined();
	});
});

test('an event that the filters let pass starts an execution', async () => {
	const filters = { customIds: ['abc123'], teams: ['recruiting', 'Sales'], assessments: ['7'] };
	expect((await deliver({ body: sample, filters })).started).toBeDefined();
});

describe('an event of an unknown type', () => {
	const body = JSON.stringify({
		id: 'evt_9',
		type: 'team.renamed',
		created_at: '2026-02-03T12:43:36.744Z',
	});

	test('reaches those who chose Any Event', async () => {
		expect((await deliver({ body, events: ['*'] })).started).toMatchObject({
			event: 'team.renamed',
			eventKey: 'jofi:team.renamed:evt_9',
		});
	});

	test('does not reach those who chose single events', async () => {
		const events = jofi.events.map(({ type }) => type);
		expect(await deliver({ body, events })).toMatchObject({ status: 200, started: undefined });
	});
});

describe('a known event with a field of another type', () => {
	test('is let through, and the log names the path and no value', async () => {
		const body = sampleWith({
			email: { confidential: 'linda@private.example' },
			team: 'confidential team',
		});
		const { status, started, log } = await deliver({ body });
		expect(status).toBe(200);
		expect(started).toMatchObject({ payload: JSON.parse(body) });
		expect(log).toHaveLength(1);
		expect(log[0].level).toBe('warn');
		expect(log[0].message).toContain('data.object.email');
		expect(log[0].message).toContain('data.object.team');
		expect(JSON.stringify(log)).not.toMatch(/confidential|linda/);
	});

	test.each([
		['an id that is an object', { id: { toString: 1, valueOf: 1 } }],
		[
			'an assignment id that is an object',
			{ assigned_assessments: [{ id: { toString: null }, completed_at: '2026-02-03T13:05:12Z' }] },
		],
		['an assessment list that is text', { assigned_assessments: 'none' }],
		['an assessment that is null', { assigned_assessments: [null] }],
		['a custom ID that is an object', { custom_id: { toString: 1 } }],
		['a team that is a list', { team: [] }],
	])('is let through: %s', async (_, fields) => {
		expect(await deliver({ body: sampleWith(fields) })).toMatchObject({
			status: 200,
			started: { provider: 'jofi' },
		});
	});

	test.each([
		['a custom ID that is an object', { custom_id: { toString: 1 } }, { customIds: ['REQ-9'] }],
		[
			'an assessment id that is an object',
			{
				assigned_assessments: [
					{ id: 1, assessment: { id: { toString: 1 } }, completed_at: '2026-02-03T13:05:12Z' },
				],
			},
			{ assessments: ['7'] },
		],
	])('is judged by the filters without a failure: %s', async (_, fields, filters) => {
		expect(await deliver({ body: sampleWith(fields), filters })).toMatchObject({ status: 200 });
	});
});

describe('a repeated delivery', () => {
	const receivedBefore = { status: 200, body: { message: 'Received before.' }, started: undefined };

	test('is answered 200 without an execution once the first was answered', async () => {
		const node = newNode();
		expect((await deliver({ body: sample, ...node })).started).toBeDefined();
		expect(await deliver({ body: sample, ...node })).toMatchObject(receivedBefore);
	});

	test('is recognised although its other fields have changed', async () => {
		const node = newNode();
		await deliver({ body: sample, ...node });
		expect(await deliver({ body: sampleWith({ first_name: 'Lynn' }), ...node })).toMatchObject(
			receivedBefore,
		);
	});

	test('waits for the first and shares its success', async () => {
		const node = newNode();
		const first = await receive({ body: sample, ...node });
		let answered = false;
		const copies = [1, 2, 3].map(async () => {
			const copy = await deliver({ body: sample, ...node });
			answered = true;
			return copy;
		});
		await new Promise((resolve) => setImmediate(resolve));
		expect(answered).toBe(false);
		first.answer(200);
		for (const copy of await Promise.all(copies)) expect(copy).toMatchObject(receivedBefore);
	});

	test('waits for the first, and the sender is asked to retry when that failed', async () => {
		const node = newNode();
		const first = await receive({ body: sample, ...node });
		const copy = deliver({ body: sample, ...node });
		await new Promise((resolve) => setImmediate(resolve));
		first.answer(500);
		expect(await copy).toMatchObject({
			status: 503,
			body: {
				message: 'The same event was being worked on and did not succeed. Please send it again.',
			},
			started: undefined,
		});
		expect((await deliver({ body: sample, ...node })).started).toBeDefined();
	});

	test('waits for the first ten seconds at most, and the sender is asked to retry later', async () => {
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
		try {
			const node = newNode();
			const first = await receive({ body: sample, ...node });
			const copy = deliver({ body: sample, ...node });
			await jest.advanceTimersByTimeAsync(10_000);
			expect(await copy).toMatchObject({
				status: 503,
				body: { message: 'The same event is still being worked on. Please send it again later.' },
				headers: { 'retry-after': '10' },
				started: undefined,
			});
			first.answer(200);
			expect(await deliver({ body: sample, ...node })).toMatchObject(receivedBefore);
		} finally {
			jest.useRealTimers();
		}
	});

	test('is left to the execution from ten seconds after it was accepted', async () => {
		const clock = stoppedClock();
		try {
			const node = newNode();
			await deliver({ body: sample, ...node });
			clock.pass(9_999);
			expect(await deliver({ body: sample, ...node })).toMatchObject(receivedBefore);
			clock.pass(1);
			expect((await deliver({ body: sample, ...node })).started).toBeDefined();
		} finally {
			clock.goOn();
		}
	});

	test('is known for long where its answer was the outcome of the run', async () => {
		const clock = stoppedClock();
		try {
			const node = { ...newNode(), parameters: { responseMode: 'lastNode' } };
			await deliver({ body: sample, ...node });
			clock.pass(60 * 60_000);
			expect(await deliver({ body: sample, ...node })).toMatchObject(receivedBefore);
		} finally {
			clock.goOn();
		}
	});

	test('starts again at another node', async () => {
		await deliver({ body: sample, ...newNode() });
		expect((await deliver({ body: sample, ...newNode() })).started).toBeDefined();
	});

	test('starts again once newer events took its place', async () => {
		const node = { ...newNode(), settings: { eventsToRemember: 2 } };
		const bodies = [1, 2, 3].map((number) =>
			JSON.stringify({ id: `evt_${number}`, type: 'team.renamed' }),
		);
		for (const body of bodies) await deliver({ body, ...node });
		expect(await deliver({ body: bodies[2], ...node })).toMatchObject(receivedBefore);
		expect(await deliver({ body: bodies[1], ...node })).toMatchObject(receivedBefore);
		expect((await deliver({ body: bodies[0], ...node })).started).toBeDefined();
	});

	test('always starts when the user wants duplicates', async () => {
		const node = { ...newNode(), settings: { skipDuplicates: false } };
		for (let times = 0; times < 3; times++)
			expect((await deliver({ body: sample, ...node })).started).toBeDefined();
	});

	test('always starts in a test run, which is not remembered', async () => {
		const node = newNode();
		for (let times = 0; times < 3; times++)
			expect((await deliver({ body: sample, mode: 'manual', ...node })).started).toBeDefined();
		expect((await deliver({ body: sample, ...node })).started).toBeDefined();
	});

	test('says in a test run, and there alone, that the provider cannot reach the production URL', async () => {
		const delivery = {
			body: sample,
			productionUrl: 'http://localhost:5678/webhook/1/jofi',
			...newNode(),
		};
		expect((await deliver({ ...delivery, mode: 'manual' })).hints).toEqual([
			expect.stringMatching(/^JOFI cannot deliver to http:\/\/localhost:5678:/),
		]);
		expect((await deliver({ body: sample, mode: 'manual' })).hints).toEqual([]);
		expect((await deliver(delivery)).hints).toEqual([]);
	});

	test('that is not authentic learns nothing about the first', async () => {
		const node = newNode();
		await deliver(signed(sample, node));
		expect(await deliver(signed(sample, { ...node, headers: {} }))).toMatchObject({ status: 401 });
	});
});

describe('event names that a person wrote', () => {
	const body = '{"id":"evt_1","type":"team.renamed"}';
	/** @param {unknown} otherEvents @param {unknown} [events] */
	const isStarted = async (otherEvents, events = []) =>
		(await deliver({ body, events: /** @type {any} */ (events), settings: { otherEvents } }))
			.started !== undefined;

	test.each([
		[['team.renamed ']],
		[['', ' \tteam.renamed\n']],
		[' team.renamed '],
		[[['team.renamed']]],
	])('may have blanks around them or come from an expression: %j', async (names) => {
		expect(await isStarted(names)).toBe(true);
		expect(await isStarted([], names)).toBe(true);
	});

	test.each([[['']], [[' ']], [null], ['team.renamed.too'], [['team']], [[7]]])(
		'that are others or empty name nothing: %j',
		async (names) => {
			expect(await isStarted(names)).toBe(false);
		},
	);
});
