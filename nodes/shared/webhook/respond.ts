import type {
	INodeParameters,
	INodeProperties,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { toExecution } from '../events/handover';
import { definitionOf, schemaDeviations } from '../events/identify';
import { PROCESS_ID } from '../events/recentKeys';
import type { Event } from '../events/types';
import { takeIntoWork } from './admission';
import { webhookDescriptionFields, type WebhookField } from './descriptionFields';
import { outcomeOf } from './deliveries';
import { isDue, logThrottled } from './log';
import { urlProblem } from './publicUrl';
import type { RawDelivery, WebhookSource } from './source';
import { RESULT_HEADER } from './testEvent';
import { explainNotSelected, isTestRun } from './testRun';

/**
 * n8n's `responseData` for either way to respond, which n8n finds out before `webhook()` runs.
 * Immediately: empty, so that the answer is what `webhook()` returns. When Last Node Finishes:
 * `noData`, because otherwise a workflow that correctly ends without an item would answer 500 and
 * the provider would repeat a successful run (both measured on n8n 2.41.1).
 */
export const responseData: WebhookField = (parameters) =>
	parameters.responseMode === 'onReceived' ? '' : 'noData';

/** The fields of a webhook's description that say when n8n answers, and what, by the Options. */
export const responseFields = webhookDescriptionFields({
	responseMode: (parameters) =>
		(parameters.settings as INodeParameters | undefined)?.responseMode ?? 'onReceived',
	responseData: (parameters) =>
		((parameters.settings as INodeParameters | undefined)?.responseMode ?? 'onReceived') ===
		'onReceived'
			? ''
			: 'noData',
});

/** n8n's response modes. */
const responseModes = {
	onReceived: {
		name: 'Immediately',
		description: 'Answer 200 as soon as n8n has stored the execution, whatever its outcome',
	},
	lastNode: {
		name: 'When Last Node Finishes',
		description:
			'Answer 200 if the workflow succeeds and 500 if it fails, so that a sender that repeats failed deliveries runs it again. A run that n8n puts on hold, as with a Wait node, is answered 200 when it starts to wait.',
	},
};

/**
 * The parameter Respond.
 *
 * @param deadline how long the provider waits, as a sentence without its full stop
 * @param replyingNode the node that replies, for events whose sender waits for a reply
 */
export function respondProperty(deadline: string, replyingNode?: string): INodeProperties {
	const offered = Object.entries(responseModes).map(([value, texts]) => ({ value, ...texts }));
	const replying = {
		value: 'responseNode',
		name: `Using ${replyingNode} Node`,
		description: `Answer with the reply of a ${replyingNode} node in the workflow`,
	};
	return {
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		default: 'onReceived',
		description: `When to confirm a delivery to its sender. ${deadline}.`,
		options: replyingNode === undefined ? offered : [...offered, replying],
	};
}

/**
 * Logs where an event differs from the provider's documentation. Under load, one a second of each
 * type is compared, because comparing takes as long as all the rest.
 */
function logDeviations(
	context: IWebhookFunctions,
	{ provider }: WebhookSource,
	event: Event,
): void {
	if (!definitionOf(provider, event.event) || !isDue(context, `comparing ${event.event}`)) return;
	const paths = schemaDeviations(provider, event);
	if (paths.length === 0) return;
	const reason = `${provider.label} event ${event.event} differs from its documentation at`;
	logThrottled(context, 'warn', `${reason} ${paths.join('; ')}`, { reason });
}

/** Answers 200; to a provider that acts on the response, with nothing to act on. */
const answered = ({ emptyResponse }: WebhookSource, message: string): IWebhookResponseData => ({
	webhookResponse: emptyResponse ? {} : { message },
});

/** A delivery and its events, as the steps before have left them. */
interface Received {
	delivery: RawDelivery;
	/** All of them. */
	events: readonly Event[];
	selected: readonly Event[];
	/** Those of the selected that were not received before. */
	fresh: readonly Event[];
}

/** The last step of receiving: answers the delivery, and starts an execution for the new events. */
export function respond(
	context: IWebhookFunctions,
	source: WebhookSource,
	{ delivery, events, selected, fresh }: Received,
): IWebhookResponseData {
	const { encoding, hints, message, test } = delivery;
	const outcome = outcomeOf(selected, fresh);
	if (test) context.getResponseObject().setHeader(RESULT_HEADER, outcome);
	if (selected.length === 0) {
		const response = answered(source, 'Not listened to.');
		return isTestRun(context) ? explainNotSelected(context, source, events, response) : response;
	}
	if (fresh.length === 0) return answered(source, 'Received before.');
	const { provider } = source;
	logDeviations(context, source, fresh[0]);
	if (encoding)
		logThrottled(
			context,
			'info',
			`${provider.label} delivery is not UTF-8 and was read as ${encoding}`,
		);
	const problem = isTestRun(context)
		? urlProblem(context.getNodeWebhookUrl('default') ?? '', source)
		: undefined;
	return {
		workflowData: [
			toExecution(fresh, test ? 'testEvent' : 'webhook', {
				hints: problem ? [...hints, problem] : hints,
				message: message?.key,
				delivery: takeIntoWork(context),
				receivedBy: PROCESS_ID,
			}),
		],
		...answered(source, 'Accepted.'),
	};
}
