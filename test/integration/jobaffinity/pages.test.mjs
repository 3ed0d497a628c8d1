import { startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started.close());

/**
 * A node for an account of so many jobs.
 *
 * @param {number} count
 * @param {Parameters<typeof startNode>[0]} [options]
 */
async function withJobs(count, options) {
	started = await startNode(options);
	const { account } = started.ja;
	while (account.jobs.length < count) account.addJob();
	return started;
}

const ofCircle =
	"JobAffinity's pages led in a circle, so reading stopped where they repeat. There may be more records.";

describe.each(
	/** @type {const} */ ([
		['relative', true, ''],
		['absolute', true, null],
		['relative', false, 'absent'],
		['absolute', false, ''],
	]),
)(
	'pages with %s links that keep the query (%s) and end with %j',
	(links, nextKeepsParameters, lastNext) => {
		it('250 jobs are three and the root', async () => {
			const { run, requests } = await withJobs(250, { links, nextKeepsParameters, lastNext });
			const { json, hints } = await run('job:getAll', { returnAll: true });
			expect(new Set(json.map(({ id }) => id)).size).toBe(250);
			expect(json).toHaveLength(250);
			expect(hints).toEqual([]);
			expect(requests()[0]).toBe('GET /restapi/v1');
			expect(requests().slice(1)).toEqual([
				'GET /restapi/v1/job?limit=100',
				expect.stringMatching(/pagecursor=\d+/),
				expect.stringMatching(/pagecursor=\d+/),
			]);
			for (const request of requests().slice(1))
				expect(request.match(/limit=100/g)).toHaveLength(1);
		});

		it('120 jobs are two', async () => {
			const { run, requests } = await withJobs(250, { links, nextKeepsParameters, lastNext });
			const { json } = await run('job:getAll', { limit: 120 });
			expect(new Set(json.map(({ id }) => id)).size).toBe(120);
			expect(requests()).toHaveLength(3);
		});

		it('those beyond Limit are not requested', async () => {
			const { run, requests } = await withJobs(150, { links, nextKeepsParameters, lastNext });
			expect((await run('job:getAll', { limit: 100 })).json).toHaveLength(100);
			expect((await run('job:getAll', { limit: 7 })).json).toHaveLength(7);
			expect(requests()).toEqual([
				'GET /restapi/v1',
				'GET /restapi/v1/job?limit=100',
				'GET /restapi/v1/job?limit=7',
			]);
		});

		it('filters apply to every page', async () => {
			const { run, ja } = await withJobs(3, { links, nextKeepsParameters, lastNext });
			for (let count = 0; count < 110; count++)
				ja.account.addCandidate({ first_name: 'Ada', pools: ['Logistics', 'Alumni'] });
			for (let count = 0; count < 110; count++)
				ja.account.addCandidate({ first_name: 'Bea', pools: ['Logistics', 'Alumni'] });
			const filters = { firstName: 'Ada', pools: ['Logistics', 'Alumni'] };
			const { json } = await run('candidate:getAll', { returnAll: true, filters });
			expect(json).toHaveLength(110);
			expect(json.every(({ first_name }) => first_name === 'Ada')).toBe(true);
		});
	},
);

describe('a circle of pages', () => {
	const page = (/** @type {number} */ id, /** @type {string} */ next) => ({
		_status: 'OK',
		_next: next,
		items: [{ id }],
	});

	it.each([
		['the page itself', ['/restapi/v1/job'], 1],
		['the page with its size', ['/restapi/v1/job?limit=100'], 1],
		['the page, absolute', ['ORIGIN/restapi/v1/job'], 1],
		[
			'an earlier page',
			[
				'/restapi/v1/job?pagecursor=2',
				'/restapi/v1/job?pagecursor=3',
				'/restapi/v1/job?pagecursor=2',
			],
			3,
		],
		['the first page', ['/restapi/v1/job?pagecursor=2', 'ORIGIN/restapi/v1/job'], 2],
	])('back to %s ends with what was read, and says so', async (_, links, count) => {
		const { run, ja, requests } = await withJobs(3);
		for (const [number, link] of links.entries()) {
			ja.fail({
				match: '/job',
				status: 200,
				body: page(number, link.replace('ORIGIN', ja.origin)),
			});
		}
		const { status, json, hints } = await run('job:getAll', { returnAll: true });
		expect(status).toBe('success');
		expect(json.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, number) => number));
		expect(hints).toEqual([{ type: 'warning', location: 'outputPane', message: ofCircle }]);
		expect(requests()).toHaveLength(1 + count);
	});

	it('is of no account when Limit is reached before', async () => {
		const { run, ja } = await withJobs(3);
		ja.fail({ match: '/job', status: 200, body: page(1, '/restapi/v1/job') });
		const { json, hints } = await run('job:getAll', { limit: 1 });
		expect([json, hints]).toEqual([[{ id: 1 }], []]);
	});
});

test('a page that cannot be read leaves no half of a list', async () => {
	const { run, ja, secrets } = await withJobs(250);
	ja.fail({ match: 'pagecursor', status: 403 });
	expect(errorTextOf(await run('job:getAll', { returnAll: true }), secrets).message).toBe(
		'The API user may not see this',
	);
});

test('the 45 requests of a minute go at once', async () => {
	const { run, ja } = await withJobs(3, { rateLimit: 45 });
	const before = Date.now();
	const items = Array.from({ length: 45 }, () => ({ json: {} }));
	const { status, hints } = await run('job:get', { job: '301' }, { items });
	expect([status, hints, ja.requests.length]).toEqual(['success', [], 45]);
	expect(Date.now() - before).toBeLessThan(5000);
});
