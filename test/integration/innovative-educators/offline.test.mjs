import { errorTextOf } from '../errorText.mjs';
import { RESOURCES } from '../../schemas/outputs.mjs';
import { ajv, shippedSchema } from '../outputs.mjs';
import { inMemory, run } from './node.mjs';

/**
 * @type {Record<string, { parameters: Record<string, unknown>, items?: any[] }>} Parameters that
 * make each operation succeed.
 */
const PARAMETERS = {
	'event:getSample': { parameters: { event: 'courseCompletion' } },
	'nightlyExport:parse': {
		parameters: {},
		items: [
			inMemory({
				name: 'a.json',
				mimeType: 'application/json',
				content: Buffer.from('[{"id":"1","event":"courseCompletion","notifiableId":"2"}]'),
			}),
		],
	},
	'roster:compare': {
		parameters: { learners: 'text', roster: 'email\nada@x.example', completions: 'items' },
		items: [{ json: { event: 'courseCompletion', user: 'ada@x.example', title: 'T' } }],
	},
};

/** Without what is the same at every provider and is tested there. */
const operations = RESOURCES.InnovativeEducators.filter(({ value }) => value !== 'webhook').flatMap(
	({ value, operations: all }) =>
		all
			.filter(({ offline }) => offline)
			.map((operation) => ({ name: `${value}:${operation.value}`, operation })),
);

test('every operation that needs no credential is tested', () => {
	expect(Object.keys(PARAMETERS).sort()).toEqual(operations.map(({ name }) => name).sort());
});

test.each(operations.map(({ name }) => name))(
	'%s outputs what its schema declares',
	async (name) => {
		const { parameters, items } = PARAMETERS[name];
		const { status, json, hints } = await run(name, parameters, { items });
		expect([status, hints, json.length]).toEqual(['success', [], 1]);
		const validate = ajv.compile(shippedSchema('InnovativeEducators', name));
		validate(json[0]);
		expect(validate.errors ?? []).toEqual([]);
	},
);

describe('a sample', () => {
	it('is an item of the trigger, marked as a sample', async () => {
		const { output } = await run('event:getSample', { event: 'courseCompletion' });
		expect(output).toMatchObject([
			{
				json: {
					eventKey:
						'innovative-educators:courseCompletion:0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c01:2026-03-04T15:06:07Z',
					provider: 'innovative-educators',
					event: 'courseCompletion',
					person: { email: 'ada.learner@college.example', externalId: '000123456' },
					course: { title: 'New Student Orientation' },
					refs: { ref1: '000123456', ref2: 'Nursing' },
					source: 'sample',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('of a test notification has an empty body', async () => {
		const {
			json: [item],
		} = await run('event:getSample', { event: 'test_notification' });
		expect(item).toMatchObject({
			event: 'test_notification',
			person: { email: null },
			payload: {},
			source: 'sample',
		});
		expect(ajv.compile(shippedSchema('InnovativeEducators', 'event:getSample'))(item)).toBe(true);
	});

	it('of another event is rejected with a list of the events', async () => {
		const { message, description } = errorTextOf(
			await run('event:getSample', { event: '={{ "courseEnrollment" }}' }),
			[],
		);
		expect(message).toBe('There is no Innovative Educators event "courseEnrollment"');
		expect(description).toBe('Use one of: courseCompletion, test_notification, delivery.refused.');
	});
});
