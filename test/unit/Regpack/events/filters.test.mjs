import { regpack } from '#dist/nodes/Regpack/provider.js';
import { passesFilters } from '#dist/nodes/shared/events/filter.js';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/** @param {Payload} settings @param {Payload} payload */
const passes = (settings, payload) =>
	passesFilters({ event: 'status_update', payload }, regpack.filters, settings);

const waitlisted = {
	user_info: { clogin_id: '200001', group_id: '100000001' },
	meta_info: { status_id: '70001', status_name: 'Waitlisted' },
};
const without = {
	user_info: { group_id: 100000001 },
	meta_info: { status_id: '0', status_name: null },
};

test('there is a filter for projects and statuses', () => {
	expect(regpack.filters.map(({ name }) => name)).toEqual(['projects', 'statuses']);
});

test('every sample passes when nothing is set', () => {
	for (const { sample } of regpack.events) expect(passes({}, sample)).toBe(true);
});

test.each([
	['a project', { projects: ['100000001'] }, waitlisted, true],
	['a project as a number', { projects: [100000001] }, without, true],
	['one of several projects', { projects: ['1', '100000001'] }, waitlisted, true],
	['another project', { projects: ['100000002'] }, waitlisted, false],
	['a part of the project', { projects: ['10000000'] }, waitlisted, false],
	['the ID of the status', { statuses: ['70001'] }, waitlisted, true],
	['the name of the status', { statuses: [' waitlisted '] }, waitlisted, true],
	['another status', { statuses: ['Accepted'] }, waitlisted, false],
	['no status', { statuses: ['0'] }, without, true],
	['no status, of one who has', { statuses: ['0'] }, waitlisted, false],
	['a status, of one who has none', { statuses: ['Waitlisted'] }, without, false],
	['both', { projects: ['100000001'], statuses: ['Waitlisted'] }, waitlisted, true],
	[
		'the project and another status',
		{ projects: ['100000001'], statuses: ['Accepted'] },
		waitlisted,
		false,
	],
])('%s: %j', (_, settings, payload, expected) => {
	expect(passes(settings, payload)).toBe(expected);
});

test.each([
	{},
	{ user_info: {}, meta_info: {} },
	{ user_info: 'x', meta_info: [] },
	{ user_info: { group_id: null }, meta_info: { status_id: {} } },
])('a delivery that does not say passes: %j', (payload) => {
	expect(
		passes({ projects: ['100000001'], statuses: ['Accepted'] }, /** @type {Payload} */ (payload)),
	).toBe(true);
});
