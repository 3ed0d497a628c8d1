import { randomUUID } from 'node:crypto';
import { startOther } from './node.mjs';
import {
	CALL_FAILED,
	deliveryOf,
	EDITIONS,
	ENDED,
	endOfTest,
	failAll,
	HIRED,
	hurriedClock,
	INTERVIEW,
	jobAffinityForTest,
	NEW,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	RECEIVED,
	requestsOf,
	STEP_CHANGED,
	testEvents,
	triggerOf,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */

/** What options of the triggers add to events, and what it costs. */

beforeEach(() => void hurriedClock());

/** @type {import('./node.mjs').Other[]} */
const others = [];

afterEach(async () => {
	for (const other of others.splice(0)) other.close();
	await endOfTest();
});

const PDF = '%PDF-1.4 made up\n';

/** @param {JobAffinity} ja @param {object} settings @param {any} [setting] */
const publishedWith = (ja, settings, setting = {}) =>
	publishedTriggerOf(ja, {
		...setting,
		parameters: { events: [STEP_CHANGED], ...setting.parameters, settings },
	});

/** @param {JobAffinity} ja @param {object} settings @param {object} [setting] */
async function polledWith(ja, settings, setting = {}) {
	const polling = pollingOf(ja, { ...setting, parameters: { settings } });
	await polling.poll();
	return polling;
}

/** @param {any} item */
const textIn = ({ binary }) => Buffer.from(binary.data.data, 'base64').toString();

/** The sentences of an item. @param {any} item */
const missingIn = ({ json }) => json.details.missing;

/** Paths of requests without their queries. @param {JobAffinity} ja @param {() => Promise<unknown>} work */
const pathsOf = async (ja, work) =>
	(await requestsOf(ja, work)).map((path) => path.replace(/\?.*/, ''));

describe('Attach CV', () => {
	const settings = { attachCv: true };

	it.each(
		EDITIONS.flatMap((edition) =>
			/** @type {const} */ (['other-host', 'same-host', 'none']).map((cvRedirect) => ({
				...edition,
				cvRedirect,
			})),
		),
	)(
		'puts the CV into the item, by webhook and by polling: $generation generation, $links links, redirect to $cvRedirect',
		async (edition) => {
			const ja = await jobAffinityForTest(edition);
			const polling = await polledWith(ja, settings);
			const trigger = await publishedWith(ja, settings);
			const { id } = ja.account.apply();
			const { output } = await trigger.run(deliveryOf(id));
			for (const [item, ...rest] of [output, (await polling.run()) ?? []]) {
				expect(rest).toEqual([]);
				expect(item.binary?.data).toMatchObject({
					fileName: 'cv.pdf',
					mimeType: 'application/pdf',
				});
				expect(textIn(item)).toBe(PDF);
				expect(item.json).toMatchObject({ details: { status: 'fetched', missing: [] } });
				expect(item.pairedItem).toEqual({ item: 0 });
			}
			for (const { headers } of ja.storage.requests)
				expect(headers).not.toHaveProperty('authorization');
		},
	);

	it('takes one request for each application, also where it redirects or has two events', async () => {
		const ja = await jobAffinityForTest();
		const parameters = { events: [STEP_CHANGED, RECEIVED, ENDED] };
		const [plain, attaching] = [
			await publishedTriggerOf(ja, { parameters }),
			await publishedWith(ja, settings, { parameters }),
		];
		const { id } = ja.account.apply();
		const without = await pathsOf(ja, () => plain.run(deliveryOf(id)));
		/** @type {any} */
		let run;
		const withCv = await pathsOf(ja, async () => (run = await attaching.run(deliveryOf(id))));
		expect(withCv).toEqual([...without, `/application/${id}/cv`]);
		expect(run.output.map(textIn)).toEqual([PDF, PDF]);
		expect(ja.storage.requests).toHaveLength(1);
		// A repeat runs nothing, and downloads nothing.
		expect(await pathsOf(ja, () => attaching.run(deliveryOf(id)))).toEqual(
			expect.not.arrayContaining([`/application/${id}/cv`]),
		);
	});

	it('takes one request for each new change of a poll, and none for what the webhook brought', async () => {
		const ja = await jobAffinityForTest();
		const workflowId = randomUUID();
		const polling = await polledWith(ja, settings, { workflowId });
		const trigger = await publishedWith(ja, settings, { workflowId });
		const ids = ja.account.candidates.map(
			({ id: candidateId }) => ja.account.apply({ candidateId }).id,
		);
		await trigger.run(deliveryOf(ids[0]));
		const paths = await pathsOf(ja, polling.run);
		expect(paths.sort()).toEqual([...ids.slice(1).map((id) => `/application/${id}/cv`), '/step']);
	});

	it('leaves the item without a file and says so if there is no CV', async () => {
		const ja = await jobAffinityForTest();
		const polling = await polledWith(ja, settings);
		const trigger = await publishedWith(ja, settings);
		const { id } = ja.account.apply({ cv: null });
		const { output } = await trigger.run(deliveryOf(id));
		for (const items of [output, (await polling.run()) ?? []]) {
			expect(items).toHaveLength(1);
			expect(items[0]).not.toHaveProperty('binary');
			expect(missingIn(items[0])).toEqual(['No CV is attached: The application has none.']);
		}
	});

	it.each([
		[
			{ status: 500 },
			/^No CV is attached: JobAffinity is not available at the moment\. .*Try again later\.$/,
		],
		[{ status: 0 }, /^No CV is attached: JobAffinity could not be reached\. /],
		[
			{ status: 403 },
			/^No CV is attached: The API user may not see the CV of the application with the ID 41001\. Grant/,
		],
		[
			{ status: 404 },
			/^No CV is attached: JobAffinity has no CV of the application with the ID 41001\. /,
		],
		[
			{
				status: 200,
				body: { _status: 'INVALID', invalid: { id: { message: 'Permission denied' } } },
			},
			/^No CV is attached: JobAffinity did not accept the request: id: Permission denied\. /,
		],
		[
			{ status: 307, headers: { location: 'http://169.254.169.254/latest' } },
			/^No CV is attached: The CV is at an address that this node does not download from\. /,
		],
		[
			{ status: 429, headers: { 'retry-after': '7200' } },
			/^No CV is attached: JobAffinity is receiving too many requests\. Try again in /,
		],
	])(
		'leaves the item without a file and says why if the download fails: %j',
		async (answer, sentence) => {
			const ja = await jobAffinityForTest();
			const trigger = await publishedWith(ja, settings);
			const { id } = ja.account.apply();
			ja.fail({ match: '/cv', headers: { 'retry-after': '0' }, times: Infinity, ...answer });
			const { output, error } = await trigger.run(deliveryOf(id));
			expect(error).toBeUndefined();
			expect(output).toMatchObject([
				{ json: { event: STEP_CHANGED, details: { status: 'fetched' } } },
			]);
			expect(output[0]).not.toHaveProperty('binary');
			expect(missingIn(output[0])).toEqual([expect.stringMatching(sentence)]);
		},
	);

	it.each([
		['announces its size', (/** @type {number} */ size) => ({ 'content-length': String(size) })],
		['does not', () => ({})],
	])('reads no more than 10 MB of a file that %s', async (_, headersOf) => {
		const size = 10 * 1024 ** 2 + 1;
		const ja = await jobAffinityForTest();
		const trigger = await publishedWith(ja, settings);
		const other = await startOther((path) => ({
			headers: {
				'content-type': 'application/pdf',
				...headersOf(path === '/small' ? size - 1 : size),
			},
			body: 'x'.repeat(path === '/small' ? size - 1 : size),
		}));
		others.push(other);
		const { id } = ja.account.apply();
		const item = async (/** @type {string} */ path) => {
			ja.fail({ match: '/cv', status: 307, headers: { location: other.origin + path }, body: '' });
			ja.account.move(id, INTERVIEW);
			return (await trigger.run(deliveryOf(id))).output.at(-1);
		};
		expect(missingIn(await item('/large'))).toEqual([
			'No CV is attached: The CV is larger than 10 MB. It was not read to its end. Open it in JobAffinity.',
		]);
		expect(missingIn(await item('/small'))).toEqual([]);
	});

	it('attaches a hundred CVs in an execution, and says of the others how to get them', async () => {
		const ja = await jobAffinityForTest();
		const polling = await polledWith(ja, settings);
		for (let count = 0; count < 103; count++) ja.account.apply();
		/** @type {any[]} */
		let items = [];
		const requests = await requestsOf(ja, async () => (items = (await polling.run()) ?? []));
		expect(requests.filter((path) => path.endsWith('/cv'))).toHaveLength(100);
		expect(items.filter(({ binary }) => binary)).toHaveLength(100);
		expect(items.slice(100).map(missingIn)).toEqual(
			Array(3).fill([
				'No CV is attached: An execution attaches 100 CVs at most. Download CV in a JobAffinity node gets it.',
			]),
		);
	});

	it('takes no longer than five minutes, and keeps to 45 requests in 61 seconds', async () => {
		const clock = hurriedClock();
		const ja = await jobAffinityForTest({ rateLimit: 45, clock: clock.now });
		const polling = await polledWith(ja, { attachCv: true, fetchPreviousStep: true });
		const candidates = Array.from({ length: 160 }, () => ja.account.addCandidate());
		for (const { id: candidateId } of candidates) ja.account.apply({ candidateId });
		const [before, slept] = [ja.requests.length, clock.slept];
		const items = (await polling.run()) ?? [];
		expect(items).toHaveLength(160);
		expect(clock.slept - slept).toBeLessThan(6.5 * 60_000);
		expect(missingIn(items[0])).toEqual([]);
		expect(missingIn(items[159])).toEqual(
			['The previous step is not known', 'No CV is attached'].map(
				(subject) =>
					`${subject}: The events before took 5 minutes of JobAffinity's requests, and an execution takes no more. A JobAffinity node can read the rest.`,
			),
		);
		expect(ja.requests.filter(({ status }) => status === 429)).toEqual([]);
		const times = ja.requests.slice(before).map(({ at }) => at);
		for (const from of times)
			expect(times.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(45);
	});

	it('attaches nothing, and asks for nothing, if the details were not fetched', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await publishedWith(ja, { attachCv: true, fetchJob: true });
		const { id } = ja.account.apply();
		failAll(ja, 503);
		/** @type {any} */
		let run;
		const paths = await pathsOf(ja, async () => (run = await trigger.run(deliveryOf(id))));
		expect(paths).toEqual(Array(4).fill(`/application/${id}`));
		expect(run.output).toMatchObject([
			{
				json: {
					details: {
						status: 'not fetched',
						missing: [
							'The owner and the reference of the job are not known: The application could not be read: see details.error.',
							'No CV is attached: The application could not be read: see details.error.',
						],
					},
				},
			},
		]);
	});

	it('shows the file while you build, by webhook and by polling', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const trigger = triggerOf(ja, { parameters: { events: [STEP_CHANGED], settings } });
		const { output } = await trigger.run(deliveryOf(id), { mode: 'manual' });
		expect(textIn(output[0])).toBe(PDF);
		const { output: polled } = await testEvents(ja, {
			events: [STEP_CHANGED, ENDED],
			parameters: { settings },
		});
		expect(polled.map(({ json, binary }) => [json.source, Object.keys(binary ?? {})])).toEqual([
			['polling', ['data']],
			['sample', []],
		]);
	});

	it('is not asked for by events about no application', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, {
			events: [CALL_FAILED],
			parameters: { settings: { attachCv: true, fetchJob: true, fetchPreviousStep: true } },
		});
		await polling.poll();
		ja.account.apply();
		ja.account.recordTask({
			event: STEP_CHANGED,
			at: Date.now(),
			response_status: 500,
			response_body: '',
			applicationId: 41001,
		});
		const paths = await pathsOf(ja, async () => {
			expect(await polling.run()).toMatchObject([{ json: { event: CALL_FAILED, details: null } }]);
		});
		expect(paths).toEqual(['/webhook/task']);
	});
});

describe('Fetch Job Details', () => {
	const settings = { fetchJob: true };

	it.each([
		['new', 1],
		['old', 0],
	])(
		'gives the owner and the reference of the job, %s generation: %i request more by webhook',
		async (generation, more) => {
			const ja = await jobAffinityForTest({ generation: /** @type {any} */ (generation) });
			const polling = await polledWith(ja, settings);
			const [plain, fetching] = [await publishedWith(ja, {}), await publishedWith(ja, settings)];
			const { id } = ja.account.apply();
			const without = await pathsOf(ja, () => plain.run(deliveryOf(id)));
			/** @type {any} */
			let run;
			const paths = await pathsOf(ja, async () => (run = await fetching.run(deliveryOf(id))));
			expect(paths).toEqual([...without, ...Array(more).fill('/job/301')]);
			for (const [{ json }] of [run.output, (await polling.run()) ?? []]) {
				expect(json).toMatchObject({
					owner:
						generation === 'new'
							? { name: 'Ana Ruiz', email: 'ana.ruiz@example.org' }
							: { name: null, email: null },
					application: { jobReference: 'WL-26-03', job: 'Warehouse Lead' },
					details: { missing: [], job: { id: 301, organisation: { id: 55 } } },
				});
			}
		},
	);

	it('reads each job once in a poll', async () => {
		const ja = await jobAffinityForTest();
		const polling = await polledWith(ja, settings);
		const [one, other] = ja.account.jobs;
		for (const jobId of [one.id, other.id, one.id, one.id]) ja.account.apply({ jobId });
		expect((await pathsOf(ja, polling.run)).sort()).toEqual(['/job/301', '/job/302', '/step']);
	});

	it('says why the owner is not known, and leaves the rest of the item as it is', async () => {
		const ja = await jobAffinityForTest();
		const trigger = await publishedWith(ja, { ...settings, attachCv: true });
		const { id } = ja.account.apply();
		ja.fail({ match: '/job/', status: 403 });
		const { output } = await trigger.run(deliveryOf(id));
		expect(textIn(output[0])).toBe(PDF);
		expect(output[0].json).toMatchObject({
			owner: { name: null, email: null },
			application: { job: 'Warehouse Lead', jobReference: null },
		});
		expect(output[0].json.details).not.toHaveProperty('job');
		expect(missingIn(output[0])).toEqual([
			expect.stringMatching(
				/^The owner and the reference of the job are not known: The API user may not see the job with the ID 301\. Grant/,
			),
		]);
	});
});

describe('Fetch Previous Step', () => {
	const settings = { fetchPreviousStep: true };

	/** @param {any[] | null} items */
	const stepsIn = (items) =>
		(items ?? []).map(({ json: { application, details } }) => [
			application.previousStage,
			application.stage,
			...details.missing,
		]);

	it.each(EDITIONS)(
		'gives a polled change the step before, as by webhook, also when it comes again: $generation generation, $links links',
		async (edition) => {
			for (const stepOrder of /** @type {const} */ (['newest', 'oldest'])) {
				const ja = await jobAffinityForTest({ ...edition, stepOrder });
				const { id } = ja.account.apply();
				ja.account.move(id, INTERVIEW);
				const polling = await polledWith(ja, settings);
				for (const step of [OFFER, INTERVIEW, OFFER, HIRED]) ja.account.move(id, step);
				const { id: other } = ja.account.apply({ candidateId: ja.account.candidates[1].id });
				ja.account.move(other, NEW);
				expect(stepsIn(await polling.run())).toEqual([
					['Interview', 'Offer'],
					['Offer', 'Interview'],
					['Interview', 'Offer'],
					['Offer', 'Hired'],
					[null, 'New'],
					['New', 'New'],
				]);
			}
		},
	);

	it.each([
		['new', 1],
		['old', 1 + 3],
	])('takes a request for each application, %s generation', async (generation, before) => {
		const ja = await jobAffinityForTest({ generation: /** @type {any} */ (generation) });
		const { id } = ja.account.apply();
		const polling = await polledWith(ja, settings);
		for (const step of [INTERVIEW, OFFER]) ja.account.move(id, step);
		const requests = await requestsOf(ja, polling.run);
		expect(requests).toHaveLength(before + 1);
		expect(requests.at(-1)).toContain('candidate_email=lea.noir%40example.org');
	});

	it('takes another where the list of changes lacks the first step', async () => {
		const ja = await jobAffinityForTest({ listShowsStart: false });
		const { id } = ja.account.apply();
		const polling = await polledWith(ja, settings);
		ja.account.move(id, INTERVIEW);
		/** @type {any} */
		let items;
		const paths = await pathsOf(ja, async () => (items = await polling.run()));
		expect(paths).toEqual(['/step', '/step', `/application/${id}`]);
		expect(stepsIn(items)).toEqual([['New', 'Interview']]);
	});

	it('says so where JobAffinity does not show it, or reading it takes too much', async () => {
		const ja = await jobAffinityForTest({ generation: 'old', listShowsStart: false });
		const { id } = ja.account.apply();
		const polling = await polledWith(ja, settings);
		ja.account.move(id, INTERVIEW);
		expect(stepsIn(await polling.run())).toEqual([
			[null, 'Interview', 'The previous step is not known: JobAffinity does not show it.'],
		]);

		const busy = await jobAffinityForTest();
		const first = busy.account.apply();
		for (let count = 0; count < 600; count++) busy.account.apply();
		const many = await polledWith(busy, settings);
		busy.account.move(first.id, INTERVIEW);
		/** @type {any} */
		let items;
		expect(await requestsOf(busy, async () => (items = await many.run()))).toHaveLength(1 + 5);
		expect(stepsIn(items)).toEqual([
			[null, 'Interview', 'The previous step is not known: JobAffinity does not show it.'],
		]);
	});

	it('says so where the list fails, or cannot be searched', async () => {
		const ja = await jobAffinityForTest();
		const { id } = ja.account.apply();
		const { id: candidateId } = ja.account.addCandidate({ email: '' });
		const nameless = ja.account.apply({ candidateId });
		const polling = await polledWith(ja, settings);
		ja.account.update('job', 301, { reference: '' });
		ja.account.move(id, INTERVIEW);
		ja.account.move(nameless.id, INTERVIEW);
		ja.fail({ match: 'candidate_email', status: 403, times: Infinity });
		expect(stepsIn(await polling.run())).toEqual([
			[
				null,
				'Interview',
				expect.stringMatching(/^The previous step is not known: The API user may not see this\. /),
			],
			[
				null,
				'Interview',
				"The previous step is not known: JobAffinity's list of step changes can be searched by the candidate's email address or the job's reference only, and the API shows neither.",
			],
		]);
	});
});
