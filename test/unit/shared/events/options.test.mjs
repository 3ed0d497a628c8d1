import { duplicateOptionsOf, triggerOptionsOf } from '#dist/nodes/shared/events/options.js';
import { triggerProperties } from '#dist/nodes/shared/webhook/properties.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';

const usual = {
	skipDuplicates: true,
	eventsToRemember: 5000,
	windowMs: Infinity,
	recognizeRepeats: false,
	allowNonPublicUrl: false,
	allowIncompleteCredential: false,
};

test.each([undefined, null, {}, { other: 1 }])('%j leaves everything as usual', (value) => {
	expect(triggerOptionsOf(value)).toEqual(usual);
});

test("the user's settings apply", () => {
	const chosen = {
		skipDuplicates: false,
		eventsToRemember: 10,
		recognizeRepeats: true,
		allowNonPublicUrl: true,
		allowIncompleteCredential: true,
	};
	expect(triggerOptionsOf(chosen)).toEqual({ ...chosen, windowMs: Infinity });
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
	expect(triggerOptionsOf({ eventsToRemember }).eventsToRemember).toBe(events);
});

describe('of a provider whose deliveries have no ID', () => {
	const provider = /** @type {const} */ ({ by: 'content', windowMinutes: 10 });

	test.each([
		undefined,
		null,
		{},
		{ other: 1 },
		{ skipDuplicates: false },
		{ skipDuplicates: 'yes' },
	])('%j drops nothing', (value) => {
		expect(triggerOptionsOf(value, provider)).toEqual({
			...usual,
			skipDuplicates: false,
			windowMs: 600_000,
		});
	});

	test("the user's settings apply", () => {
		const chosen = { skipDuplicates: true, eventsToRemember: 10, duplicateWindowMinutes: 3 };
		expect(triggerOptionsOf(chosen, provider)).toEqual({
			skipDuplicates: true,
			eventsToRemember: 10,
			windowMs: 180_000,
			recognizeRepeats: false,
			allowNonPublicUrl: false,
			allowIncompleteCredential: false,
		});
	});

	test.each([
		[1, 1],
		['5', 5],
		[2.9, 2],
		[10_080, 10_080],
		[10_081, 10_080],
		[Infinity, 10_080],
		[0.5, 10],
		[0, 10],
		[-1, 10],
		[NaN, 10],
		['long', 10],
		[null, 10],
	])('a window of %p minutes is %i', (duplicateWindowMinutes, minutes) => {
		expect(triggerOptionsOf({ duplicateWindowMinutes }, provider).windowMs).toBe(minutes * 60_000);
	});

	test('the window is shown only when duplicates are skipped', () => {
		const [drop, window, ...others] = duplicateOptionsOf(provider, 'Regpack');
		expect(drop).toMatchObject({ name: 'skipDuplicates', default: false });
		expect(window).toMatchObject({
			name: 'duplicateWindowMinutes',
			default: 10,
			displayOptions: { show: { skipDuplicates: [true] } },
		});
		expect(others.map(({ name }) => name)).toEqual(['eventsToRemember']);
	});
});

test('a window has no effect for a provider whose events have keys', () => {
	expect(triggerOptionsOf({ duplicateWindowMinutes: 3 }).windowMs).toBe(Infinity);
});
