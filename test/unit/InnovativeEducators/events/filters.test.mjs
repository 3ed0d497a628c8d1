import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { typeOf } from '#dist/nodes/InnovativeEducators/events/definitions.js';
import { completion } from '#dist/nodes/InnovativeEducators/events/samples.js';
import { passesFilters } from '#dist/nodes/shared/events/filter.js';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const [COMPANY, COURSE, CLIENT] = ['02', '03', '05'].map(
	(end) => `0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c${end}`,
);

/** @param {Payload} settings @param {Payload} [payload] */
const passes = (settings, payload = completion) =>
	passesFilters({ event: typeOf(payload), payload }, innovativeEducators.filters, settings);

test('there is a filter for courses, titles, clients and companies', () => {
	expect(innovativeEducators.filters.map(({ name, label }) => [name, label])).toEqual([
		['courses', 'Courses'],
		['courseTitle', 'Course Title Contains'],
		['clients', 'Clients'],
		['companies', 'Companies'],
	]);
});

test.each([
	['courses', COURSE],
	['courses', COURSE.toUpperCase()],
	['courses', ' new student orientation '],
	['courseTitle', 'STUDENT orient'],
	['courseTitle', ' Orientation '],
	['courseTitle', 'New Student Orientation'],
	['clients', CLIENT],
	['companies', COMPANY],
])('%s accepts %s', (name, value) => {
	expect(passes({ [name]: ['something else', value] })).toBe(true);
});

test.each([
	['courses', CLIENT],
	['courses', 'New Student'],
	['courseTitle', COURSE],
	['courseTitle', 'Student  Orientation'],
	['courseTitle', '.*'],
	['clients', COMPANY],
	['companies', CLIENT],
])('%s rejects an event if %s does not match', (name, value) => {
	expect(passes({ [name]: [value] })).toBe(false);
});

test('an event must pass all filters', () => {
	const settings = {
		courses: ['New Student Orientation'],
		clients: [CLIENT],
		companies: [COMPANY],
	};
	expect(passes(settings)).toBe(true);
	for (const name of Object.keys(settings))
		expect(passes({ ...settings, [name]: ['other'] })).toBe(false);
});

test('an event without the value does not pass, because other customers use the same addresses', () => {
	for (const name of ['courses', 'courseTitle', 'clients', 'companies']) {
		expect(passes({ [name]: ['x'] }, { event: 'test' })).toBe(false);
		expect(
			passes(
				{ [name]: ['x'] },
				{
					...completion,
					notifiableId: null,
					title: null,
					companyId: null,
					userDetail: { client: null },
				},
			),
		).toBe(false);
		expect(
			passes(
				{ [name]: ['x'] },
				{ ...completion, notifiableId: [], title: {}, companyId: {}, userDetail: 'x' },
			),
		).toBe(false);
	}
});
