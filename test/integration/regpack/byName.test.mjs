import { errorTextOf } from '../errorText.mjs';
import { byId, startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started.close());

/** @param {Parameters<typeof startNode>[0]} [options] */
async function start(options) {
	started = await startNode(options);
	return { ...started, account: started.regpack.account };
}

const named = (/** @type {string} */ value) => ({ __rl: true, mode: 'name', value });

/** The action of each request. */
const actions = () => started.requests().map(([, { action }]) => action);

/** What a list in the editor shows. @param {string} method @param {Record<string, unknown>} [parameters] @param {string} [filter] */
const listOf = async (method, parameters, filter) =>
	(await started.search(method, filter, parameters))?.results.map(({ name, value }) => [
		name,
		value,
	]);

describe('a status by its name', () => {
	/** @param {string} name @param {Record<string, unknown>} [more] */
	const setStatus = (name, more = {}) =>
		started.run('user:setStatus', {
			user: byId(started.ids.child),
			statusId: named(name),
			...more,
		});

	it('is set where some user has it, in any case', async () => {
		const { account, ids, user } = await start();
		account.setStatus(ids.other, ids.status);
		const { status, json } = await setStatus(' ACCEPTED ');
		expect(status).toBe('success');
		expect(json[0]).toMatchObject({ effected_users: 1, meta_info: { status_name: 'Accepted' } });
		expect(user(ids.child).statusId).toBe(ids.status);
		expect(actions()).toEqual(['get_user_list', 'set_status']);
	});

	it('is looked up once for all items of a run', async () => {
		const { account, ids } = await start();
		account.setStatus(ids.other, ids.status);
		const items = [ids.child, ids.parent, ids.other].map((id) => ({ json: { id } }));
		const { json } = await started.run(
			'user:setStatus',
			{ user: '={{ $json.id }}', statusId: named('Accepted') },
			{ items },
		);
		expect(json).toHaveLength(3);
		expect(actions()).toEqual(['get_user_list', 'set_status', 'set_status', 'set_status']);
	});

	it('is not found while nobody has it, and nothing is set', async () => {
		const { secrets } = await start();
		const { message, description } = errorTextOf(await setStatus('Accepted'), secrets);
		expect(message).toBe('No user has the status "Accepted"');
		expect(description).toMatch(/^Regpack lists no statuses, so one is found by name only while/);
		expect(actions()).toEqual(['get_user_list']);
	});

	it('is not guessed where two have it', async () => {
		const { account, ids, secrets } = await start();
		const { id } = account.addStatus({
			groupId: ids.project,
			name: 'accepted',
			color: '#000000',
			isExcluded: false,
		});
		account.setStatus(ids.other, ids.status);
		account.setStatus(ids.parent, id);
		const { message, description } = errorTextOf(await setStatus('Accepted'), secrets);
		expect(message).toBe('Several statuses are called "Accepted"');
		expect(description).toContain(`${ids.status}`);
		expect(description).toContain(`${id}`);
	});

	it('must not be empty', async () => {
		const { secrets } = await start();
		expect(errorTextOf(await setStatus('={{ "" }}'), secrets).message).toBe('Status is empty');
		expect(actions()).toEqual([]);
	});

	it('can be chosen from those that users have, and from none', async () => {
		const { account, ids } = await start();
		account.setStatus(ids.other, 70013);
		account.setStatus(ids.parent, ids.status);
		expect(await listOf('status')).toEqual([
			['No Status (0)', '0'],
			[`Accepted (${ids.status})`, String(ids.status)],
			['Withdrawn (70013)', '70013'],
		]);
		expect(await listOf('status', {}, 'draw')).toEqual([['Withdrawn (70013)', '70013']]);
		expect(await listOf('status', { projectId: '100000001' })).toEqual([['No Status (0)', '0']]);
	});
});

describe('a product by its name', () => {
	/** @param {string} name @param {Record<string, unknown>} [more] */
	const add = (name, more = {}) =>
		started.run('user:addProduct', {
			user: byId(started.ids.parent),
			productId: named(name),
			...more,
		});

	it.each([
		{},
		{ productNameKey: 'product_name' },
		{ productNameKey: 'name', groupedProducts: true },
		{ groupedProducts: true, valuesAt: /** @type {const} */ ('top') },
	])('is added, however Regpack shows products: %j', async (options) => {
		const { ids, user } = await start(options);
		const { status, json } = await add('t-SHIRT');
		expect([status, json[0]?.meta_info.total_order]).toEqual(['success', '15.50']);
		expect(user(ids.parent).cart).toMatchObject([{ productId: 512 }]);
		expect(actions()).toEqual(['get_info', 'add_product']);
	});

	it('is looked up once for each user of a run', async () => {
		const { ids } = await start();
		const items = ['T-shirt', 'Membership'].map((name) => ({ json: { name } }));
		await started.run(
			'user:addProduct',
			{ user: byId(ids.parent), productId: named('={{ $json.name }}') },
			{ items },
		);
		expect(actions()).toEqual(['get_info', 'add_product', 'add_product']);
	});

	it('is not found if the user cannot select it, and the others are named', async () => {
		const { secrets, ids } = await start();
		const { message, description } = errorTextOf(await add('Week 9'), secrets);
		expect(message).toBe(`User ${ids.parent} cannot select a product "Week 9"`);
		expect(description).toBe(
			'Regpack shows these: Week 1, T-shirt, Membership. Or give the product by its ID, which is in its information tab.',
		);
		expect(actions()).toEqual(['get_info']);
	});

	it('is not found if Regpack shows no names', async () => {
		const { secrets } = await start({ productNameKey: 'made_up' });
		const { description } = errorTextOf(await add('T-shirt'), secrets);
		expect(description).toMatch(/^Regpack shows no names of products for this user\. /);
	});

	it('is not guessed where two have it', async () => {
		const { account, ids, secrets } = await start();
		const { id } = account.addProduct({
			groupId: ids.project,
			type: 1,
			name: 'T-Shirt',
			cents: 100,
			onlyOne: false,
			doc: {},
		});
		const { message, description } = errorTextOf(await add('T-shirt'), secrets);
		expect(message).toBe('Several products are called "T-shirt"');
		expect(description).toBe(`Give one by its ID: 512, ${id}.`);
	});

	it('can be chosen from those of the user, or of the first user while none is chosen', async () => {
		const { ids } = await start();
		const expected = [
			['Week 1 (511)', '511'],
			['T-shirt (512)', '512'],
			['Membership (513)', '513'],
		];
		expect(await listOf('product', { user: byId(ids.child) })).toEqual(expected);
		expect(actions()).toEqual(['get_info']);
		expect(await listOf('product', { user: byId('={{ $json.id }}') })).toEqual(expected);
		expect(actions()).toEqual(['get_info', 'get_user_list', 'get_info']);
	});
});

describe('a field', () => {
	it.each([
		.../** @type {const} */ (['keyed', 'list']).map((fieldIndex) => ({
			fieldIndex,
			first: ['Your first name (first_name)', 'first_name'],
		})),
		{ fieldIndex: /** @type {const} */ ('absent'), first: ['first_name', 'first_name'] },
	])('can be chosen from those of the user: $fieldIndex', async ({ fieldIndex, first }) => {
		const { ids } = await start({ fieldIndex });
		const list = (await listOf('field', { user: byId(ids.parent) })) ?? [];
		expect(list[0]).toEqual(first);
		const names = list.map(([, value]) => value);
		for (const name of ['shirt_size', 'guardian_phone', 'f_111111_1222222', 'org_name'])
			expect(names).toContain(name);
		expect(names).not.toContain('field_index');
		expect(names).not.toContain('interview_notes');
	});

	it('can be chosen in a trigger, which has no user, from those of the first', async () => {
		await start();
		const names = (await listOf('field', {}, 'guardian')) ?? [];
		expect(names).toEqual([['Your guardian phone (guardian_phone)', 'guardian_phone']]);
	});

	it('has no list in a project without users, which says what to do', async () => {
		await start();
		await expect(started.search('field', '', { projectId: '100000001' })).rejects.toMatchObject({
			message: 'The project has no users',
			description: expect.stringMatching(/Enter the value by its ID\.$/),
		});
	});

	it('is updated when it comes from the list', async () => {
		const { ids, user } = await start();
		const { status } = await started.run('user:update', {
			user: byId(ids.parent),
			values: {
				field: [
					{
						name: { __rl: true, mode: 'list', value: 'guardian_phone' },
						kind: 'text',
						value: '555 0100',
					},
				],
			},
		});
		expect(status).toBe('success');
		expect(user(ids.parent).values.guardian_phone).toBe('555 0100');
	});
});
