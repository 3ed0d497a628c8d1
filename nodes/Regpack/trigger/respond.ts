import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { respondProperty } from '../../shared/webhook/respond';
import type { Fallback } from '../../shared/webhook/fallbackReply';
import { replyPoints, replyEvents } from './replyPoints';

const DEADLINE = 'How long Regpack waits for the answer, and whether it repeats a delivery, is not documented';

/** Seconds that a form waits for the workflow, unless the user says otherwise; how long Regpack would is not documented. */
const USUAL_SECONDS = 10;
const MOST_SECONDS = 120;
const USUAL_MESSAGE = 'Your form could not be checked. Please try again in a few minutes.';

const whileReplying = { responseMode: ['responseNode'] };

/**
 * Respond, with the reply of a Regpack node only for events whose senders wait for one. Before a form is
 * processed the reply is what the event is for; the others are as often mere news.
 */
export const respondProperties: INodeProperties[] = [
	{
		...respondProperty(DEADLINE, 'Regpack'),
		default: 'responseNode',
		displayOptions: { show: { events: [...replyPoints.before.events] } },
	},
	{
		...respondProperty(DEADLINE, 'Regpack'),
		displayOptions: { show: { events: [...replyPoints.after.events, ...replyPoints.opened.events] } },
	},
	{ ...respondProperty(DEADLINE), displayOptions: { hide: { events: replyEvents } } },
	{
		displayName: 'If There Is No Reply',
		name: 'withoutReply',
		type: 'options',
		noDataExpression: true,
		default: 'pass',
		description:
			'What the form gets when the workflow fails, ends without a Form Reply or takes longer than it may. What Regpack does without a usable answer is not documented.',
		options: [
			{ name: 'Let It Pass', value: 'pass', description: 'An empty reply, so that nobody is kept from submitting' },
			{
				name: 'Show an Error',
				value: 'error',
				description: 'Before a form is processed, this stops it',
			},
		],
		displayOptions: { show: { ...whileReplying, events: [...replyPoints.before.events, ...replyPoints.after.events] } },
	},
	{
		displayName: 'Error Message',
		name: 'messageWithoutReply',
		type: 'string',
		noDataExpression: true,
		default: USUAL_MESSAGE,
		displayOptions: { show: { ...whileReplying, withoutReply: ['error'] } },
	},
	{
		displayName: 'Wait for the Reply (Seconds)',
		name: 'replySeconds',
		type: 'number',
		noDataExpression: true,
		default: USUAL_SECONDS,
		typeOptions: { minValue: 1, maxValue: MOST_SECONDS },
		description:
			'How long the form waits for the workflow, which goes on afterwards. A reply that comes later goes nowhere.',
		displayOptions: { show: { ...whileReplying, events: replyEvents } },
	},
];

/**
 * n8n's response mode. The editor keeps a reply of the Regpack node when the event is changed to one that nobody
 * waits at, and shows nothing of it; such deliveries are answered at once.
 */
export const RESPONSE_MODE = `={{$parameter["responseMode"]==="responseNode"&&!${JSON.stringify(replyEvents)}.includes($parameter["events"])?"onReceived":$parameter["responseMode"]}}`;

/** What the form gets without a reply; `undefined` when nobody waits for one. */
export function fallbackOf(context: IWebhookFunctions): Fallback | undefined {
	const event = context.getNodeParameter('events', '') as string;
	if (!replyEvents.includes(event) || context.getNodeParameter('responseMode', '') !== 'responseNode') return undefined;
	const seconds = Number(context.getNodeParameter('replySeconds', USUAL_SECONDS));
	const isError = context.getNodeParameter('withoutReply', 'pass') === 'error';
	// A type without a text is not documented.
	const msg = String(context.getNodeParameter('messageWithoutReply', '')).trim() || USUAL_MESSAGE;
	return {
		body: isError ? { msg, msg_type: 'error' } : {},
		seconds: seconds > 0 ? Math.min(seconds, MOST_SECONDS) : USUAL_SECONDS,
	};
}
