import { errorTextOf } from '../errorText.mjs';
import { byId, startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

/** The last body that was sent. */
const sent = () => started.requests().at(-1)?.[1];

describe('one user', () => {
	const include = ['_userproducts', '_userforms', '_usercart', '_userpayments', '_utm', '_family'];

	it('comes with the selected details, and nothing else is requested', async () => {
		await started.run('user:get', {
			user: byId(started.ids.parent),
			include,
			fieldNames: ['first_name', ' f_111111_1222222 ', ''],
		});
		expect(sent().doc).toEqual({
			...{
				_userproducts: true,
				_userforms: true,
				_usercart: true,
				_userpayments: true,
				_utm: true,
				_family: true,
			},
			...{ first_name: true, f_111111_1222222: true },
		});
		await started.run('user:get', { user: byId(started.ids.parent), include: [], fieldNames: [] });
		expect(sent().doc).toEqual({});
	});

	it.each(/** @type {const} */ (['doc', 'top']))(
		'is the same wherever Regpack has the values: %s',
		async (valuesAt) => {
			const node = await startNode({ valuesAt });
			node.regpack.account.order(node.ids.parent, { productId: node.ids.product });
			const {
				json: [item],
			} = await node.run('user:get', {
				user: byId(node.ids.parent),
				include: ['_usercart', '_family'],
				fieldNames: ['first_name'],
			});
			expect(item).toEqual({
				...{
					cloginId: String(node.ids.parent),
					groupId: String(node.ids.project),
					connectedTo: String(node.ids.parent),
				},
				...{ isChild: false, displayName: 'Ada Sample', status: { id: '0', name: null } },
				...{
					forms: { total: 2, completed: 0 },
					userForms: { total: 2, completed: 0 },
					mandatoryForms: { total: 1, completed: 0 },
				},
				money: {
					order: '120.00',
					orderAmount: 120,
					paid: '0.00',
					paidAmount: 0,
					balance: '120.00',
					balanceAmount: 120,
				},
				fields: {
					first_name: 'Ada',
					_usercart: [expect.objectContaining({ p_id: String(node.ids.product) })],
					parent: expect.objectContaining({ u_name: 'Ada Sample' }),
					children: [expect.objectContaining({ u_name: 'Bea Sample' })],
				},
			});
			await node.close();
		},
	);

	it('comes as Regpack has it with Raw', async () => {
		const {
			json: [item],
		} = await started.run('user:get', {
			user: byId(started.ids.child),
			include: [],
			output: 'raw',
		});
		expect(Object.keys(item)).toEqual(['user_info', 'meta_info']);
		expect(item.user_info).toEqual({
			clogin_id: String(started.ids.child),
			group_id: String(started.ids.project),
			connected_to: String(started.ids.parent),
		});
	});
});

describe('many users', () => {
	it('are parents and children, each an item of its own', async () => {
		const { json } = await started.run('user:getAll', { returnAll: true });
		const { parent, child, other } = started.ids;
		expect(
			json.map(({ cloginId, isChild, connectedTo }) => [cloginId, isChild, connectedTo]),
		).toEqual([
			[String(parent), false, String(parent)],
			[String(other), false, String(other)],
			[String(child), true, String(parent)],
		]);
	});

	it.each(/** @type {const} */ (['parts', 'flat']))(
		'are the same in either shape of a list: %s',
		async (element) => {
			const node = await startNode({ element });
			const { json } = await node.run('user:getAll', {
				returnAll: true,
				fieldNames: ['first_name'],
			});
			expect(
				json.map(({ cloginId, displayName, fields }) => [cloginId, displayName, fields]),
			).toEqual([
				[String(node.ids.parent), 'Ada Sample', { first_name: 'Ada' }],
				[String(node.ids.other), 'Cy Other', { first_name: 'Cy' }],
				[String(node.ids.child), 'Bea Sample', { first_name: 'Bea' }],
			]);
			const {
				json: [raw],
			} = await node.run('user:getAll', { output: 'raw' });
			expect(Object.keys(raw).slice(0, 2)).toEqual(
				element === 'flat' ? ['clogin_id', 'group_id'] : ['user_info', 'meta_info'],
			);
			await node.close();
		},
	);

	it.each(
		/** @type {[filters: object, doc: object, count: number][]} */ ([
			[{}, {}, 2],
			[{ excluded: 'without', family: 'all' }, {}, 2],
			[{ excluded: 'with_excluded' }, { with_excluded: true }, 3],
			[{ excluded: 'only_excluded' }, { only_excluded: true }, 1],
			[{ family: 'only_parents' }, { only_parents: true }, 1],
			[{ family: 'only_children' }, { only_children: true }, 1],
			[
				{ family: 'only_parents', excluded: 'with_excluded' },
				{ with_excluded: true, only_parents: true },
				2,
			],
		]),
	)('are those that the filters leave: %j', async (filters, doc, count) => {
		started.regpack.account.setStatus(started.ids.other, 70013);
		const { json } = await started.run('user:getAll', { returnAll: true, filters });
		expect(started.requests()).toEqual([
			['POST /users/', { action: 'get_user_list', group_id: started.ids.project, doc }],
		]);
		expect(json).toHaveLength(count);
	});

	it.each([
		[1, 1],
		[50, 1],
		[51, 2],
		[100, 2],
		[101, 3],
	])('up to %i need %i requests', async (limit, requests) => {
		started.regpack.account.populate(200, { groupId: 100000001 });
		const { json } = await started.run('user:getAll', { limit, projectId: 100000001 });
		expect(json).toHaveLength(limit);
		expect(started.requests()).toHaveLength(requests);
	});

	it('with Return All need one request for each 50', async () => {
		started.regpack.account.populate(120, { childrenEach: 2 });
		const { json } = await started.run('user:getAll', { returnAll: true });
		expect(json).toHaveLength(3 + 120 * 3);
		expect(new Set(json.map(({ cloginId }) => cloginId)).size).toBe(json.length);
		expect(started.requests().map(([, { doc }]) => doc)).toEqual([
			...[{}, { starting_position: 50 }, { starting_position: 100 }],
			// The total may count children or not; only what comes of pages by number tells that nobody
			// is missing.
			...[{ starting_position: 1 }, { starting_position: 2 }],
		]);
	});

	const positions = /** @type {const} */ (['row0', 'row1', 'page0', 'page1']);
	const ends = /** @type {const} */ (['empty', 'last', 'error']);
	const counts = /** @type {const} */ (['all', 'parents']);

	it.each(
		positions.flatMap((startingPosition) =>
			ends.flatMap((pastEnd) =>
				counts.map((totalCounts) => ({ startingPosition, pastEnd, totalCounts })),
			),
		),
	)(
		'are all there, once each, in every reading: $startingPosition, $pastEnd, $totalCounts',
		async (reading) => {
			const node = await startNode({ ...reading, perPage: 5, totalsAt: 'inside', mistakes: '400' });
			node.regpack.account.populate(11, { childrenEach: 1 });
			const { status, error, json } = await node.run('user:getAll', { returnAll: true });
			expect([status, error?.message]).toEqual(['success', undefined]);
			expect(new Set(json.map(({ cloginId }) => cloginId)).size).toBe(25);
			expect(json).toHaveLength(25);
			await node.close();
		},
	);

	it('are either all there or the node says that they are not, where each page has another order', async () => {
		const node = await startNode({ order: 'random', perPage: 5 });
		node.regpack.account.populate(40);
		for (let time = 0; time < 5; time++) {
			const run = await node.run('user:getAll', { returnAll: true });
			if (run.status === 'success') expect(run.json).toHaveLength(43);
			else
				expect(errorTextOf(run, node.secrets).message).toMatch(
					/^Regpack says that it has 43 users, and gave \d\d$/,
				);
		}
		await node.close();
	});

	it('of an empty project are no items', async () => {
		const { status, json } = await started.run('user:getAll', {
			returnAll: true,
			projectId: '100000001',
		});
		expect([status, json]).toEqual(['success', []]);
	});
});

describe('a list to choose a user from', () => {
	const search = async (/** @type {string} */ method, filter = '') =>
		(await started.search(method, filter))?.results.map(({ value }) => value) ?? [];

	it('finds those beyond the first 500 by what is typed', async () => {
		started.regpack.account.populate(700);
		const { cloginId } = started.regpack.account.register({ first_name: 'Zoe', last_name: 'Last' });
		expect(await search('user', 'zoe LAST')).toEqual([String(cloginId)]);
		expect(await search('parent', String(cloginId))).toEqual([String(cloginId)]);
		expect(await search('user', 'Nobody')).toEqual([]);
		expect((await search('user')).length).toBeGreaterThanOrEqual(500);
	});

	it('has only parents when a parent is required, as many as it shows', async () => {
		started.regpack.account.populate(520, { childrenEach: 2 });
		expect((await search('parent', 'stone')).length).toBeGreaterThanOrEqual(500);
		expect(await search('parent', 'robin')).toEqual([]);
	});

	it('reads no more than 5,000 users for it', async () => {
		started.regpack.account.populate(6000);
		const { cloginId } = started.regpack.account.register({ first_name: 'Zoe' });
		expect(await search('user', String(cloginId))).toEqual([]);
		expect(started.requests()).toHaveLength(100);
	});
});

describe('numbers with signs between the thousands', () => {
	it.each(/** @type {const} */ (['comma', 'point']))('are amounts as well: %s', async (amounts) => {
		const node = await startNode({ amounts });
		const [, { id: productId }] = node.regpack.account.productsOf(node.ids.project);
		node.regpack.account.order(node.ids.parent, { productId, q: 100 });
		const {
			json: [{ money }],
		} = await node.run('user:get', { user: byId(node.ids.parent), include: [] });
		expect(money).toMatchObject({
			order: amounts === 'comma' ? '1,550.00' : '1.550,00',
			orderAmount: 1550,
			paidAmount: 0,
			balanceAmount: 1550,
		});
		await node.close();
	});

	it('count as totals, so that no user is left out', async () => {
		const node = await startNode({ totals: 'text', startingPosition: 'page0' });
		node.regpack.account.populate(1200);
		const { status, json } = await node.run('user:getAll', { returnAll: true });
		expect([status, json.length]).toEqual(['success', 1203]);
		await node.close();
	});
});
