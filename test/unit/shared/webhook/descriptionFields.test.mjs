import workflow from 'n8n-workflow';

import { InnovativeEducatorsTrigger } from '#dist/nodes/InnovativeEducators/InnovativeEducatorsTrigger.node.js';
import { JobAffinityTrigger } from '#dist/nodes/JobAffinity/JobAffinityTrigger.node.js';
import { JofiTrigger } from '#dist/nodes/Jofi/JofiTrigger.node.js';
import { RegpackTrigger } from '#dist/nodes/Regpack/RegpackTrigger.node.js';
import { replyEvents } from '#dist/nodes/Regpack/trigger/replyPoints.js';
import { webhookDescriptionFields } from '#dist/nodes/shared/webhook/descriptionFields.js';

/** @typedef {import('n8n-workflow').IWebhookDescription & Record<string, any>} WebhookDescription */

const triggers = {
	InnovativeEducatorsTrigger,
	JobAffinityTrigger,
	JofiTrigger,
	RegpackTrigger,
};

/** @param {new () => import('n8n-workflow').INodeType} Trigger */
const webhookOf = (Trigger) =>
	/** @type {WebhookDescription} */ (new Trigger().description.webhooks?.[0]);

/**
 * A field as an n8n evaluates it that knows templates only. Nothing of this module is in reach, as
 * in n8n's sandbox.
 *
 * @param {WebhookDescription} webhook @param {string} field
 * @param {Record<string, unknown>} parameters
 */
function evaluated(webhook, field, parameters) {
	const [, expression] = /^=\{\{(.*)\}\}$/s.exec(webhook[field]) ?? [];
	return new Function('$parameter', `return ${expression}`)(parameters);
}

/** @param {WebhookDescription} webhook @param {string} field @param {Record<string, any>} parameters */
const resolved = (webhook, field, parameters) =>
	workflow.resolveWebhookDescriptionField({ parameters }, webhook, field);

describe("a trigger's webhook", () => {
	test.each(Object.entries(triggers))(
		"of %s needs none of n8n's expression engine",
		(_, Trigger) => {
			expect(workflow.webhookDescriptionIsNativelyResolvable(webhookOf(Trigger))).toBe(true);
		},
	);

	test.each(Object.entries({ InnovativeEducatorsTrigger, JofiTrigger }))(
		'of %s answers as Respond says, whether n8n calls a function or evaluates a template',
		(_, Trigger) => {
			const webhook = webhookOf(Trigger);
			for (const [responseMode, responseData] of [
				['onReceived', ''],
				['lastNode', 'noData'],
			]) {
				const expected = { responseMode, responseData };
				for (const [field, value] of Object.entries(expected)) {
					const chosen = { settings: { responseMode } };
					expect(resolved(webhook, field, chosen)).toEqual({ resolved: true, value });
					expect(evaluated(webhook, field, chosen)).toBe(value);
				}
			}
		},
	);
});

describe("Regpack's webhook", () => {
	const webhook = webhookOf(RegpackTrigger);
	const AT_ONCE = [
		'user_complete',
		'payment',
		'form_submit',
		'form_preprocess_1',
		'xform_preprocess',
	];

	/** @param {Record<string, unknown>} parameters */
	const parametersWith = (parameters) => ({
		events: 'form_preprocess_*',
		formId: '12',
		responseMode: 'responseNode',
		settings: {},
		...parameters,
	});

	/** @type {[field: string, parameters: Record<string, unknown>, value: string][]} */
	const cases = [
		.../** @type {typeof cases} */ (
			replyEvents.map((events) => ['responseMode', { events }, 'responseNode'])
		),
		.../** @type {typeof cases} */ (
			AT_ONCE.map((events) => ['responseMode', { events }, 'onReceived'])
		),
		['responseMode', { responseMode: 'lastNode' }, 'lastNode'],
		['responseMode', { events: 'payment', responseMode: 'lastNode' }, 'lastNode'],
		['path', {}, 'form_preprocess_12'],
		['path', { formId: ' 7 ' }, 'form_preprocess_7'],
		['path', { formId: '7/../8' }, 'form_preprocess_78'],
		['path', { formId: 7 }, 'form_preprocess_7'],
		['path', { events: 'user-complete' }, 'user-complete'],
		['httpMethod', {}, 'POST'],
		['httpMethod', { settings: { httpMethod: 'GET' } }, 'GET'],
	];
	test.each(cases)(
		'has as %s with %j the same "%s" by function and by template',
		(field, parameters, value) => {
			const all = parametersWith(parameters);
			expect(resolved(webhook, field, all)).toEqual({ resolved: true, value });
			expect(evaluated(webhook, field, all)).toBe(value);
		},
	);
});

describe('an n8n that knows templates only', () => {
	const { webhookDescriptionFields: native } = workflow;
	afterEach(() => {
		Object.assign(workflow, { webhookDescriptionFields: native });
	});

	test('gets the same templates', () => {
		const fields = { path: (/** @type {Record<string, any>} */ parameters) => parameters.events };
		const { path } = webhookDescriptionFields(fields);
		Object.assign(workflow, { webhookDescriptionFields: undefined });
		expect(webhookDescriptionFields(fields)).toEqual({ path });
		expect(path).toMatch(/^=\{\{.*\$parameter\)\}\}$/);
	});
});
