import { expectShape } from '../outputs.mjs';
import { GENERATIONS, REFUSALS, withNode } from './emptyAccount.mjs';

const given = {
	of: 'candidate',
	candidate: '7001',
	organisationId: '55',
	text: '<p>Called back</p>',
};

describe.each(GENERATIONS)('a note, %s generation', (generation) => {
	it('is posted with numeric IDs and its text unchanged, and outputs its IDs with the answer', () =>
		withNode(
			async ({ provider, run, requests, bodies }) => {
				const text = ' <p style="color:red">Called <b>back</b></p>\n';
				const { output } = await run('note:create', { ...given, text });
				expect(output).toEqual([
					{
						json: { _status: 'OK', _actions: [], candidate_id: 7001, organisation_id: 55 },
						pairedItem: { item: 0 },
					},
				]);
				expectShape(
					'JobAffinity',
					'note:create',
					output.map(({ json }) => json),
				);
				expect(requests()).toEqual(['POST /restapi/v1/note']);
				expect(bodies()).toEqual([{ candidate_id: 7001, organisation_id: 55, text }]);
				expect(provider.account.notes).toMatchObject([
					{ candidateId: 7001, organisationId: 55, text: ' <p>Called <b>back</b></p>\n' },
				]);
			},
			{ generation, postActions: [] },
		));

	it('is on the candidate of the item, by ID or link', () =>
		withNode(
			async ({ run, bodies }) => {
				const items = [7002, '/restapi/v1/candidate/7003'].map((candidate) => ({
					json: { candidate, number: 5 },
				}));
				const { status } = await run(
					'note:create',
					{ ...given, candidate: '={{ $json.candidate }}', text: '={{ $json.number }}' },
					{ items },
				);
				expect(status).toBe('success');
				expect(bodies()).toEqual(
					[7002, 7003].map((candidate_id) => ({ candidate_id, organisation_id: 55, text: '5' })),
				);
			},
			{ generation },
		));

	it('is on the candidate of an application, for the organisation of its job', () =>
		withNode(
			async ({ provider, run, requests, bodies }) => {
				const [, , { id: jobId }] = provider.account.jobs;
				const { id } = provider.account.apply({ candidateId: 7002, jobId });
				const { json } = await run('note:create', { application: `${id}`, text: 'Called back' });
				const ids = { candidate_id: 7002, organisation_id: 56 };
				expect(json).toEqual([expect.objectContaining({ _status: 'OK', ...ids })]);
				expectShape('JobAffinity', 'note:create', json);
				expect(bodies()).toEqual([{ ...ids, text: 'Called back' }]);
				expect(requests()).toEqual([
					`GET /restapi/v1/application/${id}`,
					`GET /restapi/v1/job/${jobId}`,
					'POST /restapi/v1/note',
				]);
			},
			{ generation },
		));

	it('is found among all, among those of its candidate and among those of an application', () =>
		withNode(
			async ({ provider, run, requests }) => {
				const { account } = provider;
				const application = account.apply({ candidateId: 7002 });
				const [first, second] = [
					account.note({ candidateId: 7001 }),
					account.note({ candidateId: 7002 }),
				];
				/** @param {Record<string, unknown>} parameters */
				const ids = async (parameters) => {
					const { json } = await run('note:getAll', parameters);
					expectShape('JobAffinity', 'note:getAll', json);
					return json.map(({ id }) => id);
				};
				expect(await ids({})).toEqual([second.id, first.id]);
				expect(await ids({ of: 'candidate', candidate: '7001' })).toEqual([first.id]);
				expect(
					await ids({
						of: 'candidate',
						candidate: { __rl: true, mode: 'link', value: '/restapi/v1/candidate/7002' },
					}),
				).toEqual([second.id]);
				expect(
					await ids({ of: 'application', application: application.id, returnAll: true }),
				).toEqual([second.id]);
				expect(requests()).toEqual([
					'GET /restapi/v1/note?limit=50',
					'GET /restapi/v1/candidate/7001',
					'GET /restapi/v1/note?candidate_id=7001&limit=50',
					'GET /restapi/v1/candidate/7002',
					'GET /restapi/v1/note?candidate_id=7002&limit=50',
					`GET /restapi/v1/application/${application.id}`,
					'GET /restapi/v1/note?candidate_id=7002&limit=100',
				]);
			},
			{ generation },
		));

	it('is one of pages, which are read no further than Limit needs', () =>
		withNode(
			async ({ provider, run, requests }) => {
				for (let count = 0; count < 250; count++) provider.account.note();
				expect((await run('note:getAll', { limit: 30 })).json).toHaveLength(30);
				expect(requests()).toHaveLength(1);
				expect(
					(await run('note:getAll', { of: 'candidate', candidate: 7001, limit: 150 })).json,
				).toHaveLength(150);
				expect(requests()).toHaveLength(1 + 1 + 2);
				expect((await run('note:getAll', { returnAll: true })).json).toHaveLength(250);
				expect(requests()).toHaveLength(4 + 3);
			},
			{ generation },
		));
});

describe('a note that is refused', () => {
	it('names both IDs when the API user may not see either', () =>
		withNode(async ({ provider, refused, requests }) => {
			for (const id of [7001, 55]) provider.account.forbidden.add(id);
			const { message, description } = await refused('note:create', given);
			expect(message).toBe(
				'JobAffinity did not accept the request: candidate_id: Permission denied; organisation_id: Permission denied',
			);
			expect(description).toMatch(
				/^Check both IDs\. Job: Get shows that of the organisation\. "Permission denied" means/,
			);
			expect(requests()).toHaveLength(1);
		}));

	it.each([
		['candidate', '={{ "" }}', 'Candidate is empty'],
		['candidate', 'Lea', 'Candidate is not an ID'],
		['organisationId', '={{ null }}', 'Organisation ID is empty'],
		['organisationId', 'Nord', 'Organisation ID is not an ID'],
		['text', '={{ "" }}', 'Text is empty'],
		['text', '={{ " \\n" }}', 'Text is empty'],
	])('is not sent when %s is "%s"', (name, value, message) =>
		withNode(async ({ refused, requests }) => {
			expect(await refused('note:create', { ...given, [name]: value })).toMatchObject({ message });
			expect(requests()).toEqual([]);
		}),
	);

	it.each([
		['/application/', { candidate: null, job: { id: 301 } }, 'the candidate of'],
		['/application/', { candidate: { id: 7001 } }, 'the job of'],
		['/job/', { organisation: null }, 'the organisation of'],
	])('says what JobAffinity does not show of an application: %s %j', (match, shown, what) =>
		withNode(async ({ provider, refused, requests }) => {
			const { id } = provider.account.apply();
			provider.fail({ match, status: 200, body: { _status: 'OK', id: 1, ...shown } });
			expect(await refused('note:create', { application: `${id}`, text: 'Hi' })).toMatchObject({
				message: `JobAffinity does not show ${what} the application ${id}`,
				description: 'Choose the candidate instead, and give the organisation.',
			});
			expect(requests().join()).not.toContain('POST');
		}),
	);

	it('says that there is no such application, or none that the API user may see', () =>
		withNode(async ({ provider, refused }) => {
			expect(await refused('note:create', { application: '999', text: 'Hi' })).toMatchObject({
				message: 'JobAffinity has no application with the ID 999',
			});
			const { id } = provider.account.apply();
			provider.account.forbidden.add(301);
			expect(await refused('note:create', { application: `${id}`, text: 'Hi' })).toMatchObject({
				message: 'The API user may not see the job with the ID 301',
			});
		}));

	it.each(REFUSALS)('is reported with $status', ({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'POST /restapi/v1/note', status });
			expect(await refused('note:create', given)).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
	);

	it.each([500, 0])('is posted once, since it may have been written: %s', (status) =>
		withNode(async ({ provider, refused, requests }) => {
			provider.fail({ match: 'POST', status, times: Infinity });
			const { description } = await refused('note:create', given);
			expect(description).toContain('would be repeated');
			expect(requests()).toHaveLength(1);
		}),
	);
});

describe('notes that are refused', () => {
	it.each([
		['candidate', 'JobAffinity has no candidate with the ID 999'],
		['application', 'JobAffinity has no application with the ID 999'],
	])('name the %s that does not exist', (of, message) =>
		withNode(async ({ refused, requests }) => {
			expect(await refused('note:getAll', { of, [of]: '999' })).toMatchObject({ message });
			expect(requests()).toHaveLength(1);
		}),
	);

	it('name the candidate that the API user may not see', () =>
		withNode(async ({ provider, refused }) => {
			provider.account.forbidden.add(7001);
			expect(await refused('note:getAll', { of: 'candidate', candidate: 7001 })).toMatchObject({
				message: 'The API user may not see the candidate with the ID 7001',
			});
		}));

	it.each(REFUSALS)('are reported with $status', ({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'GET /restapi/v1/note', status });
			expect(await refused('note:getAll')).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
	);

	it('say that the record has no link to its notes', () =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'GET', status: 200, body: { _status: 'OK', id: 7001 } });
			expect(await refused('note:getAll', { of: 'candidate', candidate: 7001 })).toMatchObject({
				message: 'JobAffinity gave no link to the notes of the candidate 7001',
				itemIndex: 0,
			});
		}));

	it.each(['https://evil.example/restapi/v1/note', '//evil.example/restapi/v1/note', '/other'])(
		'do not follow a link to %s',
		(_self) =>
			withNode(async ({ provider, refused, requests }) => {
				provider.fail({
					match: 'GET',
					status: 200,
					body: { _status: 'OK', id: 7001, notes: { _self } },
				});
				const { message } = await refused('note:getAll', { of: 'candidate', candidate: 7001 });
				expect(message).toBe('A link leads away from JobAffinity, and was not followed');
				expect(requests()).toHaveLength(1);
			}),
	);
});
