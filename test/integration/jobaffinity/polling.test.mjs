import {
	CALL_FAILED,
	EDITIONS,
	endOfTest,
	failAll,
	HIRED,
	idsOf,
	INTERVIEW,
	jobAffinityForTest,
	keyOf,
	keysOf,
	OFFER,
	pollingOf,
	publishedTriggerOf,
	requestsOf,
	STEP_CHANGED,
	stepsOf,
	testEvents,
	VERSION_EXPIRING,
} from './jobaffinity.mjs';

/** @typedef {import('./jobaffinity.mjs').JobAffinity} JobAffinity */
/** @typedef {import('../../providers/jobaffinity/settings.mjs').Order} Order */

afterEach(endOfTest);

const ORDERS = /** @type {const} */ (['newest', 'oldest']);

/** The keys of changes. @param {JobAffinity} ja @param {number} [from] */
const allKeys = ({ account }, from = 0) => account.stepChanges.slice(from).map(keyOf);

/**
 * A history of changes, spread over three applications.
 *
 * @param {JobAffinity} ja
 * @param {number} count
 */
function history({ account }, count) {
	const ids = account.candidates.map(({ id }) => account.apply({ candidateId: id }).id);
	for (let index = ids.length; index < count; index++)
		account.move(ids[index % ids.length], [INTERVIEW, OFFER][index % 2]);
	return ids;
}

describe('step changes found by polling', () => {
	it.each(EDITIONS)(
		'have the key and the fields that the webhook trigger gives them: $generation generation, $links links',
		async (edition) => {
			const ja = await jobAffinityForTest(edition);
			const { id } = ja.account.apply();
			const webhook = await publishedTriggerOf(ja);
			const polling = pollingOf(ja);
			expect(await polling.poll()).toBeNull();
			const change = ja.account.move(id, INTERVIEW);
			const [delivered] = await webhook.deliver({
				event: STEP_CHANGED,
				application: { _self: `/restapi/v1/application/${id}` },
			});
			const [polled, ...others] = (await polling.poll()) ?? [];
			expect(others).toEqual([]);
			expect(Object.keys(polled).sort()).toEqual(Object.keys(delivered).sort());
			const { payload, details, receivedAt, source, missedByWebhook, ...fields } = delivered;
			// Polling knows no earlier step.
			expect(polled).toMatchObject({
				...fields,
				application: { ...fields.application, previousStage: null },
			});
			expect(polled).toMatchObject({
				eventKey: keyOf(change),
				details: { status: 'fetched', change: details.change },
			});
			expect(polled.person.email).toBe('lea.noir@example.org');
			expect([source, polled.source]).toEqual(['webhook', 'polling']);
			expect([missedByWebhook, polled.missedByWebhook]).toEqual([false, null]);
			expect(polled.payload).toMatchObject({
				event: STEP_CHANGED,
				application: { id },
				change: { user: { id: 9 } },
			});
		},
	);

	it.each([
		['new', 1],
		['old', 1 + 3],
	])('need few requests in the %s generation: %i for one', async (generation, count) => {
		const ja = await jobAffinityForTest({ generation: /** @type {'new' | 'old'} */ (generation) });
		const polling = pollingOf(ja);
		await polling.poll();
		const { id } = ja.account.apply();
		expect(await requestsOf(ja, polling.poll)).toHaveLength(count);
		// An application, its candidate and its job are asked for once in a poll.
		for (const step of [INTERVIEW, OFFER, INTERVIEW]) ja.account.move(id, step);
		expect(await requestsOf(ja, polling.poll)).toHaveLength(count);
	});

	it('have the application as it is at that poll, not as at an earlier one: old generation', async () => {
		const ja = await jobAffinityForTest({ generation: 'old' });
		const polling = pollingOf(ja);
		await polling.poll();
		const { id } = ja.account.apply();
		expect(await polling.poll()).toMatchObject([{ application: { stage: 'New' } }]);
		ja.account.move(id, INTERVIEW);
		expect(await polling.poll()).toMatchObject([{ application: { stage: 'Interview' } }]);
	});

	it('come in the order in which they happened, each once', async () => {
		for (const stepOrder of ORDERS) {
			for (const sinceInclusive of [false, true]) {
				const ja = await jobAffinityForTest({ stepOrder, sinceInclusive });
				const [id] = history(ja, 5);
				const polling = pollingOf(ja);
				expect(await polling.poll()).toBeNull();
				for (const step of [INTERVIEW, OFFER, INTERVIEW]) ja.account.move(id, step);
				const items = await polling.poll();
				expect(keysOf(items)).toEqual(allKeys(ja, 5));
				expect(stepsOf(items)).toEqual(['Interview', 'Offer', 'Interview']);
				expect(await polling.poll()).toBeNull();
				ja.account.move(id, HIRED);
				expect(stepsOf(await polling.poll())).toEqual(['Hired']);
			}
		}
	});

	it.each(ORDERS)('come from as many pages as there are, listed %s first', async (stepOrder) => {
		const ja = await jobAffinityForTest({ stepOrder, nextKeepsParameters: false, lastNext: null });
		const polling = pollingOf(ja);
		await polling.poll();
		history(ja, 350);
		/** @type {any} */
		let items;
		const requests = await requestsOf(ja, async () => (items = await polling.poll()));
		expect(keysOf(items)).toEqual(allKeys(ja));
		expect(requests).toHaveLength(4);
		expect(await polling.poll()).toBeNull();
	});

	it.each(ORDERS)(
		'are neither lost nor repeated when a poll fails half way, listed %s first',
		async (stepOrder) => {
			const ja = await jobAffinityForTest({ stepOrder });
			const polling = pollingOf(ja);
			await polling.poll();
			polling.store();
			history(ja, 250);
			const isBack = ja.fail({
				match: 'pagecursor',
				status: 500,
				headers: { 'retry-after': '0' },
				times: Infinity,
			});
			const before = polling.inMemory;
			await expect(polling.poll()).rejects.toThrow('JobAffinity is not available at the moment');
			expect(polling.inMemory).toEqual(before);
			isBack();
			expect(keysOf(await polling.poll())).toEqual(allKeys(ja));
			expect(await polling.poll()).toBeNull();
		},
	);

	it('are not reported twice after a restart', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja);
		await polling.poll();
		polling.store();
		const [id] = history(ja, 4);
		expect(await polling.poll()).toHaveLength(4);
		await polling.poll();
		polling.restart();
		expect(await polling.poll()).toBeNull();
		ja.account.move(id, HIRED);
		expect(stepsOf(await polling.poll())).toEqual(['Hired']);
	});

	it('are reported without the application when it was deleted or may not be read: old generation', async () => {
		const ja = await jobAffinityForTest({ generation: 'old' });
		const polling = pollingOf(ja);
		await polling.poll();
		const [gone, hidden] = history(ja, 3);
		ja.fail({ match: `/application/${gone}`, status: 404, times: Infinity });
		ja.fail({ match: `/application/${hidden}`, status: 403, times: Infinity });
		const items = await polling.poll();
		expect(keysOf(items)).toEqual(allKeys(ja));
		expect(items).toMatchObject([
			{
				application: { id: String(gone), stage: 'New' },
				details: {
					status: 'partly fetched',
					error: `JobAffinity has no application with the ID ${gone}`,
				},
			},
			{
				application: { id: String(hidden) },
				details: { status: 'partly fetched', error: expect.stringContaining('may not see') },
			},
			{ details: { status: 'fetched' } },
		]);
		expect(await polling.poll()).toBeNull();
	});

	it('wait for the next poll when the API fails on one: old generation', async () => {
		const ja = await jobAffinityForTest({ generation: 'old' });
		const polling = pollingOf(ja);
		await polling.poll();
		history(ja, 3);
		const isBack = ja.fail({
			match: '/application/41002',
			status: 500,
			headers: { 'retry-after': '0' },
			times: Infinity,
		});
		await expect(polling.poll()).rejects.toThrow('not available');
		isBack();
		expect(keysOf(await polling.poll())).toEqual(allKeys(ja));
	});

	it('fail the poll when pages lead in a circle, and are reported when they no longer do', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja);
		await polling.poll();
		history(ja, 3);
		const circle = '/restapi/v1/step?since=0&limit=100';
		const isBack = ja.fail({
			match: '/step',
			status: 200,
			body: { _status: 'OK', _next: circle, items: [] },
			times: Infinity,
		});
		await expect(polling.poll()).rejects.toThrow('in a circle');
		isBack();
		expect(await polling.poll()).toHaveLength(3);
	});

	it.each(
		/** @type {const} */ ([
			['jobs', ['Warehouse Lead'], 2],
			['jobs', ['302'], 1],
			['steps', ['Interview'], 1],
			['stepStatuses', ['START'], 2],
			['stepStatuses', ['END'], 0],
		]),
	)('are filtered: %s %j', async (name, values, count) => {
		for (const generation of /** @type {const} */ (['new', 'old'])) {
			const ja = await jobAffinityForTest({ generation });
			const polling = pollingOf(ja, { parameters: { filters: { [name]: values } } });
			await polling.poll();
			ja.account.apply({ jobId: 302 });
			ja.account.move(ja.account.apply().id, INTERVIEW);
			expect((await polling.poll()) ?? []).toHaveLength(count);
			expect(await polling.poll()).toBeNull();
		}
	});
});

describe('the first poll', () => {
	it('reports no history with Start From: Now', async () => {
		const ja = await jobAffinityForTest();
		history(ja, 7);
		const polling = pollingOf(ja);
		expect(await requestsOf(ja, polling.poll)).toHaveLength(1);
		expect(await polling.poll()).toBeNull();
		expect(polling.inMemory['node:JobAffinity Polling Trigger'].cursors).toEqual({
			stepChanges: { changeId: idsOf(ja).at(-1) },
		});
	});

	it('begins with the first change of an account that has none', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja);
		await polling.poll();
		history(ja, 3);
		expect(await polling.poll()).toHaveLength(3);
	});

	it.each(ORDERS)(
		'reports everything with Start From: All Available, listed %s first',
		async (stepOrder) => {
			const ja = await jobAffinityForTest({ stepOrder });
			history(ja, 120);
			const polling = pollingOf(ja, { parameters: { startFrom: 'listed' } });
			expect(keysOf(await polling.poll())).toEqual(allKeys(ja));
			expect(await polling.poll()).toBeNull();
		},
	);

	it.each(/** @type {const} */ (['new', 'old']))(
		'reports nothing older with Start From: A Date; a day counts to its end: %s generation',
		async (generation) => {
			const ja = await jobAffinityForTest({ generation });
			const [id] = history(ja, 0);
			const days = [
				'2026-03-04T10:00:00Z',
				'2026-03-05T08:00:00Z',
				'2026-03-05T15:00:00Z',
				'2026-03-06T10:00:00Z',
			];
			ja.account.stepChanges = [];
			for (const day of days) {
				ja.account.now = () => Date.parse(day);
				ja.account.move(id, INTERVIEW);
			}
			const parameters = { startFrom: 'date', startDate: '2026-03-05T12:00:00Z' };
			const polling = pollingOf(ja, { parameters });
			// Of a day without a time nobody knows whether it was in the morning.
			expect(keysOf(await polling.poll())).toEqual(allKeys(ja, generation === 'new' ? 1 : 2));
			expect(await polling.poll()).toBeNull();
		},
	);

	it('reports later events whatever Start Date is', async () => {
		const ja = await jobAffinityForTest();
		const [id] = history(ja, 3);
		const polling = pollingOf(ja, {
			parameters: { startFrom: 'date', startDate: '2126-01-01T00:00:00Z' },
		});
		expect(await polling.poll()).toBeNull();
		ja.account.move(id, HIRED);
		expect(stepsOf(await polling.poll())).toEqual(['Hired']);
	});

	it.each(
		/** @type {const} */ ([
			[
				'page by page when they are listed oldest first',
				{ stepOrder: 'oldest' },
				250,
				[100, 100, 50],
			],
			[
				'one by one when each has to be fetched',
				{ generation: 'old', stepOrder: 'newest' },
				3,
				[1, 1, 1],
			],
			[
				'at once when they are listed newest first, and nothing has to be fetched',
				{ stepOrder: 'newest' },
				250,
				[250],
			],
		]),
	)(
		'that has too little time is continued by the next ones, %s',
		async (_, options, count, expected) => {
			const ja = await jobAffinityForTest(options);
			ja.account.now = () => Date.parse('2026-03-05T10:00:00Z');
			history(ja, count);
			const polling = pollingOf(ja, { budgetMs: 0, parameters: { startFrom: 'listed' } });
			const found = [];
			for (const size of expected) {
				const items = await polling.poll();
				expect(items).toHaveLength(size);
				found.push(...keysOf(items));
			}
			expect(found).toEqual(allKeys(ja));
			expect(await polling.poll()).toBeNull();
		},
	);

	it('that ran out of time does not report later what is too old', async () => {
		const ja = await jobAffinityForTest({ stepOrder: 'oldest' });
		ja.account.now = () => Date.parse('2026-03-05T10:00:00Z');
		const [id] = history(ja, 250);
		const polling = pollingOf(ja, {
			budgetMs: 0,
			parameters: { startFrom: 'date', startDate: '2026-03-07T00:00:00Z' },
		});
		for (let count = 0; count < 4; count++) expect(await polling.poll()).toBeNull();
		ja.account.move(id, HIRED);
		expect(stepsOf(await polling.poll())).toEqual(['Hired']);
	});
});

describe('which change is the newest', () => {
	/** @param {Order} stepOrder @param {number} count @param {boolean} [sinceInclusive] */
	async function search(stepOrder, count, sinceInclusive = false) {
		const ja = await jobAffinityForTest({ stepOrder, sinceInclusive });
		history(ja, count);
		const polling = pollingOf(ja);
		const requests = await requestsOf(ja, polling.poll);
		expect(polling.inMemory['node:JobAffinity Polling Trigger'].cursors).toEqual({
			stepChanges: { changeId: idsOf(ja).at(-1) },
		});
		return requests.length;
	}

	it('needs one request when they are listed newest first', async () => {
		expect(await search('newest', 350)).toBe(1);
	});

	it.each([
		[3, 1],
		[100, 1],
		[101, 2],
		[350, 3],
		[5000, 14],
	])('among %i needs %i requests when they are listed oldest first', async (count, requests) => {
		expect(await search('oldest', count)).toBe(requests);
	});

	it('is right for every number, whether since includes its ID or not', async () => {
		for (const sinceInclusive of [false, true]) {
			for (const count of [99, 100, 101, 102, 199, 200, 201, 202, 300, 301, 302, 303, 349, 351]) {
				expect(await search('oldest', count, sinceInclusive)).toBeLessThan(30);
			}
		}
	});
});

describe('failed webhook calls', () => {
	/**
	 * @param {JobAffinity} ja
	 * @param {Partial<import('../../providers/jobaffinity/objects.mjs').WebhookTask>} task
	 */
	const called = ({ account }, task) =>
		account.recordTask({
			event: STEP_CHANGED,
			at: Date.parse('2026-03-05T13:02:09Z'),
			response_status: 503,
			response_body: '',
			applicationId: 41001,
			...task,
		});

	it('show no secret that an answer repeats', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		await polling.poll();
		called(ja, { response_status: 404, response_body: 'No such page: /webhook/1?token=s3cret' });
		const items = await polling.poll();
		expect(items).toMatchObject([
			{
				payload: { call: { response_body: 'No such page: /webhook/1?hidden' } },
			},
		]);
		expect(JSON.stringify(items)).not.toContain('s3cret');
	});

	it('are reported once each, even several in one second for the same application, and no others', async () => {
		for (const taskOrder of ORDERS) {
			const ja = await jobAffinityForTest({ taskOrder });
			called(ja, { at: 0 });
			called(ja, { response_body: 'first' });
			const polling = pollingOf(ja, { events: [CALL_FAILED] });
			expect(await polling.poll()).toBeNull();
			called(ja, { response_body: 'second' });
			called(ja, { response_status: 200 });
			called(ja, { response_body: 'third' });
			called(ja, { response_status: 204 });
			const items = await polling.poll();
			expect(items).toMatchObject([
				{
					event: CALL_FAILED,
					title: 'JobAffinity could not deliver to a webhook',
					occurredAt: '2026-03-05 14:02:09',
					occurredOn: 'Mar 5, 2026',
					application: { id: '41001' },
					payload: {
						call: {
							datetime: '2026-03-05 14:02:09',
							response_status: 503,
							response_body: 'second',
							event: STEP_CHANGED,
						},
					},
				},
				{
					payload: {
						call: {
							response_body: 'third',
							application: { _self: '/restapi/v1/application/41001' },
						},
					},
				},
			]);
			expect(await polling.poll()).toBeNull();
			// More in the same second, and then in the next.
			called(ja, { response_body: 'fourth' });
			called(ja, { response_status: 0 });
			expect(await polling.poll()).toMatchObject([
				{ payload: { call: { response_body: 'fourth' } } },
				{ payload: { call: { response_status: 0 } } },
			]);
			called(ja, { at: Date.parse('2026-03-05T13:02:10Z') });
			called(ja, { at: Date.parse('2026-03-05T13:02:10Z'), applicationId: 41002 });
			expect(await polling.poll()).toHaveLength(2);
			expect(await polling.poll()).toBeNull();
		}
	});

	it.each(ORDERS)('come from as many pages as there are, listed %s first', async (taskOrder) => {
		const ja = await jobAffinityForTest({ taskOrder });
		for (let index = 0; index < 150; index++)
			called(ja, { at: Date.parse('2026-03-04T13:00:00Z') + index * 500 });
		const polling = pollingOf(ja, { events: [CALL_FAILED] });
		expect(await polling.poll()).toBeNull();
		expect(await polling.poll()).toBeNull();
		for (let index = 0; index < 250; index++)
			called(ja, { at: Date.parse('2026-03-05T13:00:00Z') + index * 500 });
		const items = (await polling.poll()) ?? [];
		expect(new Set(keysOf(items)).size).toBe(250);
		const times = items.map(({ occurredAt }) => occurredAt);
		expect(times).toEqual([...times].sort());
		expect(await polling.poll()).toBeNull();
		called(ja, { at: Date.parse('2026-03-06T13:00:00Z') });
		expect(await polling.poll()).toHaveLength(1);
	});

	it('are kept for the next poll when one fails half way', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, { events: [CALL_FAILED, VERSION_EXPIRING] });
		await polling.poll();
		called(ja, {});
		const isBack = ja.fail({
			match: /restapi\/v1$/,
			status: 500,
			headers: { 'retry-after': '0' },
			times: Infinity,
		});
		await expect(polling.poll()).rejects.toThrow('not available');
		isBack();
		expect(await polling.poll()).toHaveLength(1);
		expect(await polling.poll()).toBeNull();
	});

	it('are taken from the history as Start From says', async () => {
		const ja = await jobAffinityForTest();
		called(ja, { at: Date.parse('2026-03-04T13:00:00Z') });
		called(ja, { at: Date.parse('2026-03-06T13:00:00Z') });
		const from = (/** @type {Record<string, unknown>} */ parameters) =>
			pollingOf(ja, { events: [CALL_FAILED], parameters }).poll();
		expect(await from({})).toBeNull();
		expect(await from({ startFrom: 'listed' })).toHaveLength(2);
		expect(await from({ startFrom: 'date', startDate: '2026-03-05T00:00:00Z' })).toMatchObject([
			{ occurredAt: '2026-03-06 14:00:00' },
		]);
	});
});

describe('an API version that expires', () => {
	/**
	 * Answers of the root that differ from what it usually says.
	 *
	 * @param {JobAffinity} ja
	 * @param {object} fields
	 */
	const rootSays = (ja, fields) =>
		ja.fail({
			match: /restapi\/v1$/,
			status: 200,
			body: {
				_status: 'OK',
				_self: '/restapi/v1',
				_version: '1.10',
				_last_version_url: '/restapi/v1',
				_expiration: null,
				...fields,
			},
			times: Infinity,
		});

	it('is reported once for every change of what the root shows', async () => {
		const ja = await jobAffinityForTest();
		const polling = pollingOf(ja, { events: [VERSION_EXPIRING] });
		expect(await polling.poll()).toBeNull();
		const says = [
			{ _last_version_url: '/restapi/v2' },
			{ _last_version_url: '/restapi/v2', _expiration: '2027-01-31' },
			{ _last_version_url: '/restapi/v2', _expiration: '2027-03-31' },
		];
		for (const fields of says) {
			const ends = rootSays(ja, fields);
			expect(await polling.poll()).toMatchObject([
				{
					event: VERSION_EXPIRING,
					payload: { root: { _version: '1.10', _expiration: null, ...fields } },
				},
			]);
			expect(await polling.poll()).toBeNull();
			ends();
		}
		expect(await polling.poll()).toBeNull();
	});

	it('is reported at the first poll, as it is not history', async () => {
		const ja = await jobAffinityForTest({ expiration: '2027-01-31' });
		const polling = pollingOf(ja, { events: [VERSION_EXPIRING] });
		expect(await polling.poll()).toHaveLength(1);
		polling.restart();
		expect(await polling.poll()).toBeNull();
	});

	it.each([
		{ _last_version_url: 'https://jobaffinity.fr/restapi/v1/' },
		{ _last_version_url: null },
		{ _last_version_url: '' },
		{ _self: undefined },
		{ _self: 'https://jobaffinity.fr/restapi/v1' },
	])('is not found in another spelling of the same version: %j', async (fields) => {
		const ja = await jobAffinityForTest();
		rootSays(ja, fields);
		expect(await pollingOf(ja, { events: [VERSION_EXPIRING] }).poll()).toBeNull();
	});
});

describe('a poll', () => {
	it('needs one request for each kind of event when nothing is new', async () => {
		const ja = await jobAffinityForTest();
		history(ja, 130);
		for (let count = 0; count < 130; count++) {
			ja.account.recordTask({
				event: STEP_CHANGED,
				at: count * 1000,
				response_status: 200,
				response_body: '',
				applicationId: 41001,
			});
		}
		/** @type {Record<string, string[]>} */
		const paths = {
			[STEP_CHANGED]: ['/step'],
			[CALL_FAILED]: ['/webhook/task'],
			[VERSION_EXPIRING]: [''],
		};
		for (const [event, expected] of Object.entries({
			...paths,
			'*': Object.values(paths).flat(),
		})) {
			const polling = pollingOf(ja, { events: [event] });
			await polling.poll();
			const requests = await requestsOf(ja, async () => expect(await polling.poll()).toBeNull());
			expect(requests.map((path) => path.replace(/\?.*/, ''))).toEqual(expected);
		}
	});

	it('fails with what to do when the login is wrong', async () => {
		const ja = await jobAffinityForTest();
		failAll(ja, 401);
		await expect(pollingOf(ja).poll()).rejects.toThrow(
			'JobAffinity does not accept the login and password',
		);
	});
});

describe('Fetch Test Event', () => {
	const events = [STEP_CHANGED, CALL_FAILED, VERSION_EXPIRING];

	it.each(ORDERS)('gives the newest real event of each kind, listed %s first', async (order) => {
		const ja = await jobAffinityForTest({
			stepOrder: order,
			taskOrder: order,
			expiration: '2027-01-31',
		});
		history(ja, 120);
		for (const [at, response_status] of [
			[1000, 500],
			[2000, 503],
			[3000, 200],
		]) {
			ja.account.recordTask({
				event: STEP_CHANGED,
				at,
				response_status,
				response_body: '',
				applicationId: 41001,
			});
		}
		const { items, hints } = await testEvents(ja, { events });
		expect(items).toMatchObject([
			{ eventKey: allKeys(ja).at(-1), details: { status: 'fetched' } },
			{ event: CALL_FAILED, payload: { call: { response_status: 503 } } },
			{ event: VERSION_EXPIRING, payload: { root: { _expiration: '2027-01-31' } } },
		]);
		expect(hints).toEqual([]);
	});

	it('needs one request for each kind when changes are listed newest first', async () => {
		const ja = await jobAffinityForTest();
		history(ja, 120);
		expect(await requestsOf(ja, () => testEvents(ja, { events }))).toHaveLength(3);
	});

	it('gives a sample where there is no real event that passes the filters, and says so', async () => {
		const ja = await jobAffinityForTest();
		const [id] = history(ja, 3);
		const none = await testEvents(ja, {
			events,
			parameters: { filters: { steps: ['Offer'] } },
		});
		expect(none.items).toMatchObject(events.map((event) => ({ event, source: 'sample' })));
		expect(none.hints).toMatchObject([
			{ type: 'warning', message: expect.stringContaining('JobAffinity') },
		]);
		ja.account.move(id, OFFER);
		ja.account.move(id, INTERVIEW);
		const some = await testEvents(ja, {
			events: [STEP_CHANGED],
			parameters: { filters: { steps: ['Offer'] } },
		});
		expect(some.items).toMatchObject([
			{ eventKey: allKeys(ja).at(-2), application: { stage: 'Offer' } },
		]);
	});
});
