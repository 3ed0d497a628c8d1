import {
	courses,
	people,
	populated as completed,
	START,
	startNode as startThoughtIndustries,
} from './innovative-educators/api.mjs';
import { byId, startNode as startJobAffinity } from './jobaffinity/node.mjs';
import { PARAMETERS as JOFI } from './jofi/operations.mjs';
import { startNode as startJofi } from './jofi/node.mjs';
import { expectShape } from './outputs.mjs';
import { startNode as startRegpack } from './regpack/node.mjs';

/** Get Count: a number that says whether it is exact, for a bounded number of requests. */

/** @type {{ close(): unknown } | undefined} */
let started;
afterEach(() => started?.close());

/** @template {{ close(): unknown }} Node @param {Node} node */
function toClose(node) {
	started = node;
	return node;
}

/** @param {number} count */
const exactly = (count) => ({ count, isAtLeast: false, reason: null });

describe('JOFI', () => {
	const COUNTS = {
		'assessment:getCount': 4,
		'careerNavigationProfile:getCount': 1,
		'emailTemplate:getCount': 3,
		'invitation:getCount': 3,
		'scoreProfile:getCount': 2,
		'team:getCount': 2,
		'testTaker:getCount': 2,
		'user:getCount': 3,
	};

	test('every list is counted here', () => {
		expect(Object.keys(COUNTS)).toEqual(
			Object.keys(JOFI)
				.filter((name) => name.endsWith(':getCount'))
				.sort(),
		);
	});

	it.each(Object.entries(COUNTS))('counts with one request: %s', async (name, count) => {
		const { run, requests } = toClose(await startJofi());
		const { json } = await run(name);
		expect(json).toEqual([{ ...exactly(count), mode: 'live' }]);
		expectShape('Jofi', name, json);
		expect(requests()).toHaveLength(1);
	});

	it('counts those that JOFI does not list, too', async () => {
		const { run, requests } = toClose(await startJofi({ caps: { invitations: 2 } }));
		const { json, hints } = await run('invitation:getCount');
		expect(json).toEqual([{ ...exactly(3), mode: 'live' }]);
		expect([requests(), hints]).toEqual([['GET /invitations'], []]);
	});

	/** What is counted of an answer. @param {object} answer */
	async function countOf(answer) {
		const { run, jofi } = toClose(await startJofi());
		const body = { mode: 'live', object: 'list', ...answer };
		jofi.fail({ match: '/teams', status: 200, body });
		return (await run('team:getCount')).json[0];
	}

	const data = [{ id: 1 }, { id: 2 }];

	it.each([
		[
			'it has more',
			{ data, has_more: true },
			'JOFI returned only its newest 2 teams. Its API has no paging, so the others cannot be read.',
		],
		['nothing', { data }, 'JOFI listed 2 teams and did not say whether it has more.'],
		[
			'a total below what it lists',
			{ data, total_count: 1 },
			'JOFI listed 2 teams and did not say whether it has more.',
		],
		[
			'a total that is text',
			{ data, total_count: '70' },
			'JOFI listed 2 teams and did not say whether it has more.',
		],
	])('says that there are at least as many as listed if JOFI says %s', async (_, body, reason) => {
		expect(await countOf(body)).toEqual({ count: 2, isAtLeast: true, reason, mode: 'live' });
	});

	it('is exact if JOFI says that it has no more', async () => {
		expect(await countOf({ data, has_more: false })).toMatchObject(exactly(2));
		expect(await countOf({ data: [], has_more: false })).toMatchObject(exactly(0));
	});

	it('fails for an answer without a list', async () => {
		const { run, jofi } = toClose(await startJofi());
		jofi.fail({ match: '/teams', status: 200, body: { total_count: 7 } });
		expect((await run('team:getCount')).status).toBe('error');
	});

	it('says of a test key that what it counts is made up', async () => {
		const { run, withKey, jofi } = toClose(await startJofi());
		const { json, hints } = await run('team:getCount', {}, withKey(jofi.keys.test));
		expect(json).toMatchObject([{ mode: 'test' }]);
		expect(hints).toHaveLength(1);
	});
});

describe('JobAffinity', () => {
	const STOPPED =
		'Counting stopped after 10 pages of up to 100, as JobAffinity states no total. Get Many with Return All reads the rest.';

	it.each([
		[7, exactly(7), 1],
		[250, exactly(250), 3],
		[1000, exactly(1000), 10],
		[1001, { count: 1000, isAtLeast: true, reason: STOPPED }, 10],
		[2500, { count: 1000, isAtLeast: true, reason: STOPPED }, 10],
	])('counts %d jobs, reading at most ten pages', async (count, expected, pages) => {
		const { run, ja, paths } = toClose(await startJobAffinity());
		while (ja.account.jobs.length < count) ja.account.addJob();
		const { json, hints } = await run('job:getCount');
		expect(json).toEqual([expected]);
		expectShape('JobAffinity', 'job:getCount', json);
		expect(paths()).toHaveLength(pages);
		expect(hints).toEqual([]);
	});

	it.each([
		['candidate:getCount', {}, 3],
		['candidate:getCount', { filters: { firstName: 'Lea' } }, 1],
		['candidate:getCount', { filters: { pools: ['Logistics', 'Management'] } }, 1],
		['application:getCount', { of: 'job', job: byId(301) }, 2],
		['application:getCount', { of: 'job', job: byId(302) }, 0],
		['application:getCount', { of: 'candidate', candidate: byId(7001) }, 1],
		['stepChange:getCount', {}, 3],
		['stepChange:getCount', { filters: { stepName: 'Interview' } }, 1],
		['note:getCount', {}, 2],
		['note:getCount', { of: 'candidate', candidate: byId(7001) }, 1],
		['webhookCall:getCount', {}, 3],
		['webhookCall:getCount', { filters: { failedOnly: true } }, 2],
		['webhookCall:getCount', { filters: { event: 'Other' } }, 1],
	])('%s with %j counts what Get Many finds', async (name, parameters, count) => {
		const { run, ja, ids } = toClose(await startJobAffinity());
		ja.account.note({ candidateId: 7001 });
		ja.account.note({ candidateId: 7002 });
		for (const [event, response_status] of /** @type {const} */ ([
			['ProcessStepChange', 500],
			['ProcessStepChange', 200],
			['Other', 503],
		])) {
			const call = { event, response_status, response_body: '', at: 0 };
			ja.account.recordTask({ ...call, applicationId: ids.application });
		}
		expect((await run(name, parameters)).json).toEqual([exactly(count)]);
		const many = await run(name.replace('getCount', 'getAll'), { ...parameters, returnAll: true });
		expect(many.json).toHaveLength(count);
	});

	it('says that reading ended in a circle', async () => {
		const { run, ja } = toClose(await startJobAffinity());
		const body = { _status: 'OK', _next: '/restapi/v1/job', items: [{ id: 1 }] };
		ja.fail({ match: '/job', status: 200, body });
		expect((await run('job:getCount')).json).toMatchObject([
			{ isAtLeast: true, reason: expect.stringContaining('in a circle') },
		]);
	});

	it('stops after ten pages, however few of their records count', async () => {
		const { run, ja, paths } = toClose(await startJobAffinity());
		for (let at = 0; at < 1100; at++) {
			const call = { event: 'ProcessStepChange', response_status: 200, response_body: '', at };
			ja.account.recordTask({ ...call, applicationId: 41001 });
		}
		const { json } = await run('webhookCall:getCount', { filters: { failedOnly: true } });
		expect(json).toEqual([{ count: 0, isAtLeast: true, reason: STOPPED }]);
		expect(paths()).toHaveLength(10);
	});
});

describe('Regpack', () => {
	const CHILDREN =
		'Regpack does not document whether its total counts children. In a project without families, the count is exact.';

	/**
	 * @param {Parameters<typeof startRegpack>[0]} options
	 * @param {[parents: number, settings?: { childrenEach?: number }]} population besides two parents
	 * and a child
	 */
	async function populated(options, ...population) {
		const node = toClose(await startRegpack(options));
		node.regpack.account.populate(...population);
		return node;
	}

	it.each(/** @type {const} */ (['all', 'parents']))(
		'is exact where one page has everybody, whatever its total counts: %s',
		async (totalCounts) => {
			const { run, requests } = await populated({ totalCounts }, 20, { childrenEach: 1 });
			expect((await run('user:getCount')).json).toEqual([exactly(43)]);
			expect(requests()).toHaveLength(1);
		},
	);

	it.each(
		/** @type {const} */ ([
			['all', 1, 203],
			['parents', 1, 103],
			['all', 0, 103],
		]),
	)(
		'says that more may be children: total of %s, %d children each',
		async (totalCounts, childrenEach, least) => {
			const count = totalCounts === 'parents' ? least - 1 : least;
			const { run, requests } = await populated({ totalCounts }, 100, { childrenEach });
			const { json } = await run('user:getCount');
			expect(json).toEqual([{ count, isAtLeast: true, reason: CHILDREN }]);
			expectShape('Regpack', 'user:getCount', json);
			expect(requests()).toHaveLength(1);
		},
	);

	it('never gives fewer than it has read', async () => {
		const { run } = await populated({ totalCounts: 'parents' }, 60, { childrenEach: 2 });
		const [{ count }] = (await run('user:getCount')).json;
		expect(count).toBeGreaterThan(62);
	});

	it.each(/** @type {const} */ (['number', 'text']))(
		'is exact for parents only, with one request, and a total that is a %s',
		async (totals) => {
			const { run, requests } = await populated({ totals }, 1200, { childrenEach: 1 });
			const { json } = await run('user:getCount', { filters: { family: 'only_parents' } });
			expect(json).toEqual([exactly(1202)]);
			expect(requests()).toHaveLength(1);
		},
	);

	it.each([
		[{ excluded: 'only_excluded' }, 1],
		[{ family: 'only_children' }, 1],
		[{ excluded: 'with_excluded' }, 3],
	])('counts those that the filters leave: %j', async (filters, count) => {
		const { run, regpack, ids } = toClose(await startRegpack());
		regpack.account.setStatus(ids.other, 70013);
		expect((await run('user:getCount', { filters })).json).toEqual([exactly(count)]);
	});

	it('counts nobody in an empty project, and those of the project that it names', async () => {
		const { run } = toClose(await startRegpack());
		expect((await run('user:getCount', { projectId: '100000001' })).json).toEqual([exactly(0)]);
	});

	it('says so if Regpack states no total', async () => {
		const { run, regpack } = toClose(await startRegpack());
		const users = Array.from({ length: 50 }, (_, index) => ({ clogin_id: String(index) }));
		regpack.fail({ match: 'get_user_list', status: 200, body: { users, children: [] } });
		expect((await run('user:getCount')).json).toEqual([
			{
				...{ count: 50, isAtLeast: true },
				reason: 'Regpack did not say how many users there are beyond the first 50.',
			},
		]);
	});
});

describe('Thought Industries', () => {
	const STOPPED = 'Counting stopped after 10 pages. Get Many with Return All reads the rest.';

	it.each([
		[0, exactly(0), 1],
		[25, exactly(25), 3],
		[100, exactly(100), 10],
		[101, { count: 100, isAtLeast: true, reason: STOPPED }, 10],
		[250, { count: 100, isAtLeast: true, reason: STOPPED }, 10],
	])('counts %d records of each list, reading at most ten pages', async (total, count, pages) => {
		const { completions } = completed(total);
		const lists = { users: people(total), content: courses(total), completions };
		const { run, requests } = toClose(
			await startThoughtIndustries({
				...{ ...lists, enrollments: completions, perPage: 10, pageSize: 10 },
			}),
		);
		for (const [index, name] of [
			'completion:getCount',
			'course:getCount',
			'enrollment:getCount',
			'user:getCount',
		].entries()) {
			const { json, hints } = await run(name);
			expect([name, json, hints]).toEqual([name, [count], []]);
			expect(requests()).toHaveLength((index + 1) * pages);
			expectShape('InnovativeEducators', name, json);
		}
	});

	it('says that there may be more where full pages say nothing of the next', async () => {
		const { run } = toClose(
			await startThoughtIndustries({ users: people(100), perPage: 10, listInfo: 'none' }),
		);
		expect((await run('user:getCount')).json).toEqual([
			{ count: 100, isAtLeast: true, reason: STOPPED },
		]);
	});

	it('counts completions once each, also where the pages lead nowhere', async () => {
		const { completions } = completed(12);
		const { run } = toClose(
			await startThoughtIndustries({ completions, pageSize: 5, cursors: 'stuck' }),
		);
		expect((await run('completion:getCount')).json).toMatchObject([
			{ count: 12, isAtLeast: true, reason: expect.stringContaining('brought nothing new') },
		]);
	});

	it.each([
		['completion:getCount', { filters: { courseTitle: ['orientation'] } }, 30],
		['completion:getCount', { filters: { courseTitle: ['another'] } }, 0],
		['completion:getCount', { options: { userId: 'learner-2' } }, 1],
		['completion:getCount', { since: new Date(START + 20 * 60_000).toISOString() }, 10],
		['enrollment:getCount', { until: new Date(START + 4 * 60_000).toISOString() }, 5],
		['user:getCount', { role: 'manager' }, 3],
	])('%s with %j counts what Get Many finds', async (name, parameters, count) => {
		const { completions } = completed(30);
		const { run } = toClose(
			await startThoughtIndustries({
				...{ completions, enrollments: completions, users: people(6), narrows: false },
			}),
		);
		expect((await run(name, parameters)).json).toEqual([exactly(count)]);
		const many = await run(name.replace('getCount', 'getAll'), { ...parameters, returnAll: true });
		expect(many.json).toHaveLength(count);
	});

	it('counts completions without recording them as known', async () => {
		const { run } = toClose(
			await startThoughtIndustries({ completions: completed(3).completions }),
		);
		const workflow = { workflowId: 'counted', mode: /** @type {const} */ ('trigger') };
		const count = async () => (await run('completion:getCount', {}, workflow)).json;
		expect(await count()).toEqual([exactly(3)]);
		const known = { returnAll: true, skipKnownEvents: true };
		expect((await run('completion:getAll', known, workflow)).json).toHaveLength(3);
		expect(await count()).toEqual([exactly(3)]);
	});
});
