import { send, closeAll, NOON, proof, started } from './regpack.mjs';

/** @typedef {import('./regpack.mjs').Regpack} Regpack */

const FAMILY = 100000002;
const LIST = 'users get_user_list';
const INFO = 'users get_info';

afterEach(closeAll);

/**
 * The documented part that says who it is.
 *
 * @param {number} id
 * @param {{ groupId?: number, parent?: number }} [more]
 */
const userInfo = (id, { groupId = 100000001, parent = id } = {}) => ({
	...{ clogin_id: String(id), group_id: String(groupId), connected_to: String(parent) },
});

const UNTOUCHED = {
	...{ u_name: 'Ada Sample', total_forms: '2', completed_forms: '0', total_user_forms: '2' },
	...{
		total_completed_user_forms: '0',
		total_user_mandatory_forms: '1',
		total_completed_user_mandatory_forms: '0',
	},
	...{
		total_order: '0.00',
		total_paid: '0.00',
		total_balance: '0.00',
		status_id: '0',
		status_name: null,
	},
};

const ADA = { first_name: 'Ada', last_name: 'Sample', main_email: 'ada@example.org' };

/** @param {any} users those of a list */
const ids = (users) => users.map((/** @type {any} */ { user_info }) => Number(user_info.clogin_id));

/** @param {number} first @param {number} count */
const row = (first, count) => Array.from({ length: count }, (_, index) => first + index);

describe('credentials', () => {
	const REFUSED = { success: false, msg: 'Authentication failed' };

	test('are four headers, which the log knows', async () => {
		const regpack = await started({ clock: () => NOON });
		const headers = { ...proof(regpack), timestamp: String(NOON / 1000) };
		expect((await send(regpack, LIST, { doc: {} }, headers)).status).toBe(200);
		expect(regpack.requests).toEqual([
			{
				...{
					method: 'POST',
					path: '/reg/api2/users/',
					status: 200,
					authenticated: true,
					action: 'get_user_list',
					at: NOON,
				},
				...{
					timestamp: '1772708400',
					body: '{"action":"get_user_list","group_id":100000001,"doc":{}}',
				},
			},
		]);
	});

	test.each(['api-user', 'api-token', 'api-id', 'timestamp'])(
		'without %s are refused',
		async (header) => {
			const regpack = await started();
			const { [header]: _, ...others } = proof(regpack);
			expect(await send(regpack, LIST, { doc: {} }, others)).toEqual({
				status: 401,
				json: REFUSED,
			});
			expect(await send(regpack, LIST, { doc: {} }, { ...others, [header]: '1' })).toEqual({
				status: 401,
				json: REFUSED,
			});
			expect(regpack.requests.map(({ authenticated }) => authenticated)).toEqual([false, false]);
		},
	);

	test.each([
		['seconds', String(NOON / 1000), 200],
		['seconds, five minutes off', String(NOON / 1000 - 300), 200],
		['seconds, more than that off', String(NOON / 1000 + 301), 401],
		['milliseconds', String(NOON), 401],
		['a date', '2026-03-05T11:00:00Z', 401],
	])('take a timestamp in %s: %s is answered %i', async (_, timestamp, status) => {
		const regpack = await started({ clock: () => NOON });
		expect((await send(regpack, LIST, { doc: {} }, { ...proof(regpack), timestamp })).status).toBe(
			status,
		);
	});

	test('may need no timestamp', async () => {
		const regpack = await started({ timestamp: 'ignored' });
		const { timestamp, ...headers } = proof(regpack);
		expect((await send(regpack, LIST, { doc: {} }, headers)).status).toBe(200);
	});

	test.each(/** @type {const} */ (['401', '403', '200']))(
		'that are wrong may be answered %s',
		async (refusals) => {
			expect(await send(await started({ refusals }), LIST, {}, {})).toEqual({
				status: Number(refusals),
				json: REFUSED,
			});
		},
	);
});

describe('calls', () => {
	test.each([
		['GET', '/users/', 405],
		['PUT', '/users/', 405],
		['POST', '/users', 404],
		['POST', '/status/', 404],
		['POST', '/users/1/', 404],
	])('%s %s is answered %i', async (method, path, status) => {
		const regpack = await started();
		expect((await fetch(regpack.base + path, { method, headers: proof(regpack) })).status).toBe(
			status,
		);
	});

	test.each([
		['users delete', {}, 'Unknown action'],
		['users toString', {}, 'Unknown action'],
		['statuses get_user_list', {}, 'Unknown action'],
		[LIST, { group_id: undefined }, 'group_id must be an integer'],
		[LIST, { group_id: '100000001' }, 'group_id must be an integer'],
		[LIST, { group_id: 1 }, 'group_id is not of your organization'],
		[LIST, {}, 'doc is required'],
		[LIST, { doc: '{}' }, 'doc must be an object'],
		[LIST, { doc: [1] }, 'doc must be an object'],
		[INFO, { clogin_id: 1 }, 'Project 100000001 has no user 1'],
		[INFO, { clogin_id: '200001' }, 'clogin_id must be an integer'],
	])('%s with %j says: %s', async (call, fields, msg) => {
		const json = { success: false, msg, msg_type: 'error' };
		expect(await send(await started(), call, fields)).toEqual({ status: 200, json });
	});

	test.each(
		/** @type {const} */ ([
			['success', 200, { success: false, msg: 'doc is required', msg_type: 'error' }],
			['msg_type', 200, { msg: 'doc is required', msg_type: 'error' }],
			['400', 400, { success: false, msg: 'doc is required', msg_type: 'error' }],
		]),
	)('that cannot be done are reported by %s', async (mistakes, status, json) => {
		expect(await send(await started({ mistakes }), LIST)).toEqual({ status, json });
	});

	test('without JSON have no action', async () => {
		const regpack = await started();
		const answer = await fetch(`${regpack.base}/users/`, {
			method: 'POST',
			headers: proof(regpack),
			body: 'action=login',
		});
		expect(await answer.json()).toMatchObject({ msg: 'Unknown action' });
		expect(regpack.requests[0].action).toBeUndefined();
	});

	test('treat an empty array as an empty doc', async () => {
		expect((await send(await started(), LIST, { doc: [] })).json.users).toEqual([]);
	});

	test('can be made to fail by their action', async () => {
		const regpack = await started();
		regpack.fail({ match: 'get_info', status: 502, body: { msg: 'Bad gateway' } });
		expect((await send(regpack, LIST, { doc: {} })).status).toBe(200);
		expect((await send(regpack, INFO, { clogin_id: 1 })).status).toBe(502);
		expect((await send(regpack, INFO, { clogin_id: 1 })).status).toBe(200);
		expect(regpack.requests.map(({ action, status }) => [action, status])).toEqual([
			['get_user_list', 200],
			['get_info', 502],
			['get_info', 200],
		]);
	});
});

describe('get_user_list', () => {
	/**
	 * Follows the list as the documents have it, by the position that a reading expects.
	 *
	 * @param {Regpack} regpack
	 * @param {(page: number) => number | undefined} positionOf
	 */
	async function pages(regpack, positionOf) {
		/** @type {number[][]} */
		const all = [];
		for (let page = 0; page === 0 || (all[page - 1].length > 0 && page < 200); page++) {
			const doc = page === 0 ? {} : { starting_position: positionOf(page) };
			all.push(ids((await send(regpack, LIST, { doc })).json.users));
		}
		return all;
	}

	test('returns a user and their progress, in two parts or flat', async () => {
		const parts = await started();
		parts.account.register(ADA);
		expect((await send(parts, LIST, { doc: {} })).json).toEqual({
			...{ total_users: 1, records_per_page: 50, totals: { made_up: 'of the project' } },
			...{ users: [{ user_info: userInfo(200001), meta_info: UNTOUCHED }], children: [] },
		});
		const flat = await started({ element: 'flat' });
		flat.account.register(ADA);
		expect((await send(flat, LIST, { doc: {} })).json.users).toEqual([
			{ ...userInfo(200001), ...UNTOUCHED },
		]);
	});

	test.each(
		/** @type {[import('../../providers/regpack/settings.mjs').StartingPosition, (page: number) => number][]} */ ([
			['row0', (page) => page * 50],
			['row1', (page) => page * 50 + 1],
			['page0', (page) => page],
			['page1', (page) => page + 1],
		]),
	)('has pages of 50, found by %s', async (startingPosition, positionOf) => {
		const regpack = await started({ startingPosition });
		regpack.account.populate(120);
		expect(await pages(regpack, positionOf)).toEqual([
			row(200001, 50),
			row(200051, 50),
			row(200101, 20),
			[],
		]);
	});

	test.each(
		/** @type {const} */ ([
			['row0', [0, 1], [0, 1]],
			['row1', [0, 1], [0, 0]],
			['page0', [0, 1], [0, 50]],
			['page1', [0, 1], [0, 0]],
		]),
	)('with %s counts positions %j from rows %j', async (startingPosition, positions, rows) => {
		const regpack = await started({ startingPosition });
		regpack.account.populate(60);
		const first = positions.map(async (starting_position) => {
			return ids((await send(regpack, LIST, { doc: { starting_position } })).json.users)[0];
		});
		expect(await Promise.all(first)).toEqual(rows.map((index) => 200001 + index));
	});

	test('past the end has nothing, the last page again, or an error', async () => {
		const past = { doc: { starting_position: 500 } };
		const [empty, last, error] = await Promise.all(
			/** @type {const} */ (['empty', 'last', 'error']).map(async (pastEnd) => {
				const regpack = await started({ pastEnd });
				regpack.account.populate(60);
				return (await send(regpack, LIST, past)).json;
			}),
		);
		expect(empty).toMatchObject({ total_users: 60, users: [], children: [] });
		expect(ids(last.users)).toEqual(row(200051, 10));
		expect(error).toMatchObject({ success: false });
	});

	test('rejects text as a position', async () => {
		const { json } = await send(await started(), LIST, { doc: { starting_position: '50' } });
		expect(json.msg).toBe('starting_position must be numeric');
	});

	test.each(
		/** @type {const} */ ([
			[
				'beside',
				'all',
				{ total_users: 113, records_per_page: 50, totals: { made_up: 'of the project' } },
			],
			[
				'beside',
				'parents',
				{ total_users: 50, records_per_page: 50, totals: { made_up: 'of the project' } },
			],
			[
				'inside',
				'all',
				{ totals: { made_up: 'of the project', total_users: 113, records_per_page: 50 } },
			],
		]),
	)('has its totals %s, counting %s', async (totalsAt, totalCounts, expected) => {
		const regpack = await started({ system: 'family', totalsAt, totalCounts });
		regpack.account.populate(37, { childrenEach: 1 });
		regpack.account.populate(13, { childrenEach: 2 });
		const { users, children, ...totals } = (await send(regpack, LIST, { doc: {} })).json;
		expect([users.length, children.length, totals]).toEqual([50, 63, expected]);
	});

	test('is ordered by clogin_id, newest first, or otherwise with every look or every page', async () => {
		/** @param {import('../../providers/regpack/settings.mjs').Order} order */
		const two = async (order) => {
			const regpack = await started({ order, perPage: 20 });
			regpack.account.populate(40);
			return [
				...(await pages(regpack, (page) => page * 20)),
				...(await pages(regpack, (page) => page * 20)),
			];
		};
		expect(await two('oldest')).toEqual([
			row(200001, 20),
			row(200021, 20),
			[],
			row(200001, 20),
			row(200021, 20),
			[],
		]);
		expect((await two('newest'))[0]).toEqual(row(200021, 20).reverse());
		const shuffled = await two('shuffled');
		expect([...new Set(shuffled.slice(0, 3).flat())]).toHaveLength(40);
		expect([...new Set(shuffled.slice(3).flat())]).toHaveLength(40);
		expect(shuffled.slice(0, 3)).not.toEqual(shuffled.slice(3));
		expect(new Set((await two('random')).slice(0, 3).flat()).size).toBeLessThan(40);
	});

	/**
	 * A family of an accepted parent with two children, one withdrawn; a withdrawn parent with one.
	 *
	 * @param {Parameters<typeof started>[0]} [options]
	 */
	async function families(options) {
		const regpack = await started({ system: 'family', ...options });
		const { account } = regpack;
		const [one, other] = [account.register(), account.register()];
		const children = [one, one, other].map(({ cloginId }) => account.addChild(cloginId));
		account.setStatus(one.cloginId, 70011);
		account.setStatus([children[1].cloginId, other.cloginId], 70013);
		return regpack;
	}

	test.each([
		[{}, [200001], [200003]],
		[{ with_excluded: true }, [200001, 200002], [200003, 200004, 200005]],
		[{ only_excluded: true }, [200002], []],
		[{ with_excluded: true, only_parents: true }, [200001, 200002], []],
		[{ only_children: true }, [], [200003, 200005]],
		[{ with_excluded: 'true', only_children: true }, [], [200003, 200004, 200005]],
		[{ with_excluded: false }, [200001], [200003]],
	])('with %j has parents %j and children %j', async (doc, parents, children) => {
		const { json } = await send(await families(), LIST, { doc });
		expect([ids(json.users), ids(json.children)]).toEqual([parents, children]);
		expect(json.total_users).toBe(parents.length + children.length);
	});

	test.each(['children', 'family'])(
		'can nest children in their parents, as %s',
		async (familyKey) => {
			const regpack = await families({ familyKey });
			const { json } = await send(regpack, LIST, {
				doc: { return_families: true, with_excluded: true },
			});
			expect(json.users.map((/** @type {any} */ user) => ids(user[familyKey]))).toEqual([
				[200003, 200004],
				[200005],
			]);
			expect(json).not.toHaveProperty('children');
			expect(json.users[0][familyKey][0].user_info).toEqual(
				userInfo(200003, { groupId: FAMILY, parent: 200001 }),
			);
		},
	);

	test('nests the requested fields', async () => {
		const regpack = await started();
		regpack.account.register(ADA);
		const doc = {
			with_excluded: true,
			first_name: true,
			f_100001_1000002: 'true',
			org_name: true,
			comment: false,
			nothing: true,
		};
		const { json } = await send(regpack, LIST, { doc });
		expect(json.users[0].doc).toEqual({
			first_name: 'Ada',
			f_100001_1000002: 'Sample',
			org_name: '',
		});
	});

	test('can miss a user for a while', async () => {
		const regpack = await started();
		regpack.account.populate(3);
		regpack.account.hidden.add(200002);
		expect(ids((await send(regpack, LIST, { doc: {} })).json.users)).toEqual([200001, 200003]);
		regpack.account.hidden.clear();
		expect((await send(regpack, LIST, { doc: {} })).json.total_users).toBe(3);
	});

	test('shows the users of a project only', async () => {
		const regpack = await started();
		const { cloginId } = regpack.account.register();
		regpack.account.register({ cloginId, groupId: FAMILY });
		regpack.account.register({ groupId: FAMILY });
		expect((await send(regpack, LIST, { doc: {} })).json.users).toHaveLength(1);
		const { json } = await send(regpack, LIST, { doc: {}, group_id: FAMILY });
		expect(json.users.map((/** @type {any} */ user) => user.user_info)).toEqual([
			userInfo(200001, { groupId: FAMILY }),
			userInfo(200002, { groupId: FAMILY }),
		]);
	});

	test('goes through 5,000 users in seconds', async () => {
		const regpack = await started();
		regpack.account.populate(5000);
		const all = await pages(regpack, (page) => page * 50);
		expect([all.length, new Set(all.flat()).size]).toEqual([101, 5000]);
	}, 10_000);
});

describe('get_info', () => {
	test('returns the metadata or all fields for an empty doc', async () => {
		const metadata = await started();
		metadata.account.register(ADA);
		const { json } = await send(metadata, INFO, { clogin_id: 200001, doc: {} });
		expect(json).toEqual({ user_info: userInfo(200001), meta_info: UNTOUCHED });
		const allfields = await started({ emptyInfo: 'allfields' });
		allfields.account.register(ADA);
		expect((await send(allfields, INFO, { clogin_id: 200001 })).json.doc).toMatchObject({
			...ADA,
			field_index: {},
		});
	});

	test('counts forms, money and status', async () => {
		const regpack = await started();
		const { account } = regpack;
		const { cloginId } = account.register(ADA);
		account.completeForm(cloginId, 12345);
		account.order(cloginId);
		const { id } = account.pay(cloginId, 50.5);
		account.pay(cloginId, 30, { state: 'pending' });
		account.refund(cloginId, id, { amount: 0.25 });
		account.setStatus(cloginId, 70002);
		expect((await send(regpack, INFO, { clogin_id: cloginId, doc: {} })).json.meta_info).toEqual({
			...UNTOUCHED,
			...{
				completed_forms: '1',
				total_completed_user_forms: '1',
				total_completed_user_mandatory_forms: '1',
			},
			...{
				total_order: '120.00',
				total_paid: '50.25',
				total_balance: '69.75',
				status_id: '70002',
				status_name: 'Waitlisted',
			},
		});
	});

	test('returns what is selected, nested or at the top', async () => {
		const doc = {
			_usercart: {},
			_userpayments: true,
			_userproducts: true,
			_userforms: true,
			_utm: 'true',
			first_name: true,
		};
		const expected = {
			_usercart: [{ cart_id: '30001', p_id: '502', q: '2', made_up_price: '15.50' }],
			_userpayments: [
				{
					made_up_id: '40001',
					made_up_amount: '31.00',
					made_up_refunded: '0.00',
					made_up_state: 'approved',
				},
			],
			_userproducts: [
				{ p_id: '501', made_up_name: 'Week 1' },
				{ p_id: '502', made_up_name: 'T-shirt', cart_id: '30001' },
				{ p_id: '503', made_up_name: 'Membership' },
			],
			_userforms: [
				{ made_up_id: '12345', made_up_name: 'Application', made_up_complete: false },
				{ made_up_id: '12346', made_up_name: 'Survey', made_up_complete: false },
			],
			_utm: { campaign: '', content: '', id: '', medium: '', source: '', term: '' },
			first_name: 'Ada',
		};
		for (const valuesAt of /** @type {const} */ (['doc', 'top'])) {
			const regpack = await started({ valuesAt });
			const { cloginId } = regpack.account.register(ADA);
			regpack.account.order(cloginId, { productId: 502, q: 2 });
			regpack.account.pay(cloginId, 31);
			const { user_info, meta_info, ...rest } = (
				await send(regpack, INFO, { clogin_id: cloginId, doc })
			).json;
			expect(rest).toEqual(valuesAt === 'doc' ? { doc: expected } : expected);
		}
	});

	test('returns all fields, with an index and what is missing', async () => {
		const regpack = await started();
		regpack.account.register(ADA);
		const { json } = await send(regpack, INFO, { clogin_id: 200001, doc: { _allfields: true } });
		const { field_index, made_up_errors, ...values } = json.doc;
		expect(values).toEqual({
			...{
				...ADA,
				org_name: '',
				shirt_size: [],
				guardian_phone: '',
				membership_level: '',
				f_111111_1222222: '',
			},
			...{ heard_from: [], comment: '' },
		});
		expect(Object.keys(field_index).sort()).toEqual(Object.keys(values).sort());
		expect(made_up_errors).toEqual(['guardian_phone', 'heard_from']);
	});

	test('returns the same family for a parent and for a child', async () => {
		const regpack = await started({ system: 'family' });
		const parent = regpack.account.register(ADA);
		const child = regpack.account.addChild(parent.cloginId);
		for (const { cloginId } of [parent, child]) {
			const { json } = await send(regpack, INFO, { clogin_id: cloginId, doc: { _family: true } });
			expect(json.doc).toMatchObject({
				parent: { u_name: 'Ada Sample' },
				children: [{ u_name: 'Robin Sample', total_forms: '1' }],
			});
		}
	});
});

describe('create', () => {
	const CREATE = 'users create';

	test('adds a new person to the organization, and mails and submits by default', async () => {
		const regpack = await started();
		const { json } = await send(regpack, CREATE, {
			clogin_id: false,
			doc: { ...ADA, shirt_size: ['Small'] },
		});
		expect(json).toEqual({ success: true, user_info: userInfo(200001), meta_info: UNTOUCHED });
		expect(regpack.account.get(100000001, 200001).values).toEqual({
			...ADA,
			shirt_size: ['Small'],
		});
		expect(regpack.account.mails).toEqual([
			{ cloginId: 200001, groupId: 100000001, action: 'create' },
		]);
		expect(regpack.account.triggersRun).toEqual([
			{ cloginId: 200001, groupId: 100000001, formId: 12345 },
		]);
		await send(regpack, CREATE, { submit_forms: false, disable_email_sending: true, doc: {} });
		expect([regpack.account.mails.length, regpack.account.triggersRun.length]).toEqual([1, 1]);
		expect(regpack.account.logins.get(200002)).toMatchObject({ username: 'user-200002' });
	});

	test('links an account in this project to an existing person of the organization', async () => {
		const regpack = await started();
		const { cloginId } = regpack.account.register({ groupId: FAMILY });
		const { json } = await send(regpack, CREATE, {
			clogin_id: cloginId,
			doc: { first_name: 'Ada' },
		});
		expect(json.user_info).toEqual(userInfo(cloginId));
		expect(regpack.account.logins.size).toBe(1);
		expect((await send(regpack, CREATE, { clogin_id: cloginId, doc: {} })).json.success).toBe(
			false,
		);
	});

	test.each([
		[{ username: 'chosen@example.org', main_email: 'main@example.org' }, 'chosen@example.org'],
		[{ main_email: 'main@example.org' }, 'main@example.org'],
		[{ main_email: 'taken@example.org', org_name: 'org@example.org' }, 'org@example.org'],
		[{ username: '', main_email: 'taken@example.org' }, 'user-200002'],
	])('of %j has the username %s', async (doc, username) => {
		const regpack = await started();
		regpack.account.register({ main_email: 'taken@example.org' });
		await send(regpack, CREATE, { doc });
		expect(regpack.account.logins.get(200002)?.username).toBe(username);
	});

	test('accepts a username that is not an email address when the project does', async () => {
		const regpack = await started();
		const call = () => send(regpack, CREATE, { doc: { username: 'ada' } });
		expect((await call()).json.msg).toBe('username must be an e-mail');
		regpack.account.projects[0].emailUsernames = false;
		expect((await call()).json.success).toBe(true);
	});

	test.each([
		[{ clogin_id: 5 }, 'The organization has no person 5'],
		[{ clogin_id: null }, 'clogin_id must be an integer'],
		[{ submit_forms: 'false' }, 'submit_forms must be a boolean'],
		[{ disable_email_sending: 1 }, 'disable_email_sending must be a boolean'],
		[{ doc: { password: '12345' } }, 'password must have 6 characters'],
		[{ doc: { main_email: 'ada' } }, 'main_email is not valid'],
		[{ doc: { username: 'taken@example.org' } }, 'The username is taken'],
		[{ doc: { first_name: ['Ada'] } }, 'first_name must be a string'],
	])('refuses %j', async (fields, msg) => {
		const regpack = await started();
		regpack.account.register({ main_email: 'taken@example.org' });
		expect((await send(regpack, CREATE, { doc: {}, ...fields })).json).toMatchObject({
			success: false,
			msg,
		});
	});
});

describe('create_child', () => {
	const CHILD = 'users create_child';

	test('connects a child to its parent', async () => {
		const regpack = await started({ system: 'family' });
		const { cloginId } = regpack.account.register();
		const { json } = await send(regpack, CHILD, {
			clogin_id: false,
			connected_to: cloginId,
			doc: { first_name: 'Robin' },
		});
		expect(json.user_info).toEqual(userInfo(200002, { groupId: FAMILY, parent: cloginId }));
		expect(json.meta_info).toMatchObject({ u_name: 'Robin', total_forms: '1' });
		expect(regpack.account.mails).toMatchObject([{ action: 'create_child' }]);
	});

	test.each([
		[{ connected_to: 200001 }, 'doc is required'],
		[{ doc: {} }, 'connected_to must be an integer'],
		[{ doc: {}, connected_to: 5 }, 'Project 100000002 has no user 5'],
		[{ doc: {}, connected_to: 200002 }, 'User 200002 is no parent'],
		[{ doc: {}, connected_to: 200001, group_id: 100000001 }, 'Project 100000001 has no families'],
	])('refuses %j', async (fields, msg) => {
		const regpack = await started({ system: 'family' });
		regpack.account.addChild(regpack.account.register().cloginId);
		expect((await send(regpack, CHILD, fields)).json).toMatchObject({ success: false, msg });
	});
});

test('login gives a token that works once, and in its project', async () => {
	const regpack = await started();
	const { cloginId } = regpack.account.register(ADA);
	expect((await send(regpack, 'users login', { clogin_id: cloginId })).json.msg).toBe(
		'doc is required',
	);
	const { json } = await send(regpack, 'users login', { clogin_id: cloginId, doc: {} });
	expect(json).toEqual({
		...{
			msg: 'User logged in',
			system_action: ['user_registered'],
			user_token: expect.stringMatching(/^[\da-f-]{36}$/),
		},
		...{ success: true, user_info: userInfo(cloginId), meta_info: UNTOUCHED },
	});
	expect(() => regpack.account.loginWith(json.user_token, { groupId: FAMILY })).toThrow(
		'not valid',
	);
	expect(regpack.account.loginWith(json.user_token)).toMatchObject({ cloginId });
	expect(() => regpack.account.loginWith(json.user_token)).toThrow('not valid');
});

describe('update', () => {
	const UPDATE = 'users update';

	/** @param {Parameters<typeof started>[0]} [options] */
	async function withAda(options) {
		const regpack = await started({ system: 'family', ...options });
		regpack.account.register({ ...ADA, shirt_size: ['Small'] });
		return { regpack, values: () => regpack.account.get(FAMILY, 200001).values };
	}

	test.each([
		[{ first_name: 'Eve' }, { first_name: 'Eve' }],
		[
			{ f_100001_1000001: 'Eve', f_111111_1222222: 5 },
			{ first_name: 'Eve', f_111111_1222222: '5' },
		],
		[{ shirt_size: ['Medium', 'Large'] }, { shirt_size: ['Medium', 'Large'] }],
		[{ heard_from: ['A friend'] }, { heard_from: ['<b>A friend</b>'] }],
		[{ heard_from: ['<i>The web</i>'] }, { heard_from: ['The web'] }],
		[{ nothing: 'x', first_name: 'Eve' }, { first_name: 'Eve' }],
	])('writes %j', async (doc, written) => {
		const { regpack, values } = await withAda();
		const { json } = await send(regpack, UPDATE, { clogin_id: 200001, connected_to: 200001, doc });
		expect(json).toMatchObject({ success: true, user_info: { clogin_id: '200001' } });
		expect(values()).toEqual({ ...ADA, shirt_size: ['Small'], ...written });
	});

	test.each([
		['the field does not exist', { nothing: 'x' }],
		['the answer does not exist', { shirt_size: ['Huge'] }],
		['one of the answers does not exist', { shirt_size: ['Large', 'Huge'] }],
		['answers are no array', { shirt_size: 'Large' }],
		['answers are no strings', { shirt_size: [1] }],
		['a text field gets an array', { first_name: ['Eve'] }],
		['the user does not have the form', { interview_notes: 'x' }],
		['the form is of children', { allergies: 'x' }],
		['the field is of the system', { _application_date: '2026-01-01' }],
	])('changes nothing, silently, when %s', async (_, doc) => {
		const { regpack, values } = await withAda();
		expect((await send(regpack, UPDATE, { clogin_id: 200001, doc })).json.success).toBe(true);
		expect(values()).toEqual({ ...ADA, shirt_size: ['Small'] });
		expect([regpack.account.mails, regpack.account.triggersRun]).toEqual([[], []]);
	});

	test('of one who is not in the project changes nothing', async () => {
		const { regpack } = await withAda();
		expect(
			(await send(regpack, UPDATE, { clogin_id: 5, doc: { first_name: 'Eve' } })).json,
		).toEqual({ success: true });
	});

	test('that changes nothing may be an error', async () => {
		const { regpack } = await withAda({ noOps: 'error' });
		for (const clogin_id of [200001, 5]) {
			expect(
				(await send(regpack, UPDATE, { clogin_id, doc: { nothing: 'x' } })).json,
			).toMatchObject({ success: false });
		}
	});

	test('submits the forms of the fields by default', async () => {
		const { regpack } = await withAda();
		regpack.account.addTrigger(22345, 22347);
		const call = { clogin_id: 200001, doc: { guardian_phone: '1' } };
		await send(regpack, UPDATE, { ...call, submit_forms: false });
		expect(regpack.account.triggersRun).toEqual([]);
		const { json } = await send(regpack, UPDATE, call);
		expect(regpack.account.triggersRun).toEqual([
			{ cloginId: 200001, groupId: FAMILY, formId: 22345 },
		]);
		expect(json.meta_info).toMatchObject({ total_forms: '3', completed_forms: '1' });
	});

	test('needs a field', async () => {
		const { regpack } = await withAda();
		expect((await send(regpack, UPDATE, { clogin_id: 200001, doc: {} })).json.msg).toBe(
			'doc has no fields',
		);
	});
});

describe('add_product', () => {
	const ADD = 'users add_product';
	const SHIRTS = { p_id: 502, q: 2, product_remark: 'Blue' };

	/** @param {Parameters<typeof started>[0]} [options] */
	async function withUser(options) {
		const regpack = await started(options);
		regpack.account.register();
		return { regpack, cart: () => regpack.account.get(100000001, 200001).cart };
	}

	const PLACES = {
		top: (/** @type {object} */ list) => ({ product_list: list }),
		doc: (/** @type {object} */ list) => ({ doc: { product_list: list } }),
	};
	const SHAPES = { object: SHIRTS, array: [SHIRTS], keyed: { 502: SHIRTS } };
	const WRITTEN = Object.entries(PLACES).flatMap(([at, place]) =>
		Object.entries(SHAPES).map(([shape, list]) => ({ at, shape, fields: place(list) })),
	);

	test.each(
		/** @type {const} */ (['top', 'doc']).flatMap((at) =>
			/** @type {const} */ (['object', 'array', 'keyed']).map((shape) => ({ at, shape })),
		),
	)(
		'understands its list at $at as $shape, and no other way',
		async ({ at: productListAt, shape: productListShape }) => {
			for (const misread of /** @type {const} */ (['refused', 'ignored'])) {
				for (const { at, shape, fields } of WRITTEN) {
					const { regpack, cart } = await withUser({ productListAt, productListShape, misread });
					const { json } = await send(regpack, ADD, { clogin_id: 200001, ...fields });
					const isRight = at === productListAt && shape === productListShape;
					expect(json.success).toBe(isRight || misread === 'ignored');
					expect(cart()).toMatchObject(
						isRight
							? [{ productId: 502, q: 2, cents: 1550, details: { product_remark: 'Blue' } }]
							: [],
					);
					await regpack.close();
				}
			}
		},
	);

	test('accepts one of a product that can be ordered once', async () => {
		const { regpack, cart } = await withUser();
		for (let times = 0; times < 2; times++)
			await send(regpack, ADD, { clogin_id: 200001, product_list: { p_id: 501, q: 3 } });
		expect(cart()).toMatchObject([{ productId: 501, q: 1 }]);
	});

	test('makes a private product of a name', async () => {
		const { regpack, cart } = await withUser();
		await send(regpack, ADD, { clogin_id: 200001, product_list: { name: 'Late fee', q: 1 } });
		expect(cart()).toMatchObject([{ productId: 601, name: 'Late fee' }]);
	});

	test.each([
		[{ p_id: 5, q: 1 }, 'Project 100000001 has no product 5'],
		[{ p_id: '502', q: 1 }, 'p_id must be an integer'],
		[{ p_id: 502 }, 'q must be an integer'],
		[{ q: 1 }, 'name is required'],
		[
			{ p_id: 503, q: 1, recurring_start_date: '2026-03-05' },
			'recurring_start_date must be mm-dd-yyyy',
		],
	])('refuses %j', async (product_list, msg) => {
		const { regpack, cart } = await withUser();
		expect((await send(regpack, ADD, { clogin_id: 200001, product_list })).json).toMatchObject({
			success: false,
			msg,
		});
		expect(cart()).toEqual([]);
	});

	test.each([
		{ recurring_start_date: '03-05-2026' },
		{ recurring_start_date: '2026-03-05', date_structure: 'Y-m-d' },
	])('takes %j of a recurring product', async (dates) => {
		const { regpack, cart } = await withUser();
		await send(regpack, ADD, { clogin_id: 200001, product_list: { p_id: 503, q: 1, ...dates } });
		expect(cart()).toMatchObject([{ details: dates }]);
	});

	test('needs a user', async () => {
		const { regpack } = await withUser();
		expect((await send(regpack, ADD, { product_list: SHIRTS })).json.msg).toBe(
			'clogin_id must be an integer',
		);
	});
});

describe('add_email', () => {
	const NOTE = {
		from: 'a@example.org',
		to: 'b@example.org, c@example.org',
		subject: 'Note',
		body: '<p>Text</p>',
	};

	test.each(
		/** @type {const} */ ([
			['object', 'object', NOTE],
			['object', 'array', undefined],
			['array', 'array', NOTE],
			['array', 'object', undefined],
		]),
	)('that is read as %s and written as %s keeps %j', async (emailListShape, written, kept) => {
		const regpack = await started({ emailListShape, misread: 'ignored' });
		const { cloginId } = regpack.account.register();
		const doc = { email_list: written === 'array' ? [NOTE] : NOTE };
		expect(
			(await send(regpack, 'users add_email', { clogin_id: cloginId, doc })).json.success,
		).toBe(true);
		expect(regpack.account.get(100000001, cloginId).emails).toEqual(kept ? [kept] : []);
		expect(regpack.account.mails).toEqual([]);
	});

	test.each([
		[{ from: undefined }, 'from is required'],
		[{ to: undefined }, 'to is required'],
		[{ subject: '' }, 'subject is required'],
		[{ body: undefined }, 'body is required'],
		[{ cc: ['d@example.org'] }, 'cc must be a string'],
		[{ admin_id: 5 }, 'admin_id is not valid'],
	])('refuses %j', async (wrong, msg) => {
		const regpack = await started();
		const { cloginId } = regpack.account.register();
		const doc = { email_list: { ...NOTE, ...wrong } };
		expect(
			(await send(regpack, 'users add_email', { clogin_id: cloginId, doc })).json,
		).toMatchObject({ success: false, msg });
	});
});

describe('statuses', () => {
	test('are set and cleared', async () => {
		const regpack = await started();
		const { cloginId } = regpack.account.register(ADA);
		const set = (/** @type {number} */ status_id) =>
			send(regpack, 'users set_status', { clogin_id: cloginId, status_id, doc: {} });
		expect((await set(70001)).json).toEqual({
			...{
				msg: 'Status updated',
				msg_type: 'success',
				users: [cloginId],
				effected_users: 1,
				success: true,
			},
			...{
				user_info: userInfo(cloginId),
				meta_info: { ...UNTOUCHED, status_id: '70001', status_name: 'Accepted' },
			},
		});
		expect((await set(0)).json.meta_info).toEqual(UNTOUCHED);
	});

	test.each([
		[{ status_id: 1, doc: {} }, 'Project 100000001 has no status 1'],
		[{ status_id: 70011, doc: {} }, 'Project 100000001 has no status 70011'],
		[{ status_id: '70001', doc: {} }, 'status_id must be an integer'],
		[{ status_id: 70001 }, 'doc is required'],
		[{ doc: { status_id: 70001 } }, 'doc must be empty'],
	])('are not set by %j', async (fields, msg) => {
		const regpack = await started();
		const { cloginId } = regpack.account.register();
		expect(
			(await send(regpack, 'users set_status', { clogin_id: cloginId, ...fields })).json,
		).toMatchObject({
			success: false,
			msg,
		});
	});

	test('are created', async () => {
		const regpack = await started();
		const doc = { status_name: 'Gone', color: '#336699', is_excluded: 1 };
		expect((await send(regpack, 'statuses create', { doc })).json).toEqual({
			...{ msg: 'Status created', msg_type: 'info', status_id: 71001, success: true },
		});
		expect(regpack.account.statuses.at(-1)).toEqual({
			id: 71001,
			groupId: 100000001,
			name: 'Gone',
			color: '#336699',
			isExcluded: true,
		});
	});

	test.each([
		[{ status_name: '' }, 'status_name is required'],
		[{ color: 'red' }, 'color must be a hex color'],
		[{ is_excluded: true }, 'is_excluded must be an integer'],
		[{ is_excluded: 2 }, 'is_excluded must be 0 or 1'],
	])('are not created with %j', async (wrong, msg) => {
		const doc = { status_name: 'Gone', color: '#336699', is_excluded: 1, ...wrong };
		expect((await send(await started(), 'statuses create', { doc })).json).toMatchObject({
			success: false,
			msg,
		});
	});
});

describe('products', () => {
	const CAMP = { base_product_type: 1, product_name: 'Camp', product_price: 99.5, cat_id: '801' };

	test.each([
		[CAMP, { type: 1, name: 'Camp', cents: 9950, onlyOne: false }],
		[
			{ ...CAMP, product_price: '0', only_one: true, product_type: 2 },
			{ cents: 0, onlyOne: true },
		],
		[
			{ ...CAMP, base_product_type: 2, product_price: '-5.00', misc1: 'x' },
			{ type: 2, cents: -500 },
		],
	])('are created from %j', async (doc, product) => {
		const regpack = await started();
		expect((await send(regpack, 'products create', { doc })).json).toMatchObject({
			success: true,
			msg_type: 'info',
		});
		expect(regpack.account.products.at(-1)).toMatchObject({
			id: 601,
			groupId: 100000001,
			...product,
			doc,
		});
	});

	test.each([
		[{ base_product_type: 5 }, 'base_product_type is not valid'],
		[{ base_product_type: 8 }, 'base_product_type is not valid'],
		[{ base_product_type: '1' }, 'base_product_type must be an integer'],
		[{ product_name: undefined }, 'product_name is required'],
		[{ product_price: undefined }, 'product_price must have two decimals at most'],
		[{ product_price: 1.999 }, 'product_price must have two decimals at most'],
		[{ base_product_type: 2, product_price: 0 }, 'The price of a discount must not be 0'],
		[{ cat_id: undefined }, 'cat_id is required'],
		[{ cat_id: 801 }, 'cat_id must be a string'],
		[{ cat_id: '5' }, 'Project 100000001 has no category 5'],
		[{ product_type: 3 }, 'product_type is not valid'],
		[{ only_one: 'true' }, 'only_one must be a boolean'],
		[{ location: 5 }, 'location must be a string'],
	])('are not created with %j', async (wrong, msg) => {
		const regpack = await started();
		expect(
			(await send(regpack, 'products create', { doc: { ...CAMP, ...wrong } })).json,
		).toMatchObject({ success: false, msg });
		expect(regpack.account.products).toHaveLength(6);
	});

	test('have categories, which are created and edited', async () => {
		const regpack = await started();
		const doc = {
			category_name: 'Extras',
			category_top_remark: 'Choose',
			category_quota_ordered: 5,
			mandatory_category: true,
		};
		expect((await send(regpack, 'products create_category', { doc })).json).toMatchObject({
			success: true,
		});
		const edited = {
			category_id: 901,
			category_name: 'More',
			category_top_remark: '',
			interchange_category: true,
		};
		expect((await send(regpack, 'products edit_category', { doc: edited })).json).toMatchObject({
			success: true,
		});
		expect(regpack.account.categories.at(-1)).toMatchObject({
			...{ id: 901, name: 'More' },
			doc: {
				category_top_remark: '',
				category_quota_ordered: 5,
				mandatory_category: true,
				interchange_category: true,
			},
		});
	});

	test.each([
		['create_category', {}, 'category_name is required'],
		[
			'create_category',
			{ category_name: 'x', category_quota_ordered: '5' },
			'category_quota_ordered must be a number',
		],
		['edit_category', { category_name: 'x' }, 'category_id must be an integer'],
		[
			'edit_category',
			{ category_id: 5, category_name: 'x' },
			'Project 100000001 has no category 5',
		],
		['edit_category', { category_id: 801 }, 'category_name is required'],
	])('%s refuses %j', async (action, doc, msg) => {
		expect((await send(await started(), `products ${action}`, { doc })).json).toMatchObject({
			success: false,
			msg,
		});
	});
});

describe('the account', () => {
	test('returns copies', async () => {
		const { account } = await started();
		account.register(ADA).values.first_name = 'Changed';
		expect(account.get(100000001, 200001).values.first_name).toBe('Ada');
	});

	test('removes children with their parent', async () => {
		const { account } = await started({ system: 'family' });
		account.populate(2, { childrenEach: 2 });
		account.remove(200001);
		expect(account.users(FAMILY).map(({ cloginId }) => cloginId)).toEqual([200004, 200005, 200006]);
	});

	test('refuses impossible actions', async () => {
		const { account } = await started();
		const { cloginId } = account.register(ADA);
		expect(() => account.register({ cloginId })).toThrow('has user 200001 already');
		expect(() => account.addChild(cloginId)).toThrow('has no families');
		expect(() => account.submitForm(cloginId, 12347)).toThrow('does not have form 12347');
		expect(() => account.setStatus(cloginId, 1)).toThrow('has no status 1');
		expect(() => account.refund(cloginId, 1)).toThrow('has no payment 1');
		expect(() => account.order(cloginId, { productId: 511 })).toThrow('has no product 511');
		expect(() => account.login(5)).toThrow('has no user 5');
		expect(() => account.users(5)).toThrow('has no project 5');
	});
});
