import { regpack as provider } from '#dist/nodes/Regpack/provider.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { INDIVIDUAL, FAMILY } from '../../providers/regpack/catalogue.mjs';
import { nameOf } from '../../providers/regpack/events.mjs';
import { startAccount } from './userDetails.mjs';

/** @type {import('./userDetails.mjs').Started} */
let started;
afterEach(() => started.close());

/** @param {import('./userDetails.mjs').Options} [options] */
async function start(options) {
	started = await startAccount(options);
	return started;
}

/** A family with children who have no address. @param {number} children */
async function family(children, options = {}) {
	const { account, ...rest } = await start({ system: 'family', ...options });
	const { cloginId: parent } = account.register({ main_email: 'parent@example.org' });
	const ids = Array.from({ length: children }, () => account.addChild(parent).cloginId);
	return { account, parent, children: ids, ...rest };
}

const problemsOf = (/** @type {unknown} */ item) =>
	itemSchema(provider.blocks).safeParse(item).error?.issues ?? [];

/** The parts of an item that the details fill. @param {any} item */
const filled = ({ title, person, details }) => ({
	title,
	name: person.name,
	email: person.email,
	of: details.emailOf,
	status: details.status,
});

describe('every event', () => {
	it.each(/** @type {const} */ (['doc', 'top']))(
		'has a name and an address, wherever get_info has values: %s',
		async (valuesAt) => {
			const { told, doAll, triggered } = await start({ valuesAt });
			doAll();
			expect(new Set(told.map(({ event }) => nameOf(event))).size).toBe(17);
			for (const { event, payload } of [...told]) {
				const { json } = await triggered(event, payload);
				expect(json.length).toBeGreaterThan(0);
				for (const item of json) {
					expect([event, item.person]).toEqual([
						event,
						expect.objectContaining({
							name: expect.stringMatching(/^\w+ \w+$/),
							firstName: expect.any(String),
							lastName: expect.any(String),
							email: expect.stringMatching(/^[\w.]+@example\.org$/),
						}),
					]);
					expect(item.details).toMatchObject({ status: 'fetched', error: null });
					expect(problemsOf(item)).toEqual([]);
				}
			}
		},
	);

	it('has neither details nor a request while the option is off', async () => {
		const { told, doAll, triggered } = await start();
		doAll();
		for (const { event, payload } of [...told]) {
			const { json, requests } = await triggered(event, payload, {
				parameters: { fetchUserDetails: false },
				withoutCredential: true,
			});
			expect(json[0].details).toBeNull();
			expect(requests).toEqual([]);
		}
	});
});

describe('a payment', () => {
	it('has the address of the payer, and the record of the API untouched', async () => {
		const { account, told, triggered, regpack } = await start();
		const { cloginId } = account.register({ first_name: 'Ada', main_email: 'ada@example.org' });
		account.order(cloginId);
		account.pay(cloginId, 20);
		const { payload } = /** @type {any} */ (told.find(({ event }) => event === 'payment_issued'));
		const { json, requests } = await triggered('payment_issued', payload);
		expect(filled(json[0])).toEqual({
			title: 'Ada Stone made a payment',
			name: 'Ada Stone',
			email: 'ada@example.org',
			of: 'user',
			status: 'fetched',
		});
		expect(requests.map(({ body = '' }) => JSON.parse(body))).toEqual([
			{
				action: 'get_info',
				group_id: INDIVIDUAL,
				clogin_id: cloginId,
				doc: { first_name: true, last_name: true, main_email: true },
			},
		]);
		expect(json[0].details).toEqual({
			status: 'fetched',
			error: null,
			emailOf: 'user',
			parent: null,
			user: {
				user_info: payload.user_info,
				meta_info: payload.meta_info,
				doc: { first_name: 'Ada', last_name: 'Stone', main_email: 'ada@example.org' },
			},
		});
		expect(json[0].payload).toEqual(payload);
		expect(regpack.requests.every(({ authenticated }) => authenticated)).toBe(true);
	});

	it('has the phone number, the ID and other fields that the node names', async () => {
		const { account, told, triggered } = await start();
		const { cloginId } = account.register();
		account.edit(cloginId, {
			guardian_phone: '555 0100',
			f_111111_1222222: 'S-7',
			shirt_size: ['Small'],
		});
		account.pay(cloginId, 20);
		const { json } = await triggered('payment_event', told.at(-1)?.payload, {
			parameters: {
				userFields: {
					phoneField: { __rl: true, mode: 'list', value: 'guardian_phone' },
					externalIdField: { __rl: true, mode: 'id', value: ' f_111111_1222222 ' },
					moreFields: 'shirt_size, comment,',
				},
			},
		});
		expect(json[0].person).toMatchObject({ phone: '555 0100', externalId: 'S-7' });
		expect(json[0].details.user.doc).toMatchObject({ shirt_size: ['Small'], comment: '' });
	});

	it('is asked about in the project that the delivery names', async () => {
		const { account, told, triggered } = await start();
		const { cloginId } = account.register({ groupId: FAMILY, main_email: 'f@example.org' });
		account.pay(cloginId, 20, { groupId: FAMILY });
		const { json } = await triggered('payment_event', told.at(-1)?.payload);
		expect(json[0].person.email).toBe('f@example.org');
	});

	it.each([
		['none', {}],
		['one that is no ID', { group_id: 'of my own' }],
	])(
		'is asked about in the project of the credential, if the delivery names %s',
		async (_, group) => {
			const { account, triggered } = await start();
			const { cloginId } = account.register({ main_email: 'a@example.org' });
			const payload = { user_info: { clogin_id: String(cloginId), ...group }, meta_info: {} };
			const { json } = await triggered('payment_event', payload);
			expect(json[0].person.email).toBe('a@example.org');
		},
	);
});

describe('what a delivery says itself', () => {
	it('wins over an API that has not saved it yet', async () => {
		const { account, triggered } = await start();
		const { cloginId } = account.register({ first_name: 'Old', main_email: 'old@example.org' });
		const { json } = await triggered('form_submitted', {
			user_info: { clogin_id: String(cloginId) },
			meta_info: { u_name: 'New Stone', status_id: '0', status_name: null },
			doc: { first_name: 'New', main_email: 'new@example.org' },
		});
		account.get(INDIVIDUAL, cloginId).statusId = 70001;
		expect(json[0].person).toMatchObject({
			name: 'New Stone',
			firstName: 'New',
			lastName: 'Stone',
			email: 'new@example.org',
		});
		expect(json[0].registration).toMatchObject({ status: null, statusId: '0' });
	});

	it('is completed for each of a group whose metadata may be anybody of it', async () => {
		const { account, told, triggered } = await start({ groupMeta: 'first' });
		const ids = ['Ada', 'Cy'].map(
			(first_name) =>
				account.register({ first_name, main_email: `${first_name}@example.org` }).cloginId,
		);
		account.order(ids[1], { productId: 502, q: 2 });
		account.setStatus(ids, 70001);
		const { json } = await triggered('status_update', told.at(-1)?.payload);
		expect(
			json.map(({ title, person, registration }) => [
				title,
				person.email,
				registration.status,
				registration.order,
				registration.formsTotal,
			]),
		).toEqual([
			['Ada Stone now has the status Accepted', 'Ada@example.org', 'Accepted', 0, 2],
			['Cy Stone now has the status Accepted', 'Cy@example.org', 'Accepted', 31, 2],
		]);
	});
});

describe('a child without an address', () => {
	it("has the parent's, which is marked, and which one request finds for all of a family", async () => {
		const { account, parent, children, told, triggered } = await family(2);
		account.setStatus(children, 70011);
		const { json, asked } = await triggered('status_update', told.at(-1)?.payload);
		expect(json.map(filled).map(({ email, of }) => [email, of])).toEqual([
			['parent@example.org', 'parent'],
			['parent@example.org', 'parent'],
		]);
		expect(json[0].person).toMatchObject({ id: String(children[0]), name: 'Robin Stone' });
		expect(json[0].details).toMatchObject({
			status: 'fetched',
			user: { user_info: { clogin_id: String(children[0]) } },
			parent: { user_info: { clogin_id: String(parent) } },
		});
		expect(asked).toEqual([children[0], parent, children[1]]);
	});

	it('keeps its own address where it has one', async () => {
		const { account, parent, told, triggered } = await family(0);
		const { cloginId } = account.addChild(parent, { main_email: 'child@example.org' });
		account.setStatus(cloginId, 70011);
		const { json, asked } = await triggered('status_update', told.at(-1)?.payload);
		expect(filled(json[0])).toMatchObject({ email: 'child@example.org', of: 'user' });
		expect(asked).toEqual([cloginId]);
	});

	it('says whose address is missing when nobody has one', async () => {
		const { account, parent, children, told, triggered } = await family(1);
		account.edit(parent, { main_email: ' ' });
		account.setStatus(children, 70011);
		const { json, hints } = await triggered('status_update', told.at(-1)?.payload);
		const error = `Neither child ${children[0]} nor parent ${parent} has an email address in the field main_email. Enter one in Regpack.`;
		expect(json[0]).toMatchObject({
			person: { email: null, name: 'Robin Stone' },
			details: { status: 'partly fetched', error, emailOf: null },
		});
		expect(hints).toEqual([`Not every item has its details, see details.error. ${error}`]);
	});

	it("says that the parent's was not fetched, and keeps what is known of the child", async () => {
		const { account, children, told, triggered, regpack } = await family(1);
		account.setStatus(children, 70011);
		regpack.fail({ match: 'get_info', status: 404, body: { msg: 'Gone' }, after: 1 });
		const { json } = await triggered('status_update', told.at(-1)?.payload);
		expect(json[0]).toMatchObject({
			person: { email: null, firstName: 'Robin' },
			details: {
				status: 'partly fetched',
				error: expect.stringMatching(
					/^Child \d+ has no email address, and that of parent \d+ was not fetched\. Regpack has no user with the ID \d+\. .*Gone\.$/,
				),
			},
		});
	});
});

describe('requests', () => {
	it('are one for each person, however many events of a run are about the same', async () => {
		const { account, told, triggered } = await start();
		const ids = [account.register().cloginId, account.register().cloginId];
		for (const id of [...ids, ...ids, ids[0]]) account.pay(id, 20, { state: 'pending' });
		const payments = told.filter(({ event }) => event === 'payment_event');
		const { json, asked } = await triggered(
			'payment_event',
			payments.map(({ payload }) => payload),
		);
		expect(json).toHaveLength(5);
		expect(asked).toEqual(ids);
	});

	it('are one for each of a group', async () => {
		const { account, told, triggered } = await start();
		const ids = Array.from({ length: 30 }, () => account.register().cloginId);
		account.tag(ids, 'Camp');
		const { json, asked } = await triggered('tag_update', told.at(-1)?.payload);
		expect(json).toHaveLength(30);
		expect(asked).toEqual(ids);
	});
});

describe('an item comes without details, and says why', () => {
	/** A payment of each of five people in one body. */
	async function payments(options = {}) {
		const { account, told, ...rest } = await start(options);
		for (let count = 0; count < 5; count++)
			account.pay(account.register().cloginId, 20, { state: 'pending' });
		const payloads = told
			.filter(({ event }) => event === 'payment_event')
			.map(({ payload }) => payload);
		return { account, payloads, ...rest };
	}

	/** @param {any[]} json @param {string | RegExp} error */
	function expectLacking(json, error) {
		expect(json).toHaveLength(5);
		for (const item of json) {
			expect(item).toMatchObject({
				title: expect.stringMatching(/ changed$/),
				person: { email: null, id: expect.any(String) },
				payload: { payment_info: expect.anything() },
				details: {
					status: 'not fetched',
					error: expect.stringMatching(error),
					emailOf: null,
					user: null,
					parent: null,
				},
			});
			expect(problemsOf(item)).toEqual([]);
		}
	}

	it('when no credential is chosen, without a request', async () => {
		const { payloads, triggered } = await payments();
		const { json, requests } = await triggered('payment_event', payloads, {
			withoutCredential: true,
		});
		expectLacking(
			json,
			/^Name and email address of user \d+ were not fetched\. No Regpack API credential is chosen\. Choose one in this node\.$/,
		);
		expect(requests).toEqual([]);
	});

	it.each(
		/** @type {const} */ ([
			['401', 1],
			['403', 1],
			// How a wrong login is refused is not documented; this may be about one user.
			['200', 3],
		]),
	)('when the login is refused with %s, after %i requests', async (refusals, count) => {
		const { payloads, triggered, regpack } = await payments({ refusals });
		const { json, requests, hints } = await triggered('payment_event', payloads, {
			login: { apiToken: 'wrong-token' },
		});
		expectLacking(json, /Authentication failed\..*$/);
		expect(JSON.stringify([json, hints])).not.toContain('wrong-token');
		expect(JSON.stringify(json)).not.toContain(regpack.credential.apiToken);
		expect(requests).toHaveLength(count);
		expect(hints).toEqual([expect.stringContaining('see details.error')]);
	});

	it('when Regpack is down, after one request with its retries', async () => {
		const { payloads, triggered, regpack } = await payments();
		regpack.fail({ match: 'get_info', status: 0, times: Infinity });
		const { json, requests } = await triggered('payment_event', payloads);
		expectLacking(json, /Regpack could not be reached\. .* Try again later\.$/);
		expect(requests).toHaveLength(4);
	});

	it.each([
		['is no JSON', '<html>Busy</html>'],
		['has no user', { success: true }],
		[
			'is about another user',
			{ user_info: { clogin_id: '9' }, meta_info: {}, doc: { main_email: 'other@example.org' } },
		],
		['is a list', []],
	])('when the answer %s', async (_, body) => {
		const { payloads, triggered, regpack } = await payments();
		regpack.fail({ match: 'get_info', status: 200, body, times: Infinity });
		const { json } = await triggered('payment_event', payloads);
		expectLacking(json, /^Name and email address of user \d+ were not fetched\. .*\.$/);
		expect(JSON.stringify(json)).not.toContain('other@example.org');
	});

	it.each([
		['without an ID', { user_info: {} }],
		['with a text for an ID', { user_info: { clogin_id: '1; DROP' } }],
		['without anything', {}],
	])('when the delivery is %s, without a request', async (_, payload) => {
		const { triggered } = await start();
		const { json, requests } = await triggered('payment_event', payload);
		expect(json[0].details).toMatchObject({
			status: 'not fetched',
			error: expect.stringMatching(/^The event does not name its user/),
		});
		expect(requests).toEqual([]);
	});

	it('when one user of several is gone, and only that one', async () => {
		const { payloads, triggered, account } = await payments();
		account.remove(Number(payloads[1].user_info.clogin_id));
		const { json } = await triggered('payment_event', payloads);
		expect(json.map(({ details }) => details.status)).toEqual([
			'fetched',
			'not fetched',
			'fetched',
			'fetched',
			'fetched',
		]);
	});
});

describe('a form that waits for a reply', () => {
	const waiting = { responseMode: 'responseNode', replySeconds: 1 };

	/** @param {object} options @param {import('./userDetails.mjs').Run} run */
	async function preprocessed(options, run, event = 'form_preprocess') {
		const { account, triggered } = await start(options);
		const { cloginId } = account.register({ main_email: 'a@example.org' });
		const payload = { user_info: { clogin_id: String(cloginId) }, meta_info: {}, form_info: {} };
		return await triggered(event, payload, run);
	}

	it.each(['form_preprocess', 'form_preprocess_12345', 'form_submit_12345', 'form_load_12345'])(
		'is not kept waiting by a slow API: %s',
		async (event) => {
			const { json, requests } = await preprocessed(
				{ latencyMs: 4000 },
				{ parameters: waiting },
				event,
			);
			// The item was there before the answer.
			expect(requests.map(({ status }) => status)).toEqual([0]);
			expect(json[0]).toMatchObject({
				person: { email: null },
				details: {
					status: 'not fetched',
					error: expect.stringMatching(/a third of the time that the form waits/),
				},
			});
		},
	);

	it('has its details where the API answers in time', async () => {
		const { json } = await preprocessed(
			{ latencyMs: 20 },
			{ parameters: { ...waiting, replySeconds: 60 } },
		);
		expect(json[0].person.email).toBe('a@example.org');
	});

	it('is not asked about at all by an execution that starts late', async () => {
		const run = { parameters: { ...waiting, replySeconds: 30 }, waitedMs: 20_500 };
		const { json, requests } = await preprocessed({}, run);
		expect(requests).toEqual([]);
		expect(json[0].details.status).toBe('not fetched');
	});

	it('waits for the last node in vain no longer than for a reply', async () => {
		const run = { parameters: { responseMode: 'lastNode' }, waitedMs: 7000 };
		expect((await preprocessed({}, run)).requests).toEqual([]);
	});

	it.each([
		['is answered at once', 'form_preprocess', { responseMode: 'onReceived', replySeconds: 1 }],
		['nobody waits for', 'payment_event', waiting],
	])('gives a slow API its time, if it %s', async (_, event, parameters) => {
		const { json } = await preprocessed({ latencyMs: 700 }, { parameters }, event);
		expect(json[0].person.email).toBe('a@example.org');
	});
});
