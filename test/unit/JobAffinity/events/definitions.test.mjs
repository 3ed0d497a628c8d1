import { built } from '../../built.mjs';
import { eventOf } from '../../events.mjs';

/** @type {typeof import('../../../../nodes/JobAffinity/events/definitions.js')} */
const { events } = built('./JobAffinity/events/definitions.js');
/** @type {typeof import('../../../../nodes/JobAffinity/events/filters.js')} */
const { filters } = built('./JobAffinity/events/filters.js');
/** @type {typeof import('../../../../nodes/JobAffinity/provider.js')} */
const { jobaffinity, jobaffinityWebhooks } = built('./JobAffinity/provider.js');
/** @type {typeof import('../../../../nodes/JobAffinity/api/ids.js')} */
const { idInLink } = built('./JobAffinity/api/ids.js');
/** @type {typeof import('../../../../nodes/JobAffinity/api/stepChanges.js')} */
const { applicationIdOf, changeIdOf, stepOf } = built('./JobAffinity/api/stepChanges.js');
/** @type {typeof import('../../../../nodes/shared/events/identify.js')} */
const { schemaDeviations } = built('./shared/events/identify.js');

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

describe('a delivery', () => {
	it('is recognised by the name of its event', () => {
		const event = eventOf(jobaffinityWebhooks, stepChanged.sample);
		expect(event).toMatchObject({ event: 'ProcessStepChange' });
		expect(schemaDeviations(jobaffinity, event)).toEqual([]);
	});

	it('has no key of its own, as it does not say which change it is about', () => {
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

	it('tells its ID, its application and its step', () => {
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

it('filters read the fields of an item, and say nothing of one without details', () => {
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
