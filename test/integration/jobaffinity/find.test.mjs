import { expectShape } from '../outputs.mjs';
import { GENERATIONS, REFUSALS, withNode } from './emptyAccount.mjs';

/** Operations and filters that find records, and how far they read. */

describe.each(GENERATIONS)('a candidate by email, %s generation', (generation) => {
	it.each([
		['lea.noir@example.org', [7001]],
		[' LEA.Noir@example.org ', [7001]],
		['lea.work@example.com', [7001]],
	])('is found by the primary or the secondary address: %j', (email, ids) =>
		withNode(
			async ({ run, requests }) => {
				const { json, hints } = await run('candidate:getByEmail', { email });
				expect(json.map(({ id }) => id)).toEqual(ids);
				expect(json).toMatchObject([{ found: true, searchedEmail: email.trim() }]);
				expectShape('JobAffinity', 'candidate:getByEmail', json);
				expect(hints).toEqual([]);
				expect(requests()).toEqual([
					'GET /restapi/v1',
					`GET /restapi/v1/candidate?limit=100&email=${encodeURIComponent(email.trim())}`,
				]);
			},
			{ generation },
		),
	);

	it('is an item that says so if there is none, and the flow goes on', () =>
		withNode(
			async ({ run, requests }) => {
				const { json, status } = await run('candidate:getByEmail', { email: 'nobody@example.org' });
				expect(status).toBe('success');
				expect(json).toEqual([{ found: false, searchedEmail: 'nobody@example.org' }]);
				expectShape('JobAffinity', 'candidate:getByEmail', json);
				expect(requests()).toHaveLength(2);
			},
			{ generation },
		));

	it('is each of several with the same address', () =>
		withNode(
			async ({ provider, run }) => {
				const { id } = provider.account.addCandidate({ email: 'omar.blanc@example.org' });
				const { json } = await run('candidate:getByEmail', { email: 'omar.blanc@example.org' });
				expect(json.map(({ id: each }) => each).sort()).toEqual([7002, id]);
			},
			{ generation },
		));

	it('is tried in lower case, if JobAffinity should mind the case', () =>
		withNode(
			async ({ run, requests }) => {
				const { json } = await run('candidate:getByEmail', { email: 'Lea.Noir@Example.org' });
				expect(json).toMatchObject([{ id: 7001, found: true }]);
				expect(requests()).toHaveLength(3);
			},
			{ generation, emailSearch: 'exact' },
		));

	it('is compared, if JobAffinity should not search, and says what was not looked at', () =>
		withNode(
			async ({ provider, run, requests }) => {
				const { id } = provider.account.addCandidate({ email: 'first@example.org' });
				for (let count = 0; count < 300; count++) provider.account.addCandidate();
				const found = await run('candidate:getByEmail', { email: 'first@example.org' });
				expect(found.json.map((each) => each.id)).toEqual([id]);
				for (let count = 0; count < 900; count++) provider.account.addCandidate();
				const first = requests().length;
				const { json, hints } = await run('candidate:getByEmail', { email: 'first@example.org' });
				expect(requests(first)).toHaveLength(10);
				expect(json).toEqual([
					{
						found: false,
						searchedEmail: 'first@example.org',
						_list: {
							isComplete: false,
							returned: 1,
							total: null,
							reason: expect.stringMatching(
								/^JobAffinity listed more than 1,000 candidates for this address, .*among the others\.$/,
							),
						},
					},
				]);
				expectShape('JobAffinity', 'candidate:getByEmail', json);
				expect(hints).toHaveLength(1);
			},
			{ generation, emailSearch: 'ignored' },
		));
});

describe('a candidate by email', () => {
	it('is nobody else, whoever JobAffinity lists', () =>
		withNode(async ({ provider, run }) => {
			const other = { id: 7002, email: 'omar.blanc@example.org', email_secondary: '' };
			provider.fail({ match: 'email=', status: 200, body: { _status: 'OK', items: [other] } });
			const { json } = await run('candidate:getByEmail', { email: 'lea.noir@example.org' });
			expect(json).toEqual([{ found: false, searchedEmail: 'lea.noir@example.org' }]);
		}));

	it('needs an address', () =>
		withNode(async ({ refused, requests }) => {
			expect(await refused('candidate:getByEmail', { email: '={{ " " }}' })).toMatchObject({
				message: 'Email is empty',
				itemIndex: 0,
			});
			expect(requests()).toEqual([]);
		}));

	it('says that pages lead in a circle', () =>
		withNode(async ({ provider, run }) => {
			provider.fail({
				match: 'email=',
				status: 200,
				body: { _status: 'OK', items: [], _next: '/restapi/v1/candidate?limit=100&email=a@b.cd' },
				times: 2,
			});
			const { json } = await run('candidate:getByEmail', { email: 'a@b.cd' });
			expect(json).toMatchObject([
				{ found: false, _list: { reason: expect.stringContaining('led in a circle') } },
			]);
		}));

	it.each(REFUSALS)('is refused with $status', ({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'email=', status });
			expect(await refused('candidate:getByEmail', { email: 'a@b.cd' })).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
	);
});

describe.each([
	['new', 'thin'],
	['new', 'full'],
	['old', 'thin'],
	['old', 'full'],
])('jobs of the %s generation in a %s list', (generation, jobListItem) => {
	const options = /** @type {any} */ ({ generation, jobListItem });
	const isThin = jobListItem === 'thin';

	it.each([
		[{ title: ' WARE' }, [301], 0],
		[{ title: 'er' }, [303, 302], 0],
		[{ statuses: ['CLOSED'] }, [303], 3],
		[{ statuses: ['closed', 'DRAFT'] }, [303], 3],
		[{ statuses: ['PUBLISHED'], title: 'buy' }, [302], 1],
		[{ statuses: ['CLOSED'], title: 'buy' }, [], 1],
		[{ statuses: [], title: ' ' }, [303, 302, 301], 0],
	])('are those that pass %j', (filters, ids, more) =>
		withNode(async ({ run, requests }) => {
			const { json, status } = await run('job:getAll', { filters, returnAll: true });
			expect(status).toBe('success');
			expect(json.map(({ id }) => id)).toEqual(ids);
			expectShape('JobAffinity', 'job:getAll', json);
			expect(requests()).toHaveLength(2 + (isThin ? more : 0));
			if ('statuses' in filters && ids.length === 1) expect(json[0]).toHaveProperty('status');
		}, options),
	);

	it('are read no further than Limit needs, and say that there may be more', () =>
		withNode(async ({ provider, run, requests }) => {
			for (let count = 0; count < 150; count++) provider.account.addJob({ title: 'Picker' });
			const { json } = await run('job:getAll', {
				filters: { statuses: ['PUBLISHED'], title: 'picker' },
				limit: 2,
			});
			expect(json).toMatchObject(
				Array(2).fill({ title: 'Picker', _list: { isComplete: false, returned: 2 } }),
			);
			expect(requests()).toHaveLength(2 + (isThin ? 2 : 0));
			const { json: all } = await run('job:getAll', { filters: { title: 'picker' }, limit: 120 });
			expect(all).toHaveLength(120);
			expect(requests()).toHaveLength(2 + (isThin ? 2 : 0) + 2);
		}, options));
});
