import { setTimeout as sleep } from 'node:timers/promises';

import { EVENTS } from '../../providers/regpack/events.mjs';
import { openReceiver } from './receiver.mjs';
import { send, closeAll, closedAfter, started } from './regpack.mjs';

/** @typedef {import('./regpack.mjs').Regpack} Regpack */

const FAMILY = 100000002;

afterEach(closeAll);

/** @param {Parameters<typeof openReceiver>[0]} [answer] */
const receiver = async (answer) => closedAfter(await openReceiver(answer));

/** The event with the id of a form, in the first project. @param {string} event */
const named = (event) => event.replace('*', '12345');

/**
 * Regpack with a receiver of an event.
 *
 * @param {string} event
 * @param {{ answer?: Parameters<typeof openReceiver>[0], options?: Parameters<typeof started>[0] }} [more]
 */
async function connected(event, { answer, options } = {}) {
	const [regpack, target] = [await started(options), await receiver(answer)];
	regpack.webhooks.configure({ event, url: target.url });
	return { regpack, ...target };
}

/**
 * Regpack with one receiver behind all events of its project.
 *
 * @param {Parameters<typeof started>[0]} [options]
 */
async function listening(options) {
	const [regpack, target] = [await started(options), await receiver()];
	const forms = regpack.account.project(regpack.credential.groupId).forms;
	for (const event of Object.keys(EVENTS)) {
		const all = event.endsWith('*')
			? forms.map(({ id }) => event.replace('*', String(id)))
			: [event];
		for (const each of all)
			regpack.webhooks.configure({ event: each, url: `${target.url}/${each}` });
	}
	/** Which were sent since the last time, and for whom. */
	const reported = async () =>
		(await regpack.webhooks.flush()).map(({ event, payload }) => [
			event,
			[payload.user_info].flat().map(({ clogin_id }) => Number(clogin_id)),
		]);
	return { regpack, reported };
}

describe('webhooks', () => {
	const PARTS = {
		...{ user_registered: [], login_success: [], edit_user_credentials: ['username'] },
		...{ form_submitted: ['form_info', 'doc', 'analytics'], 'form_submit_*': ['form_info'] },
		...{ 'form_load_*': ['doc'], 'form_viewed_*': ['doc'] },
		...{
			user_complete: ['form_info', 'doc', 'analytics'],
			child_complete: ['form_info', 'doc', 'analytics'],
		},
		...{ status_update: ['status_info'] },
		...{ payment_event: ['payment_info', 'cart_info', 'allocated_payments'] },
		...{ payment_refunded: ['payment_info', 'cart_info', 'allocated_payments'] },
		...{ payment_issued: ['payment_info', 'cart_info', 'allocated_payments'] },
		...{ tag_update: ['tag_info'], user_order_updated: [] },
		...{ form_preprocess: ['form_info'], 'form_preprocess_*': ['form_info'] },
	};

	test('have 17 events', () => {
		expect(Object.keys(EVENTS)).toHaveLength(17);
		expect(Object.keys(PARTS)).toEqual(Object.keys(EVENTS));
	});

	test.each(Object.entries(PARTS))(
		'%s carries user_info, meta_info and %j',
		async (event, parts) => {
			const { regpack, received } = await connected(named(event));
			const answer = await regpack.webhooks.send(named(event));
			expect(answer).toMatchObject({
				event: named(event),
				status: 200,
				text: '{"status":"received"}',
				ms: expect.any(Number),
			});
			expect(received).toHaveLength(1);
			expect(received[0]).toMatchObject({
				method: 'POST',
				headers: { 'content-type': 'application/json' },
			});
			expect(Object.keys(received[0].event)).toEqual(['user_info', 'meta_info', ...parts]);
			expect(received[0].event).toEqual(regpack.webhooks.payloadOf(event));
			const { user_info, meta_info } = received[0].event;
			expect(Array.isArray(user_info)).toBe(event === 'status_update' || event === 'tag_update');
			for (const info of [user_info].flat())
				expect(Object.keys(info)).toEqual(['clogin_id', 'group_id', 'connected_to']);
			expect(meta_info).toMatchObject({
				u_name: expect.any(String),
				total_order: expect.stringMatching(/^\d+\.\d\d$/),
			});
		},
	);

	test('report what people do', async () => {
		const { regpack, reported } = await listening();
		const { account } = regpack;
		const { cloginId } = account.register();
		expect(await reported()).toEqual([['user_registered', [200001]]]);
		account.login(cloginId);
		expect(await reported()).toEqual([['login_success', [200001]]]);
		account.login(cloginId, { remembered: true });
		account.edit(cloginId, { first_name: 'Eve' });
		account.giveForm(cloginId, 12347);
		expect(await reported()).toEqual([]);
		account.editCredentials(cloginId, { password: 'a-secret' });
		expect(await reported()).toEqual([['edit_user_credentials', [200001]]]);
		account.submitForm(cloginId, 12345);
		expect(await reported()).toEqual([
			['form_submitted', [200001]],
			['form_submit_12345', [200001]],
		]);
		const { cartId } = account.order(cloginId);
		account.takeBack(cloginId, cartId);
		expect(await reported()).toEqual(Array(2).fill(['user_order_updated', [200001]]));
		const { id } = account.pay(cloginId, 20, { state: 'pending' });
		expect(await reported()).toEqual([
			['payment_event', [200001]],
			['payment_issued', [200001]],
		]);
		account.approve(cloginId, id);
		expect(await reported()).toEqual([['payment_event', [200001]]]);
		account.refund(cloginId, id);
		expect(await reported()).toEqual([
			['payment_event', [200001]],
			['payment_refunded', [200001]],
		]);
		account.populate(1);
		account.setStatus([200001, 200002], 70001);
		account.tag([200001, 200002], 'Late');
		account.untag(200002, 'Late');
		expect(await reported()).toEqual([
			['status_update', [200001, 200002]],
			['tag_update', [200001, 200002]],
			['tag_update', [200002]],
		]);
	});

	test('never report what the API does', async () => {
		const { regpack, reported } = await listening({ system: 'family' });
		const user = { clogin_id: 200001 };
		const calls = /** @type {[string, object][]} */ ([
			[
				'users create',
				{
					doc: {
						first_name: 'Ada',
						last_name: 'Sample',
						guardian_phone: '1',
						heard_from: ['The web'],
					},
				},
			],
			[
				'users create_child',
				{
					connected_to: 200001,
					doc: { first_name: 'Robin', last_name: 'Sample', allergies: 'None' },
				},
			],
			['users login', { ...user, doc: {} }],
			['users get_info', user],
			['users update', { ...user, doc: { comment: 'x' } }],
			['users add_product', { ...user, product_list: { p_id: 511, q: 1 } }],
			[
				'users add_email',
				{ ...user, doc: { email_list: { from: 'a', to: 'b', subject: 'c', body: 'd' } } },
			],
			['users set_status', { ...user, status_id: 70011, doc: {} }],
		]);
		for (const [call, fields] of calls)
			expect((await send(regpack, call, { ...fields })).json).not.toMatchObject({ success: false });
		expect(regpack.account.get(FAMILY, 200001)).toMatchObject({
			submitted: [22345, 22346],
			statusId: 70011,
		});
		expect(await reported()).toEqual([]);
	});

	test('report a completion when the last form is complete, forms added by triggers included', async () => {
		const { regpack, reported } = await listening();
		const { account } = regpack;
		const { cloginId } = account.register();
		account.addTrigger(12346, 12347);
		/** @param {number} id */
		const completions = async (id) => {
			account.completeForm(cloginId, id);
			return (await reported())
				.map(([event]) => event)
				.filter((event) => String(event).endsWith('_complete'));
		};
		expect([await completions(12345), await completions(12346)]).toEqual([[], []]);
		expect(await completions(12347)).toEqual(['user_complete']);
		expect(await completions(12345)).toEqual([]);
	});

	test('report parents and children separately', async () => {
		const { regpack, reported } = await listening({ system: 'family' });
		const { account } = regpack;
		const parent = account.register();
		const child = account.addChild(parent.cloginId);
		for (const id of parent.formIds) account.completeForm(parent.cloginId, id);
		account.completeForm(child.cloginId, 22348);
		expect((await reported()).filter(([event]) => String(event).endsWith('_complete'))).toEqual([
			['user_complete', [200001]],
			['child_complete', [200002]],
		]);
	});

	test('show the moment of the change', async () => {
		const { regpack, received } = await connected('user_order_updated');
		const { cloginId } = regpack.account.register();
		regpack.account.order(cloginId);
		regpack.account.order(cloginId, { productId: 502 });
		await regpack.webhooks.flush();
		expect(received.map(({ event }) => event.meta_info.total_order).sort()).toEqual([
			'120.00',
			'135.50',
		]);
	});

	test('never carry a password', async () => {
		const { regpack, received } = await connected('edit_user_credentials');
		const { cloginId } = regpack.account.register();
		regpack.account.editCredentials(cloginId, {
			username: 'eve@example.org',
			password: 'a-secret',
		});
		await regpack.webhooks.flush();
		expect(received[0].event.username).toBe('eve@example.org');
		expect(received[0].body.toString()).not.toContain('a-secret');
	});

	test.each(
		/** @type {[import('../../providers/regpack/encode.mjs').Encoding, string, string][]} */ ([
			[
				'json',
				'application/json',
				'{"user_info":{"clogin_id":"200001","group_id":"100000001","connected_to":"200001"},"meta_info":{',
			],
			[
				...['form', 'application/x-www-form-urlencoded'],
				'user_info=%7B%22clogin_id%22%3A%22200001%22%2C%22group_id%22%3A%22100000001%22%2C%22connected_to%22%3A%22200001%22%7D&meta_info=%7B',
			],
			[
				...['brackets', 'application/x-www-form-urlencoded'],
				'user_info%5Bclogin_id%5D=200001&user_info%5Bgroup_id%5D=100000001&user_info%5Bconnected_to%5D=200001&meta_info%5Bu_name%5D=Avery+Stone&',
			],
			[
				...['jsonAsForm', 'application/x-www-form-urlencoded'],
				'{"user_info":{"clogin_id":"200001","group_id":"100000001","connected_to":"200001"},"meta_info":{',
			],
		]),
	)('can be written as %s', async (encoding, type, beginning) => {
		const { regpack, received } = await connected('user_registered', { options: { encoding } });
		regpack.account.register();
		await regpack.webhooks.flush();
		expect(received[0].headers['content-type']).toBe(type);
		expect(received[0].body.toString().slice(0, beginning.length)).toBe(beginning);
	});

	test('in brackets drop what PHP drops', async () => {
		const { regpack, received } = await connected('form_load_12345', {
			options: { encoding: 'brackets' },
		});
		await regpack.form.open({ person: regpack.account.register().cloginId, formId: 12345 });
		const keys = [...new URLSearchParams(received[0].body.toString()).keys()];
		expect(keys).toContain('doc[guardian_phone]');
		expect(keys.filter((key) => /status_name|shirt_size/.test(key))).toEqual([]);
	});

	test.each(
		/** @type {[Parameters<typeof started>[0], string, object][]} */ ([
			[{ statusKey: 'status' }, 'status_update', { status: { status_name: 'Accepted' } }],
			[
				{ groupMeta: 'array' },
				'status_update',
				{ meta_info: [{ u_name: 'Ada Sample' }, { u_name: 'Avery Stone' }] },
			],
			[{ tagUserInfo: 'object' }, 'tag_update', { user_info: { clogin_id: '200001' } }],
			[{ swapParts: true }, 'tag_update', { tag_info: [{ made_up_name: 'Made-up tag' }] }],
			[
				{ swapParts: true },
				'payment_event',
				{ cart_info: { 30001: { p_id: '501' } }, allocated_payments: { 30001: {} } },
			],
			[{ preprocessDoc: true }, 'form_preprocess', { doc: { first_name: 'Ada' } }],
		]),
	)('with %j differ: %s', async (options, event, payload) => {
		expect((await started(options)).webhooks.payloadOf(event)).toMatchObject(payload);
	});

	test('are sent only where the project has an API admin', async () => {
		const { regpack, received } = await connected('user_registered', {
			options: { apiAdmin: false },
		});
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toEqual([]);
		regpack.account.projects[0].apiAdmin = true;
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toHaveLength(1);
		expect(received).toHaveLength(1);
	});

	test('have one URL for an event, and one event for a URL, in each project', async () => {
		const { webhooks, account } = await started();
		webhooks.configure({ event: 'user_registered', url: 'http://127.0.0.1:1/' });
		expect(() =>
			webhooks.configure({ event: 'login_success', url: 'http://127.0.0.1:1/' }),
		).toThrow('Only one event');
		expect(() =>
			webhooks.configure({ event: 'form_submit_*', url: 'http://127.0.0.1:1/2' }),
		).toThrow('has no form');
		expect(() =>
			webhooks.configure({ event: 'form_submit_5', url: 'http://127.0.0.1:1/2' }),
		).toThrow('has no form 5');
		expect(() =>
			webhooks.configure({ event: 'user_deleted', url: 'http://127.0.0.1:1/2' }),
		).toThrow('has no event user_deleted');
		const { url, received } = await receiver();
		webhooks.configure({ event: 'user_registered', url });
		account.register();
		account.register({ groupId: FAMILY });
		await webhooks.flush();
		expect(received.map(({ event }) => event.user_info.group_id)).toEqual(['100000001']);
		webhooks.remove('user_registered');
		account.register();
		expect(await webhooks.flush()).toEqual([]);
	});

	test('are not repeated, but can come twice or be lost', async () => {
		const { regpack, received } = await connected('user_registered', {
			answer: () => ({ status: 500 }),
		});
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toMatchObject([{ status: 500 }]);
		regpack.webhooks.copies = () => 2;
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toHaveLength(2);
		regpack.webhooks.copies = () => 0;
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toEqual([]);
		expect(received).toHaveLength(3);
	});

	test('are given up after a time, and when Regpack closes', async () => {
		const { regpack } = await connected('user_registered', {
			answer: () => undefined,
			options: { webhookTimeoutMs: 30 },
		});
		regpack.account.register();
		expect(await regpack.webhooks.flush()).toMatchObject([
			{ status: 0, text: expect.stringMatching(/timeout/i) },
		]);
		const slow = await connected('user_registered', { answer: () => undefined });
		for (let count = 0; count < 7; count++) slow.regpack.account.register();
		await sleep(20);
		await slow.regpack.close();
		expect((await slow.regpack.webhooks.flush()).map(({ text }) => text)).toEqual(
			Array(7).fill('Regpack was closed'),
		);
	});
});
