import { expectShape } from '../outputs.mjs';
import { errorTextOf } from '../errorText.mjs';
import { startNode } from './node.mjs';

const STOPPED =
	'Reading stopped at the first match, so there may be more: turn off Stop at the First Match to find them.';

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started.close());

/** @param {Parameters<typeof startNode>[0]} [options] */
async function start(options) {
	started = await startNode(options);
	return { ...started, account: started.regpack.account };
}

/**
 * Finds, and gives whom with which mark.
 *
 * @param {Record<string, unknown>} parameters
 * @param {import('../core.mjs').Changes} [changes]
 */
async function find(parameters, changes) {
	const run = await started.run('user:find', parameters, changes);
	if (run.status === 'success') expectShape('Regpack', 'user:find', run.json);
	return {
		...run,
		ids: run.json.filter(({ found }) => found).map(({ cloginId }) => Number(cloginId)),
		info: run.json[0]?._list,
	};
}

const byName = (/** @type {string} */ personName) => ({ findBy: 'name', personName });
const everybody = { options: { stopAtFirst: false } };

describe('a user is found', () => {
	it.each([
		['by email, in any case', { email: ' AVERY.1@Example.org ' }],
		['by the whole name', byName('Ada Sample')],
		['by a part of the name', byName('ada')],
		['by the name in another order', byName('sample  ADA')],
	])('%s', async (_, parameters) => {
		const { ids } = await start();
		const found = await find(parameters);
		expect(found.ids).toEqual([ids.parent]);
		expect(found.json[0]).toMatchObject({
			displayName: 'Ada Sample',
			fields: { first_name: 'Ada' },
		});
		expect(found.hints).toEqual([]);
	});

	it('with or without accents', async () => {
		const { account } = await start();
		const { cloginId } = account.register({ first_name: 'Zoë', last_name: 'Šample' });
		for (const name of ['zoe sample', 'Zoë ŠAMPLE'])
			expect((await find(byName(name))).ids).toEqual([cloginId]);
	});

	it('with an excluding status as well', async () => {
		const { account, ids } = await start();
		account.setStatus(ids.other, 70013);
		expect((await find(byName('Cy Other'))).ids).toEqual([ids.other]);
	});

	it('as Regpack gives it, with Output at Raw', async () => {
		await start();
		const { json } = await find({ ...byName('Ada'), output: 'raw' });
		expect(json[0]).toMatchObject({ user_info: {}, meta_info: {}, doc: {}, found: true });
	});

	it('not by a part of an address', async () => {
		await start();
		expect((await find({ email: 'avery' })).json).toEqual([{ found: false }]);
	});
});

describe('reading', () => {
	it('ends at the page of the first match, with all of a family, and says that there may be more', async () => {
		const { account, ids, requests } = await start();
		const { cloginId } = account.addChild(ids.parent, { first_name: 'Ada', last_name: 'Two' });
		account.populate(60);
		account.register({ first_name: 'Ada', last_name: 'Late' });
		const { ids: found, info, hints } = await find(byName('Ada'));
		expect(found).toEqual([ids.parent, cloginId]);
		expect(info).toEqual({ isComplete: false, returned: 2, total: 65, reason: STOPPED });
		// It was what the user asked for.
		expect(hints).toEqual([]);
		expect(requests()).toHaveLength(1);
	});

	it('finds everybody by choice, and then is complete', async () => {
		const { account, ids } = await start();
		account.populate(60);
		const { cloginId } = account.register({ first_name: 'Ada', last_name: 'Late' });
		const { ids: found, info } = await find({ ...byName('Ada'), ...everybody });
		expect(found).toEqual([ids.parent, cloginId]);
		expect(info).toBeUndefined();
	});

	it.each(/** @type {const} */ (['all', 'parents']))(
		'is complete where all are on one page, whatever the total counts: %s',
		async (totalCounts) => {
			const { requests } = await start({ totalCounts });
			const { info } = await find(byName('Ada'));
			expect(info).toBeUndefined();
			expect(requests()).toHaveLength(1);
		},
	);

	it('ends at the bound, and says so even where nobody was found', async () => {
		const { account, requests } = await start();
		account.populate(200);
		account.register({ first_name: 'Zoe' });
		const { json, info, hints } = await find({ ...byName('Zoe'), options: { maxUsers: 100 } });
		const reason =
			'Only the first 101 users were read, and there may be more: raise Users to Read.';
		expect(json).toEqual([
			{ found: false, _list: { isComplete: false, returned: 0, total: 204, reason } },
		]);
		expect(info.reason).toBe(reason);
		expect(hints.map(({ message }) => message)).toEqual([reason]);
		expect(requests()).toHaveLength(2);
	});

	it('is shared by all items of a run', async () => {
		const { account, requests } = await start();
		account.populate(120, { groupId: 100000001 });
		const items = [
			'stone.1@example.org',
			'stone.120@example.org',
			'stone.60@example.org',
			'no@x.org',
		].map((email) => ({ json: { email } }));
		const { json, output } = await find(
			{ email: '={{ $json.email }}', projectId: '100000001' },
			{ items },
		);
		expect(json.map(({ displayName, found }) => displayName ?? found)).toEqual([
			'Avery Stone 1',
			'Avery Stone 120',
			'Avery Stone 60',
			false,
		]);
		expect(output.map(({ pairedItem }) => /** @type {any} */ (pairedItem).item)).toEqual([
			0, 1, 2, 3,
		]);
		expect(requests()).toHaveLength(3);
	});

	it.each(/** @type {const} */ (['row0', 'row1', 'page0', 'page1']))(
		'finds each of many in every reading of starting_position: %s',
		async (startingPosition) => {
			const { account } = await start({ startingPosition, perPage: 5 });
			account.populate(23, { childrenEach: 1 });
			for (const number of [1, 5, 6, 12, 23]) {
				const { json } = await find({ email: `stone.${number}@example.org` });
				expect(json.map(({ displayName }) => displayName).sort()).toEqual(
					[`Avery Stone ${number}`, `Robin 1 Stone ${number}`].sort(),
				);
			}
		},
	);

	it('says what Regpack counts and does not list', async () => {
		const { regpack } = await start();
		const users = [{ user_info: { clogin_id: '1' }, meta_info: { u_name: 'Ada Sample' }, doc: {} }];
		const body = { total_users: 5, records_per_page: 50, users, children: [] };
		regpack.fail({ match: 'get_user_list', status: 200, body, times: Infinity });
		const { info } = await find(byName('Nobody'));
		const reason = 'Regpack says that it has 5 users, and gave 1. The others could not be read.';
		expect(info).toEqual({ isComplete: false, returned: 0, total: 5, reason });
	});

	it('says that no user shows an address, where a list has no values of fields', async () => {
		await start({ listValues: false });
		const { info } = await find({ email: 'avery.1@example.org' });
		expect(info.reason).toBe(
			'None of the 3 users that were read shows an email address in main_email, so that nobody could be found by it.',
		);
		expect((await find(byName('Ada'))).json[0]).toMatchObject({ found: true });
	});
});

describe('nobody', () => {
	it('is an item, or by choice stops', async () => {
		const { secrets } = await start();
		expect((await find({ email: 'no@example.org' })).json).toEqual([{ found: false }]);
		const run = await find({ email: 'no@example.org', options: { ifNotFound: 'fail' } });
		expect(errorTextOf(run, secrets)).toMatchObject({
			message: 'Nobody was found by the email "no@example.org"',
			description: 'Check how it is written, and the project.',
			itemIndex: 0,
		});
	});

	it.each([
		[{ email: '={{ "" }}' }, 'Email is empty'],
		[{ findBy: 'name', personName: '={{ " " }}' }, 'Name is empty'],
	])('is searched without a value: %j', async (parameters, message) => {
		const { secrets, requests } = await start();
		expect(errorTextOf(await find(parameters), secrets).message).toBe(message);
		expect(requests()).toEqual([]);
	});

	it('is in an empty project', async () => {
		await start();
		expect((await find({ email: 'a@b.org', projectId: '100000001' })).json).toEqual([
			{ found: false },
		]);
	});
});
