import { expectShape } from '../outputs.mjs';
import { GENERATIONS, REFUSALS, withNode } from './emptyAccount.mjs';

const THE_IDS =
	/^Check both IDs\. Process: Get shows those of the steps\. "Permission denied" means/;

describe.each(GENERATIONS)('moving an application, %s generation', (generation) => {
	it('posts both IDs as numbers, and outputs them with the answer, which has none', () =>
		withNode(
			async ({ provider, run, requests, bodies }) => {
				const { id } = provider.account.apply();
				const { status, output } = await run('stepChange:create', {
					application: `${id}`,
					stepId: ' 21 ',
				});
				expect(status).toBe('success');
				expect(output).toEqual([
					{
						json: { _status: 'OK', _actions: [], application_id: id, process_step_id: 21 },
						pairedItem: { item: 0 },
					},
				]);
				expectShape(
					'JobAffinity',
					'stepChange:create',
					output.map(({ json }) => json),
				);
				expect(requests()).toEqual(['POST /restapi/v1/step']);
				expect(bodies()).toEqual([{ application_id: id, process_step_id: 21 }]);
				expect(provider.account.get('application', id).step.name).toBe('Interview');
			},
			{ generation },
		));

	it('takes the application from the item, by its ID or by the link of a delivery', () =>
		withNode(
			async ({ provider, run, bodies }) => {
				const ids = [provider.account.apply().id, provider.account.apply().id];
				const links = ids.map((id, index) => ({
					json: { id: index === 0 ? id : `${provider.base}/application/${id}?a=1` },
				}));
				const { json } = await run(
					'stepChange:create',
					{ application: '={{ $json.id }}', stepId: '={{ 25 }}' },
					{ items: links },
				);
				expect(json.map(({ application_id }) => application_id)).toEqual(ids);
				expect(bodies()).toEqual(ids.map((id) => ({ application_id: id, process_step_id: 25 })));
			},
			{ generation },
		));
});

/** @param {string} value */
const byName = (value) => ({ __rl: true, mode: 'name', value });

describe.each(GENERATIONS)(
	'moving an application to a step by its name, %s generation',
	(generation) => {
		it.each([
			['Interview', byName('Interview')],
			['interview', byName('  INTERVIEW ')],
			['a text in place of the whole parameter', '={{ $json.step }}'],
		])('finds the step in the process of its job: %s', (_, stepId) =>
			withNode(
				async ({ provider, run, requests, bodies }) => {
					const { id } = provider.account.apply();
					const { json } = await run(
						'stepChange:create',
						{ application: `${id}`, stepId },
						{ items: [{ json: { step: 'Interview' } }] },
					);
					expect(json).toMatchObject([{ application_id: id, process_step_id: 21 }]);
					expect(bodies()).toEqual([{ application_id: id, process_step_id: 21 }]);
					expect(requests()).toEqual([
						`GET /restapi/v1/application/${id}`,
						'GET /restapi/v1/job/301',
						'GET /restapi/v1/process/12',
						'POST /restapi/v1/step',
					]);
				},
				{ generation },
			),
		);

		it('reads a job and its process once for all items of a run', () =>
			withNode(
				async ({ provider, run, requests }) => {
					const ids = [0, 0, 2].map((job) =>
						provider.account.apply({ jobId: provider.account.jobs[job].id }),
					);
					const { json } = await run(
						'stepChange:create',
						{ application: '={{ $json.id }}', stepId: byName('={{ $json.step }}') },
						{
							items: ids.map(({ id }, index) => ({
								json: { id, step: index < 2 ? 'Offer' : 'Trial day' },
							})),
						},
					);
					expect(json.map(({ process_step_id }) => process_step_id)).toEqual([22, 22, 31]);
					expect(requests()).toHaveLength(3 * 2 + 2 * 2);
				},
				{ generation },
			));

		it.each(['Intervew', 'Trial day', 'toString'])(
			'lists the steps when there is none with this name: %s',
			(name) =>
				withNode(
					async ({ provider, refused, requests }) => {
						const { id } = provider.account.apply();
						const { message, description, itemIndex } = await refused('stepChange:create', {
							application: `${id}`,
							stepId: byName(name),
						});
						expect(message).toBe(`The process "Standard" has no step "${name}"`);
						expect(description).toBe(
							'Its steps are New (20), Interview (21), Offer (22), Hired (25), Rejected (26). Use one of these names, or an ID.',
						);
						expect(itemIndex).toBe(0);
						expect(requests().join()).not.toContain('POST');
					},
					{ generation },
				),
		);

		it('lists the steps when several have this name, unless one has exactly this spelling', () =>
			withNode(
				async ({ provider, run, refused, bodies }) => {
					provider.account.processes[0].steps.push(
						{ id: 27, name: 'interview', status: 'CURRENT' },
						{ id: 28, name: 'Offer', status: 'END' },
					);
					const { id } = provider.account.apply();
					const parameters = { application: `${id}` };
					const { message, description } = await refused('stepChange:create', {
						...parameters,
						stepId: byName('Offer'),
					});
					expect(message).toBe('The process "Standard" has several steps "Offer"');
					expect(description).toMatch(
						/^Choose the step by its ID\. Its steps are New \(20\), .*Offer \(22\), .*Offer \(28\)\.$/,
					);
					expect(
						(await refused('stepChange:create', { ...parameters, stepId: byName('INTERVIEW') }))
							.message,
					).toBe('The process "Standard" has several steps "INTERVIEW"');
					await run('stepChange:create', { ...parameters, stepId: byName('interview') });
					expect(bodies()).toEqual([{ application_id: id, process_step_id: 27 }]);
				},
				{ generation },
			));
	},
);

describe('moving an application by the name of a step', () => {
	it.each([
		['/application/', { job: null }, 'JobAffinity does not show the job of the application 41001'],
		['/job/', { process: {} }, 'JobAffinity does not show the process of the application 41001'],
	])('says which way is missing: %s', (match, shown, message) =>
		withNode(async ({ provider, refused, requests }) => {
			const { id } = provider.account.apply();
			provider.fail({ match, status: 200, body: { _status: 'OK', id: 1, ...shown } });
			const error = await refused('stepChange:create', {
				application: `${id}`,
				stepId: byName('Offer'),
			});
			expect(error).toMatchObject({
				message,
				description: 'Choose the step by its ID: Process: Get shows the IDs of the steps.',
			});
			expect(requests().join()).not.toContain('POST');
		}),
	);

	it('bounds what it lists, whatever the names are', () =>
		withNode(async ({ provider, refused }) => {
			const { id } = provider.account.apply();
			const steps = Array.from({ length: 500 }, (_, index) => ({
				id: index,
				name: 'x'.repeat(5000),
			}));
			provider.fail({
				match: '/process/',
				status: 200,
				body: { _status: 'OK', id: 12, steps: { items: [null, 'text', ...steps] } },
			});
			const { message, description } = await refused('stepChange:create', {
				application: `${id}`,
				stepId: byName('Offer'),
			});
			expect(message).toBe('The process "12" has no step "Offer"');
			expect(description.length).toBeLessThan(6000);
		}));

	it('does not follow a link of the job that leads elsewhere', () =>
		withNode(async ({ provider, refused, requests }) => {
			const { id } = provider.account.apply();
			provider.fail({
				match: '/job/',
				status: 200,
				body: {
					_status: 'OK',
					id: 301,
					process: { _self: 'https://evil.example/restapi/v1/process/1' },
				},
			});
			const { message } = await refused('stepChange:create', {
				application: `${id}`,
				stepId: byName('Offer'),
			});
			expect(message).toBe('A link leads away from JobAffinity, and was not followed');
			expect(requests()).toHaveLength(2);
		}));
});

describe('a step change that is refused', () => {
	it.each([
		['an application that there is none of', { application: '999' }, 'application_id: Not found'],
		['a step that there is none of', { stepId: '999' }, 'process_step_id: Not found'],
		['a step of another process', { stepId: '31' }, 'process_step_id: Not found'],
	])('names what JobAffinity rejects: %s', (_, changes, reason) =>
		withNode(async ({ provider, refused, requests }) => {
			const { id } = provider.account.apply();
			const { message, description, itemIndex } = await refused('stepChange:create', {
				application: id,
				stepId: '21',
				...changes,
			});
			expect(message).toBe(`JobAffinity did not accept the request: ${reason}`);
			expect(description).toMatch(THE_IDS);
			expect(itemIndex).toBe(0);
			expect(requests()).toHaveLength(1);
		}),
	);

	it('says what Permission denied means', () =>
		withNode(async ({ provider, refused }) => {
			const { id } = provider.account.apply();
			provider.account.forbidden.add(id);
			const { message, description } = await refused('stepChange:create', {
				application: id,
				stepId: '21',
			});
			expect(message).toBe(
				'JobAffinity did not accept the request: application_id: Permission denied',
			);
			expect(description).toContain('the API user has no access to the record with this ID');
		}));

	it.each([
		['application', '={{ "" }}', 'Application is empty'],
		['application', 'seven', 'Application is not an ID'],
		['application', '/restapi/v1/application/', 'Application is not an ID'],
		['stepId', '={{ " " }}', 'Step is empty'],
		['stepId', { __rl: true, mode: 'name', value: '={{ "" }}' }, 'Step is empty'],
		['stepId', { __rl: true, mode: 'id', value: 'Interview' }, 'Step is not an ID'],
		['stepId', '-1', 'Step is not an ID'],
		['stepId', '2.5', 'Step is not an ID'],
		['stepId', '9'.repeat(16), 'Step is not an ID'],
	])('is not sent when %s is %j', (name, value, message) =>
		withNode(async ({ refused, requests }) => {
			expect(
				await refused('stepChange:create', { application: '410', stepId: '21', [name]: value }),
			).toMatchObject({ message });
			expect(requests()).toEqual([]);
		}),
	);

	it.each(REFUSALS)('is reported with $status', ({ status, message, description }) =>
		withNode(async ({ provider, refused, requests }) => {
			provider.fail({ match: 'POST /restapi/v1/step', status });
			const reason = await refused('stepChange:create', { application: '410', stepId: '21' });
			expect(reason).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
				httpCode: `${status}`,
			});
			expect(requests()).toHaveLength(1);
		}),
	);

	it.each([500, 0])('is posted once, since it may have been made: %s', (status) =>
		withNode(async ({ provider, refused, requests }) => {
			provider.fail({ match: 'POST /restapi/v1/step', status, times: Infinity });
			const { description } = await refused('stepChange:create', {
				application: '410',
				stepId: '21',
			});
			expect(description).toContain('the request may have gone through, and would be repeated');
			expect(requests()).toHaveLength(1);
		}),
	);

	it('becomes an item with On Error: Continue, and the others go on', () =>
		withNode(async ({ provider, run }) => {
			const items = ['999', provider.account.apply().id].map((id) => ({ json: { id } }));
			const { json } = await run(
				'stepChange:create',
				{ application: '={{ $json.id }}', stepId: '21' },
				{ items, onError: 'continueRegularOutput' },
			);
			expect(json).toEqual([
				{
					error: 'JobAffinity did not accept the request: application_id: Not found',
					message: expect.stringMatching(THE_IDS),
				},
				expect.objectContaining({ _status: 'OK', process_step_id: 21 }),
			]);
		}));
});

describe.each(GENERATIONS)('the step changes, %s generation', (generation) => {
	it('come as JobAffinity gives them, with what both generations have under one name', () =>
		withNode(
			async ({ provider, run, requests }) => {
				const { id } = provider.account.apply();
				provider.account.move(id, 21);
				const { json } = await run('stepChange:getAll', { returnAll: true });
				expectShape('JobAffinity', 'stepChange:getAll', json);
				const changes = [...provider.account.stepChanges].reverse();
				expect(
					json.map(({ changeId, stepName, stepStatus, applicationLink }) => [
						changeId,
						stepName,
						stepStatus,
						applicationLink,
					]),
				).toEqual(
					changes.map(({ change_id, step }) => [
						change_id,
						step.name,
						step.status,
						`/restapi/v1/application/${id}`,
					]),
				);
				expect(json[0].stepId).toBe(21);
				expect(requests()).toEqual(['GET /restapi/v1/step?limit=100']);
				const raw = await run('stepChange:getAll', { limit: 1, output: 'raw' });
				expect(raw.json[0]).toMatchObject(
					generation === 'new'
						? { change_id: changes[0].change_id, id: 21, name: 'Interview' }
						: { id: changes[0].change_id, step: { id: 21, name: 'Interview' } },
				);
				expect(raw.json[0]).not.toHaveProperty('stepName');
			},
			{ generation },
		));

	it.each([
		['candidateEmail', ' lea.work@example.com', ['lea.noir@example.org']],
		['jobReference', 'BU-26-01', ['omar.blanc@example.org']],
		['stepStatus', 'CURRENT', ['omar.blanc@example.org']],
		['stepName', 'Interview', ['omar.blanc@example.org']],
		['sinceId', 90001, ['omar.blanc@example.org', 'omar.blanc@example.org']],
	])('can be narrowed down by %s', (name, value, emails) =>
		withNode(
			async ({ provider, run, requests }) => {
				const { account } = provider;
				const [lea, omar] = account.candidates;
				account.apply({ candidateId: lea.id });
				const { id } = account.apply({ candidateId: omar.id, jobId: account.jobs[1].id });
				account.move(id, 21);
				const { json, status } = await run('stepChange:getAll', { filters: { [name]: value } });
				expect(status).toBe('success');
				const found = json.map(
					({ applicationLink }) =>
						account.get('application', applicationLink.split('/').at(-1)).candidateId,
				);
				const wanted = name === 'jobReference' ? [...emails, ...emails] : emails;
				expect(found.map((each) => account.get('candidate', each).email)).toEqual(wanted);
				expect(requests()).toHaveLength(1);
			},
			{ generation },
		),
	);

	it('are read no further than Limit needs', () =>
		withNode(
			async ({ provider, run, requests }) => {
				for (let count = 0; count < 130; count++) provider.account.apply();
				expect((await run('stepChange:getAll', { limit: 30 })).json).toHaveLength(30);
				expect(requests()).toEqual(['GET /restapi/v1/step?limit=30']);
				expect((await run('stepChange:getAll', { returnAll: true })).json).toHaveLength(130);
				expect(requests()).toHaveLength(3);
			},
			{ generation },
		));
});

test.each([
	['that were never there', { nextKeepsParameters: false }],
	['in absolute links', { links: /** @type {const} */ ('absolute') }],
])('filters and page size are on every page: %s', (_, options) =>
	withNode(async ({ provider, run, requests }) => {
		for (let count = 0; count < 130; count++) provider.account.apply();
		provider.account.move(provider.account.applications[0].id, 21);
		expect(
			(await run('stepChange:getAll', { returnAll: true, filters: { stepStatus: 'START' } })).json,
		).toHaveLength(130);
		expect(requests()).toHaveLength(2);
		for (const request of requests())
			expect(request).toMatch(/^(?=.*limit=100)(?=.*step_status=START)/);
	}, options),
);

test('no key of JobAffinity is replaced by one of ours', () =>
	withNode(async ({ provider, run }) => {
		const item = {
			changeId: 'theirs',
			stepName: null,
			change_id: 5,
			name: 'New',
			application: null,
		};
		provider.fail({ match: 'GET', status: 200, body: { _status: 'OK', items: [item] } });
		expect((await run('stepChange:getAll')).json).toEqual([
			{
				...{ stepName: null, stepStatus: null, application: null },
				...{ changeId: 'theirs', stepId: null, applicationLink: null },
			},
		]);
		provider.fail({ match: 'GET', status: 200, body: { _status: 'OK', items: [item] } });
		expect((await run('stepChange:getAll', { output: 'raw' })).json).toEqual([item]);
	}));

test.each(REFUSALS)(
	'a refused list of step changes is reported with $status',
	({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'GET', status });
			expect(await refused('stepChange:getAll')).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
);

test('filters that JobAffinity rejects are named', () =>
	withNode(async ({ refused }) => {
		const { message } = await refused('stepChange:getAll', {
			filters: { candidateEmail: 'nobody', stepStatus: '={{ "GONE" }}' },
		});
		expect(message).toBe(
			'JobAffinity did not accept the request: candidate_email: Not a valid email; step_status: Not a valid choice',
		);
	}));
