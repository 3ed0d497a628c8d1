import { rateLimitWaits } from '#dist/nodes/JobAffinity/api/transport.js';
import { resources } from '#dist/nodes/JobAffinity/resources/index.js';
import { runOperation as run } from '#dist/nodes/shared/actions/router.js';
import { systemClock } from '#dist/nodes/shared/http/rateLimiter.js';
import { n8nFor, simulatedClock } from '../bench/simulated.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startSlowly } from '../providers/shared/slow.mjs';
import { pollingNode, runOperation } from './core.mjs';

/** How many records are read from a provider at once, and that nothing else changes by it. */

const AT_ONCE = 4;

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

/** Later records are answered sooner, so that answers come in another order than asked for. */
const lastFirst = (/** @type {string} */ path) =>
	Math.max(5, 60 - 10 * (Number(/\d+$/.exec(path)?.[0]) % 5));

/** @param {Parameters<typeof startJofi>[0]} [options] */
async function jofi(options) {
	const simulated = await startJofi(options);
	const slow = await startSlowly(simulated.base, lastFirst);
	closing.push(simulated.close, slow.close);
	const credentials = { jofiApi: { apiKey: simulated.keys.live, baseUrl: slow.base } };
	return { ...simulated, credentials, most: slow.most };
}

/** @param {Parameters<typeof startJobAffinity>[0]} [options] */
async function jobAffinity(options) {
	const simulated = await startJobAffinity(options);
	const slow = await startSlowly(simulated.base, lastFirst);
	closing.push(simulated.close, slow.close);
	const credentials = { jobAffinityApi: { ...simulated.login, baseUrl: slow.base } };
	return { ...simulated, credentials, most: slow.most };
}

/** @param {Record<string, Record<string, string>>} credentials @param {string} type @param {string[]} events */
const published = (credentials, type, events) =>
	pollingNode({ credentials, node: { type, parameters: { events } } });

describe('a poll of JOFI', () => {
	it('reads a few records at once, and reports them in the order of the list', async () => {
		const { account, credentials, requests, most } = await jofi();
		const polling = published(credentials, 'jofiPollingTrigger', ['invitation.created']);
		await polling.poll();
		const ids = Array.from({ length: 10 }, () => account.invite().id);
		const before = requests.length;
		const items = await polling.poll();
		expect(items?.map(({ payload }) => payload.data.object.id)).toEqual(ids);
		expect(requests.length - before).toBe(1 + 10);
		expect(most()).toBe(AT_ONCE);
	});

	it('that fails at a record starts no others, and has none under way when it ends', async () => {
		const { account, credentials, requests, fail } = await jofi();
		const polling = published(credentials, 'jofiPollingTrigger', ['invitation.created']);
		await polling.poll();
		const ids = Array.from({ length: 10 }, () => account.invite().id);
		const isBack = fail({
			match: `/invitations/${ids[1]}`,
			status: 500,
			headers: { 'retry-after': '60' },
		});
		const before = requests.length;
		await expect(polling.poll()).rejects.toThrow('JOFI is not available');
		const made = requests.length - before;
		expect(made).toBeLessThanOrEqual(1 + 1 + AT_ONCE);
		expect(requests.every(({ status }) => status > 0)).toBe(true);
		isBack();
		const items = await polling.poll();
		expect(items?.map(({ payload }) => payload.data.object.id)).toEqual(ids);
	});

	it('counts a failure for the record whose turn has come, not for those read ahead of theirs', async () => {
		const { account, credentials, fail } = await jofi();
		const polling = published(credentials, 'jofiPollingTrigger', [
			'invitation.created',
			'polling.gap',
		]);
		await polling.poll();
		const ids = Array.from({ length: 6 }, () => account.invite().id);
		for (const id of ids.slice(1, 3))
			fail({
				match: `/invitations/${id}`,
				status: 500,
				headers: { 'retry-after': '60' },
				times: 3,
			});
		for (let poll = 0; poll < 3; poll++)
			await expect(polling.poll()).rejects.toThrow('not available');
		const items = (await polling.poll()) ?? [];
		expect(items.map(({ event }) => event)).toEqual(Array(6).fill('invitation.created'));
	});

	it('waits for each record that JOFI is too busy for', async () => {
		const { account, credentials, requests, fail } = await jofi();
		const polling = published(credentials, 'jofiPollingTrigger', ['invitation.created']);
		await polling.poll();
		const ids = Array.from({ length: 8 }, () => account.invite().id);
		fail({ match: '/invitations/', status: 429, headers: { 'retry-after': '0' }, times: 6 });
		const before = requests.length;
		const items = await polling.poll();
		expect(items?.map(({ payload }) => payload.data.object.id)).toEqual(ids);
		expect(requests.length - before).toBe(1 + 8 + 6);
	});
});

test('an action that only reads has a few items under way, and keeps their order', async () => {
	const { account, credentials, most } = await jofi();
	const ids = Array.from({ length: 9 }, () => account.invite().id);
	const { json, output } = await runOperation(
		{ credentials },
		'jofi',
		'invitation:get',
		{ invitation: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		{ items: ids.map((id) => ({ json: { id } })) },
	);
	expect(json.map(({ id }) => id)).toEqual(ids);
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	expect(most()).toBe(AT_ONCE);
});

test('an action that writes has one item under way', async () => {
	const { account, credentials, most } = await jofi();
	const ids = Array.from({ length: 3 }, () => account.invite().id);
	const { json } = await runOperation(
		{ credentials },
		'jofi',
		'invitation:update',
		{
			invitation: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			updateFields: { firstName: 'Ada' },
		},
		{ items: ids.map((id) => ({ json: { id } })) },
	);
	expect(json).toHaveLength(3);
	expect(most()).toBe(1);
});

describe('JobAffinity, older generation of the reference', () => {
	it('is read a few step changes at once in a poll, in their order', async () => {
		const { account, credentials, requests, most } = await jobAffinity({
			generation: 'old',
			rateLimit: Infinity,
		});
		const polling = published(credentials, 'jobAffinityPollingTrigger', ['ProcessStepChange']);
		await polling.poll();
		const ids = Array.from({ length: 8 }, () => account.apply().id);
		const before = requests.length;
		const items = await polling.poll();
		expect(items?.map(({ application }) => Number(application.id))).toEqual(ids);
		expect(most()).toBe(AT_ONCE);
		const paths = requests.slice(before).map(({ path }) => path);
		expect(new Set(paths).size).toBe(paths.length);
	});

	it('gets no more than 45 requests in any minute', async () => {
		const { now, sleep } = systemClock;
		closing.push(() => Object.assign(systemClock, { now, sleep }));
		const clock = simulatedClock();
		const start = clock.now();
		const { base, login, account, requests, close } = await startJobAffinity({ clock: clock.now });
		closing.push(close);
		const ids = Array.from({ length: 120 }, () => account.apply().id);
		const { context } = n8nFor({
			type: 'jobAffinity',
			parameters: {
				resource: 'application',
				operation: 'get',
				application: (/** @type {number} */ index) => String(ids[index]),
			},
			credential: { baseUrl: base },
			authentication: () => ({
				authorization: `Basic ${btoa(`${login.login}:${login.password}`)}`,
			}),
			items: ids.map((id) => ({ json: { id } })),
			clock,
		});
		const items = await run(context, resources);
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(requests.map(({ status }) => status)).toEqual(Array(120).fill(200));
		const times = requests.map(({ at }) => at);
		for (const from of times)
			expect(times.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(45);
		// Requests that wait at the same time wait once.
		expect(rateLimitWaits(context)).toBeGreaterThan(60_000);
		expect(rateLimitWaits(context)).toBeLessThan(clock.now() - start);
	});
});
