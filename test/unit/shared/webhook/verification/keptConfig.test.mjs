import { stoppedClock } from '../../../clock.mjs';
import { deliver } from '../../../webhookContext.mjs';

/** @typedef {import('../../../webhookContext.mjs').Delivery} Delivery */

const SECOND = 1000;

let triggers = 0;
/** @type {ReturnType<typeof stoppedClock>} */
let clock;
/** How often a credential was read. */
let reads = 0;
/** What the credential holds now. */
let secret = 'first';
let nodeId = '';

beforeEach(() => {
	clock = stoppedClock();
	reads = 0;
	secret = 'first';
	nodeId = `kept ${++triggers}`;
});
afterEach(() => clock.goOn());

/**
 * One delivery to the trigger of this test.
 *
 * @param {string} token
 * @param {Partial<Delivery>} [delivery]
 */
const send = (token, delivery) =>
	deliver({
		nodeId,
		credential: { method: 'header', headerName: 'X-Token', secret },
		onCredentialRead: () => void reads++,
		headers: { 'x-token': token },
		body: '{"type":"test_taker.created","data":{}}',
		settings: { skipDuplicates: false },
		...delivery,
	});

/** @param {Promise<{ status: number }>} sent */
const statusOf = async (sent) => (await sent).status;

describe('the rules of a credential', () => {
	test('are read once in ten seconds', async () => {
		for (let second = 0; second < 10; second++) {
			expect(await statusOf(send('first'))).toBe(200);
			clock.pass(SECOND);
		}
		expect(reads).toBe(1);
		expect(await statusOf(send('first'))).toBe(200);
		expect(reads).toBe(2);
	});

	test('are read once for deliveries that arrive together', async () => {
		await Promise.all(Array.from({ length: 20 }, () => send('first')));
		expect(reads).toBe(1);
	});

	test('are kept for each node, workflow and credential alone', async () => {
		await send('first');
		await send('first', { credentialId: 'other' });
		await send('first', { workflowId: 'other' });
		await send('first', { nodeId: `${nodeId} too` });
		expect(reads).toBe(4);
	});

	test('are read for each delivery of a test run', async () => {
		await send('first');
		await send('first', { mode: 'manual' });
		await send('first', { mode: 'manual' });
		expect(reads).toBe(3);
	});

	test('are not read where deliveries are not verified', async () => {
		expect(await statusOf(send('any', { parameters: { authentication: 'none' } }))).toBe(200);
		expect(reads).toBe(0);
	});

	test('are read again when n8n could not read them', async () => {
		const credential = new Error('no such credential');
		expect(await statusOf(send('first', { credential }))).toBe(503);
		expect(await statusOf(send('first'))).toBe(200);
		expect(reads).toBe(2);
	});

	test('are read again when the clock was set back', async () => {
		await send('first');
		clock.pass(-60 * SECOND);
		await send('first');
		expect(reads).toBe(2);
	});
});

describe('a secret', () => {
	test('works from the first delivery on that is sent with it', async () => {
		await send('first');
		secret = 'second';
		clock.pass(SECOND);
		expect(await statusOf(send('second'))).toBe(200);
	});

	test('that was taken out works for ten seconds at most', async () => {
		await send('first');
		secret = 'second';
		clock.pass(10 * SECOND);
		expect(await statusOf(send('first'))).toBe(401);
	});

	test('that was taken out works no longer once the new one has been used', async () => {
		await send('first');
		secret = 'second';
		clock.pass(SECOND);
		await send('second');
		expect(await statusOf(send('first'))).toBe(401);
	});

	test('that signs is found anew as well', async () => {
		const credential = { method: 'hmac', preset: 'custom', signatureHeader: 'X-Signature' };
		await send('', { credential: { ...credential, secret: 'first' } });
		clock.pass(SECOND);
		const { createHmac } = await import('node:crypto');
		const body = '{"type":"test_taker.created","data":{}}';
		const signature = createHmac('sha256', 'second').update(body).digest('hex');
		const sent = send('', {
			credential: { ...credential, secret: 'second' },
			headers: { 'x-signature': signature },
		});
		expect(await statusOf(sent)).toBe(200);
	});
});

describe('refused deliveries', () => {
	test('have the credential read once a second at most', async () => {
		await send('first');
		for (let at = 0; at < 30; at++) {
			expect(await statusOf(send('wrong'))).toBe(401);
			clock.pass(SECOND / 10);
		}
		expect(reads).toBeLessThanOrEqual(1 + 3);
		expect(reads).toBeGreaterThan(1);
	});

	test('that arrive together have it read once', async () => {
		await send('first');
		clock.pass(SECOND);
		await Promise.all(Array.from({ length: 20 }, () => send('wrong')));
		expect(reads).toBe(2);
	});

	test('for another reason than the sender have nothing read', async () => {
		await send('first');
		clock.pass(SECOND);
		expect(await statusOf(send('first', { body: 'no JSON' }))).toBe(400);
		expect(reads).toBe(1);
	});
});
