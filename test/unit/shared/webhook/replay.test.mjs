import { setImmediate as nextTurn } from 'node:timers/promises';

import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { stoppedClock } from '../../clock.mjs';
import { deliver, receive } from '../../webhookContext.mjs';

/** @typedef {import('../../webhookContext.mjs').Delivery} Delivery */

const MINUTE = 60_000;
const withId = {
	method: 'hmac',
	preset: 'standardWebhooks',
	secret: 'whsec_bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs',
};
const withTime = { method: 'hmac', preset: 'stripe', secret: 'not a real secret' };
const bare = { method: 'hmac', preset: 'github', secret: 'not a real secret' };
/** An id that no signature covers. */
const withHeader = {
	...bare,
	preset: 'custom',
	signatureHeader: 'x-signature',
	idHeader: 'x-delivery',
};
const login = JSON.stringify(regpack.events.find(({ type }) => type === 'login_success')?.sample);

let nodes = 0;

/**
 * Regpack's trigger as it is by default, at a node that no other test delivers to.
 *
 * @param {Record<string, unknown>} credential
 * @param {Delivery} [more]
 */
function trigger(credential, more) {
	const node = {
		source: regpackWebhooks,
		events: 'login_success',
		credential,
		nodeId: `replayed ${++nodes}`,
		...more,
	};
	const { scheme } = verificationConfig(/** @type {any} */ (credential));
	return {
		/** @param {{ id?: string, seconds?: number, body?: string }} [message] @returns {Delivery} */
		message({ id = 'msg_1', seconds = Math.floor(Date.now() / 1000), body = login } = {}) {
			const signable = { body: Buffer.from(body), id, timestamp: String(seconds) };
			return {
				...node,
				body,
				headers: signDelivery(signable, scheme, [String(credential.secret)]),
			};
		},
	};
}

/** How many items the execution starts with; 0 without one. @param {Delivery} delivery */
const started = async (delivery) => (await deliver(delivery)).items.length;

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
});
afterEach(() => clock.goOn());

describe.each([
	['an id that is signed', withId],
	['a time that is signed', withTime],
	['an id in a header', withHeader],
])('a message with %s', (_, credential) => {
	test('does not run again, and is answered 200', async () => {
		const delivery = trigger(credential).message();
		expect(await started(delivery)).toBe(1);
		for (let times = 0; times < 3; times++)
			expect(await deliver(delivery)).toMatchObject({ status: 200, body: {}, items: [] });
	});

	test('runs once when it comes twice at the same moment', async () => {
		const delivery = trigger(credential).message();
		const first = await receive(delivery);
		const copy = deliver(delivery);
		await nextTurn();
		first.answer(200);
		expect([first.items.length, (await copy).items.length, (await copy).status]).toEqual([
			1, 0, 200,
		]);
	});

	test.each([500, 503])('runs again after it was answered %i', async (status) => {
		const delivery = trigger(credential, { parameters: { responseMode: 'lastNode' } }).message();
		(await receive(delivery)).answer(status);
		expect(await started(delivery)).toBe(1);
		expect(await started(delivery)).toBe(0);
	});

	test('that waited for one that failed is asked to retry, and then runs', async () => {
		const delivery = trigger(credential, { parameters: { responseMode: 'lastNode' } }).message();
		const first = await receive(delivery);
		const copy = deliver(delivery);
		await nextTurn();
		first.answer(500);
		expect(await copy).toMatchObject({ status: 503, items: [] });
		expect(await started(delivery)).toBe(1);
	});

	test('is another one with another body, id and time', async () => {
		const to = trigger(credential);
		expect(await started(to.message())).toBe(1);
		const next = { id: 'msg_2', seconds: Math.floor(Date.now() / 1000) + 1 };
		expect(await started(to.message(next))).toBe(1);
		expect(await started(to.message({ body: login.replace('{', '{ ') }))).toBe(1);
	});

	test('is another one at another node', async () => {
		expect(await started(trigger(credential).message())).toBe(1);
		expect(await started(trigger(credential).message())).toBe(1);
	});

	test.each([
		['in a test run', { mode: /** @type {const} */ ('manual') }],
		['when its sender waits for a reply', { parameters: { responseMode: 'responseNode' } }],
	])('always runs %s', async (_, more) => {
		const delivery = trigger(credential, more).message();
		for (let times = 0; times < 3; times++) expect(await started(delivery)).toBe(1);
	});

	test('that was not selected runs once it is selected', async () => {
		const delivery = trigger(credential).message();
		expect(await started({ ...delivery, filters: { projects: ['no such project'] } })).toBe(0);
		expect(await started(delivery)).toBe(1);
	});

	test('that was refused runs once it is sent correctly', async () => {
		const to = trigger(credential);
		const delivery = to.message();
		expect(await deliver({ ...delivery, body: `${login} ` })).toMatchObject({ status: 401 });
		expect(await started(delivery)).toBe(1);
	});
});

describe('a message is remembered', () => {
	test('as long as its signature is accepted, also if the clock of its sender is ahead', async () => {
		const delivery = trigger(withTime).message({ seconds: Date.now() / 1000 + 300 });
		expect(await started(delivery)).toBe(1);
		clock.pass(10 * MINUTE - 1);
		expect(await deliver(delivery)).toMatchObject({ status: 200, items: [] });
		clock.pass(2);
		expect(await deliver(delivery)).toMatchObject({ status: 401, items: [] });
	});

	test('without an end where any age is accepted', async () => {
		const delivery = trigger({ ...withTime, toleranceSeconds: 0 }).message();
		expect(await started(delivery)).toBe(1);
		clock.pass(10_000 * MINUTE);
		expect(await started(delivery)).toBe(0);
	});

	test('for ten minutes by an id that no signature covers', async () => {
		const delivery = trigger(withHeader).message();
		expect(await started(delivery)).toBe(1);
		clock.pass(10 * MINUTE - 1);
		expect(await started(delivery)).toBe(0);
		clock.pass(1);
		expect(await started(delivery)).toBe(1);
	});

	test('by its id when its sender repeats it with a new signature', async () => {
		const to = trigger(withId);
		expect(await started(to.message())).toBe(1);
		clock.pass(MINUTE);
		expect(await started(to.message())).toBe(0);
	});

	test('by what it says, not by the spelling or the number of its signatures', async () => {
		const old = 'an older secret that is still accepted';
		const credential = { ...withTime, previousSecrets: old };
		const delivery = trigger(credential).message();
		const { 'stripe-signature': both } = signDelivery(
			{ body: Buffer.from(login), id: '', timestamp: String(Date.now() / 1000) },
			verificationConfig(withTime).scheme,
			[withTime.secret, old],
		);
		const [time, first, second] = both.split(',');
		expect(await started({ ...delivery, headers: { 'stripe-signature': both } })).toBe(1);
		for (const signature of [
			[time, second],
			[time, first.toUpperCase().replace('V1=', 'v1=')],
			[second, time, 'v1=00'],
		]) {
			expect(
				await deliver({ ...delivery, headers: { 'stripe-signature': signature.join(',') } }),
			).toMatchObject({ status: 200, items: [] });
		}
	});

	test('by the header set that counts, whatever is sent beside it', async () => {
		const delivery = trigger(withId).message();
		expect(await started(delivery)).toBe(1);
		const beside = { 'svix-id': 'other', 'svix-timestamp': '1', 'svix-signature': 'v1,x' };
		expect(await started({ ...delivery, headers: { ...delivery.headers, ...beside } })).toBe(0);
	});
});

test('equal events without id and time all run, since they cannot be distinguished', async () => {
	const delivery = trigger(bare).message();
	for (let times = 0; times < 3; times++) expect(await started(delivery)).toBe(1);
});

test('a message of a GET request is its query', async () => {
	const to = trigger(withTime);
	const query = "user_info=%7B%22clogin_id%22%3A%22200001%22%7D&note=it's%20me";
	const delivery = {
		...to.message({ body: query }),
		body: undefined,
		method: 'GET',
		url: `/webhook/1?${query}`,
	};
	expect(await started(delivery)).toBe(1);
	expect(await started(delivery)).toBe(0);
});
