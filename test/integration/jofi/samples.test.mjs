import { events } from '#dist/nodes/Jofi/events/definitions.js';
import { loader, runNode, runTrigger } from '../core.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @param {string} event */
const sampleOf = (event) =>
	runNode({
		node: { type: 'jofi', parameters: { resource: 'event', operation: 'getSample', event } },
	});

const REFUSED = 'delivery.refused';

test('the documented events can be chosen, the derived one, and what the trigger itself reports', () => {
	const { properties } = /** @type {import('n8n-workflow').INodeTypeDescription} */ (
		loader.nodeTypes.jofi.type.description
	);
	const options = /** @type {{ value: string }[]} */ (
		properties.find(({ name }) => name === 'event')?.options
	);
	expect(options.map(({ value }) => value).sort()).toEqual(
		[...events.map(({ type }) => type), REFUSED].sort(),
	);
	expect(events).toHaveLength(6);
});

test.each(events.map(({ type, sample }) => ({ type, sample })))(
	'a sample of $type is the item of the JOFI Trigger, and needs no key',
	async ({ type, sample }) => {
		const { status, output, hints } = await sampleOf(type);
		expect(status).toBe('success');
		expect(hints).toEqual([]);
		const { eventKey } = /** @type {any} */ (output[0].json);
		const delivered = await runTrigger({
			items: [
				{
					json: /** @type {any} */ ({
						eventKey,
						provider: 'jofi',
						event: type,
						source: 'sample',
						receivedAt: output[0].json.receivedAt,
						unprocessed: true,
						payload: sample,
					}),
				},
			],
		});
		expect(output).toEqual([{ json: delivered.output[0].json, pairedItem: { item: 0 } }]);
	},
);

test.each([
	['test_taker.assessment_completed', true],
	['derived.all_assessments_completed', true],
	['invitation.created', false],
])('a sample of %s with Include Scorecard has one: %s', async (event, hasOne) => {
	const { output } = await runNode({
		node: {
			type: 'jofi',
			parameters: { resource: 'event', operation: 'getSample', event, includeScorecard: true },
		},
	});
	const { details } = /** @type {any} */ (output[0].json);
	if (hasOne) expect(details.scorecard.text).toMatch(/^Scorecard of Linda Sample/);
	else expect(details).toBeNull();
});

test('the samples have distinct keys', async () => {
	const keys = await Promise.all(
		events.map(async ({ type }) => (await sampleOf(type)).output[0].json.eventKey),
	);
	expect(new Set(keys).size).toBe(events.length);
});

test('an event that JOFI does not have is named, with those that it has', async () => {
	const { message, description, itemIndex } = errorTextOf(
		await sampleOf('={{ "test_taker.deleted" }}'),
		[],
	);
	expect(message).toBe('There is no JOFI event "test_taker.deleted"');
	expect(description).toBe(`Use one of: ${events.map(({ type }) => type).join(', ')}, ${REFUSED}.`);
	expect(itemIndex).toBe(0);
});
