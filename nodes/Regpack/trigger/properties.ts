import type { INodeParameters, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { labelOf, ownEventsProperty, singleEventProperty } from '../../shared/events/properties';
import { webhookDescriptionFields } from '../../shared/webhook/descriptionFields';
import type { Fallback } from '../../shared/webhook/fallbackReply';
import { triggerProperties } from '../../shared/webhook/properties';
import { respondProperty, responseData } from '../../shared/webhook/respond';
import { events } from '../events/definitions';
import { detailsProperties } from '../events/detailsProperties';
import { regpack, regpackWebhooks } from '../provider';
import {
	DEFAULT_SECONDS,
	MAX_SECONDS,
	replyEvents,
	replyPoints,
	replySecondsOf,
} from './replyPoints';
import { guide } from './setupGuide';

const wildcards = events.map(({ type }) => type).filter((type) => type.endsWith('*'));

/**
 * What the canvas shows of the trigger: the event by its label, with the ID of the form where the
 * event is of one form.
 */
export const SUBTITLE = `={{ ${labelOf(
	Object.fromEntries(
		events.map(({ type, label }) => [
			type,
			wildcards.includes(type) ? `${label.replace(/ \(One Form\)$/, '')} (*)` : label,
		]),
	),
	'$parameter["events"]',
)}.replace("*", String($parameter["formId"]).trim() || "One Form") }}`;

const formIdProperty: INodeProperties = {
	displayName: 'Form ID',
	name: 'formId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 12345',
	description:
		'ID of the form that the event is for. It is part of the URL, and the field formId of each item.',
	displayOptions: { show: { events: wildcards } },
};

/** Whether Regpack sends POST is not documented. n8n reads the method at publishing. */
const methodOption: INodeProperties = {
	displayName: 'HTTP Method',
	name: 'httpMethod',
	type: 'options',
	default: 'POST',
	description:
		'The method of deliveries, which Regpack does not document. Publish again after a change.',
	options: [
		{ name: 'GET', value: 'GET' },
		{ name: 'POST', value: 'POST' },
	],
};

const DEADLINE =
	'How long Regpack waits for the answer, and whether it repeats a delivery, is not documented';

const DEFAULT_MESSAGE = 'Your form could not be checked. Please try again in a few minutes.';

const ifReplying = { responseMode: ['responseNode'] };

/**
 * Respond, with Using Regpack Node only for events whose senders wait for a reply. Before a form is
 * processed, the reply is what the event is for; the other events are as often mere news.
 */
const respondProperties: INodeProperties[] = [
	{
		...respondProperty(DEADLINE, 'Regpack'),
		default: 'responseNode',
		displayOptions: { show: { events: [...replyPoints.before.events] } },
	},
	{
		...respondProperty(DEADLINE, 'Regpack'),
		displayOptions: {
			show: { events: [...replyPoints.after.events, ...replyPoints.opened.events] },
		},
	},
	{ ...respondProperty(DEADLINE), displayOptions: { hide: { events: replyEvents } } },
	{
		displayName: 'If There Is No Reply',
		name: 'withoutReply',
		type: 'options',
		noDataExpression: true,
		default: 'pass',
		description:
			'What the form gets when the workflow fails, ends without a Form Reply or takes too long. What Regpack does without a usable answer is not documented.',
		options: [
			{
				name: 'Let It Pass',
				value: 'pass',
				description: 'An empty reply, so that nobody is kept from submitting',
			},
			{
				name: 'Show an Error',
				value: 'error',
				description: 'Before a form is processed, this stops it',
			},
		],
		displayOptions: {
			show: { ...ifReplying, events: [...replyPoints.before.events, ...replyPoints.after.events] },
		},
	},
	{
		displayName: 'Error Message',
		name: 'messageWithoutReply',
		type: 'string',
		noDataExpression: true,
		default: DEFAULT_MESSAGE,
		displayOptions: { show: { ...ifReplying, withoutReply: ['error'] } },
	},
	{
		displayName: 'Wait for the Reply (Seconds)',
		name: 'replySeconds',
		type: 'number',
		noDataExpression: true,
		default: DEFAULT_SECONDS,
		typeOptions: { minValue: 1, maxValue: MAX_SECONDS },
		description:
			'How long the form waits for the workflow, which goes on afterwards. A reply that comes later goes nowhere.',
		displayOptions: { show: { ...ifReplying, events: replyEvents } },
	},
];

export const properties = triggerProperties(regpackWebhooks, {
	triggerOn: singleEventProperty(regpack),
	api: { '/fetchUserDetails': [true] },
	own: [formIdProperty, ...detailsProperties, ownEventsProperty(regpackWebhooks.provider)],
	respond: respondProperties,
	options: [methodOption],
	setup: guide.properties,
});

/**
 * Part of the URL, which therefore shows the event that it is to be entered for, with the form ID
 * filled in. A delivery for another event, after the node was changed, is not taken for this one.
 */
export const pathOf = (parameters: INodeParameters): string =>
	String(parameters.events)
		.replace('*', String(parameters.formId).trim())
		.replace(/[^\w-]/g, '');

/** The method that the trigger is called with. */
export const methodOf = (parameters: INodeParameters): 'GET' | 'POST' =>
	(parameters.settings as { httpMethod?: 'GET' | 'POST' }).httpMethod ?? 'POST';

/** What n8n finds out about the webhook from the node's parameters. */
export const webhookFields = webhookDescriptionFields({
	path: pathOf,
	httpMethod: methodOf,
	/**
	 * The editor keeps Using Regpack Node, invisibly, when the event is changed to one that nobody
	 * waits for; such deliveries are answered at once.
	 */
	responseMode: (parameters) => {
		// Those of `replyEvents`, which is out of reach here; a test compares them.
		const isWaitedFor = /^form_(preprocess(_\*)?|submit_\*|load_\*)$/.test(
			String(parameters.events),
		);
		return parameters.responseMode === 'responseNode' && !isWaitedFor
			? 'onReceived'
			: parameters.responseMode;
	},
	responseData,
});

/** What the form gets without a reply; `undefined` when nobody waits for one. */
export function fallbackOf(context: IWebhookFunctions): Fallback | undefined {
	const event = context.getNodeParameter('events', '') as string;
	if (
		!replyEvents.includes(event) ||
		context.getNodeParameter('responseMode', '') !== 'responseNode'
	)
		return undefined;
	const isError = context.getNodeParameter('withoutReply', 'pass') === 'error';
	// A type without a text is not documented.
	const msg = String(context.getNodeParameter('messageWithoutReply', '')).trim() || DEFAULT_MESSAGE;
	return {
		body: isError ? { msg, msg_type: 'error' } : {},
		seconds: replySecondsOf(context.getNodeParameter('replySeconds', DEFAULT_SECONDS)),
	};
}
