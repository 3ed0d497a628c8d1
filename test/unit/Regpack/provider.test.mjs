import { setImmediate as nextTurn } from 'node:timers/promises';

import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { URLENCODED } from '#dist/nodes/shared/webhook/request.js';
import { stoppedClock } from '../clock.mjs';
import { deliver, receive } from '../webhookContext.mjs';

/** @typedef {import('../webhookContext.mjs').Delivery} Delivery */

const MINUTE = 60_000;
const FORM = { 'content-type': URLENCODED };

/** @param {string} type */
const payloadOf = (type) =>
	/** @type {any} */ (structuredClone(regpack.events.find((event) => event.type === type)?.sample));
const login = payloadOf('login_success');
const loggedIn = { events: 'login_success', body: JSON.stringify(login) };

let nodes = 0;
/** A node that no other test delivers to. */
const newNode = () => ({ nodeId: `Regpack ${++nodes}` });

/** @param {Delivery} delivery */
const toRegpack = async (delivery) => await deliver({ source: regpackWebhooks, ...delivery });

/** How many items the execution starts with; 0 without one. @param {Delivery} delivery */
const started = async (delivery) => (await toRegpack(delivery)).items.length;

describe('a delivery', () => {
	test('is the event that the node is set to, without a check of the body', async () => {
		const body = { ...login, event: 'payment_event', type: 'user_complete' };
		const { status, items, log } = await toRegpack({ ...loggedIn, body: JSON.stringify(body) });
		expect({ status, log }).toEqual({ status: 200, log: [] });
		expect(items).toEqual([
			{
				eventKey: expect.stringMatching(/^regpack:login_success:sha256-[0-9a-f]{32}$/),
				provider: 'regpack',
				event: 'login_success',
				source: 'webhook',
				receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				unprocessed: true,
				payload: body,
				extra: {},
			},
		]);
	});

	test.each([
		['form_preprocess_*', '12345', { formId: '12345' }],
		['form_submit_*', 12345, { formId: '12345' }],
		['form_load_*', '00123', { formId: '00123' }],
		['form_viewed_*', '', { formId: null }],
		['form_preprocess', '12345', {}],
		['user_complete', '12345', {}],
	])('of %s with the form ID %j adds %j to the item', async (events, formId, extra) => {
		const [item] = (
			await toRegpack({ events, parameters: { formId }, body: JSON.stringify(payloadOf(events)) })
		).items;
		expect(item).toMatchObject({ event: events });
		expect(item.extra).toEqual(extra);
	});

	test.each([
		['taken', {}],
		['dropped by a filter', { filters: { projects: ['1'] } }],
	])('is answered with nothing to act on when it is %s', async (_, more) => {
		const { status, body } = await toRegpack({ ...loggedIn, ...more });
		expect({ status, body }).toEqual({ status: 200, body: {} });
	});

	test('that is refused gets the reason', async () => {
		expect(await toRegpack({ ...loggedIn, body: 'a=1' })).toMatchObject({
			status: 400,
			body: { message: 'The body is not JSON.' },
			items: [],
		});
		expect(
			await toRegpack({
				...loggedIn,
				body: `a${'[b]'.repeat(1_000)}=1`,
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
			}),
		).toMatchObject({ status: 400, body: { message: 'The body is not a form that can be read.' } });
	});

	test('that differs from the documentation passes, and the log names paths but no values', async () => {
		const body = {
			user_info: { clogin_id: { confidential: 1 } },
			meta_info: 'confidential',
			doc: 'confidential',
		};
		const { items, log } = await toRegpack({ events: 'user_complete', body: JSON.stringify(body) });
		expect(items).toMatchObject([{ payload: body }]);
		expect(log).toHaveLength(1);
		expect(log[0].message).toMatch(
			/^Regpack event user_complete differs .*user_info\.clogin_id: .*meta_info: .*doc: /,
		);
		expect(JSON.stringify(log)).not.toContain('confidential');
	});
});

describe('a payload is the same', () => {
	const payload = payloadOf('payment_event');
	const fields = Object.entries(payload).map(([name, value]) => [name, JSON.stringify(value)]);
	const form = new URLSearchParams(fields).toString();
	const method = { method: 'GET' };
	const credential = { method: 'query', queryName: 'token', secret: 'not-a-real-secret' };

	test.each([
		['as JSON', { body: JSON.stringify(payload) }],
		['as a form', { body: form, headers: FORM }],
		['as JSON that calls itself a form', { body: JSON.stringify(payload), headers: FORM }],
		['as a query', { ...method, url: `/webhook/1?${form}` }],
		[
			'as a query with the secret in it',
			{ ...method, url: `/webhook/1?token=not-a-real-secret&${form}`, credential },
		],
		[
			'as a query, whatever the type says',
			{ ...method, url: `/webhook/1?${form}`, headers: { 'content-type': 'application/json' } },
		],
	])('%s', async (_, delivery) => {
		const { items } = await toRegpack({ events: 'payment_event', ...delivery });
		expect(items).toMatchObject([{ payload }]);
		expect(items[0].payload).toEqual(payload);
		expect(JSON.stringify(items)).not.toContain('not-a-real-secret');
	});

	test('and a query without the secret is refused', async () => {
		expect(
			await toRegpack({
				events: 'payment_event',
				...method,
				url: `/webhook/1?${form}`,
				credential,
			}),
		).toMatchObject({ status: 401, items: [] });
	});
});

describe('a delivery that equals an earlier one', () => {
	const byChoice = { settings: { skipDuplicates: true } };
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	test('starts again by default', async () => {
		const node = newNode();
		for (let times = 0; times < 3; times++) expect(await started({ ...loggedIn, ...node })).toBe(1);
	});

	/** What is answered is the outcome; otherwise the execution would have to record the event. */
	const ended = { parameters: { responseMode: 'lastNode' } };

	test('is dropped by choice, within ten minutes', async () => {
		const node = { ...newNode(), ...byChoice, ...ended };
		expect(await started({ ...loggedIn, ...node })).toBe(1);
		clock.pass(10 * MINUTE - 1);
		expect(await toRegpack({ ...loggedIn, ...node })).toMatchObject({
			status: 200,
			body: {},
			items: [],
		});
		clock.pass(1);
		expect(await started({ ...loggedIn, ...node })).toBe(1);
	});

	test('is dropped within another window by choice', async () => {
		const node = {
			...newNode(),
			settings: { skipDuplicates: true, duplicateWindowMinutes: 2 },
			...ended,
		};
		expect(await started({ ...loggedIn, ...node })).toBe(1);
		clock.pass(2 * MINUTE - 1);
		expect(await started({ ...loggedIn, ...node })).toBe(0);
		clock.pass(1);
		expect(await started({ ...loggedIn, ...node })).toBe(1);
	});

	test('does not make the window longer', async () => {
		const node = { ...newNode(), ...byChoice, ...ended };
		expect(await started({ ...loggedIn, ...node })).toBe(1);
		clock.pass(9 * MINUTE);
		expect(await started({ ...loggedIn, ...node })).toBe(0);
		clock.pass(MINUTE);
		expect(await started({ ...loggedIn, ...node })).toBe(1);
	});

	test.each([
		['when its sender waits for a reply', { parameters: { responseMode: 'responseNode' } }],
		['in a test run', { mode: /** @type {const} */ ('manual') }],
		[
			'when it is of another user',
			{
				body: JSON.stringify({ ...login, user_info: { ...login.user_info, clogin_id: '200009' } }),
			},
		],
		['when it is of another event', { events: 'user_registered' }],
	])('starts despite that choice %s', async (_, more) => {
		const node = { ...newNode(), ...byChoice };
		expect(await started({ ...loggedIn, ...node })).toBe(1);
		expect(await started({ ...loggedIn, ...node, ...more })).toBe(1);
	});

	test('waits for the first one and shares its outcome', async () => {
		const node = {
			source: regpackWebhooks,
			...loggedIn,
			...newNode(),
			...byChoice,
			parameters: { responseMode: 'lastNode' },
		};
		for (const [status, expected] of [
			[500, { status: 503, items: [] }],
			[200, { status: 200, body: {}, items: [] }],
		]) {
			const first = await receive(node);
			expect(first.items).toHaveLength(1);
			const copy = deliver(node);
			await nextTurn();
			first.answer(/** @type {number} */ (status));
			expect(await copy).toMatchObject(/** @type {object} */ (expected));
		}
	});

	test('is dropped when it comes as a form in parts', async () => {
		const node = { events: 'login_success', ...newNode(), ...byChoice };
		const parts = { user_info: '{"clogin_id":"200001"}' };
		expect(await started({ ...node, body: undefined, parts })).toBe(1);
		expect(await started({ ...node, body: undefined, parts })).toBe(0);
	});

	test('of another form has another key, as the triggers of a workflow share the record', async () => {
		const keyOf = async (/** @type {string} */ formId) =>
			(
				await toRegpack({
					events: 'form_load_*',
					parameters: { formId },
					body: JSON.stringify(payloadOf('form_load_*')),
				})
			).items[0].eventKey;
		expect(await keyOf('1')).toBe(await keyOf('1'));
		expect(await keyOf('1')).not.toBe(await keyOf('2'));
	});
});

describe('a change of status of several applicants', () => {
	const status = payloadOf('status_update');
	/** @param {string[]} ids @param {object} [more] */
	const changeOf = (ids, more) => ({
		events: 'status_update',
		body: JSON.stringify({
			...status,
			user_info: ids.map((clogin_id, index) => ({ clogin_id, group_id: String(index + 1) })),
			...more,
		}),
	});
	/** The applicants whose items the execution starts with. @param {Delivery} delivery */
	const startedFor = async (delivery) =>
		(await toRegpack(delivery)).items.map(
			(item) => /** @type {any} */ (item.payload).user_info.clogin_id,
		);

	test('is an event for each, with its own key', async () => {
		const { items } = await toRegpack(changeOf(['1', '2', '3']));
		expect(items.map(({ payload }) => payload)).toMatchObject([
			{ user_info: { clogin_id: '1' } },
			{ user_info: { clogin_id: '2' } },
			{ user_info: { clogin_id: '3' } },
		]);
		expect(new Set(items.map(({ eventKey }) => eventKey)).size).toBe(3);
	});

	test('is filtered for each', async () => {
		expect(
			await startedFor({ ...changeOf(['a', 'b', 'c']), filters: { projects: ['1', '3'] } }),
		).toEqual(['a', 'c']);
		expect(await startedFor({ ...changeOf(['a', 'b']), filters: { projects: ['9'] } })).toEqual([]);
	});

	test('starts, by choice, only for those whose change was not received before', async () => {
		const node = { ...newNode(), settings: { skipDuplicates: true } };
		const of = (/** @type {string[]} */ ids) => ({
			...node,
			...changeOf(ids, { user_info: ids.map((clogin_id) => ({ clogin_id })) }),
		});
		expect(await startedFor(of(['a', 'b']))).toEqual(['a', 'b']);
		expect(await startedFor(of(['a', 'c']))).toEqual(['c']);
		expect(await startedFor(of(['c', 'b', 'a']))).toEqual([]);
		expect(await startedFor(of(['b']))).toEqual([]);
		expect(await startedFor(of(['d', 'd']))).toEqual(['d']);
	});

	test('that fails is asked to repeat everything it started', async () => {
		const node = {
			source: regpackWebhooks,
			...newNode(),
			settings: { skipDuplicates: true },
			parameters: { responseMode: 'lastNode' },
		};
		const first = await receive({ ...node, ...changeOf(['a', 'b']) });
		const copy = deliver({ ...node, ...changeOf(['a', 'b']) });
		await nextTurn();
		first.answer(500);
		expect(await copy).toMatchObject({ status: 503, items: [] });
		expect(await startedFor({ ...node, ...changeOf(['a', 'b']) })).toEqual(['a', 'b']);
	});

	test('is the same as an object keyed by ID', async () => {
		const users = { 200001: { clogin_id: '200001' }, 200003: { clogin_id: '200003' } };
		expect(await startedFor(changeOf([], { user_info: users }))).toEqual(['200001', '200003']);
		const fields = Object.entries(users).map(([id, { clogin_id }]) => [
			`user_info[${id}][clogin_id]`,
			clogin_id,
		]);
		expect(
			await startedFor({
				events: 'status_update',
				body: new URLSearchParams(fields).toString(),
				headers: FORM,
			}),
		).toEqual(['200001', '200003']);
		for (const events of ['tag_update', 'status_update'])
			expect(
				await started({ events, body: JSON.stringify({ user_info: users, meta_info: {} }) }),
			).toBe(2);
	});

	test('with an empty list is one event without a person', async () => {
		expect((await toRegpack(changeOf([]))).items).toMatchObject([{ payload: { user_info: [] } }]);
	});
});

describe('a list', () => {
	const inList = (/** @type {object[]} */ ...all) => ({
		events: 'login_success',
		body: JSON.stringify(all),
	});
	const other = { ...login, user_info: { ...login.user_info, clogin_id: '200009' } };

	test('is as many deliveries as it has elements', async () => {
		const { status, items } = await toRegpack(inList(login, other));
		expect(status).toBe(200);
		expect(items.map(({ payload }) => payload)).toEqual([login, other]);
		expect(new Set(items.map(({ eventKey }) => eventKey)).size).toBe(2);
	});

	test('may be declared a form, and contain groups', async () => {
		expect(
			(await toRegpack({ ...inList(login), headers: FORM })).items.map(({ payload }) => payload),
		).toEqual([login]);
		const { items } = await toRegpack({
			...inList({ ...login, user_info: [login.user_info, other.user_info] }, other),
			events: 'status_update',
		});
		expect(items.map(({ payload }) => /** @type {any} */ (payload).user_info.clogin_id)).toEqual([
			'200001',
			'200009',
			'200009',
		]);
	});

	test('of one delivery equals that delivery, even for a repeat that comes alone', async () => {
		const node = { ...newNode(), settings: { skipDuplicates: true } };
		expect(await started({ ...inList(login), ...node })).toBe(1);
		expect(await started({ ...loggedIn, ...node })).toBe(0);
		expect(await started({ ...inList(other, login), ...node })).toBe(1);
	});

	test.each(['[]', '[[]]', '[1]', '[{},null]'])('that is %s is refused', async (body) => {
		expect(await toRegpack({ events: 'login_success', body })).toMatchObject({
			status: 400,
			body: { message: 'The body is not a JSON object.' },
			items: [],
		});
	});
});
