import {
	AT_ONCE,
	deliveryOf,
	endOfTest,
	failAll,
	HIRED,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	keysOf,
	OFFER,
	publishedTriggerOf,
	requestsOf,
	STEP_CHANGED,
	stepsOf,
	triggerOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

/** @param {JobAffinity} ja @param {Partial<Parameters<typeof triggerOf>[1]>} [setting] */
const published = (ja, setting) => publishedTriggerOf(ja, { ...setting });

const GENERATIONS = /** @type {const} */ (['new', 'old']);

describe.each(GENERATIONS)(
	'when the list of changes fails after the application: %s generation',
	(generation) => {
		/** @param {Record<string, string[]>} [chosen] */
		async function withoutList(chosen = {}) {
			const ja = await jobAffinityForTest({ generation });
			const { id } = ja.account.apply();
			const trigger = await published(ja, { parameters: { filters: chosen } });
			ja.account.move(id, INTERVIEW);
			return { ja, id, trigger, isBack: ja.fail({ match: '/step', status: 500, ...AT_ONCE }) };
		}

		it('the item keeps person, job and step', async () => {
			const { id, trigger } = await withoutList();
			expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
				{
					person: { email: 'lea.noir@example.org', id: '7001' },
					application: {
						id: String(id),
						job: 'Warehouse Lead',
						jobId: '301',
						stage: 'Interview',
						originalStatus: 'CURRENT',
					},
					details: {
						status: 'partly fetched',
						error: expect.stringContaining('500'),
						change: null,
					},
				},
			]);
		});

		it.each([
			[{ steps: ['Hired'] }, 0],
			[{ stepStatuses: ['END'] }, 0],
			[{ jobs: ['Buyer'] }, 0],
			[{ steps: ['Interview'], jobs: ['301'], stepStatuses: ['CURRENT'] }, 1],
		])('filters apply: %j', async (chosen, count) => {
			const { id, trigger } = await withoutList(chosen);
			expect(await trigger.deliver(deliveryOf(id))).toHaveLength(count);
		});

		it('the change comes once more in full, with the next delivery', async () => {
			const { ja, id, trigger, isBack } = await withoutList();
			await trigger.deliver(deliveryOf(id));
			isBack();
			ja.account.move(id, OFFER);
			expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Interview', 'Offer']);
		});

		it('Retry On Fail tries again first', async () => {
			const ja = await jobAffinityForTest({ generation });
			const trigger = await published(ja, {
				node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			const { id } = ja.account.apply();
			ja.fail({ match: '/step', status: 500, ...AT_ONCE, times: 2 * 4 });
			expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
				{ details: { status: 'fetched' } },
			]);
		});
	},
);

it('a repeat is no event when the list of changes fails but the application distinguishes changes', async () => {
	const ja = await jobAffinityForTest();
	const { id } = ja.account.apply();
	const trigger = await published(ja);
	ja.fail({ match: '/step', status: 500, ...AT_ONCE });
	const items = [];
	for (const step of [INTERVIEW, OFFER, INTERVIEW]) {
		ja.account.move(id, step);
		for (let copy = 0; copy < 2; copy++) items.push(...(await trigger.deliver(deliveryOf(id))));
	}
	expect(stepsOf(items)).toEqual(['Interview', 'Offer', 'Interview']);
});

it('an application whose candidate and job cannot be fetched keeps its step, and filters apply to it: old generation', async () => {
	const ja = await jobAffinityForTest({ generation: 'old' });
	const { id } = ja.account.apply();
	const trigger = await published(ja);
	const hired = await published(ja, { parameters: { filters: { steps: ['Hired'] } } });
	const other = await published(ja, { parameters: { filters: { jobs: ['302'] } } });
	const buyer = await published(ja, { parameters: { filters: { jobs: ['Buyer'] } } });
	ja.account.move(id, INTERVIEW);
	ja.fail({ match: '/candidate/', status: 500, ...AT_ONCE });
	expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
		{
			details: { status: 'partly fetched' },
			person: { id: '7001' },
			application: { stage: 'Interview', jobId: '301' },
		},
	]);
	expect(await hired.deliver(deliveryOf(id))).toEqual([]);
	expect(await other.deliver(deliveryOf(id))).toEqual([]);
	// Nothing is known of the title.
	expect(await buyer.deliver(deliveryOf(id))).toHaveLength(1);
});

describe('a candidate without an email address whose job has no reference', () => {
	/**
	 * @param {Partial<import('./jobaffinity.mjs').Settings>} [options]
	 * @param {Record<string, unknown>} [parameters]
	 */
	async function unlisted(options, parameters) {
		const ja = await jobAffinityForTest(options);
		const { id: candidateId } = ja.account.addCandidate({ email: '' });
		const { id: jobId } = ja.account.addJob({ reference: '' });
		const { id } = ja.account.apply({ candidateId, jobId });
		return { ja, id, trigger: await published(ja, { parameters }) };
	}

	const HISTORIES = [
		{ historyOrder: /** @type {const} */ ('oldest'), historyIncludesCurrent: true },
		{ historyOrder: /** @type {const} */ ('newest'), historyIncludesCurrent: true },
		{ historyOrder: /** @type {const} */ ('oldest'), historyIncludesCurrent: false },
		{ historyOrder: /** @type {const} */ ('newest'), historyIncludesCurrent: false },
	];

	it.each(HISTORIES)(
		'runs once a change, A→B→A within one day too, and no repeat: %j',
		async (options) => {
			const { ja, id, trigger } = await unlisted(options);
			const items = [];
			for (const step of [INTERVIEW, OFFER, INTERVIEW]) {
				ja.account.move(id, step);
				for (let copy = 0; copy < 3; copy++) items.push(...(await trigger.deliver(deliveryOf(id))));
			}
			expect(stepsOf(items)).toEqual(['Interview', 'Offer', 'Interview']);
			expect(new Set(keysOf(items)).size).toBe(3);
		},
	);

	it('says why its change is not known, truly', async () => {
		const { ja, id, trigger } = await unlisted();
		ja.account.move(id, INTERVIEW);
		const [item] = await trigger.deliver(deliveryOf(id));
		expect(item).toMatchObject({
			details: { status: 'partly fetched', change: null },
			application: {
				changedByEmail: 'ana.ruiz@example.org',
				stage: 'Interview',
				previousStage: 'New',
			},
		});
		expect(item.details.error).toMatch(/email address.*reference/);
	});

	it('reports every new step of its history when deliveries come late', async () => {
		const { ja, id, trigger } = await unlisted();
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['New']);
		for (const step of [INTERVIEW, OFFER, HIRED]) ja.account.move(id, step);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Interview', 'Offer', 'Hired']);
		for (let copy = 0; copy < 2; copy++) expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('is filtered', async () => {
		const { ja, id, trigger } = await unlisted({}, { filters: { steps: ['Hired'] } });
		ja.account.move(id, INTERVIEW);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		ja.account.move(id, HIRED);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Hired']);
	});

	it('is requested again when the delivery is ahead of the application', async () => {
		const clock = hurriedClock();
		const { ja, id, trigger } = await unlisted({ clock: clock.now, applicationLagMs: 12_000 });
		clock.pass(120_000);
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
		clock.pass(120_000);
		ja.account.move(id, INTERVIEW);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['Interview']);
	});

	it('runs with each delivery in the old generation, where changes cannot be distinguished', async () => {
		const { id, trigger } = await unlisted({ generation: 'old' });
		const items = [
			...(await trigger.deliver(deliveryOf(id))),
			...(await trigger.deliver(deliveryOf(id))),
		];
		expect(items).toMatchObject(
			Array(2).fill({ details: { status: 'partly fetched' }, application: { stage: 'New' } }),
		);
		expect(new Set(keysOf(items)).size).toBe(2);
	});
});

describe('a delivery that says more than its link', () => {
	const candidate = {
		_self: '/restapi/v1/candidate/77',
		id: 77,
		first_name: 'Lea',
		last_name: 'Noir',
		email: 'lea.noir@example.org',
	};
	const job = { _self: '/restapi/v1/job/301', id: 301, title: 'Warehouse Lead', status: 'OPEN' };
	const step = { id: INTERVIEW, name: 'Interview', status: 'CURRENT', date: '2026-03-05' };
	const user = { id: 9, email: 'ana.ruiz@example.org' };
	const link = { _self: '/restapi/v1/application/410' };

	const SHAPES = /** @type {[string, Record<string, unknown>][]} */ ([
		[
			'an application of the newer generation',
			{ application: { ...link, id: 410, candidate, job, step } },
		],
		['candidate, job and step beside the application', { application: link, candidate, job, step }],
		[
			'a change of the newer generation beside the event',
			{ change_id: 9001, ...step, user, application: { ...link, id: 410, candidate, job } },
		],
		[
			'a change of the newer generation',
			{ change: { change_id: 9001, ...step, user }, application: { ...link, candidate, job } },
		],
		[
			'a change of the older generation',
			{ change: { id: 9001, date: step.date, step, user }, application: link, candidate, job },
		],
		[
			'a step with its date beside it',
			{
				date: step.date,
				step: { id: step.id, name: step.name, status: step.status },
				user,
				application: { ...link, candidate, job },
			},
		],
	]);

	describe.each(SHAPES)('%s', (_, shape) => {
		const body = { event: STEP_CHANGED, ...shape };

		it.each([
			['without an API credential', { credentials: {} }],
			['with Fetch Application Details off', { parameters: { fetchDetails: false } }],
			['while the API is down', {}],
		])('is read as far as it goes: %s', async (__, setting) => {
			const ja = await jobAffinityForTest();
			const trigger = triggerOf(ja, { ...setting });
			failAll(ja);
			expect(await trigger.deliver(body)).toMatchObject([
				{
					occurredAt: '2026-03-05',
					person: { email: 'lea.noir@example.org', firstName: 'Lea', lastName: 'Noir', id: '77' },
					application: {
						id: '410',
						job: 'Warehouse Lead',
						jobId: '301',
						stage: 'Interview',
						originalStatus: 'CURRENT',
					},
					details: { status: 'not fetched', application: { candidate: { id: 77 } } },
					payload: body,
				},
			]);
		});

		it.each([
			[{ steps: ['Hired'] }, 0],
			[{ jobs: ['Buyer'] }, 0],
			[{ stepStatuses: ['END'] }, 0],
			[{ steps: ['Interview'], jobs: ['Warehouse Lead'] }, 1],
		])('is filtered by what it says: %j', async (filters, count) => {
			const ja = await jobAffinityForTest();
			const trigger = triggerOf(ja, { credentials: {}, parameters: { filters } });
			expect(await trigger.deliver(body)).toHaveLength(count);
		});
	});

	it('has the key of its change where it names one, so that a repeat and polling are known', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { credentials: {} });
		const body = {
			event: STEP_CHANGED,
			change: { change_id: 9001, ...step, user },
			application: { ...link, candidate, job },
		};
		expect(keysOf(await trigger.deliver(body))).toEqual([`jobaffinity:${STEP_CHANGED}:410:9001`]);
		expect(await trigger.deliver(body)).toEqual([]);
	});

	it('runs each time where it does not', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { credentials: {} });
		const body = { event: STEP_CHANGED, id: 5, application: { ...link, candidate, job, step } };
		const items = [...(await trigger.deliver(body)), ...(await trigger.deliver(body))];
		expect(new Set(keysOf(items)).size).toBe(2);
	});

	it('has the IDs in the links when there is nothing else', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { credentials: {} });
		const application = {
			...link,
			candidate: { _self: candidate._self },
			job: { _self: job._self },
			step,
		};
		expect(await trigger.deliver({ event: STEP_CHANGED, application })).toMatchObject([
			{ person: { id: '77', email: null }, application: { jobId: '301', stage: 'Interview' } },
		]);
	});

	it.each([
		[{ candidate: 'Lea', job: [1], step: 7, change: 'x' }],
		[{ candidate: null, job: null, step: null, change: null }],
		[{ candidate: { email: { a: 1 } }, job: { id: {} }, step: { id: [], name: 5 }, change: {} }],
	])('is accepted in other shapes: %j', async (more) => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, {
			credentials: {},
			parameters: { filters: { steps: ['Hired'] } },
		});
		const body = { event: STEP_CHANGED, ...more, application: { ...link, ...more } };
		const { error } = await trigger.run(body);
		expect(error).toBeUndefined();
	});

	it('is not filtered in the first phase, where the API has the last word', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const trigger = await published(ja, { parameters: { filters: { steps: ['Offer'] } } });
		ja.account.move(id, OFFER);
		expect(
			await requestsOf(ja, async () => {
				expect(await trigger.deliver({ ...deliveryOf(id), step })).toHaveLength(1);
			}),
		).toHaveLength(2);
	});
});
