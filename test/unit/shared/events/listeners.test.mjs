import { jofi } from '#dist/nodes/Jofi/provider.js';
import { listenersOf } from '#dist/nodes/shared/events/listeners.js';

/** What other triggers of the workflow listen to. */

const COMPLETED = 'test_taker.assessment_completed';
const CREATED = 'invitation.created';

/**
 * A node's context in a workflow with other nodes.
 *
 * @param {Record<string, any>} nodes by name
 * @param {((expression: string) => unknown)} [evaluateExpression]
 */
const contextWith = (nodes, evaluateExpression) =>
	/** @type {any} */ ({
		workflow: { nodes },
		getNode: () => ({ type: 'n8n-nodes-talent-events.jofi' }),
		...(evaluateExpression && { evaluateExpression }),
	});

const trigger = (/** @type {object} */ parameters, changes = {}) => ({
	type: 'n8n-nodes-talent-events.jofiTrigger',
	parameters,
	...changes,
});

const event = (/** @type {string} */ type, object = {}) => ({
	eventKey: type,
	provider: 'jofi',
	event: type,
	payload: { type, data: { object } },
});

test('are those of the given types that are not deactivated', () => {
	const context = contextWith({
		a: trigger({ events: [COMPLETED] }),
		b: trigger({ events: [CREATED] }, { disabled: true }),
		c: { type: 'n8n-nodes-talent-events.jofiPollingTrigger', parameters: { events: [CREATED] } },
		d: { type: 'other.jofiTrigger', parameters: { events: [CREATED] } },
	});
	const found = listenersOf(context, jofi, ['jofiTrigger']);
	expect(found.map(({ wants }) => [wants(COMPLETED), wants(CREATED)])).toEqual([[true, false]]);
	expect(listenersOf(context, jofi, ['jofiTrigger', 'jofiPollingTrigger'])).toHaveLength(2);
});

test('accept what is selected and passes the filters', () => {
	const [listener] = listenersOf(
		contextWith({
			a: trigger({
				events: ['*'],
				settings: { otherEvents: ['x'] },
				filters: { customIds: ['REQ-9'] },
			}),
		}),
		jofi,
		['jofiTrigger'],
	);
	expect(listener.accepts(event(CREATED, { custom_id: 'req-9' }))).toBe(true);
	expect(listener.accepts(event(CREATED, { custom_id: 'other' }))).toBe(false);
	expect(listener.wants('x')).toBe(true);
	expect(listener.wants('derived.all_assessments_completed')).toBe(false);
});

test('want other events by the names in Options', () => {
	const [{ wants }] = listenersOf(
		contextWith({ a: trigger({ events: [COMPLETED], settings: { otherEvents: ['x'] } }) }),
		jofi,
		['jofiTrigger'],
	);
	expect(['x', 'y', COMPLETED].map(wants)).toEqual([true, false, true]);
});

test('have their expressions evaluated where that is possible', () => {
	const nodes = {
		a: trigger({
			events: '={{ all }}',
			filters: { customIds: ['={{ id }}'] },
			settings: { skipDuplicates: '={{ no }}' },
		}),
	};
	const values = { '{{ all }}': ['*'], '{{ id }}': 'REQ-9', '{{ no }}': false };
	const [known] = listenersOf(
		contextWith(nodes, (expression) => values[/** @type {keyof typeof values} */ (expression)]),
		jofi,
		['jofiTrigger'],
	);
	expect(known.settings).toEqual({ skipDuplicates: false });
	expect(known.accepts(event(CREATED, { custom_id: 'REQ-9' }))).toBe(true);
	expect(known.accepts(event(CREATED, { custom_id: 'REQ-8' }))).toBe(false);
	const [unknown] = listenersOf(contextWith(nodes), jofi, ['jofiTrigger']);
	expect(unknown.wants(CREATED)).toBe(false);
	expect(unknown.settings).toEqual({ skipDuplicates: undefined });
});
