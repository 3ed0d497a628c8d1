import { jofi } from '#dist/nodes/Jofi/provider.js';
import { passesFilters } from '#dist/nodes/shared/events/filter.js';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

/** @param {string} type @param {Payload} [fields] */
function sampleOf(type, fields) {
	const { sample } = jofi.events.find((event) => event.type === type) ?? {};
	if (!sample) throw new Error(`JOFI has no ${type}`);
	const { object } = /** @type {{ object: Payload }} */ (sample.data);
	return { ...sample, data: { object: { ...object, ...fields } } };
}

/** @param {Payload} settings @param {Payload} payload */
const passes = (settings, payload) =>
	passesFilters({ event: String(payload.type), payload }, jofi.filters, settings);

const completed = 'test_taker.assessment_completed';
const created = 'test_taker.created';

test('there is a filter for assessments, custom IDs and teams', () => {
	expect(jofi.filters.map(({ name }) => name)).toEqual(['assessments', 'customIds', 'teams']);
});

test('every sample passes when nothing is set', () => {
	for (const { sample } of jofi.events) expect(passes({}, sample)).toBe(true);
});

describe('assessments', () => {
	test.each(['7', 'Thinking', 'thinking', ' JOFI Thinking Skills '])(
		'lets a completion of %s pass',
		(name) => {
			expect(passes({ assessments: [name] }, sampleOf(completed))).toBe(true);
		},
	);

	test.each(['6', 'Personality', '22222', 'Think'])(
		'stops a completion that is not of %s',
		(name) => {
			expect(passes({ assessments: [name] }, sampleOf(completed))).toBe(false);
		},
	);

	test('lets a new test taker pass who has the assessment to take', () => {
		expect(passes({ assessments: ['Interests'] }, sampleOf(created))).toBe(true);
		expect(passes({ assessments: ['Typing'] }, sampleOf(created))).toBe(false);
		expect(
			passes({ assessments: ['Interests'] }, sampleOf(created, { assigned_assessments: [] })),
		).toBe(false);
	});

	test('passes events without the field', () => {
		for (const type of [
			'invitation.created',
			'invitation.accepted',
			'career_navigation_profile.created',
		]) {
			expect(passes({ assessments: ['Typing'] }, sampleOf(type))).toBe(true);
		}
		expect(
			passes({ assessments: ['Typing'] }, sampleOf(completed, { assigned_assessments: null })),
		).toBe(true);
		expect(
			passes({ assessments: ['Typing'] }, sampleOf(created, { assigned_assessments: null })),
		).toBe(true);
	});
});

describe('custom IDs', () => {
	test('pass their events and stop the others', () => {
		expect(passes({ customIds: ['REQ-9', 'abc123'] }, sampleOf(created))).toBe(true);
		expect(passes({ customIds: ['REQ-9'] }, sampleOf(created))).toBe(false);
		expect(passes({ customIds: ['ABC'] }, sampleOf(created))).toBe(false);
	});

	test('match a number as text', () => {
		expect(passes({ customIds: ['77'] }, sampleOf(created, { custom_id: 77 }))).toBe(true);
	});

	test('stop an event that has none', () => {
		expect(passes({ customIds: ['REQ-9'] }, sampleOf(created, { custom_id: null }))).toBe(false);
	});

	test('pass an event without the field', () => {
		expect(passes({ customIds: ['REQ-9'] }, sampleOf('invitation.created'))).toBe(true);
		expect(passes({ customIds: ['REQ-9'] }, { type: 'team.renamed' })).toBe(true);
	});
});

describe('teams', () => {
	test.each(['100', 'Recruiting', 'recruiting '])('let the event of %s pass', (team) => {
		expect(passes({ teams: [team] }, sampleOf(created))).toBe(true);
	});

	test('stop the event of another team, and one that has none', () => {
		expect(passes({ teams: ['Sales'] }, sampleOf(created))).toBe(false);
		expect(passes({ teams: ['Sales'] }, sampleOf(created, { team: null }))).toBe(false);
	});

	test('pass an event without the field', () => {
		expect(passes({ teams: ['Sales'] }, sampleOf('invitation.created'))).toBe(true);
		expect(passes({ teams: ['Sales'] }, { type: 'team.renamed', data: 'unreadable' })).toBe(true);
	});
});

test('all filters together must let an event pass', () => {
	const settings = { assessments: ['Thinking'], customIds: ['ABC123'], teams: ['Recruiting'] };
	expect(passes(settings, sampleOf(completed))).toBe(true);
	for (const name of Object.keys(settings)) {
		expect(passes({ ...settings, [name]: ['other'] }, sampleOf(completed))).toBe(false);
	}
});

test('a field of an unknown type does not hold back an event', () => {
	expect(passes({ teams: ['Sales'] }, sampleOf(created, { team: ['Recruiting'] }))).toBe(true);
	expect(passes({ customIds: ['REQ-9'] }, sampleOf(created, { custom_id: { id: 'ABC123' } }))).toBe(
		true,
	);
});

test('a team given only as a name is compared by that name', () => {
	expect(passes({ teams: ['Sales'] }, sampleOf(created, { team: 'Sales' }))).toBe(true);
	expect(passes({ teams: ['Sales'] }, sampleOf(created, { team: 'Recruiting' }))).toBe(false);
});
