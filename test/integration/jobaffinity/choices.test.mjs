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

describe.each(/** @type {const} */ (['new', 'old']))(
	'the applications to choose from, %s generation',
	(generation) => {
		it.each(/** @type {const} */ (['newest', 'oldest']))(
			'are those that moved last, listed %s first',
			async (stepOrder) => {
				started = await startNode({ generation, stepOrder });
				const { account } = started.ja;
				for (let count = 0; count < 150; count++) account.apply();
				const { id } = account.apply();
				account.move(started.ids.application, 25);
				const { results, paginationToken } = /** @type {any} */ (
					await started.search('application')
				);
				expect(results.slice(0, 2)).toEqual(
					generation === 'new'
						? [
								{
									name: 'Lea Noir (lea.noir@example.org) – Warehouse Lead (Hired)',
									value: String(started.ids.application),
								},
								{
									name: 'Lea Noir (lea.noir@example.org) – Warehouse Lead (New)',
									value: String(id),
								},
							]
						: [
								{
									name: `Application ${started.ids.application} (Hired)`,
									value: String(started.ids.application),
								},
								{ name: `Application ${id} (New)`, value: String(id) },
							],
				);
				expect(paginationToken).toBeUndefined();
			},
		);

		it('are found by the email address of the candidate, however long ago they moved', async () => {
			started = await startNode({ generation });
			const { account } = started.ja;
			for (let count = 0; count < 150; count++) account.apply();
			expect((await shown('application', 'omar.blanc@example.org')).values).toEqual([
				String(started.ids.withoutCv),
			]);
			expect(started.paths()).toEqual(['step?limit=100&candidate_email=omar.blanc%40example.org']);
		});

		it('are the steps of the process of the one that is chosen', async () => {
			started = await startNode({ generation });
			const { application } = started.ids;
			for (const value of [
				String(application),
				{ __rl: true, mode: 'id', value: application },
				{ __rl: true, mode: 'link', value: `/restapi/v1/application/${application}` },
			]) {
				const steps = await started.search('step', '', {
					node: { type: 'jobAffinity', parameters: { application: value } },
				});
				expect(steps?.results).toEqual([
					{ name: 'New (20)', value: '20' },
					{ name: 'Interview (21)', value: '21' },
					{ name: 'Offer (22)', value: '22' },
					{ name: 'Hired (25)', value: '25' },
					{ name: 'Rejected (26)', value: '26' },
				]);
			}
		});
	},
);

test('part of a name is searched among the changes, a few pages at a time', async () => {
	started = await startNode();
	for (let count = 0; count < 1200; count++) started.ja.account.apply();
	const page = /** @type {any} */ (await started.search('application', 'omar'));
	expect([page.results, typeof page.paginationToken]).toEqual([[], 'string']);
	expect(started.paths()).toHaveLength(5);
	expect((await shown('application', 'omar buy')).values).toEqual([]);
	expect((await shown('application', 'omar ware')).values).toEqual([String(started.ids.withoutCv)]);
});

test.each([
	['nothing', undefined],
	['an expression', '={{ $json.id }}'],
	['an empty list', { __rl: true, mode: 'list', value: '' }],
])('the steps say that the application is not chosen yet: %s', async (_, application) => {
	started = await startNode();
	await expect(
		started.search('step', '', {
			node: { type: 'jobAffinity', parameters: { application } },
		}),
	).rejects.toThrow('The steps are those of the application, and it is not chosen yet');
	expect(started.paths()).toEqual([]);
});
