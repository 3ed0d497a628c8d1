import { isBefore, mayBeIn } from '#dist/nodes/shared/events/past.js';

const NOON = Date.parse('2026-03-05T12:00:00Z');
const HOUR = 60 * 60_000;

describe('a time that a provider wrote', () => {
	test.each([
		['2026-03-05T11:59:59.999Z', true],
		['2026-03-05T12:00:00Z', false],
		['2026-03-05T13:30:00+02:00', true],
		['2026-03-05T13:30:00+01:00', false],
		// Without a zone it may be up to twelve hours later than in UTC.
		['2026-03-04 23:59:59', true],
		['2026-03-05 00:00:00', false],
		['2026-03-03', true],
		['2026-03-04', true],
		['2026-03-05', false],
		['last week', false],
		['', false],
		[null, false],
	])('%j is certain to be before a moment: %j', (text, expected) => {
		expect(isBefore(text, NOON)).toBe(expected);
	});

	test.each([
		['2026-03-05T12:00:00Z', true],
		['2026-03-05T14:00:00Z', true],
		['2026-03-05T11:59:59Z', false],
		['2026-03-05T14:00:01Z', false],
		// Without a zone it may be up to fourteen hours earlier than in UTC.
		['2026-03-06 03:59:00', true],
		['2026-03-06 04:01:00', false],
		['2026-03-05', true],
		['2026-03-06', true],
		['2026-03-07', false],
		['2026-03-03', false],
		['soon', true],
		[null, true],
	])('%j may be in a range: %j', (text, expected) => {
		expect(mayBeIn(text, { since: NOON, until: NOON + 2 * HOUR })).toBe(expected);
	});
});
