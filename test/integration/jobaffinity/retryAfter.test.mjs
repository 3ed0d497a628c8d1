import { byId, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';
import { stoppedClock } from '../../unit/clock.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

const job = { job: byId(301) };
const DAY = 86_400;

/** JobAffinity answers 429 from now on. @param {number | string} retryAfter */
const refuse = (retryAfter) =>
	started.ja.fail({
		match: '/job/',
		status: 429,
		headers: { 'retry-after': String(retryAfter) },
		times: Infinity,
	});

describe.each([
	['a day', String(DAY)],
	['thirty days, which are more than a timer takes', String(30 * DAY)],
	['a date a day ahead', new Date(Date.now() + DAY * 1000 + 5000).toUTCString()],
	['a date a hundred years ahead', 'Mon, 05 Jan 2126 09:00:00 GMT'],
])('a 429 that says to wait for %s', (_, retryAfter) => {
	it('fails at once with the time to retry, as do all others, without a request', async () => {
		refuse(retryAfter);
		const before = performance.now();
		const { message, description, failure } = errorTextOf(
			await started.run('job:get', job),
			started.secrets,
		);
		expect(message).toBe('JobAffinity is receiving too many requests');
		expect(description).toMatch(
			/^Try again in \d+ hours \(after \d{4}-\d\d-\d\d \d\d:\d\d UTC\), and less often\.$/,
		);
		expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs: 3_600_000 });
		for (const name of ['candidate:getAll', 'application:get']) {
			const other = errorTextOf(
				await started.run(name, { application: byId(410) }),
				started.secrets,
			);
			expect(other.description).toMatch(/^Try again in \d+ hours \(after /);
		}
		expect(performance.now() - before).toBeLessThan(5000);
		expect(started.requests()).toEqual(['GET /restapi/v1/job/301']);
	});
});

it('is retried after ten minutes, and continues once JobAffinity allows it', async () => {
	const clock = stoppedClock();
	const isBack = refuse(DAY);
	expect((await started.run('job:get', job)).status).toBe('error');
	isBack();
	clock.pass(9 * 60_000);
	expect((await started.run('job:get', job)).status).toBe('error');
	clock.pass(60_000);
	expect((await started.run('job:get', job)).status).toBe('success');
	clock.goOn();
	expect(started.requests()).toHaveLength(2);
});

it('fails each item at once with On Error: Continue', async () => {
	refuse(DAY);
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const before = performance.now();
	const { json } = await started.run('job:get', job, { items, onError: 'continueRegularOutput' });
	expect(json).toHaveLength(20);
	expect(performance.now() - before).toBeLessThan(5000);
	// Those that were under way when the first 429 came.
	expect(started.requests().length).toBeLessThanOrEqual(4);
});

it('says when to retry after a 503 too', async () => {
	started.ja.fail({ match: '/job/', status: 503, headers: { 'retry-after': String(DAY) } });
	const { description } = errorTextOf(await started.run('job:get', job), started.secrets);
	expect(description).toMatch(
		/^It responded with status 503\. Try again in 24 hours \(after .* UTC\)\.$/,
	);
	expect((await started.run('job:get', job)).status).toBe('success');
});
