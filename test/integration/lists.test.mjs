import { inMemory, run as runInnovativeEducators } from './innovative-educators/node.mjs';
import { startNode as startJobAffinity } from './jobaffinity/node.mjs';
import { startNode as startJofi } from './jofi/node.mjs';
import { declaredSchema, expectShape } from './outputs.mjs';
import { startNode as startRegpack } from './regpack/node.mjs';

/** What is left out of a list is in the data: published workflows and AI agents see no hints. */

/** @type {{ close(): unknown } | undefined} */
let started;
afterEach(() => started?.close());

/** @template {{ close(): unknown }} Node @param {Node} node */
function toClose(node) {
	started = node;
	return node;
}

/** @param {string} folder @param {string} name @param {unknown[]} items */
function expectListShape(folder, name, items) {
	expect(declaredSchema(folder, name)).toHaveProperty('shape._list');
	expectShape(folder, name, items);
}

const LIMIT = 'Limit was reached, and there are more: raise it, or turn on Return All.';
const LIMIT_MAYBE = 'Limit was reached, and there may be more: raise it, or turn on Return All.';

/** @param {{ json: any[] }} run @param {object} info */
function expectPartial({ json }, info) {
	expect(json).not.toEqual([]);
	for (const { _list } of json)
		expect(_list).toEqual({ isComplete: false, returned: json.length, total: null, ...info });
}

describe('JOFI', () => {
	const reason =
		'JOFI returned only its newest 2 of 3 invitations. Its API has no paging, so the others cannot be read.';

	it('says in each item that it has more than it gives', async () => {
		const { run } = toClose(await startJofi({ caps: { invitations: 2 } }));
		const all = await run('invitation:getAll', { returnAll: true });
		expectPartial(all, { total: 3, reason });
		expectListShape('Jofi', 'invitation:getAll', all.json);
		expectPartial(await run('invitation:getAll', { limit: 2 }), { total: 3, reason });
	});

	it('says so in the items of each input item, with any Output', async () => {
		const { run } = toClose(await startJofi({ caps: { testTakers: 1 } }));
		for (const output of ['simplified', 'selected', 'raw']) {
			const { json } = await run(
				'testTaker:getAll',
				{ returnAll: true, output, fieldsToInclude: ['email'] },
				{ items: [{ json: {} }, { json: {} }] },
			);
			expect(json).toMatchObject(
				Array(2).fill({ _list: { isComplete: false, returned: 1, total: 2 } }),
			);
		}
	});

	it('marks a list that Limit cut short, without a hint', async () => {
		const { run } = toClose(await startJofi());
		const limited = await run('invitation:getAll', { limit: 1 });
		expectPartial(limited, { total: 3, reason: LIMIT });
		expect(limited.hints).toEqual([]);
	});

	it('does not mark a complete list', async () => {
		const { run } = toClose(await startJofi());
		for (const parameters of [{ returnAll: true }, { limit: 3 }]) {
			const { json } = await run('invitation:getAll', parameters);
			expect(json.map(({ _list }) => _list)).toEqual([undefined, undefined, undefined]);
		}
	});
});

describe('JobAffinity', () => {
	/** @param {number} count */
	async function withJobs(count) {
		const node = toClose(await startJobAffinity());
		while (node.ja.account.jobs.length < count) node.ja.account.addJob();
		return node;
	}

	it.each([
		[7, LIMIT_MAYBE],
		[100, LIMIT_MAYBE],
		[120, LIMIT],
	])('says that there are, or may be, more than a Limit of %d', async (limit, reason) => {
		const { run } = await withJobs(150);
		const limited = await run('job:getAll', { limit });
		expectPartial(limited, { reason });
		expect(limited.hints).toEqual([]);
		expectListShape('JobAffinity', 'job:getAll', limited.json);
	});

	it('does not mark a list when Limit covers everything', async () => {
		const { run } = await withJobs(100);
		for (const parameters of [{ limit: 100 }, { limit: 101 }, { returnAll: true }]) {
			expect((await run('job:getAll', parameters)).json.filter(({ _list }) => _list)).toEqual([]);
		}
	});

	it('is sure of it where the last page that was read has more', async () => {
		const { run, ja } = await withJobs(1);
		for (let at = 0; at < 5; at++)
			ja.account.recordTask({
				event: 'ProcessStepChange',
				at,
				response_status: 500,
				response_body: '',
				applicationId: 41001,
			});
		const limited = await run('webhookCall:getAll', { limit: 3, filters: { failedOnly: true } });
		expectPartial(limited, { reason: LIMIT });
		expectListShape('JobAffinity', 'webhookCall:getAll', limited.json);
	});

	it('says that reading ended in a circle', async () => {
		const { run, ja } = await withJobs(1);
		ja.fail({
			match: '/job',
			status: 200,
			body: { _status: 'OK', _next: '/restapi/v1/job', items: [{ id: 1 }] },
		});
		expectPartial(await run('job:getAll', { returnAll: true }), {
			reason: expect.stringContaining('in a circle'),
		});
	});

	it('says what the health of webhooks is based on when it is not the newest calls', async () => {
		const { run, ja } = await withJobs(1);
		const items = ['01', '02'].map((second) => ({
			datetime: `2026-03-05 14:00:${second}`,
			response_status: 200,
		}));
		ja.fail({
			match: 'GET',
			status: 200,
			body: { _status: 'OK', items, _next: '/restapi/v1/webhook/task?pagecursor=1' },
		});
		const { json } = await run('webhook:getStatus', { callsToCheck: 2 });
		expect(json).toMatchObject([
			{
				calls: 2,
				_list: {
					isComplete: false,
					returned: 2,
					reason: expect.stringContaining('may not be the newest'),
				},
			},
		]);
		expectListShape('JobAffinity', 'webhook:getStatus', json);
	});
});

describe('Regpack', () => {
	it('says that Limit kept some back, and how many there are', async () => {
		const { run } = toClose(await startRegpack());
		const limited = await run('user:getAll', { limit: 1 });
		expectPartial(limited, { total: expect.any(Number), reason: LIMIT });
		expect(limited.hints).toEqual([]);
		expectListShape('Regpack', 'user:getAll', limited.json);
	});

	it('says of many users that there are more than 60', async () => {
		const node = toClose(await startRegpack());
		for (let count = 0; count < 100; count++)
			node.regpack.account.register({ first_name: 'Dee', last_name: String(count) });
		for (const limit of [50, 60])
			expectPartial(await node.run('user:getAll', { limit }), {
				total: expect.any(Number),
				reason: LIMIT,
			});
	});

	it('does not mark a complete list', async () => {
		const { run } = toClose(await startRegpack());
		const { json } = await run('user:getAll', { returnAll: true });
		for (const parameters of [{ returnAll: true }, { limit: json.length + 1 }]) {
			expect((await run('user:getAll', parameters)).json.filter(({ _list }) => _list)).toEqual([]);
		}
	});
});

it("Innovative Educators' nightly file says that rows were skipped", async () => {
	const content = Buffer.from(
		'[{"event":"courseCompletion","id":"1","courseId":"7"},{"event":"other"},{"event":"courseCompletion","id":"2","courseId":"7"}]',
	);
	const file = inMemory({ name: 'nightly.json', mimeType: 'application/json', content });
	const parsed = await runInnovativeEducators('nightlyExport:parse', {}, { items: [file] });
	expectPartial(parsed, {
		reason: expect.stringMatching(/^One row was skipped in nightly\.json\. Object 2 /),
	});
	expectListShape('InnovativeEducators', 'nightlyExport:parse', parsed.json);
	const { json } = await runInnovativeEducators(
		'nightlyExport:parse',
		{ onInvalidRow: 'separate' },
		{ items: [file] },
	);
	expect(json.filter(({ _list }) => _list)).toEqual([]);
});
