import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';

import { told } from '../jofi/told.mjs';
import { inMemory, resources, run } from './node.mjs';

/** @type {Record<string, { parameters: Record<string, unknown>, items?: any[] }>} Parameters that make each operation succeed. */
const PARAMETERS = {
	'event:getSample': { parameters: { event: 'courseCompletion' } },
	'nightlyExport:parse': {
		parameters: {},
		items: [inMemory({ name: 'a.json', mimeType: 'application/json', content: Buffer.from('[{"id":"1","event":"courseCompletion","notifiableId":"2"}]') })],
	},
	'retrySchedule:get': { parameters: { firstAttemptAt: '2026-03-04T15:00:00Z' } },
};

const operations = resources.flatMap(({ value, operations: all }) => all.map((operation) => ({ name: `${value}:${operation.value}`, operation })));

const ajv = new Ajv({ allowUnionTypes: true, strict: false });

/** What the package ships. @param {string} name of an operation */
const shipped = (name) =>
	JSON.parse(readFileSync(new URL(`../../../nodes/InnovativeEducators/__schema__/v1.0.0/${name.replace(':', '/')}.json`, import.meta.url), 'utf8'));

test('every operation has parameters here, and needs no credential', () => {
	expect(Object.keys(PARAMETERS).sort()).toEqual(operations.map(({ name }) => name).sort());
	expect(operations.every(({ operation }) => operation.offline)).toBe(true);
});

test.each(operations.map(({ name }) => name))('%s puts out what its schema says', async (name) => {
	const { parameters, items } = PARAMETERS[name];
	const { status, json, hints } = await run(name, parameters, { items });
	expect([status, hints, json.length]).toEqual(['success', [], 1]);
	const validate = ajv.compile(shipped(name));
	validate(json[0]);
	expect(validate.errors ?? []).toEqual([]);
});

describe('a sample', () => {
	it('is an item of the trigger, and says that it is made up', async () => {
		const { output } = await run('event:getSample', { event: 'courseCompletion' });
		expect(output).toMatchObject([
			{
				json: {
					eventKey: 'innovative-educators:courseCompletion:0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c01:2026-03-04T15:06:07Z',
					provider: 'innovative-educators',
					event: 'courseCompletion',
					person: { email: 'ada.learner@college.example', externalId: '000123456' },
					courseTitle: 'New Student Orientation',
					refs: { ref1: '000123456', ref2: 'Nursing' },
					isSample: true,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('of a test notification has a body of which nothing is known', async () => {
		const { json: [item] } = await run('event:getSample', { event: 'test_notification' });
		expect(item).toMatchObject({ event: 'test_notification', person: { email: null }, payload: {}, isSample: true });
		expect(ajv.compile(shipped('event:getSample'))(item)).toBe(true);
	});

	it('of another event is refused, with those that there are', async () => {
		const { message, description } = told(await run('event:getSample', { event: '={{ "courseEnrollment" }}' }), []);
		expect(message).toBe('There is no Innovative Educators event "courseEnrollment"');
		expect(description).toBe('Use one of: courseCompletion, test_notification.');
	});
});

describe('a retry schedule', () => {
	/** @param {unknown} firstAttemptAt @param {Record<string, unknown>} [parameters] */
	const schedule = (firstAttemptAt, parameters) => run('retrySchedule:get', { firstAttemptAt, ...parameters });

	it.each([
		['2026-03-04T15:00:00Z', '2026-03-04T15:00:00.000Z'],
		['2026-03-04T16:00:00.000+01:00', '2026-03-04T15:00:00.000Z'],
		// The tests' n8n is in New York, as n8n itself unless it is told otherwise.
		['2026-03-04T10:00:00', '2026-03-04T15:00:00.000Z'],
		['={{ new Date("2026-03-04T15:00:00Z") }}', '2026-03-04T15:00:00.000Z'],
		['={{ DateTime.fromISO("2026-03-04T15:00:00Z") }}', '2026-03-04T15:00:00.000Z'],
		[' 2026-03-04T15:00:00Z ', '2026-03-04T15:00:00.000Z'],
	])('begins at %s', async (first, expected) => {
		expect((await schedule(first)).json).toMatchObject([{ firstAttemptAt: expected, lastRetryAt: '2026-03-04T18:25:00.000Z', willStillCome: false }]);
	});

	it('is longer when attempts time out', async () => {
		expect((await schedule('2026-03-04T15:00:00Z', { attemptsFail: 'timeOut' })).json).toMatchObject([{ lastRetryAt: '2026-03-04T18:27:30.000Z' }]);
	});

	it('of an event that was just missed has all ten left', async () => {
		expect((await schedule('={{ $now }}')).json).toMatchObject([{ retriesLeft: 10, willStillCome: true, isComputed: true }]);
	});

	it('names the nightly file in the time zone of the site', async () => {
		const { json } = await schedule('2026-03-04T04:00:00Z', { timeZone: 'Europe/Paris' });
		expect(json).toMatchObject([{ nightlyFileAt: '2026-03-05T01:00:00.000Z', summary: expect.stringContaining('2026-03-05 02:00 (Europe/Paris)') }]);
	});

	it.each(['={{ "" }}', 'soon', '={{ null }}', '={{ {} }}', '2026-13-01'])('has no beginning %j', async (first) => {
		const { message, description } = told(await schedule(first), []);
		expect(message).toBe('First Attempt At is not a date and time');
		expect(description).toContain('2026-03-05T14:00:00Z');
	});

	it.each(['', 'Eastern', 'GMT+25'])('has no time zone %j', async (timeZone) => {
		expect(told(await schedule('2026-03-04T15:00:00Z', { timeZone }), []).message).toBe('Time Zone of the Site is not a time zone');
	});

	it('has each item by itself', async () => {
		const items = ['2026-03-04T15:00:00Z', 'soon', '2026-03-05T15:00:00Z'].map((at) => ({ json: { at } }));
		const { json } = await run('retrySchedule:get', { firstAttemptAt: '={{ $json.at }}' }, { items, onError: 'continueRegularOutput' });
		expect(json.map(({ firstAttemptAt, error }) => firstAttemptAt ?? error)).toEqual([
			'2026-03-04T15:00:00.000Z',
			'First Attempt At is not a date and time',
			'2026-03-05T15:00:00.000Z',
		]);
	});
});
