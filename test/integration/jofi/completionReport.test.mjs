import { errorTextOf } from '../errorText.mjs';
import { startSlowly } from '../../providers/shared/slow.mjs';
import { runOperation } from '../core.mjs';
import { IDS, startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started?.close());

/** @param {Record<string, unknown>} [parameters] */
const report = (parameters) => started.run('testTaker:getCompletionReport', parameters);

describe('Get Completion Report', () => {
	it('has a row for each test taker, for 1 request and 1 more for each', async () => {
		started = await startNode();
		const { json, hints } = await report();
		expect(started.requests()).toEqual([
			...['GET /test-takers', `GET /test-takers/${IDS.finished}`],
			`GET /test-takers/${IDS.testTaker}`,
		]);
		expect(json).toMatchObject([
			{
				testTakerId: String(IDS.finished),
				completed: 3,
				total: 3,
				allCompleted: true,
				completedAssessments:
					'JOFI Personality Traits, JOFI Thinking Skills, JOFI Career Interests',
				openAssessments: null,
			},
			{
				...{ mode: 'live', testTakerId: String(IDS.testTaker), name: 'Avery Stone 31002' },
				...{ firstName: 'Avery', lastName: 'Stone 31002', email: '31002@example.org' },
				...{ personId: 'cand-0002', customId: 'REQ-9', team: 'Campus Hiring' },
				...{ invitedBy: 'robin.hale@example.com', invitedAt: expect.any(String) },
				...{ completed: 1, total: 3, allCompleted: false },
				completedAssessments: 'JOFI Personality Traits',
				openAssessments: 'JOFI Thinking Skills, JOFI Career Interests',
				lastCompletedAt: expect.any(String),
				scorecardUrl: expect.stringContaining('/scorecard'),
				assessmentUrl: expect.stringContaining('/welcome/'),
				assessments: [
					{ id: '6', shortName: 'Personality', status: 'completed', countsForScore: true },
					{ id: '7', status: 'assigned' },
					{ id: '8', status: 'assigned' },
				],
				error: null,
			},
		]);
		expect(json[1].assessments[0].completedAt).toBe(json[1].lastCompletedAt);
		expect(hints).toEqual([]);
	});

	it.each([
		[{ customIds: ['req-7'] }, 1],
		[{ teams: ['56', 'Nobody'] }, 1],
		[{ teams: ['career coaching'] }, 1],
		[{ customIds: ['REQ-9'], teams: ['Career Coaching'] }, 0],
	])('asks only for those that pass the filters: %j', async (filters, count) => {
		started = await startNode();
		const { account } = started.jofi;
		account.accept(account.invite({ custom_id: 'REQ-7', team_id: 56 }).id);
		const { json } = await report({ filters });
		expect(json).toHaveLength(count);
		expect(started.requests()).toHaveLength(1 + count);
	});

	it('asks for no more than Limit', async () => {
		started = await startNode();
		const { json } = await report({ limit: 1 });
		expect(json).toMatchObject([{ _list: { isComplete: false, returned: 1, total: 2 } }]);
		expect(started.requests()).toHaveLength(2);
	});

	it('says that JOFI does not list all', async () => {
		started = await startNode({ caps: { testTakers: 1 } });
		const { json, hints } = await report({ returnAll: true });
		const reason =
			'JOFI returned only its newest 1 of 2 test takers. Its API has no paging, so the others cannot be read.';
		expect(json).toMatchObject([{ _list: { isComplete: false, reason } }]);
		expect(hints.map(({ message }) => message)).toEqual([reason]);
	});

	it('has a row for one that cannot be read, with the reason, and the others', async () => {
		started = await startNode();
		started.jofi.fail({
			...{ match: `/test-takers/${IDS.finished}`, status: 400 },
			body: { error: 'Test taker not found' },
		});
		const { status, json, hints } = await report();
		expect(status).toBe('success');
		expect(json).toMatchObject([
			{
				...{ testTakerId: String(IDS.finished), email: '31003@example.org', completed: null },
				...{ total: null, allCompleted: null, assessments: [], openAssessments: null },
				error: expect.stringContaining('JOFI said: Test taker not found.'),
			},
			{ testTakerId: String(IDS.testTaker), completed: 1, error: null },
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			'Some test takers could not be read: their rows have the reason in error.',
		]);
	});

	it('fails when the key is not accepted', async () => {
		started = await startNode();
		started.jofi.fail({
			...{ match: 'GET /test-takers/', status: 404 },
			body: { error: 'Account not found for API key' },
			times: Infinity,
		});
		expect(errorTextOf(await report(), []).message).toBe('The API key was not accepted');
	});

	it('counts what is used for scoring', async () => {
		started = await startNode();
		started.jofi.account.leaveUnscored(IDS.testTaker, 7);
		const [, row] = (await report()).json;
		expect(row).toMatchObject({ completed: 1, total: 2, assessments: [{}, {}, {}] });
	});

	it('reads a few at once, and keeps the order of the list', async () => {
		started = await startNode();
		const { account, base, keys } = started.jofi;
		for (let count = 0; count < 10; count++) account.accept(account.invite().id);
		const slow = await startSlowly(base, (path) =>
			Math.max(5, 60 - Number(/\d$/.exec(path)?.[0]) * 5),
		);
		const { json } = await runOperation(
			{ credentials: { jofiApi: { apiKey: keys.live, baseUrl: slow.base } } },
			...['jofi', 'testTaker:getCompletionReport'],
		);
		await slow.close();
		expect(json.map(({ testTakerId }) => testTakerId)).toEqual(
			account.testTakers.map(({ id }) => String(id)).reverse(),
		);
		expect(slow.most()).toBe(4);
	});
});
