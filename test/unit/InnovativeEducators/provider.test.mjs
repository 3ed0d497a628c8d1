import {
	innovativeEducators as provider,
	innovativeEducatorsWebhooks as source,
} from '#dist/nodes/InnovativeEducators/provider.js';
import {
	COMPLETED,
	TEST_NOTIFICATION,
} from '#dist/nodes/InnovativeEducators/events/definitions.js';
import { deliver } from '../webhookContext.mjs';

const completion = provider.events[0].sample;
const { ipAllowlist: documented } = /** @type {{ ipAllowlist: string }} */ (source.verification);
const another = { ...completion, id: 'another' };

/** @param {unknown} body @param {Partial<import('../webhookContext.mjs').Delivery>} [changes] */
const sent = async (body, changes) => {
	const {
		status,
		body: answer,
		items = [],
	} = await deliver({
		source,
		events: ['courseCompletion'],
		body: typeof body === 'string' ? body : JSON.stringify(body),
		...changes,
	});
	return {
		status,
		answer,
		events: items.map((/** @type {any} */ { event, eventKey, payload }) => ({
			event,
			eventKey,
			payload,
		})),
	};
};

const byAddress = (/** @type {string} */ ipAllowlist) => ({
	parameters: { authentication: 'address', ipAllowlist },
});

test('a completion starts the workflow, by either of its names', async () => {
	for (const event of ['courseCompletion', 'courseComplete']) {
		const { status, events } = await sent({ ...completion, id: event, event });
		expect([status, events.map((each) => each.event)]).toEqual([200, [COMPLETED]]);
	}
});

test('a list of completions is one event for each', async () => {
	const { status, events } = await sent([completion, another, { hello: 'test' }], {
		events: ['*'],
	});
	expect(status).toBe(200);
	expect(events.map(({ payload }) => payload)).toEqual([completion, another]);
	expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(2);
});

test.each([
	['an object', { hello: 'test' }, { hello: 'test' }],
	['an object with an empty list', { events: [] }, { events: [] }],
	['an empty list', [], { text: '[]' }],
	['a list of numbers', [1], { events: [1] }],
	['a text', 'Hello', { text: 'Hello' }],
	['nothing', '', { text: '' }],
	['half an object', '{"a":', { text: '{"a":' }],
	[
		'a list nested too deep',
		`${'['.repeat(300)}${']'.repeat(300)}`,
		{ text: `${'['.repeat(300)}${']'.repeat(300)}` },
	],
	['a long text', 'x'.repeat(50_000), { text: 'x'.repeat(10_000) }],
])(
	'%s is a test notification: always answered 200, an event only if selected or in a test run',
	async (_name, body, payload) => {
		const nothing = { status: 200, answer: { message: 'Not listened to.' }, events: [] };
		expect(await sent(body)).toEqual(nothing);
		expect(await sent(body, { events: ['*'] })).toEqual(nothing);
		for (const changes of [
			{ events: [TEST_NOTIFICATION] },
			{ mode: /** @type {const} */ ('manual') },
		]) {
			const { status, events } = await sent(body, changes);
			expect([status, events]).toEqual([
				200,
				[expect.objectContaining({ event: TEST_NOTIFICATION, payload })],
			]);
		}
	},
);

test('an unsupported event passes with Any Event or by its name, and is not a test notification', async () => {
	const body = { ...completion, event: 'courseEnrollment' };
	const received = [200, [expect.objectContaining({ event: 'courseEnrollment', payload: body })]];
	for (const changes of [
		{ events: ['*'] },
		{ parameters: { authentication: 'none', settings: { otherEvents: ['courseEnrollment'] } } },
	]) {
		const { status, events } = await sent(body, changes);
		expect([status, events]).toEqual(received);
	}
	expect((await sent(body, { events: [COMPLETED, TEST_NOTIFICATION] })).events).toEqual([]);
});

test('events of a list without IDs are one event only if they are equal', async () => {
	const { id, ...bare } = completion;
	const { events } = await sent([bare, { ...bare, user: 'bo' }, bare], { events: ['*'] });
	expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(2);
});

test('filters reject completions, also those without a client, but no test notification', async () => {
	const filters = { clients: ['somebody else'] };
	expect((await sent(completion, { filters })).events).toEqual([]);
	expect((await sent({ ...completion, userDetail: {} }, { filters })).events).toEqual([]);
	expect((await sent('Hello', { filters, events: [TEST_NOTIFICATION] })).events).toHaveLength(1);
});

test('the IP allowlist is checked before the body is read, and an empty or invalid list rejects everything', async () => {
	expect(
		(await sent('Hello', { ...byAddress('203.0.113.0/24'), events: [TEST_NOTIFICATION] })).status,
	).toBe(200);
	expect((await sent(completion, byAddress(documented))).status).toBe(403);
	expect(
		(await sent(completion, { ...byAddress(documented), address: '::ffff:54.243.7.71' })).status,
	).toBe(200);
	for (const list of ['', ' ', 'nonsense'])
		expect((await sent(completion, byAddress(list))).status).toBe(401);
});
