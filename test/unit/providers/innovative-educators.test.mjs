import { setTimeout as sleep } from 'node:timers/promises';

import { completionEvent } from '#dist/nodes/InnovativeEducators/events/schemas.js';
import * as samples from '#dist/nodes/InnovativeEducators/events/samples.js';
import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { createManualClock } from '../../providers/innovative-educators/schedule.mjs';
import { openReceiver } from './receiver.mjs';

const NOON = Date.parse('2026-03-04T17:00:00Z');

/**
 * Hours, minutes and seconds after the first attempt, failing at once: the documented limits,
 * doubled in between.
 */
const RETRIES = [
	'0:00:20',
	'0:01:00',
	'0:02:20',
	'0:05:00',
	'0:10:20',
	'0:21:00',
	'0:42:20',
	'1:25:00',
	'2:25:00',
	'3:25:00',
];

/** Seconds between them. */
const DELAYS = [20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/**
 * The platform, with a webhook for a receiver.
 *
 * @param {Parameters<typeof openReceiver>[0]} [answer]
 * @param {Parameters<typeof createInnovativeEducators>[0]} [options]
 * @param {string[]} [courses]
 */
async function connected(answer, options, courses) {
	const receiver = await openReceiver(answer);
	const ie = createInnovativeEducators({
		clock: createManualClock(NOON),
		timeoutMs: 5000,
		...options,
	});
	closing.push(ie.close, receiver.close);
	ie.webhook.configure({ url: receiver.url, courses });
	return { ie, received: receiver.received };
}

/** @param {number} ms */
const clockOf = (ms) => new Date(ms).toISOString().slice(11, 19).replace(/^0/, '');

describe('a completion', () => {
	test('is posted as JSON with the keys of the documented sample', async () => {
		const { ie, received } = await connected();
		const event = ie.complete();
		await ie.webhook.flush();
		expect(received).toMatchObject([
			{ method: 'POST', event, headers: { 'content-type': 'application/json' } },
		]);
		expect(Object.keys(event ?? {})).toEqual(Object.keys(samples.completion));
		expect(Object.keys(event?.userDetail ?? {})).toEqual(
			Object.keys(/** @type {object} */ (samples.completion.userDetail)),
		);
		expect(event?.timestamp).toBe('2026-03-04T17:00:00.000Z');
	});

	test('counts once until it is reset, and is then another event', async () => {
		const { ie, received } = await connected();
		const first = ie.complete();
		expect(ie.complete()).toBeUndefined();
		ie.reset();
		expect(ie.complete()?.id).not.toBe(first?.id);
		await ie.webhook.flush();
		expect(received).toHaveLength(2);
	});

	test('is delivered only for the configured courses', async () => {
		const { ie, received } = await connected();
		const [course, other] = ie.courses;
		ie.webhook.configure({ url: 'http://127.0.0.1:1/', courses: [other.id] });
		ie.complete({ course });
		expect(await ie.webhook.flush()).toEqual([]);
		expect(received).toEqual([]);
	});

	test.each([
		['null', null],
		['empty', ''],
		['absent', undefined],
	])('represents missing values of a learner as %s', async (unset, value) => {
		const { ie } = await connected(undefined, { unset: /** @type {any} */ (unset) });
		const event = ie.complete({ learner: ie.learners[2] });
		for (const key of ['externalCustomerId', 'sfContactId', 'ref1', 'ref3'])
			expect(event?.userDetail[key]).toBe(value);
		expect('ref3' in (event?.userDetail ?? {})).toBe(value !== undefined);
		expect(completionEvent.safeParse(event).success).toBe(true);
	});
});

describe('an attempt', () => {
	test.each([200, 204, 302, 308])('answered with %i is the last', async (status) => {
		const { ie } = await connected(() => ({ status }));
		ie.complete();
		expect((await ie.webhook.flush()).map((attempt) => attempt.status)).toEqual([status]);
	});

	test.each([309, 400, 401, 404, 500, 503])('answered with %i is retried', async (status) => {
		const { ie } = await connected((count) => ({ status: count === 1 ? status : 200 }));
		ie.complete();
		expect((await ie.webhook.flush()).map((attempt) => attempt.status)).toEqual([status, 200]);
	});

	test('without an answer in time is retried', async () => {
		const { ie } = await connected((count) => (count === 1 ? undefined : { status: 200 }), {
			timeoutMs: 100,
		});
		ie.complete();
		const answers = await ie.webhook.flush();
		expect(answers.map(({ status }) => status)).toEqual([0, 200]);
		expect(answers[0].text).toMatch(/timeout/i);
	});

	test('forwards the two documented addresses in turn, as a proxy would', async () => {
		const { ie, received } = await connected((count) => ({ status: count < 3 ? 500 : 200 }), {
			forwarded: true,
		});
		ie.complete();
		await ie.webhook.flush();
		expect(received.map(({ headers }) => headers['x-forwarded-for'])).toEqual([
			'54.243.7.71',
			'3.83.213.76',
			'54.243.7.71',
		]);
	});

	test('has the configured headers, and no proxy by default', async () => {
		const { ie, received } = await connected(undefined, {
			headers: { 'content-type': undefined, 'user-agent': 'Platform' },
		});
		ie.complete();
		await ie.webhook.flush();
		expect(received[0].headers).toMatchObject({ 'user-agent': 'Platform' });
		for (const name of ['content-type', 'x-forwarded-for'])
			expect(received[0].headers).not.toHaveProperty(name);
	});
});

describe('retries', () => {
	test('are ten, at the documented times', async () => {
		const { ie } = await connected(() => ({ status: 503 }));
		ie.complete();
		const attempts = await ie.webhook.flush();
		expect(attempts.map(({ number, status }) => [number, status])).toEqual(
			Array.from({ length: 11 }, (_, index) => [index + 1, 503]),
		);
		expect(attempts.slice(1).map(({ at }) => clockOf(at - NOON))).toEqual(RETRIES);
		expect(ie.webhook.attempts).toEqual(attempts);
	});

	test('end when an attempt is accepted', async () => {
		const { ie, received } = await connected((count) => ({ status: count < 5 ? 500 : 200 }));
		ie.complete();
		expect(await ie.webhook.flush()).toHaveLength(5);
		expect(received).toHaveLength(5);
	});

	test.each([
		['same', 1],
		['new', 3],
	])('have the %s ID', async (retryIds, count) => {
		const { ie, received } = await connected((number) => ({ status: number < 3 ? 500 : 200 }), {
			retryIds: /** @type {any} */ (retryIds),
		});
		ie.complete();
		await ie.webhook.flush();
		expect(new Set(received.map(({ event }) => event.id)).size).toBe(count);
		expect(new Set(received.map(({ event }) => event.timestamp)).size).toBe(1);
	});

	test('take a fraction of the time on a compressed clock, in the same order', async () => {
		const factor = 1 / 5000;
		const { ie } = await connected(() => ({ status: 500 }), { clock: undefined, factor });
		ie.complete();
		const attempts = await ie.webhook.flush();
		expect(attempts).toHaveLength(11);
		const delays = attempts.slice(1).map(({ at }, index) => (at - attempts[index].at) / 1000);
		// Timers are exact to a millisecond, which stands for 5 seconds here.
		for (const [index, delay] of DELAYS.entries())
			expect(delays[index]).toBeGreaterThan(delay - 10);
	});

	test('stop when the platform closes', async () => {
		const { ie } = await connected(() => undefined, { clock: undefined, factor: 1 });
		for (let count = 0; count < 3; count++) ie.complete({ course: ie.courses[count] });
		await sleep(20);
		await ie.close();
		expect((await ie.webhook.flush()).map(({ status, text }) => [status, text])).toEqual(
			Array(3).fill([0, 'Innovative Educators was closed']),
		);
	});
});

test.each([[{ message: 'This is a test notification' }], [{}], [[1]]])(
	'the test notification has the body %j',
	async (testBody) => {
		const { ie, received } = await connected(undefined, { testBody });
		ie.sendTestNotification();
		await ie.webhook.flush();
		expect(received.map(({ event }) => event)).toEqual([testBody]);
	},
);

test('there is no test notification without a webhook', () => {
	expect(() => createInnovativeEducators().sendTestNotification()).toThrow('no webhook');
});

describe('the nightly file', () => {
	const HEADER =
		'id,source,timestamp,type,user,companyId,event,notifiableId,title,userDetail.id,userDetail.firstName,userDetail.lastName,' +
		'userDetail.externalCustomerId,userDetail.sfContactId,userDetail.sfAccountId,userDetail.client,userDetail.ref1,userDetail.ref2,userDetail.ref3';

	/**
	 * The day in New York is from 5:00 to 5:00 UTC in winter.
	 *
	 * @param {Parameters<typeof createInnovativeEducators>[0]} [options]
	 */
	function withThree(options) {
		const ie = createInnovativeEducators(options);
		const [course, , tricky] = ie.courses;
		ie.complete({ course, at: Date.parse('2026-03-04T04:59:59Z') });
		ie.complete({ course, learner: ie.learners[1], at: Date.parse('2026-03-04T05:00:00Z') });
		ie.complete({
			course: tricky,
			learner: ie.learners[2],
			at: Date.parse('2026-03-05T04:59:59Z'),
		});
		return ie;
	}

	test('contains the completions of a day at the site, as JSON the same objects', () => {
		const ie = withThree();
		const { name, content } = ie.nightlyFile('2026-03-04', 'json');
		expect(JSON.parse(content.toString())).toEqual(ie.completions.slice(1));
		expect(name).toMatch(/^courseCompletion-\d{10}_2026-03-05T06-00-00-\w{7}\.json$/);
		expect(ie.nightlyFile('2026-03-06', 'json').content.toString()).toBe('[]');
	});

	test('has the documented columns as CSV, and quotes as RFC 4180 demands', () => {
		const ie = withThree();
		const { name, content } = ie.nightlyFile('2026-03-04');
		const [id, other] = ie.completions.slice(1);
		const text = content.toString();
		expect(name).toMatch(/\.csv$/);
		expect(
			text.startsWith(
				`${HEADER}\r\n${id.id},course_completed,2026-03-04T05:00:00.000Z,status_change,bo+1@college.example,`,
			),
		).toBe(true);
		expect(text).toContain(',Bö,"O’Neil, ""Jr""\nBo",bo@college.example,,,');
		expect(text).toContain(',7,,"Line 1\r\nLine 2"\r\n');
		expect(text).toContain(
			`,"Writing ""A"" Papers, Part 1",${other.userDetail.id},Cy,None,,,,${other.userDetail.client},,,\r\n`,
		);
		expect(ie.nightlyFile('2026-03-06').content.toString()).toBe(`${HEADER}\r\n`);
	});

	test('follows its settings', () => {
		const ie = withThree({
			lineEnd: '\n',
			byteOrderMark: true,
			quoteAll: true,
			moreColumns: ['userDetail.ref4', 'license'],
		});
		const text = ie.nightlyFile('2026-03-04').content.toString();
		expect(text.startsWith('\uFEFF"id","source",')).toBe(true);
		expect(text.split('\n')[0]).toMatch(/,"userDetail.ref4","license"$/);
		expect(text).toContain('\r\nLine 2","0042",""\n');
	});
});
