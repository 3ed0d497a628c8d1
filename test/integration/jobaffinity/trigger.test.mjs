import { setTimeout as sleep } from 'node:timers/promises';
import { openReceiver } from '../../unit/providers/receiver.mjs';
import {
	deliveryOf,
	EDITIONS,
	endOfTest,
	failAll,
	hurriedClock,
	HIRED,
	idsOf,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	loginOf,
	NEW,
	OFFER,
	publishedTriggerOf,
	requestsOf,
	STEP_CHANGED,
	stepsOf,
	triggerOf,
	webhookOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

beforeEach(() => void hurriedClock());

afterEach(endOfTest);

const DAY = 24 * 60 * 60_000;

/**
 * A published trigger.
 *
 * @param {JobAffinity} ja
 * @param {Partial<Parameters<typeof triggerOf>[1]>} [setting]
 */
const published = (ja, setting) => publishedTriggerOf(ja, { ...setting });

/** @param {JobAffinity} ja */
const changesOf = ({ account }) => account.stepChanges;

describe('a delivery', () => {
	it.each(EDITIONS)(
		'becomes an item with details from the API: $generation generation, $links links',
		async (edition) => {
			const ja = await jobAffinityForTest(edition);
			const trigger = await published(ja);
			const webhook = await webhookOf(ja);
			const { id } = ja.account.apply();
			const [first] = await webhook.delivered();
			await trigger.deliver(first);
			const change = ja.account.move(id, INTERVIEW);
			const [, payload] = await webhook.delivered();
			const [item, ...others] = await trigger.deliver(payload);
			expect(others).toEqual([]);

			const [{ title: jobTitle, id: jobId }] = ja.account.jobs;
			const [{ id: candidateId, email, first_name, last_name }] = ja.account.candidates;
			const isNew = edition.generation === 'new';
			const at = expect.stringMatching(isNew ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT.*Z$/);
			expect(item).toMatchObject({
				eventKey: keyOf(change),
				provider: 'jobaffinity',
				event: STEP_CHANGED,
				occurredAt: at,
				title: `${first_name} ${last_name} moved to Interview for ${jobTitle}`,
				person: {
					name: `${first_name} ${last_name}`,
					email,
					firstName: first_name,
					lastName: last_name,
					id: String(candidateId),
					externalId: null,
				},
				application: {
					id: String(id),
					job: jobTitle,
					jobId: String(jobId),
					stage: 'Interview',
					previousStage: 'New',
					stageStatus: 'inProgress',
					originalStatus: 'CURRENT',
					source: isNew ? 'Career site' : null,
					changedByEmail: 'ana.ruiz@example.org',
					cvUrl: `${ja.base}/application/${id}/cv`,
				},
				details: {
					status: 'fetched',
					error: null,
					change: { date: at },
					application: { id, candidate: { email }, job: { title: jobTitle } },
				},
			});
			const link = `${edition.links === 'absolute' ? ja.origin : ''}/restapi/v1/application/${id}`;
			expect(item.payload).toEqual({ event: STEP_CHANGED, application: { _self: link } });
			expect(item.details.change).not.toHaveProperty('application');
			expect(item).not.toHaveProperty('unprocessed');
		},
	);

	it.each(
		/** @type {const} */ ([
			['new', ['/application/41001', '/step']],
			['old', ['/application/41001', '/candidate/7001', '/job/301', '/step']],
		]),
	)('needs few requests in the %s generation', async (generation, expected) => {
		const ja = await jobAffinityForTest({ generation });
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		const requests = await requestsOf(ja, () => trigger.deliver(deliveryOf(id)));
		expect(requests.map((each) => each.replace(/\?.*/, ''))).toEqual(expected);
		expect(requests.at(-1)).toContain('candidate_email=lea.noir%40example.org');
	});

	it('that comes five times is one event', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const webhook = await webhookOf(ja);
		ja.webhooks.copies = () => 5;
		ja.account.apply();
		const bodies = await webhook.delivered();
		expect(bodies).toHaveLength(5);
		const items = (await Promise.all(bodies.map((body) => trigger.deliver(body)))).flat();
		expect(keysOf(items)).toEqual(changesOf(ja).map(keyOf));
		expect(await trigger.deliver(bodies[0])).toEqual([]);
	});

	it('is reported again when n8n reruns its execution after the worker died', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		expect(await trigger.deliver(deliveryOf(id), { executionId: 'stalled' })).toHaveLength(1);
		expect(await trigger.deliver(deliveryOf(id), { executionId: 'stalled' })).toHaveLength(1);
		expect(await trigger.deliver(deliveryOf(id), { executionId: 'another' })).toEqual([]);
	});

	/** `m`: the application moves; `d`: a delivery is processed; `D`: three at once. */
	const timings = ['mdmdmd', 'mmmddd', 'mmmD', 'mdmmdd', 'mmdmdd', 'mmmd', 'mdmmD', 'dmdmdmd'];
	it.each(timings)(
		'reports A→B→A as three events in order, whenever deliveries are processed: %s',
		async (timing) => {
			const ja = await jobAffinityForTest();
			const { id } = ja.account.apply();
			const trigger = await published(ja);
			const steps = [INTERVIEW, OFFER, INTERVIEW];
			const items = [];
			for (const each of timing) {
				if (each === 'm') ja.account.move(id, Number(steps.shift()));
				if (each === 'd') items.push(...(await trigger.deliver(deliveryOf(id))));
				if (each === 'D')
					items.push(
						...(await Promise.all([1, 2, 3].map(() => trigger.deliver(deliveryOf(id))))).flat(),
					);
			}
			expect(keysOf(items)).toEqual(changesOf(ja).slice(1).map(keyOf));
			expect(stepsOf(items)).toEqual(['Interview', 'Offer', 'Interview']);
		},
	);

	it('of one application reports nothing about another application of the same candidate', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const one = ja.account.apply();
		const other = ja.account.apply({ jobId: 302 });
		ja.account.move(one.id, OFFER);
		const items = await trigger.deliver(deliveryOf(other.id));
		expect(items).toMatchObject([
			{ application: { id: String(other.id), job: 'Buyer', stage: 'New' } },
		]);
		expect(stepsOf(await trigger.deliver(deliveryOf(one.id)))).toEqual(['New', 'Offer']);
	});

	it.each(/** @type {const} */ (['newest', 'oldest']))(
		'finds the change among more than a page of the candidate, listed %s first',
		async (stepOrder) => {
			const ja = await jobAffinityForTest({ stepOrder });
			const { id } = ja.account.apply();
			const other = ja.account.apply({ jobId: 302 });
			for (let count = 0; count < 110; count++)
				ja.account.move(count % 2 ? id : other.id, INTERVIEW);
			const trigger = await published(ja);
			const change = ja.account.move(id, HIRED);
			expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
		},
	);

	it.each(/** @type {const} */ (['new', 'old']))(
		'finds the change of a candidate without an email address by the job: %s generation',
		async (generation) => {
			const ja = await jobAffinityForTest({ generation });
			const { id: candidateId } = ja.account.addCandidate({ email: '' });
			const trigger = await published(ja);
			const { id } = ja.account.apply({ candidateId });
			ja.account.apply();
			expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(changesOf(ja)[0])]);
			expect(ja.requests.at(-1)?.path).toContain('job_reference=WL-26-03');
			expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		},
	);

	it('missing from the list of changes is reported with the application first, and then with the change', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const trigger = await published(ja);
		const change = ja.account.move(id, INTERVIEW);
		// What the list held before.
		const isBack = ja.fail({
			match: '/step',
			status: 200,
			body: { _status: 'OK', _next: '', items: [] },
			times: Infinity,
		});
		const [item] = await trigger.deliver(deliveryOf(id));
		expect(item).toMatchObject({
			application: { id: String(id), stage: 'Interview' },
			person: { email: 'lea.noir@example.org' },
			details: {
				status: 'partly fetched',
				error: expect.stringContaining('list of step changes'),
				change: null,
			},
		});
		isBack();
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});

	it('of another event is reported each time, with its application as it is', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		const body = deliveryOf(id, 'ApplicationCreated');
		const items = [...(await trigger.deliver(body)), ...(await trigger.deliver(body))];
		expect(items).toMatchObject(
			Array(2).fill({
				event: 'ApplicationCreated',
				title: 'JobAffinity sent ApplicationCreated about Lea Noir',
				application: { id: String(id), stage: 'New' },
				details: { status: 'fetched', change: null },
				payload: body,
			}),
		);
		expect(new Set(keysOf(items)).size).toBe(2);
	});

	it('is one event, the newest, when the user turned deduplication off, and in a test run', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const keeps = await published(ja, { parameters: { settings: { skipDuplicates: false } } });
		const trigger = await published(ja);
		ja.account.move(id, INTERVIEW);
		const newest = [keyOf(ja.account.move(id, OFFER))];
		for (let copy = 0; copy < 2; copy++) {
			expect(keysOf(await keeps.deliver(deliveryOf(id)))).toEqual(newest);
			expect(keysOf(await trigger.deliver(deliveryOf(id), { mode: 'manual' }))).toEqual(newest);
		}
	});

	it('whose execution was cut off has the same changes again when it is retried', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		await trigger.deliver(deliveryOf(id));
		const changes = [INTERVIEW, OFFER].map((step) => keyOf(ja.account.move(id, step)));
		const crashed = { executionId: 'crashed' };
		const retry = /** @type {const} */ ({ mode: 'retry', retryOf: 'crashed' });
		expect(keysOf(await trigger.deliver(deliveryOf(id), crashed))).toEqual(changes);
		expect(keysOf(await trigger.deliver(deliveryOf(id), retry))).toEqual(changes);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('does not bring back what was reported more than a month ago, which n8n may have forgotten', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const longAgo = Date.now() - 40 * DAY;
		ja.account.now = () => longAgo;
		const { id } = ja.account.apply();
		ja.account.move(id, INTERVIEW);
		ja.account.now = () => Date.now();
		const change = ja.account.move(id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});
});

describe('publishing', () => {
	it('starts after what is there: earlier changes are not reported', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		ja.account.move(id, INTERVIEW);
		const trigger = await published(ja);
		expect(trigger.published).toEqual({ newestChangeId: idsOf(ja).at(-1) });
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
		const change = ja.account.move(id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
	});

	it('a second time continues from the first', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		expect(await requestsOf(ja, () => trigger.publish())).toEqual([]);
		expect(await trigger.deliver(deliveryOf(id))).toHaveLength(1);
	});

	it('of an account without any change begins with its first', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		expect(trigger.published).toEqual({ newestChangeId: 0 });
		const { id } = ja.account.apply();
		ja.account.move(id, OFFER);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['New', 'Offer']);
	});

	it('succeeds while the API is down, and a delivery then reports only its newest change', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		ja.account.move(id, INTERVIEW);
		const isBack = failAll(ja);
		const trigger = await published(ja);
		isBack();
		expect(trigger.published).toEqual({ publishedAt: expect.any(Number) });
		const change = ja.account.move(id, OFFER);
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(change)]);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('fails with a wrong login, and says what to do', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { credentials: loginOf(ja, { password: 'wrong' }) });
		await expect(trigger.publish()).rejects.toThrow(
			'JobAffinity does not accept the login and password: check the JobAffinity API credential, or turn off Fetch Application Details',
		);
	});

	it('fails with a login that may not see step changes, and says what to do', async () => {
		const ja = await jobAffinityForTest();
		ja.fail({ match: '/step', status: 403 });
		await expect(triggerOf(ja).publish()).rejects.toThrow(
			/may not see.*: check the JobAffinity API credential, or turn/,
		);
	});

	it('fails without a login, and says what to do', async () => {
		const ja = await jobAffinityForTest();
		await expect(triggerOf(ja, { credentials: {} }).publish()).rejects.toThrow(
			'Not published: JobAffinity Trigger has no JobAffinity API credential, and a delivery holds only a link. Choose one, or turn off Fetch Application Details',
		);
	});

	it.each([
		['with Fetch Application Details off', { parameters: { fetchDetails: false } }, undefined],
		['in a test run', { parameters: { whenTesting: 'delivery' } }, /** @type {const} */ ('manual')],
	])('requests nothing %s', async (_, setting, mode) => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { ...setting });
		expect(await requestsOf(ja, () => trigger.publish(mode))).toEqual([]);
		expect(trigger.published).toEqual({});
	});
});

describe('an event whose details cannot be fetched', () => {
	/** @param {any} item @param {JobAffinity} ja */
	const expectNoLogin = (item, { login }) => {
		for (const secret of [
			...Object.values(login),
			Buffer.from(`${login.login}:${login.password}`).toString('base64'),
		]) {
			expect(JSON.stringify(item)).not.toContain(secret);
		}
	};

	/** What a thin item has. @param {unknown} body @param {unknown} because */
	const thin = (body, because) => ({
		event: STEP_CHANGED,
		occurredAt: null,
		person: { email: null, name: null, id: null },
		application: { stage: null, job: null, cvUrl: null },
		details: { status: 'not fetched', error: because },
		payload: body,
	});

	it.each(/** @type {const} */ (['empty', 'json', 'html']))(
		'is passed on as delivered when the API answers 500 with a body that is %s',
		async (errorBodies) => {
			const ja = await jobAffinityForTest({ errorBodies });
			const trigger = await published(ja);
			const { id } = ja.account.apply();
			failAll(ja);
			const body = deliveryOf(id);
			const [item] = await trigger.deliver(body);
			expect(item).toMatchObject({
				...thin(
					body,
					expect.stringMatching(
						/^JobAffinity is not available at the moment\. It responded with status 500/,
					),
				),
				title: `Application ${id} moved to another step`,
			});
			expectNoLogin(item, ja);
		},
	);

	it('is passed on as delivered when the API cannot be reached', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		ja.fail({ match: /./, status: 0, times: Infinity });
		expect(await trigger.deliver(deliveryOf(410))).toMatchObject([
			thin(deliveryOf(410), expect.stringMatching(/^JobAffinity could not be reached/)),
		]);
	});

	it('is passed on as delivered when the login is no longer accepted', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		const [item] = await trigger.deliver(deliveryOf(id), {
			credentials: loginOf(ja, { password: 'changed' }),
		});
		expect(item).toMatchObject(
			thin(deliveryOf(id), expect.stringContaining('does not accept the login')),
		);
	});

	it('is passed on as delivered when the API user may not see the application, or it does not exist', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		ja.account.forbidden.add(id);
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			thin(
				deliveryOf(id),
				expect.stringContaining(`may not see the application with the ID ${id}`),
			),
		]);
		expect(await trigger.deliver(deliveryOf(99))).toMatchObject([
			thin(deliveryOf(99), expect.stringContaining('no application with the ID 99')),
		]);
	});

	it('is reported with the application when the API user may not see its candidate: old generation', async () => {
		const ja = await jobAffinityForTest({ generation: 'old' });
		const trigger = await published(ja);
		const { id, candidateId } = ja.account.apply();
		ja.account.forbidden.add(candidateId);
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			{
				eventKey: keyOf(changesOf(ja)[0]),
				details: { status: 'fetched' },
				person: { id: String(candidateId), email: null },
				application: { job: 'Warehouse Lead' },
			},
		]);
	});

	it.each([
		['without a credential', { credentials: {} }, 'No JobAffinity API credential is chosen.'],
		[
			'with Fetch Application Details off',
			{ parameters: { fetchDetails: false } },
			'Fetch Application Details is off.',
		],
	])('requests nothing %s', async (_, setting, because) => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, setting);
		const requests = await requestsOf(ja, async () => {
			expect(await trigger.deliver(deliveryOf(410))).toMatchObject([
				thin(deliveryOf(410), because),
			]);
		});
		expect(requests).toEqual([]);
	});

	it('is never taken for a duplicate', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		const isBack = failAll(ja);
		const items = [
			...(await trigger.deliver(deliveryOf(id))),
			...(await trigger.deliver(deliveryOf(id))),
		];
		expect(new Set(keysOf(items)).size).toBe(2);
		isBack();
		expect(keysOf(await trigger.deliver(deliveryOf(id)))).toEqual([keyOf(changesOf(ja)[0])]);
	});

	describe('because its link does not lead to an application', () => {
		it.each([
			['//HOST/restapi/v1/application/1'],
			['http://HOST/restapi/v1/application/1'],
			['http://ORIGIN@HOST/restapi/v1/application/1'],
			['http://ORIGIN.HOST/restapi/v1/application/1'],
			['/\\HOST/restapi/v1/application/1'],
			['/restapi/../../HOST'],
			['/restapi/v1/%2e%2e/%2e%2e/admin'],
			['file:///etc/passwd'],
			['javascript:alert(1)'],
			['application/1'],
			['/admin'],
		])('is passed on as delivered, and nothing is requested: %s', async (pattern) => {
			const ja = await jobAffinityForTest();
			const elsewhere = await openReceiver();
			const trigger = await published(ja);
			const link = pattern
				.replace('HOST', new URL(elsewhere.url).host)
				.replace('ORIGIN', new URL(ja.origin).host);
			const requests = await requestsOf(ja, async () => {
				const [item] = await trigger.deliver(deliveryOf(link));
				expect(item).toMatchObject(
					thin(
						deliveryOf(link),
						expect.stringContaining('A link leads away from JobAffinity, and was not followed'),
					),
				);
				expectNoLogin(item, ja);
			});
			elsewhere.close();
			expect(requests).toEqual([]);
			expect(elsewhere.received).toEqual([]);
		});

		it.each([
			'/restapi/v1/job/301',
			'/restapi/v1/candidate/7001',
			'/restapi/v1/candidate',
			'/restapi/v1',
		])('is passed on as delivered, whatever else the link has: %s', async (link) => {
			const ja = await jobAffinityForTest();
			const trigger = await published(ja);
			const [item] = await trigger.deliver(deliveryOf(link));
			expect(item).toMatchObject(
				thin(deliveryOf(link), expect.stringContaining('does not lead to an application')),
			);
			expect(JSON.stringify(item)).not.toContain('lea.noir');
		});

		it.each([
			[{ event: STEP_CHANGED }],
			[{ event: STEP_CHANGED, application: null }],
			[{ event: STEP_CHANGED, application: { _self: '' } }],
			[{ event: STEP_CHANGED, application: { _self: { a: 1 } } }],
		])('is passed on as delivered: %j', async (body) => {
			const ja = await jobAffinityForTest();
			const trigger = await published(ja);
			expect(await trigger.deliver(body)).toMatchObject([
				thin(body, 'The delivery has no link to an application.'),
			]);
		});
	});
});

describe('Retry On Fail', () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('gives up at the last try only', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { node });
		const { id } = ja.account.apply();
		failAll(ja);
		const requests = await requestsOf(ja, async () => {
			expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
				{ details: { status: 'not fetched' } },
			]);
		});
		// Each try repeats a request that failed three times.
		expect(requests).toHaveLength(3 * 4);
	});

	it('succeeds when the API is back in time', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { node });
		const { id } = ja.account.apply();
		failAll(ja, 500, 2 * 4);
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			{ eventKey: keyOf(changesOf(ja)[0]), details: { status: 'fetched' } },
		]);
		expect(await trigger.deliver(deliveryOf(id))).toEqual([]);
	});

	it('counts the tries of each execution', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, { node: { ...node, maxTries: 2 } });
		const { id } = ja.account.apply();
		const isBack = failAll(ja, 404);
		const runs = await Promise.all([1, 2, 3].map(() => trigger.deliver(deliveryOf(id))));
		expect(runs.flat()).toMatchObject(Array(3).fill({ details: { status: 'not fetched' } }));
		isBack();
		expect(await trigger.deliver(deliveryOf(id))).toMatchObject([
			{ details: { status: 'fetched' } },
		]);
	});

	it('has nothing to do with what cannot be fetched in any case', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, { node, credentials: {} });
		expect(await trigger.deliver(deliveryOf(410))).toMatchObject([
			{ details: { status: 'not fetched' } },
		]);
	});
});

describe('the first phase', () => {
	it('answers before anything is requested', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		const { id } = ja.account.apply();
		const requests = await requestsOf(ja, async () => {
			expect(await trigger.receive(deliveryOf(id))).toMatchObject({
				status: 200,
				answer: { message: 'Accepted.' },
				items: [{}],
			});
			await sleep(50);
		});
		expect(requests).toEqual([]);
	});

	it('starts an execution for every delivery, since deliveries cannot be distinguished', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja);
		for (let count = 0; count < 5; count++) {
			expect(await trigger.receive(deliveryOf(410))).toMatchObject({
				status: 200,
				items: [{ json: { event: STEP_CHANGED } }],
			});
		}
	});

	it.each([
		['Any Event', { events: ['*'] }, true],
		[
			'its name among Other Event Names',
			{ events: [STEP_CHANGED], settings: { otherEvents: ['JobClosed'] } },
			true,
		],
		['its name alone', { events: [], settings: { otherEvents: ['JobClosed'] } }, true],
		['step changes only', { events: [STEP_CHANGED] }, false],
		['another name', { events: [STEP_CHANGED], settings: { otherEvents: ['jobclosed'] } }, false],
	])(
		'passes an event that this version does not know when the trigger is set to %s: %j',
		async (_, parameters, passes) => {
			const ja = await jobAffinityForTest();
			const trigger = triggerOf(ja, { parameters });
			const { status, items } = await trigger.receive(deliveryOf(410, 'JobClosed'));
			expect(status).toBe(200);
			expect(items !== undefined).toBe(passes);
		},
	);

	it.each([
		'{}',
		'[]',
		'{"event":null}',
		'{"event":7.5e999}',
		'{"event":""}',
		'{"event":{}}',
		'"ProcessStepChange"',
		'{"event":',
		'',
	])('refuses a body that is no event: %s', async (body) => {
		const ja = await jobAffinityForTest();
		expect(await triggerOf(ja).receive(body)).toMatchObject({
			status: 400,
			items: undefined,
		});
	});

	it('does not filter by details it does not have yet', async () => {
		const ja = await jobAffinityForTest();
		const trigger = triggerOf(ja, {
			parameters: { filters: { steps: ['Offer'], jobs: ['1'], stepStatuses: ['END'] } },
		});
		expect((await trigger.receive(deliveryOf(410))).items).toHaveLength(1);
	});
});

describe('filters', () => {
	const cases = /** @type {const} */ ([
		['jobs', ['301'], true],
		['jobs', [' warehouse LEAD '], true],
		['jobs', ['302'], false],
		['jobs', ['Buyer', '301'], true],
		['steps', ['interview'], true],
		['steps', ['21'], true],
		['steps', ['Offer'], false],
		['stepStatuses', ['CURRENT'], true],
		['stepStatuses', ['end'], false],
		['stepStatuses', [''], true],
	]);

	describe.each(/** @type {const} */ (['new', 'old']))('in the %s generation', (generation) => {
		it.each(cases)('apply when the details are known: %s %j', async (name, values, passes) => {
			const ja = await jobAffinityForTest({ generation });
			const { id } = ja.account.apply();
			const trigger = await published(ja, { parameters: { filters: { [name]: values } } });
			ja.account.move(id, INTERVIEW);
			expect(await trigger.deliver(deliveryOf(id))).toHaveLength(passes ? 1 : 0);
		});
	});

	it('choose among the changes of one delivery', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, {
			parameters: { filters: { stepStatuses: ['START', 'END'], jobs: ['301'] } },
		});
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, NEW, OFFER, HIRED]) ja.account.move(id, step);
		expect(stepsOf(await trigger.deliver(deliveryOf(id)))).toEqual(['New', 'New', 'Hired']);
	});

	it('pass an event without details', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await published(ja, {
			parameters: { filters: { steps: ['Offer'], jobs: ['1'], stepStatuses: ['END'] } },
		});
		failAll(ja);
		expect(await trigger.deliver(deliveryOf(410))).toMatchObject([
			{ details: { status: 'not fetched' } },
		]);
	});
});
