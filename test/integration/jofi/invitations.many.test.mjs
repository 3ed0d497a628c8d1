import { errorTextOf } from '../errorText.mjs';
import { startNode } from './node.mjs';

/** Many invitations at once, and who is not invited again. */

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started?.close());

const inviter = 'robin.hale@example.com';
const each = {
	inviter,
	firstName: '={{ $json.first }}',
	lastName: '={{ $json.last }}',
	email: '={{ $json.email }}',
};

/** @param {(string | undefined)[]} emails */
const rowsOf = (...emails) =>
	emails.map((email, index) => ({ json: { first: `First${index}`, last: 'Last', email } }));

/** @param {ReturnType<typeof rowsOf>} items @param {Record<string, unknown>} [parameters] */
const createMany = (items, parameters) =>
	started.run('invitation:createMany', { ...each, ...parameters }, { items });

/** @param {any[]} json */
const resultsOf = (json) => json.map(({ result }) => result);

const POST = 'POST /invitations';
const LISTS = ['GET /invitations', 'GET /test-takers'];

describe('Create Many', () => {
	it('invites each row, for 1 request a row and 1 for all of them', async () => {
		started = await startNode();
		const { json, output, hints } = await createMany(rowsOf('a@x.example', 'b@x.example'));
		expect(started.requests()).toEqual(['GET /invitations', POST, POST]);
		expect(json).toEqual([
			{
				row: 1,
				result: 'invited',
				reason: null,
				firstName: 'First0',
				lastName: 'Last',
				email: 'a@x.example',
				invitationId: '31004',
				assessmentUrl: expect.stringContaining('/welcome/'),
				mode: 'live',
				isGuardComplete: true,
			},
			expect.objectContaining({ row: 2, result: 'invited', invitationId: '31005' }),
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(hints).toEqual([]);
		expect(started.bodies()[0]).toEqual({
			...{ created_by_user_email: inviter, first_name: 'First0', last_name: 'Last' },
			email: 'a@x.example',
		});
	});

	it('takes 300 rows with one look at the list', async () => {
		started = await startNode();
		const emails = Array.from({ length: 300 }, (_, index) => `p${index}@x.example`);
		const { json } = await createMany(rowsOf(...emails));
		expect(new Set(resultsOf(json))).toEqual(new Set(['invited']));
		expect(started.requests()).toHaveLength(1 + 300);
	});

	it('skips who was invited before, whatever the case and the spaces', async () => {
		started = await startNode();
		started.jofi.account.invite({ email: 'Linda.Sample@Example.com' });
		const { json } = await createMany(rowsOf(' linda.sample@example.COM ', 'new@x.example'));
		expect(json).toMatchObject([
			{
				result: 'skipped',
				reason: 'JOFI lists an invitation to this address, with the ID 31004.',
				invitationId: '31004',
				assessmentUrl: expect.stringContaining('/welcome/'),
				isGuardComplete: true,
			},
			{ result: 'invited' },
		]);
		expect(started.requests()).toEqual(['GET /invitations', POST]);
	});

	it('recognizes rows that are there twice', async () => {
		started = await startNode();
		const { json } = await createMany(rowsOf('a@x.example', 'A@X.example', 'b@x.example'));
		expect(resultsOf(json)).toEqual(['invited', 'skipped', 'invited']);
		expect(json[1]).toMatchObject({
			reason: 'An earlier item of this run has invited this address.',
			invitationId: json[0].invitationId,
		});
	});

	it('says that it has not seen all when JOFI does not list all, and looks at the test takers', async () => {
		started = await startNode({ caps: { invitations: 2 } });
		const { account } = started.jofi;
		// 31001 is no longer listed; 31002 and 31003 have accepted.
		const [old, accepted] = account.invitations;
		account.invite({ email: 'another@x.example' });
		account.invite({ email: 'one-more@x.example' });
		const { json } = await createMany(
			rowsOf(accepted.email, 'another@x.example', old.email, 'new@x.example'),
		);
		expect(started.requests().slice(0, 2)).toEqual(LISTS);
		expect(json).toMatchObject([
			{
				result: 'skipped',
				reason: 'JOFI lists a test taker with this address, with the ID 42001.',
				invitationId: String(accepted.id),
			},
			{ result: 'skipped' },
			{ result: 'invited', isGuardComplete: false },
			{ result: 'invited' },
		]);
		for (const { isGuardComplete } of json) expect(isGuardComplete).toBe(false);
	});

	it.each([
		['names no address', { data: [{ id: 1 }] }, false],
		[
			'counts more than it lists',
			{ total_count: 5, data: [{ id: 1, email: 'a@b.example' }] },
			false,
		],
		['counts nothing', { data: [{ id: 1, email: 'a@b.example' }] }, true],
		['is empty', { total_count: 0, data: [] }, true],
	])('is complete or not with a list that %s', async (_, list, isGuardComplete) => {
		started = await startNode();
		const envelope = { mode: 'live', object: 'list', has_more: false };
		started.jofi.fail({ match: LISTS[0], status: 200, body: { ...envelope, ...list } });
		const { json } = await createMany(rowsOf('new@x.example'));
		expect(json).toMatchObject([{ result: 'invited', isGuardComplete }]);
	});

	it('invites everybody again, and looks at nothing, without the guard', async () => {
		started = await startNode();
		const { json } = await createMany(rowsOf('a@x.example', 'a@x.example'), { skipInvited: false });
		expect(resultsOf(json)).toEqual(['invited', 'invited']);
		expect(json[0].isGuardComplete).toBeNull();
		expect(started.requests()).toEqual([POST, POST]);
	});

	it('has a reason for each row that fails, and the others go out', async () => {
		started = await startNode();
		const rows = rowsOf('a@x.example', undefined, 'not an address', 'b@x.example');
		const { status, json, hints } = await createMany(rows);
		expect(status).toBe('success');
		expect(resultsOf(json)).toEqual(['invited', 'failed', 'failed', 'invited']);
		expect(json[1]).toMatchObject({
			...{ row: 2, firstName: 'First1', email: null, invitationId: null },
			reason: 'Email is empty. Give it a value for this item.',
		});
		expect(json[2].reason).toMatch(
			/^JOFI did not accept the request: .*sent_to_email \(the field Email\).* must be a valid email\. /,
		);
		expect(hints.map(({ message }) => message)).toEqual([
			'Some invitations failed: their items have the result failed, and the reason.',
		]);
	});

	it('tries an address again that JOFI refused, and not one of which the outcome is unknown', async () => {
		started = await startNode();
		started.jofi.fail({ match: POST, status: 400, body: { error: 'No' } });
		started.jofi.fail({ match: POST, status: 503, after: 1 });
		const { json } = await createMany(
			rowsOf('refused@x.example', 'refused@x.example', 'unknown@x.example', 'unknown@x.example'),
		);
		expect(resultsOf(json)).toEqual(['failed', 'invited', 'failed', 'skipped']);
		expect(json[2].reason).toContain('the request may have gone through');
		expect(json[3].reason).toContain('JOFI may have done it although the request failed');
		expect(started.requests()).toEqual(['GET /invitations', POST, POST, POST]);
	});

	it('sends nothing if it cannot look who was invited, and tries that once', async () => {
		started = await startNode();
		started.jofi.fail({
			...{ match: LISTS[0], status: 503, headers: { 'retry-after': '60' }, times: Infinity },
		});
		const { json } = await createMany(rowsOf('a@x.example', 'b@x.example', 'c@x.example'));
		expect(resultsOf(json)).toEqual(['failed', 'failed', 'failed']);
		for (const { reason } of json) expect(reason).toMatch(/^JOFI is not available at the moment\./);
		expect(started.requests()).toEqual(['GET /invitations']);
	});

	it.each([{ skipInvited: true }, { skipInvited: false }])(
		'stops asking when the key is not accepted: %j',
		async (parameters) => {
			started = await startNode();
			const { json } = await started.run(
				'invitation:createMany',
				{ ...each, ...parameters },
				{ items: rowsOf('a@x.example', 'b@x.example'), ...started.withKey('sk_live_wrong') },
			);
			expect(resultsOf(json)).toEqual(['failed', 'failed']);
			for (const { reason } of json) expect(reason).toMatch(/^The API key was not accepted\./);
			expect(started.requests()).toHaveLength(1);
		},
	);

	it('refuses a test key before it looks at anything', async () => {
		started = await startNode();
		const { json } = await started.run('invitation:createMany', each, {
			items: rowsOf('a@x.example'),
			...started.withKey(started.jofi.keys.test),
		});
		expect(json).toMatchObject([
			{ result: 'failed', reason: expect.stringContaining('would reach nobody') },
		]);
		expect(started.requests()).toEqual([]);
	});
});

describe('Create with Skip Persons Already Invited', () => {
	const options = { skipInvited: true };

	/** @param {ReturnType<typeof rowsOf>} items @param {object} [changes] */
	const create = (items, changes) =>
		started.run('invitation:create', { ...each, options }, { items, ...changes });

	it('returns the invitation that exists, and says so', async () => {
		started = await startNode();
		const [open] = started.jofi.account.invitations;
		const { json } = await create(rowsOf(open.email.toUpperCase(), 'new@x.example'));
		expect(json).toMatchObject([
			{
				...{ id: open.id, assessment_url: open.assessment_url, mode: 'live', result: 'skipped' },
				...{ reason: expect.stringContaining(String(open.id)), isGuardComplete: true },
			},
			{ id: 31004, email: 'new@x.example', result: 'invited', reason: null },
		]);
		expect(started.requests()).toEqual(['GET /invitations', POST]);
	});

	it('is off unless it is turned on, and then adds nothing', async () => {
		started = await startNode();
		const [open] = started.jofi.account.invitations;
		const { json } = await started.run('invitation:create', each, { items: rowsOf(open.email) });
		expect(json[0].id).toBe(31004);
		expect(json[0]).not.toHaveProperty('isGuardComplete');
		expect(started.requests()).toEqual([POST]);
	});

	it('does not invite those again whom a run had invited that failed in the middle', async () => {
		started = await startNode();
		const rows = rowsOf('a@x.example', 'not an address', 'b@x.example');
		const failed = errorTextOf(await create(rows), []);
		expect(failed.itemIndex).toBe(1);
		rows[1].json.email = 'c@x.example';
		const { json } = await create(rows);
		expect(resultsOf(json)).toEqual(['skipped', 'invited', 'invited']);
	});
});
