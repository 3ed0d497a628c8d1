import { fetchTestEvents, pollingNode } from '../core.mjs';
import {
	ACCEPTED,
	ALL_COMPLETED,
	closeJofis,
	COMPLETED,
	CREATED,
	jofiForTest,
	keyOf,
	newTestTaker,
	PROFILE,
	publish,
	requestsOf,
	TEST_TAKER,
} from './polling.mjs';
import { BUSY, bodiesOf, scoreProfile, webhookTrigger } from './webhookTrigger.mjs';

/** What the triggers fetch from JOFI's API for an event, what that costs, and how it fails. */

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
	await closeJofis();
});

/** @param {Parameters<typeof jofiForTest>[0]} [options] */
async function started(options) {
	const jofi = await jofiForTest(options);
	const webhook = await bodiesOf(jofi);
	closing.push(webhook.close);
	return { jofi, webhook };
}

const ROBIN = { name: 'Robin Hale', email: 'robin.hale@example.com' };
const NOBODY = { name: null, email: null };
const ALL = [CREATED, ACCEPTED, TEST_TAKER, COMPLETED, ALL_COMPLETED, PROFILE];

/**
 * Deliveries of all events of one person, who completes everything, by type.
 *
 * @param {Awaited<ReturnType<typeof started>>} place
 * @returns {Promise<Record<string, any>>}
 */
async function lifeOf({ jofi, webhook }) {
	const { id } = newTestTaker(jofi);
	for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
	jofi.account.createProfile(id);
	const bodies = await webhook.taken();
	const last = bodies.find(
		({ type, data }) =>
			type === COMPLETED &&
			data.object.assigned_assessments.every((/** @type {any} */ each) => each.completed_at),
	);
	return { ...Object.fromEntries(bodies.map((body) => [body.type, body])), [COMPLETED]: last };
}

/** @param {string} path */
const scorecardOf = (path) => `${path}/scorecard?sp=${scoreProfile}`;

/**
 * The requests that the items of one delivery cost by webhook; each choice by itself.
 *
 * @type {[choice: string, type: string, requests: string[]][]}
 */
const COSTS = [
	['scorecard', COMPLETED, [scorecardOf('/test-takers/42001')]],
	['scorecard', TEST_TAKER, []],
	['scorecard', CREATED, []],
	['scorecard', ACCEPTED, []],
	['scorecard', PROFILE, []],
	['inviter', COMPLETED, []],
	['inviter', TEST_TAKER, []],
	['inviter', CREATED, ['/invitations/31001']],
	['inviter', ACCEPTED, ['/test-takers/42001']],
	['inviter', PROFILE, ['/test-takers/42001']],
	['currentAssessments', COMPLETED, []],
	['currentAssessments', CREATED, []],
];

describe('a delivery', () => {
	it.each(COSTS)('with %s of %s costs these requests: %j', async (choice, type, requests) => {
		const place = await started();
		const { [type]: body } = await lifeOf(place);
		// An invitation is not documented to have it.
		if (type === CREATED || type === ACCEPTED) delete body.data.object.invited_by_user;
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: `cost:${choice}:${type}`, events: ALL, fetch: [choice] },
		});
		/** @type {any} */
		let received;
		expect(
			await requestsOf(place.jofi, async () => (received = await trigger.receive(body))),
		).toEqual(requests);
		expect(received.status).toBe('success');
		expect(received.items.length).toBeGreaterThan(0);
	});

	it('costs nothing, whatever it is of, when nothing is fetched', async () => {
		const place = await started();
		const bodies = Object.values(await lifeOf(place));
		const trigger = webhookTrigger(place.jofi, { workflowId: 'cost:nothing', events: ALL });
		const requests = await requestsOf(place.jofi, async () => {
			for (const body of bodies) await trigger.receive(body);
		});
		expect(requests).toEqual([]);
	});

	it('that is repeated costs nothing', async () => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const setting = { workflowId: 'cost:again', events: [COMPLETED], fetch: ['scorecard'] };
		const trigger = webhookTrigger(place.jofi, setting);
		const items = await trigger.handedOver(body);
		expect((await trigger.execute(items)).items).toHaveLength(3);
		const requests = await requestsOf(place.jofi, async () =>
			expect((await trigger.execute(items)).items).toEqual([]),
		);
		expect(requests).toEqual([]);
	});
});

describe('the scorecard', () => {
	it('is in the item as text, as HTML and as data, once all is completed', async () => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: 'scorecard:all', events: [COMPLETED, ALL_COMPLETED] },
			fetch: ['scorecard'],
		});
		/** @type {any[]} */
		let items = [];
		const requests = await requestsOf(place.jofi, async () => {
			({ items } = await trigger.receive(body));
		});
		// Of three completions within a minute, and that they are all.
		expect(requests).toEqual([scorecardOf('/test-takers/42001')]);
		expect(items.map(({ event }) => event)).toEqual([
			...[COMPLETED, COMPLETED, COMPLETED],
			ALL_COMPLETED,
		]);
		for (const { details } of items) expect(details.scorecard).toEqual(items[3].details.scorecard);
		expect(items[3].details).toMatchObject({
			derivedFrom: [COMPLETED],
			status: 'fetched',
			error: null,
			scorecard: {
				text: expect.stringMatching(
					/^Scorecard of Avery Stone 31001: Sample Occupation Group Zone 3\n\nThinking Skills\nOverall: \d+ \*\n {2}- Reading: \d+/,
				),
				html: expect.stringMatching(/^<h3>Scorecard of Avery Stone 31001/),
				scoreProfile: { short_name: scoreProfile },
				riasecProfile: 'IRC',
				scales: expect.arrayContaining([expect.objectContaining({ shortName: 'think-read' })]),
			},
		});
	});

	it('says of an open assessment that there is no score yet', async () => {
		const { jofi, webhook } = await started();
		const { id } = newTestTaker(jofi);
		jofi.account.complete(id, 6);
		const [body] = (await webhook.taken()).filter(({ type }) => type === COMPLETED);
		const setting = { workflowId: 'scorecard:open', events: [COMPLETED], fetch: ['scorecard'] };
		const { items } = await webhookTrigger(jofi, setting).receive(body);
		expect(items[0].details.scorecard.text).toContain('Overall: no score yet *');
		expect(items[0].details.scorecard.text).toMatch(/Diligence: \d/);
	});

	it('is fetched a few at a time for what a poll has found, once for each test taker', async () => {
		const jofi = await jofiForTest();
		const events = [COMPLETED, ALL_COMPLETED];
		const trigger = publish(jofi, {
			...{ workflowId: 'scorecard:poll', events },
			parameters: { fetch: ['scorecard'], scoreProfile },
		});
		await trigger.poll();
		const testTakers = Array.from({ length: 10 }, () => newTestTaker(jofi));
		for (const { id } of testTakers)
			for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		/** @type {any[]} */
		const items = [];
		const requests = await requestsOf(jofi, async () =>
			items.push(...((await trigger.poll()) ?? [])),
		);
		expect(requests).toHaveLength(2 + 10 + 10);
		expect(items).toHaveLength(40);
		for (const { person, details } of items)
			expect(details).toMatchObject({
				mode: 'live',
				status: 'fetched',
				scorecard: { text: expect.stringContaining(`Scorecard of ${person.name}`) },
			});
	});

	it('of what the webhook has run already costs polling nothing', async () => {
		const place = await started();
		const workflowId = 'scorecard:both';
		const setting = { fetch: ['scorecard'], scoreProfile };
		const polling = publish(place.jofi, {
			...{ workflowId, events: [COMPLETED], parameters: setting },
		});
		await polling.poll();
		const { [COMPLETED]: body } = await lifeOf(place);
		const trigger = webhookTrigger(place.jofi, { workflowId, events: [COMPLETED] });
		expect((await trigger.receive(body)).items).toHaveLength(3);
		expect(await requestsOf(place.jofi, polling.poll)).toEqual([
			...['/accounts', '/test-takers', '/test-takers/42001'],
		]);
	});

	it('is escaped in the HTML, whatever the names are', async () => {
		const place = await started();
		place.jofi.account.scoreProfiles[0].display_name = '<img src=x onerror=alert(1)>';
		const { [COMPLETED]: body } = await lifeOf(place);
		const setting = { workflowId: 'scorecard:html', events: [COMPLETED], fetch: ['scorecard'] };
		const { items } = await webhookTrigger(place.jofi, setting).receive(body);
		expect(items[0].details.scorecard.html).toContain(': &lt;img src=x onerror=alert(1)&gt;</h3>');
	});
});

/** @type {[what: string, failure: Parameters<import('./polling.mjs').Jofi['fail']>[0], says: RegExp][]} */
const FAILURES = [
	['JOFI is down', { match: '', ...BUSY }, /JOFI is not available at the moment\. .*Try again/],
	[
		'there are too many requests',
		{ match: '', status: 429, headers: { 'retry-after': '3600' } },
		/too many requests\. Try again in 60 minutes/,
	],
	[
		'the key is not accepted',
		{ match: '', status: 404, body: { error: 'Account not found for API key' } },
		/The API key was not accepted\. Check the key/,
	],
	[
		'the record is gone',
		{ match: '', status: 400, body: { error: 'Test taker not found' } },
		/JOFI said: Test taker not found\. /,
	],
	[
		'the answer is a page',
		{ match: '', status: 200, body: '<html></html>' },
		/does not understand/,
	],
];

describe('when something cannot be fetched', () => {
	it.each(FAILURES)(
		'because %s, the items come, and say what to do',
		async (what, failure, says) => {
			const place = await started();
			const { [COMPLETED]: completed, [PROFILE]: profile } = await lifeOf(place);
			const trigger = webhookTrigger(place.jofi, {
				...{ workflowId: `fails:${what}`, events: ALL, fetch: ['scorecard', 'inviter'] },
			});
			place.jofi.fail({ ...failure, times: Infinity });
			const { status, items } = await trigger.receive(completed);
			expect(status).toBe('success');
			expect(items).toHaveLength(4);
			for (const { details, owner } of items) {
				expect(details.status).toBe('not fetched');
				expect(details.error).toMatch(/^The scorecard is missing\. /);
				expect(details.error).toMatch(says);
				expect(details.scorecard).toEqual({
					...{ text: null, html: null, scoreProfile: null, riasecProfile: null, scales: [] },
				});
				expect(owner).toEqual(ROBIN);
			}
			const [item] = (await trigger.receive(profile)).items;
			expect(item.owner).toEqual(NOBODY);
			expect(item.details.error).toMatch(/^Who invited is missing\. /);
			expect(item.details.error).toMatch(says);
		},
	);

	it.each([
		['there is no credential', { key: /** @type {const} */ ('none') }, 'No JOFI API credential'],
		['the key is a test key', { key: /** @type {const} */ ('test') }, 'is a test key'],
		[
			'the score profile is empty',
			{ parameters: { scoreProfile: '={{ "" }}' } },
			'Score Profile is empty: choose one in the trigger.',
		],
		[
			'there is no such score profile',
			{ parameters: { scoreProfile: 'JOFI-000-ZZ' } },
			'Check that Score Profile: Get Many lists the score profile of the trigger.',
		],
	])('because %s, it says so', async (name, setting, says) => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: `lacks:${name}`, events: [ALL_COMPLETED], fetch: ['scorecard'] },
			...setting,
		});
		const { items } = await trigger.receive(body);
		expect(items).toMatchObject([
			{ event: ALL_COMPLETED, details: { status: 'not fetched', scorecard: { text: null } } },
		]);
		expect(items[0].details.error).toContain(says);
	});

	it('of one event, the others are complete', async () => {
		const place = await started({ invitationObject: 'documented' });
		await lifeOf(place);
		const polling = publish(place.jofi, {
			...{ workflowId: 'fails:part', events: [ACCEPTED, ALL_COMPLETED] },
			parameters: { startFrom: 'listed', fetch: ['scorecard', 'inviter'], scoreProfile },
		});
		place.jofi.fail({ match: '/scorecard', ...BUSY, times: Infinity });
		const items = (await polling.poll()) ?? [];
		expect(items.map(({ event, owner, details }) => [event, owner, details.status])).toEqual([
			[ACCEPTED, ROBIN, 'fetched'],
			[ALL_COMPLETED, ROBIN, 'not fetched'],
		]);
	});
});

describe("with n8n's Retry On Fail", () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('the node tries again, and the items come once, complete', async () => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const workflowId = 'retry:succeeds';
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId, events: [COMPLETED, ALL_COMPLETED], fetch: ['scorecard'], node },
		});
		place.jofi.fail({ match: '/scorecard', ...BUSY, times: 2 });
		/** @type {any} */
		let received;
		const requests = await requestsOf(place.jofi, async () => {
			received = await trigger.receive(body);
		});
		expect(requests).toEqual(Array(3).fill(scorecardOf('/test-takers/42001')));
		expect(received.status).toBe('success');
		expect(received.items).toHaveLength(4);
		for (const { details } of received.items) expect(details.status).toBe('fetched');
		expect((await trigger.receive(body)).items).toEqual([]);
	});

	it('the last try gives the items without what is missing', async () => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: 'retry:gives up', events: [ALL_COMPLETED], fetch: ['scorecard'], node },
		});
		place.jofi.fail({ match: '/scorecard', ...BUSY, times: Infinity });
		/** @type {any} */
		let received;
		const requests = await requestsOf(place.jofi, async () => {
			received = await trigger.receive(body);
		});
		expect(requests).toHaveLength(3);
		expect(received).toMatchObject({
			status: 'success',
			items: [{ details: { status: 'not fetched' } }],
		});
		expect((await trigger.receive(body)).items).toEqual([]);
	});

	it('nothing is tried again that would be refused again', async () => {
		const place = await started();
		const { [COMPLETED]: body } = await lifeOf(place);
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: 'retry:refused', events: [ALL_COMPLETED], fetch: ['scorecard'], node },
		});
		place.jofi.fail({ match: '/scorecard', status: 400, body: { error: 'No' }, times: Infinity });
		expect(await requestsOf(place.jofi, () => trigger.receive(body))).toHaveLength(1);
	});

	it('a polled event that needs a second try comes once, complete', async () => {
		const jofi = await jofiForTest();
		const { id } = newTestTaker(jofi);
		for (const assessment of [6, 7, 8]) jofi.account.complete(id, assessment);
		const parameters = { events: [ALL_COMPLETED], startFrom: 'listed', fetch: ['scorecard'] };
		const polling = pollingNode({
			...{ workflowId: 'retry:poll', credentials: keyOf(jofi) },
			node: {
				type: 'jofiPollingTrigger',
				parameters: /** @type {any} */ ({ ...parameters, scoreProfile }),
				...node,
			},
		});
		jofi.fail({ match: '/scorecard', ...BUSY, times: 1 });
		expect(await polling.poll()).toMatchObject([{ details: { status: 'fetched' } }]);
		expect(await polling.poll()).toBeNull();
	});
});

describe('who invited', () => {
	it('is on every event of an accepted invitation', async () => {
		const place = await started({ invitationObject: 'documented' });
		const bodies = await lifeOf(place);
		for (const type of [ACCEPTED, PROFILE]) delete bodies[type].data.object.invited_by_user;
		const trigger = webhookTrigger(place.jofi, {
			...{ workflowId: 'inviter:all', events: ALL, fetch: ['inviter'] },
		});
		for (const type of [ACCEPTED, TEST_TAKER, COMPLETED, PROFILE]) {
			const { items } = await trigger.receive(bodies[type]);
			expect(items.length).toBeGreaterThan(0);
			for (const { owner } of items) expect(owner).toEqual(ROBIN);
		}
	});

	it.each([
		[{ invited_by_user: { first_name: 'Robin', last_name: 'Hale', email: ROBIN.email } }, ROBIN],
		[{ created_by_user_email: ROBIN.email }, { name: null, email: ROBIN.email }],
	])('comes from a new invitation itself, if JOFI shows it there: %j', async (shown, owner) => {
		const { jofi, webhook } = await started({ invitationObject: 'documented' });
		const { id } = jofi.account.invite();
		const [body] = await webhook.taken();
		delete body.data.object.invited_by_user;
		jofi.fail({
			...{ match: `/invitations/${id}`, status: 200 },
			body: { mode: 'live', object: 'invitation', id, ...shown },
		});
		const setting = { events: [CREATED], fetch: ['inviter'] };
		const trigger = webhookTrigger(jofi, {
			...{ workflowId: `inviter:${JSON.stringify(shown)}`, ...setting },
		});
		const { items } = await trigger.receive(body);
		expect(items).toMatchObject([{ owner, details: { status: 'fetched', error: null } }]);
	});

	it('of a new invitation is unknown if JOFI does not show it, and the item says from when it is', async () => {
		const { jofi, webhook } = await started({ invitationObject: 'documented' });
		jofi.account.invite();
		const [body] = await webhook.taken();
		delete body.data.object.invited_by_user;
		const setting = { workflowId: 'inviter:none', events: [CREATED], fetch: ['inviter'] };
		const { items } = await webhookTrigger(jofi, setting).receive(body);
		expect(items).toMatchObject([
			{
				owner: NOBODY,
				details: {
					error:
						'Who invited is missing. JOFI does not name who sent this invitation. Events of the test taker do, once the invitation is accepted.',
				},
			},
		]);
	});

	it('is not asked for twice of a polled invitation', async () => {
		const jofi = await jofiForTest({ invitationObject: 'documented' });
		const polling = publish(jofi, {
			...{ workflowId: 'inviter:poll', events: [CREATED] },
			parameters: { fetch: ['inviter'] },
		});
		await polling.poll();
		const { id } = jofi.account.invite();
		/** @type {any} */
		let items;
		const requests = await requestsOf(jofi, async () => (items = await polling.poll()));
		expect(requests).toEqual(['/invitations', `/invitations/${id}`]);
		expect(items).toMatchObject([{ owner: NOBODY, details: { status: 'not fetched' } }]);
	});
});

describe('Fetch Test Event', () => {
	const parameters = { events: [COMPLETED, CREATED], fetch: ['scorecard'], scoreProfile };

	it('shows real events with what is fetched', async () => {
		const jofi = await jofiForTest();
		jofi.account.complete(newTestTaker(jofi).id, 6);
		const { items } = await fetchTestEvents(
			{ credentials: keyOf(jofi) },
			'jofiPollingTrigger',
			parameters,
		);
		expect(items).toMatchObject([
			{ event: CREATED, source: 'polling' },
			{
				...{ event: COMPLETED, source: 'polling' },
				details: { scorecard: { text: expect.stringMatching(/^Scorecard of Avery/) } },
			},
		]);
	});

	it('shows samples with a made-up scorecard, and without one if none is fetched', async () => {
		const jofi = await jofiForTest();
		const sampleWith = async (/** @type {string[]} */ fetch) => {
			const { items } = await fetchTestEvents({ credentials: keyOf(jofi) }, 'jofiPollingTrigger', {
				...parameters,
				events: [ALL_COMPLETED],
				fetch,
			});
			expect(items).toMatchObject([{ source: 'sample' }]);
			return items[0].details;
		};
		expect(await sampleWith(['scorecard'])).toMatchObject({
			status: 'fetched',
			scorecard: { text: expect.stringMatching(/^Scorecard of Linda Sample/) },
		});
		expect(await sampleWith([])).toEqual({ derivedFrom: [COMPLETED] });
	});
});
