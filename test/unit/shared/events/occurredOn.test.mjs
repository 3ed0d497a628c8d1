import { isMoment, occurredOn } from '#dist/nodes/shared/events/occurredOn.js';

const NEW_YORK = 'America/New_York';

test.each([
	['2026-02-03T13:05:12.744Z', NEW_YORK, 'Feb 3, 2026, 8:05 AM'],
	['2026-02-03T13:05:12.034681+00:00', 'Europe/Paris', 'Feb 3, 2026, 2:05 PM'],
	['2026-02-03T23:30:00-05:00', 'Europe/Paris', 'Feb 4, 2026, 5:30 AM'],
	['2026-07-01T12:00:00Z', NEW_YORK, 'Jul 1, 2026, 8:00 AM'],
	['2026-03-04 15:06:07 +0000', NEW_YORK, 'Mar 4, 2026, 10:06 AM'],
])('%s in %s is printed as a time of that zone', (time, zone, printed) => {
	expect(occurredOn(time, zone)).toBe(printed);
	expect(isMoment(time)).toBe(true);
});

test.each([
	['a day', '2026-03-05'],
	['a time without a zone', '2026-03-05 14:02:09'],
	['a time without a zone, with a T', '2026-03-05T23:59:59'],
])('of %s only the day is printed, the same in every zone', (_, time) => {
	for (const zone of [NEW_YORK, 'Asia/Tokyo', 'Pacific/Kiritimati'])
		expect(occurredOn(time, zone)).toBe('Mar 5, 2026');
	expect(isMoment(time)).toBe(false);
});

test.each([null, 'yesterday', '2026-02-31', '2026-13-01T00:00:00Z', '', '20260305'])(
	'%j is not printed',
	(time) => {
		expect(occurredOn(time, NEW_YORK)).toBeNull();
	},
);
