import { DateTime } from 'luxon';

import { built } from '../../built.mjs';

/** @type {typeof import('../../../../nodes/InnovativeEducators/trigger/retries.js')} */
const { retryTimes } = built('./InnovativeEducators/trigger/retries.js');
/** @type {typeof import('../../../../nodes/InnovativeEducators/resources/retrySchedule/schedule.js')} */
const { nightlyFileAfter, scheduleOf } = built('./InnovativeEducators/resources/retrySchedule/schedule.js');

const FIRST = '2026-03-04T15:00:00Z';
const first = DateTime.fromISO(FIRST, { zone: 'America/New_York' });

/** After the first attempt. */
const AT_ONCE = ['0:00:20', '0:01:00', '0:02:20', '0:05:00', '0:10:20', '0:21:00', '0:42:20', '1:25:00', '2:25:00', '3:25:00'];
const TIMED_OUT = ['0:00:35', '0:01:30', '0:03:05', '0:06:00', '0:11:35', '0:22:30', '0:44:05', '1:27:00', '2:27:15', '3:27:30'];

/** @param {string} clock @returns {number} milliseconds */
const ms = (clock) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;

test.each([
	[0, AT_ONCE],
	[15, TIMED_OUT],
])('ten retries are expected when attempts take %i s to fail', (takes, expected) => {
	expect(retryTimes(0, takes)).toEqual(expected.map(ms));
	expect(retryTimes(first.toMillis(), takes).map((time) => time - first.toMillis())).toEqual(expected.map(ms));
});

test('the documented limits are kept: from 20 to 3600 seconds, about 3.5 hours in all', () => {
	const times = [0, ...retryTimes(0, 0)];
	const waits = times.slice(1).map((time, index) => (time - times[index]) / 1000);
	expect([waits[0], Math.max(...waits), waits.length]).toEqual([20, 3600, 10]);
	expect(times[10] / 3_600_000).toBeCloseTo(3.5, 0);
});

describe('a schedule', () => {
	/** @param {string} after the first attempt @param {number} [takes] @returns {any} */
	const scheduleAt = (after, takes = 0) => scheduleOf(first, takes, first.toMillis() + ms(after));

	test('says that it is computed, and when each retry is expected', () => {
		const schedule = scheduleAt('0:05:00', 15);
		expect(schedule).toMatchObject({ firstAttemptAt: '2026-03-04T15:00:00.000Z', isComputed: true, lastRetryAt: '2026-03-04T18:27:30.000Z' });
		expect(schedule.retries).toHaveLength(10);
		expect(schedule.retries[0]).toEqual({ number: 1, expectedAt: '2026-03-04T15:00:35.000Z', waitSeconds: 20, isLeft: false });
		expect(schedule.retries[9]).toEqual({ number: 10, expectedAt: '2026-03-04T18:27:30.000Z', waitSeconds: 3600, isLeft: true });
	});

	test.each([
		['0:00:00', 10, '2026-03-04T15:00:20.000Z'],
		['0:00:19', 10, '2026-03-04T15:00:20.000Z'],
		['0:00:20', 9, '2026-03-04T15:01:00.000Z'],
		['1:00:00', 3, '2026-03-04T16:25:00.000Z'],
		['3:24:59', 1, '2026-03-04T18:25:00.000Z'],
	])('%s after the first attempt has %i retries left', (after, count, next) => {
		const { retriesLeft, nextRetryAt, willStillCome, retries, summary } = scheduleAt(after);
		expect([retriesLeft, nextRetryAt, willStillCome]).toEqual([count, next, true]);
		expect(retries.filter((/** @type {any} */ { isLeft }) => isLeft)).toHaveLength(count);
		expect(summary).toMatch(new RegExp(`^${count} of 10 ${count === 1 ? 'retry is' : 'retries are'} left: .*${next}\\.$`));
	});

	test.each(['3:25:00', '48:00:00'])('%s after the first attempt has none, and says which nightly file holds the event', (after) => {
		expect(scheduleAt(after)).toMatchObject({
			retriesLeft: 0,
			nextRetryAt: null,
			willStillCome: false,
			nightlyFileAt: '2026-03-05T07:00:00.000Z',
			summary:
				'The last retry was at about 2026-03-04T18:25:00.000Z: the event does not come any more. If Innovative Educators sends you the nightly file, that of about 2026-03-05 02:00 (America/New_York) holds it: read it with Nightly Export: Parse.',
		});
	});
});

test.each([
	['2026-03-04T04:59:59Z', '2026-03-04T02:00:00.000-05:00'],
	['2026-03-04T05:00:00Z', '2026-03-05T02:00:00.000-05:00'],
	['2026-07-04T03:00:00Z', '2026-07-04T02:00:00.000-04:00'],
	['2026-12-31T20:00:00Z', '2027-01-01T02:00:00.000-05:00'],
	// Clocks go forward from 2 to 3 that night.
	['2026-03-07T20:00:00Z', '2026-03-08T03:00:00.000-04:00'],
])('an event of %s is in the file of %s', (happened, file) => {
	expect(nightlyFileAfter(DateTime.fromISO(happened, { zone: 'America/New_York' })).toISO()).toBe(file);
});
