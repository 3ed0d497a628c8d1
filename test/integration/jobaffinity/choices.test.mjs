import { startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started.close());

/**
 * All that a list shows, page by page as the editor asks for it.
 *
 * @param {string} method
 * @param {string} filter
 * @param {number} [most]
 */
async function shown(method, filter, most = 100) {
	const values = [];
	/** @type {any} */
	let paginationToken;
	for (let count = 0; count < most; count++) {
		const page = /** @type {any} */ (await started.search(method, filter, { paginationToken }));
		values.push(...page.results.map((/** @type {any} */ { value }) => value));
		({ paginationToken } = page);
		if (paginationToken === undefined) break;
	}
	return { values, isAll: paginationToken === undefined };
}

const FORMS = /** @type {const} */ ([
	{ links: 'relative', nextKeepsParameters: true },
	{ links: 'absolute', nextKeepsParameters: false },
	{ nextForm: 'query', nextKeepsParameters: false },
]);

describe.each(FORMS)('a list to choose from that has pages (%j)', (options) => {
	it('is shown to its end, a page at a time', async () => {
		started = await startNode(options);
		while (started.ja.account.jobs.length < 250) started.ja.account.addJob();
		const first = await started.search('job');
		expect(first?.results).toHaveLength(100);
		expect(started.paths()).toHaveLength(1);
		const { values, isAll } = await shown('job', '');
		expect([new Set(values).size, isAll]).toEqual([250, true]);
	});

	it('finds the 118th of 122 jobs', async () => {
		started = await startNode({ ...options, listOrder: 'oldest' });
		for (let number = started.ja.account.jobs.length + 1; number <= 122; number++)
			started.ja.account.addJob({ title: `Job no. ${number}` });
		expect((await started.search('job', 'no. 118'))?.results).toEqual([
			{ name: 'Job no. 118', value: String(300 + 118) },
		]);
	});

	it('finds a candidate by either name, both, or an address, whatever page it is on', async () => {
		started = await startNode({ ...options, listOrder: 'oldest' });
		const { account } = started.ja;
		for (let count = 0; count < 150; count++) account.addCandidate();
		const { id } = account.addCandidate({
			first_name: 'Maëlys',
			last_name: 'de la Tour',
			email: 'm@example.org',
			email_secondary: 'tour@example.com',
		});
		for (const typed of [
			'Maëlys',
			'de la Tour',
			'maëlys de la tour',
			'de la Tour Maëlys',
			' tour@example.com ',
			'm@example.org',
		]) {
			expect((await shown('candidate', typed)).values).toEqual([String(id)]);
		}
	});
});

test.each([
	['Noir', ['last_name=Noir', 'first_name=Noir']],
	[
		'Lea Noir',
		[
			'first_name=Lea&last_name=Noir',
			'last_name=Lea&first_name=Noir',
			'last_name=Lea+Noir',
			'first_name=Lea+Noir',
		],
	],
	['lea.work@example.com', ['email=lea.work%40example.com']],
])(
	'%s is sent to the documented filters, and the list is not paged through when they find a match',
	async (typed, queries) => {
		started = await startNode();
		expect((await shown('candidate', typed)).values).toEqual(['7001']);
		expect(started.paths()).toEqual(queries.map((query) => `candidate?limit=100&${query}`));
	},
);

test('part of a name or address is searched in the list, since the filters match only whole values', async () => {
	started = await startNode();
	for (const typed of ['oir', 'lea.noir@', '7001'])
		expect((await shown('candidate', typed)).values).toEqual(['7001']);
});

test('a missing entry is searched a few pages at a time, so that no list uses up the requests of a minute', async () => {
	started = await startNode();
	while (started.ja.account.jobs.length < 1200) started.ja.account.addJob();
	const page = /** @type {any} */ (await started.search('job', 'nowhere'));
	expect([page.results, typeof page.paginationToken]).toEqual([[], 'string']);
	expect(started.paths()).toHaveLength(5);
	expect(await shown('job', 'nowhere')).toEqual({ values: [], isAll: true });
});

test.each([
	'{"search":0,"link":"https://evil.example/restapi/v1/job","hasFound":false}',
	'{"search":-1,"hasFound":false}',
	'nonsense',
	'{}',
])('a token that it did not give leads nowhere else: %s', async (paginationToken) => {
	started = await startNode();
	const outcome = await started
		.search('job', '', { paginationToken })
		.catch((error) => error.message);
	if (paginationToken.includes('evil'))
		expect(outcome).toBe('A link leads away from JobAffinity, and was not followed');
	else expect(/** @type {any} */ (outcome).results).toHaveLength(3);
});
