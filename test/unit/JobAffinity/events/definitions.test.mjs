import { events } from '#dist/nodes/JobAffinity/events/definitions.js';
import { derivedTypes, mayBeFirst } from '#dist/nodes/JobAffinity/events/derived.js';
import { filters } from '#dist/nodes/JobAffinity/events/filters.js';
import { jobaffinity, jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { idInLink } from '#dist/nodes/JobAffinity/api/ids.js';
import { applicationIdOf, changeIdOf, stepOf } from '#dist/nodes/JobAffinity/api/stepChanges.js';
import { schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { eventOf, itemOf } from '../../events.mjs';

const [stepChanged] = events;
const application = { _self: '/restapi/v1/application/410' };
const newer = {
	change_id: 9001,
	date: '2026-03-05',
	id: 21,
	name: 'Interview',
	status: 'CURRENT',
	application,
};
const older = {
	id: 9001,
	date: '2026-03-05T10:00:00Z',
	step: { id: 21, name: 'Interview', status: 'CURRENT' },
	application,
};

/** An application of which nothing is known but its ID. */
const NOTHING = Object.fromEntries(
	[
		...['id', 'job', 'jobId', 'jobReference', 'stage', 'previousStage', 'stageStatus'],
		...['originalStatus', 'outcome', 'source', 'changedBy', 'changedByEmail', 'cvUrl'],
	].map((name) => [name, null]),
);

describe('a delivery', () => {
	it('is recognised by the name of its event', () => {
		const event = eventOf(jobaffinityWebhooks, stepChanged.sample);
		expect(event).toMatchObject({ event: 'ProcessStepChange' });
		expect(schemaDeviations(jobaffinity, event)).toEqual([]);
	});

	it('has no key, since it does not name its change', () => {
		expect(stepChanged.key(stepChanged.sample)).toBeUndefined();
	});
});

describe.each([
	['newer', newer],
	['older', older],
])('a step change of the %s edition', (_, change) => {
	it('has the key of application and change', () => {
		expect(
			stepChanged.key({
				event: 'ProcessStepChange',
				application,
				change: { ...change, change_id: changeIdOf(change) },
			}),
		).toBe('410:9001');
	});

	it('has its ID, its application and its step', () => {
		expect(changeIdOf(change)).toBe(9001);
		expect(applicationIdOf(change)).toBe('410');
		expect(stepOf(change)).toEqual({
			id: 21,
			name: 'Interview',
			status: 'CURRENT',
			date: change.date,
		});
	});
});

it.each([
	['/restapi/v1/application/410', '410'],
	['https://jobaffinity.fr/restapi/v1/application/410/', '410'],
	['/restapi/v1/application/410?a=1', '410'],
	['/restapi/v1/application', null],
	[undefined, null],
])('the ID in the link %s is %s', (link, id) => {
	expect(idInLink(link)).toBe(id);
});

it('filters read the details of an event, and pass one without details', () => {
	const item = {
		job: { id: 301, title: 'Warehouse Lead' },
		step: { id: 21, name: 'Interview', status: 'CURRENT' },
	};
	const textsOf = (/** @type {any} */ extra) => ({
		event: 'ProcessStepChange',
		payload: {},
		extra,
	});
	const values = filters.map(({ name, texts }) => [
		name,
		texts(textsOf(item), []),
		texts(textsOf({}), []),
	]);
	expect(values).toEqual([
		['jobs', ['301', 'Warehouse Lead'], undefined],
		['steps', ['21', 'Interview'], undefined],
		['stepStatuses', ['CURRENT'], undefined],
	]);
});

describe('an item', () => {
	const event = eventOf(jobaffinityWebhooks, stepChanged.sample);

	it('of a thin delivery has the application alone, by its ID', () => {
		const { title, application: shown, person, details, occurredAt } = itemOf(jobaffinity, event);
		expect(title).toBe('Application 410 moved to another step');
		expect(shown).toEqual({ ...NOTHING, id: '410' });
		expect(Object.values(person)).toEqual(Array(7).fill(null));
		expect([details, occurredAt]).toEqual([null, null]);
	});

	it('with details has the records of the API, as they came', () => {
		const extra = /** @type {any} */ (stepChanged.sampleExtra);
		const { application: shown, person, details } = itemOf(jobaffinity, { ...event, extra });
		expect(shown).toEqual({
			id: '410',
			job: 'Warehouse Lead',
			jobId: '301',
			jobReference: null,
			stage: 'Interview',
			previousStage: 'New',
			stageStatus: 'inProgress',
			originalStatus: 'CURRENT',
			outcome: null,
			source: 'Career site',
			changedBy: 'Ana Ruiz',
			changedByEmail: 'ana.ruiz@example.org',
			cvUrl: null,
		});
		expect(person).toMatchObject({ name: 'Lea Noir', email: 'lea.noir@example.org', id: '77' });
		expect(details).toEqual({
			status: 'fetched',
			error: null,
			missing: [],
			application: extra.application,
			change: extra.change,
		});
	});

	it.each([
		['START', 'started'],
		['CURRENT', 'inProgress'],
		['END', 'ended'],
		['PAUSED', null],
		['constructor', null],
		[null, null],
	])('has for the status %s the stage status %s, beside the original', (status, stageStatus) => {
		const { application: shown } = itemOf(jobaffinity, { ...event, extra: { step: { status } } });
		expect(shown).toMatchObject({ stageStatus, originalStatus: status });
	});
});

describe('an event that is read from a step change', () => {
	const [, received, ended] = events;
	const payload = { event: 'ProcessStepChange', application, change: newer };

	it('has a key of its own: the application is received once, and ends with each change to an end', () => {
		expect([received.key(payload), ended.key(payload)]).toEqual(['410', '410:9001']);
		expect([received.key({}), ended.key({ application })]).toEqual([undefined, undefined]);
	});

	it.each([
		[{}, ['An application was received', 'An application reached an end step']],
		[
			{ applicationId: 410 },
			['Application 410 was received', 'Application 410 reached an end step'],
		],
		[
			{
				application: { candidate: { email: 'lea@example.org' } },
				job: { title: 'Buyer' },
				step: { name: 'Hired' },
			},
			['lea@example.org applied for Buyer', 'lea@example.org reached the end step Hired for Buyer'],
		],
	])('has a title, whatever is known: %j', (extra, titles) => {
		const titleOf = (/** @type {string} */ type) =>
			itemOf(jobaffinity, {
				eventKey: 'key',
				provider: 'jobaffinity',
				event: type,
				payload: {},
				extra: /** @type {any} */ (extra),
			}).title;
		expect([titleOf(received.type), titleOf(ended.type)]).toEqual(titles);
	});

	it.each([
		[{ status: 'START' }, true, [], [received.type]],
		[{ status: 'START' }, false, [], []],
		[{ status: 'CURRENT', name: 'Hired' }, true, [], []],
		[{ status: 'CURRENT', id: 25, name: 'Hired' }, false, ['hired'], [ended.type]],
		[{ status: 'CURRENT', id: 25, name: 'Hired' }, false, ['25'], [ended.type]],
		[{ status: ' end ' }, false, [], [ended.type]],
		[{ status: 'START', name: 'All' }, true, ['All'], [received.type, ended.type]],
		[{}, true, [''], []],
		[{ status: null, name: ['Hired'] }, true, ['Hired'], []],
	])('is told by the step: %j, first: %j, end steps %j', (step, isFirst, endSteps, types) => {
		expect(derivedTypes(/** @type {any} */ (step), { isFirst, endSteps })).toEqual(types);
	});

	it.each([
		['2026-03-02T09:10:00Z', '2026-03-02', true],
		['2026-03-02T23:10:00-10:00', '2026-03-01', true],
		['2026-03-02T09:10:00Z', '2026-03-04', true],
		['2026-03-02T09:10:00Z', '2026-03-05', false],
		[null, '2026-03-05', true],
		['2026-03-02T09:10:00Z', null, true],
		['yesterday', 'today', true],
	])('of an application of %s may be the first on %s: %j', (date, changed, expected) => {
		expect(mayBeFirst({ date }, { date: changed })).toBe(expected);
	});
});
