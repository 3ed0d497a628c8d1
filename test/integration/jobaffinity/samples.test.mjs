import { events } from '#dist/nodes/JobAffinity/events/definitions.js';
import { RESOURCES } from '../../schemas/outputs.mjs';
import { expectShape } from '../outputs.mjs';
import { startNode } from './emptyAccount.mjs';

/** @type {import('./emptyAccount.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

/** @param {Record<string, unknown>} [parameters] */
const sample = (parameters = {}) =>
	started.run(
		'event:getSample',
		{ event: 'ProcessStepChange', ...parameters },
		{ credentials: {} },
	);

test('the one documented event can be chosen, those that are read from it, and what the trigger itself reports', () => {
	const fields = RESOURCES.JobAffinity.find(({ value }) => value === 'event')?.operations[0].fields;
	expect(fields?.find(({ name }) => name === 'event')?.options).toEqual([
		expect.objectContaining({
			name: 'Application Received',
			description: expect.stringMatching(/^Derived from Step Changed: /),
		}),
		expect.objectContaining({ name: 'Delivery Refused', value: 'delivery.refused' }),
		expect.objectContaining({
			name: 'Reached an End Step',
			description: expect.stringMatching(/^Derived from Step Changed: /),
		}),
		{
			name: 'Step Changed',
			value: 'ProcessStepChange',
			description: 'An application moved to another step of the recruitment process',
		},
	]);
	expect(events.map(({ type, derivedFrom }) => [type, derivedFrom])).toEqual([
		['ProcessStepChange', undefined],
		['application.received', 'ProcessStepChange'],
		['application.end_step_reached', 'ProcessStepChange'],
	]);
});

test('a sample is a delivery as the guide shows it, and needs neither login nor request', async () => {
	const { output, json } = await sample({ withDetails: false });
	expectShape('JobAffinity', 'event:getSample', json);
	expect(output).toEqual([
		{
			json: expect.objectContaining({
				title: 'Application 410 moved to another step',
				eventKey: expect.stringMatching(/^jobaffinity:ProcessStepChange:sha256-/),
				provider: 'jobaffinity',
				event: 'ProcessStepChange',
				occurredAt: null,
				details: null,
				payload: {
					event: 'ProcessStepChange',
					application: { _self: '/restapi/v1/application/410' },
				},
				source: 'sample',
			}),
			pairedItem: { item: 0 },
		},
	]);
	expect(started.requests()).toEqual([]);
});

test('a sample with details says who and what it is about', async () => {
	const { json } = await sample({ withDetails: true });
	expectShape('JobAffinity', 'event:getSample', json);
	expect(json).toMatchObject([
		{
			eventKey: 'jobaffinity:ProcessStepChange:410:9001',
			occurredAt: '2026-03-05',
			person: {
				email: 'lea.noir@example.org',
				firstName: 'Lea',
				lastName: 'Noir',
				id: '77',
				externalId: null,
			},
			application: { id: '410', stage: 'Interview', previousStage: 'New', job: 'Warehouse Lead' },
			details: { status: 'fetched', change: { change_id: 9001 } },
			source: 'sample',
			payload: {
				event: 'ProcessStepChange',
				application: { _self: '/restapi/v1/application/410' },
			},
		},
	]);
});

test('an event that JobAffinity does not have is named, with those that it has', async () => {
	const { message, description } = await started.refused('event:getSample', {
		event: '={{ "CandidateHired" }}',
	});
	expect(message).toBe('There is no JobAffinity event "CandidateHired"');
	expect(description).toBe(
		'Use one of: ProcessStepChange, application.received, application.end_step_reached, delivery.refused.',
	);
});

test.each([
	[
		'application.received',
		'jobaffinity:application.received:410',
		'Lea Noir applied for Warehouse Lead',
		{ stage: 'New', previousStage: null, stageStatus: 'started' },
	],
	[
		'application.end_step_reached',
		'jobaffinity:application.end_step_reached:410:9044',
		'Lea Noir reached the end step Hired for Warehouse Lead',
		{ stage: 'Hired', previousStage: 'Interview', stageStatus: 'ended' },
	],
])(
	'a sample of %s is what the triggers make of a step change',
	async (event, eventKey, title, application) => {
		const { json } = await sample({ event });
		expect(json).toMatchObject([
			{
				title,
				event,
				eventKey,
				application: { id: '410', ...application },
				details: { status: 'fetched', missing: [] },
				payload: { event: 'ProcessStepChange' },
			},
		]);
		expectShape('JobAffinity', 'event:getSample', json);
	},
);
