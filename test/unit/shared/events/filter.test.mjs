import {
	ANY_EVENT,
	isNeeded,
	isSelected,
	passesFilters,
} from '#dist/nodes/shared/events/filter.js';

/**
 * @typedef {import('../../../../nodes/shared/events/types.js').FilterDefinition} FilterDefinition
 */

/** @param {string} name @returns {FilterDefinition} */
const filterOn = (name) => ({
	name,
	label: name,
	description: '',
	values: { from: 'keyboard', takes: '', placeholder: '' },
	texts: ({ payload }) => /** @type {string[] | undefined} */ (payload[name]),
});

const filters = [filterOn('team'), filterOn('custom')];

/** @param {string[]} events @param {object} settings @param {object} payload */
const wanted = (events, settings, payload) =>
	isSelected({ events: [] }, 'made', events) &&
	passesFilters(
		{ event: 'made', payload: { ...payload } },
		filters,
		/** @type {import('n8n-workflow').IDataObject} */ (settings),
	);

test.each([
	[['made'], true],
	[['other', 'made'], true],
	[['other'], false],
	[[], false],
	[['made.up'], false],
	[[ANY_EVENT], true],
	[['other', ANY_EVENT], true],
])('of an event the user chose by %j it is %s that it is wanted', (events, expected) => {
	expect(wanted(events, {}, {})).toBe(expected);
});

test.each([
	['test', [ANY_EVENT], false],
	['derived', [ANY_EVENT], false],
	['derived', ['other'], false],
	['derived', ['made'], true],
	['derived', [ANY_EVENT, 'made'], true],
])('of a kind that is part of no Any Event (%s), by %j it is %s', (kind, events, expected) => {
	const definition = /** @type {any} */ ({ type: 'made', kind });
	expect(isSelected({ events: [definition] }, 'made', events)).toBe(expected);
});

test('one of several values is enough', () => {
	expect(wanted(['made'], { team: ['Sales', 'Support'] }, { team: ['7', 'Support'] })).toBe(true);
	expect(wanted(['made'], { team: ['Sales', 'Support'] }, { team: ['7', 'Research'] })).toBe(false);
});

test('every filter must pass the event', () => {
	const settings = { team: ['Sales'], custom: ['REQ-9'] };
	expect(wanted(['made'], settings, { team: ['Sales'], custom: ['REQ-9'] })).toBe(true);
	expect(wanted(['made'], settings, { team: ['Sales'], custom: ['REQ-8'] })).toBe(false);
	expect(wanted(['made'], settings, { team: ['Support'], custom: ['REQ-9'] })).toBe(false);
});

test('an event without the field passes, one that is known to have no value does not', () => {
	expect(wanted(['made'], { team: ['Sales'] }, {})).toBe(true);
	expect(wanted(['made'], { team: ['Sales'] }, { team: [] })).toBe(false);
});

test('an empty filter passes everything', () => {
	for (const team of [[], [''], [' ', ''], '', undefined]) {
		expect(wanted(['made'], { team }, { team: ['Sales'] })).toBe(true);
	}
});

test('case and blanks around a value do not matter', () => {
	expect(wanted(['made'], { team: [' sales '] }, { team: ['Sales'] })).toBe(true);
	expect(wanted(['made'], { team: ['sales'] }, { team: [' SALES'] })).toBe(true);
});

test('a number chosen by an expression matches its text', () => {
	expect(wanted(['made'], { team: [7] }, { team: ['7'] })).toBe(true);
	expect(wanted(['made'], { team: 7 }, { team: ['7'] })).toBe(true);
});

test('a filter does not choose events', () => {
	expect(wanted(['other'], { team: ['Sales'] }, { team: ['Sales'] })).toBe(false);
});

describe('an event that is read from another', () => {
	const events = /** @type {any[]} */ ([
		{ type: 'moved' },
		{ type: 'ended', derivedFrom: 'moved' },
		{ type: 'ping', kind: 'test' },
	]);

	test.each([
		[['ended'], false, true, true],
		[['moved'], true, false, true],
		[['moved', 'ended'], true, true, true],
		[[ANY_EVENT], true, false, true],
		[[ANY_EVENT, 'ended'], true, true, true],
		[['ping'], false, false, false],
		[[], false, false, false],
	])(
		'needs the other one, and is no part of Any Event: %j',
		(selected, isMoved, isEnded, isMovedNeeded) => {
			expect([
				isSelected({ events }, 'moved', selected),
				isSelected({ events }, 'ended', selected),
				isNeeded({ events }, 'moved', selected),
			]).toEqual([isMoved, isEnded, isMovedNeeded]);
		},
	);
});
