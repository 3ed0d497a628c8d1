import { items, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

describe('of three input items the second', () => {
	/** The second is one that JOFI does not have. */
	const three = { items: ['42001', '999', '42002'].map((id) => ({ json: { id } })) };
	const parameters = { testTaker: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

	it('is named when it stops the node', async () => {
		const { itemIndex, message } = errorTextOf(
			await started.run('testTaker:get', parameters, three),
			Object.values(started.jofi.keys),
		);
		expect(itemIndex).toBe(1);
		expect(message).toContain('999');
	});

	it('does not hold back the others with On Error: Continue', async () => {
		const { status, output, json } = await started.run('testTaker:get', parameters, {
			...three,
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(json[0].id).toBe(42001);
		expect(json[1]).toEqual({
			error: 'JOFI has no test taker with the ID 999',
			message: expect.stringContaining('Check the ID.'),
		});
		expect(json[2].id).toBe(42002);
	});

	it('alone goes to the error output', async () => {
		const { json, failed } = await started.run('testTaker:get', parameters, {
			...three,
			onError: 'continueErrorOutput',
		});
		expect(json.map(({ id }) => id)).toEqual([42001, 42002]);
		expect(failed).toMatchObject([
			{ json: { error: expect.stringContaining('999') }, pairedItem: { item: 1 } },
		]);
	});
});

test('no input items are no requests', async () => {
	const first = started.jofi.requests.length;
	const { json } = await started.run('team:getAll', {}, { items: items(0) });
	expect(json).toEqual([]);
	expect(started.requests(first)).toEqual([]);
});
