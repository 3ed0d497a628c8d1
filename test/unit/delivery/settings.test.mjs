import { built } from '../built.mjs';

/** @type {typeof import('../../../nodes/delivery/settings.js')} */
const { RAW_BODY_PROPERTY, settingsOf } = built('./delivery/settings.js');

const usual = { dropDuplicates: true, eventsToRemember: 5000, windowMs: Infinity, allowUnreachableUrl: false };

test.each([undefined, null, {}, { other: 1 }])('%j leaves everything as usual', (value) => {
	expect(settingsOf(value)).toEqual(usual);
});

test('what the user sets holds', () => {
	const chosen = { dropDuplicates: false, eventsToRemember: 10, allowUnreachableUrl: true };
	expect(settingsOf(chosen)).toEqual({ ...chosen, windowMs: Infinity });
});

test.each([
	[1, 1],
	['250', 250],
	[2.9, 2],
	[100_000, 100_000],
	[100_001, 100_000],
	[Infinity, 100_000],
	[0, 5000],
	[-1, 5000],
	[NaN, 5000],
	['many', 5000],
	['', 5000],
	[null, 5000],
	[{}, 5000],
])('of %p events to remember it remembers %i', (eventsToRemember, events) => {
	expect(settingsOf({ eventsToRemember }).eventsToRemember).toBe(events);
});

test('n8n finds the switch that leaves bodies alone where it looks for it', () => {
	expect(RAW_BODY_PROPERTY).toMatchObject({ name: 'options', type: 'hidden', default: { binaryData: true } });
});
