import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { onAnswered } from './acknowledge';
import { refuseBody, refuseCaller } from './authenticate';
import type { Provider, ReceivedEvent, Recognised } from './define';
import { isWanted } from './filter';
import { parseBody, readBody, readRequest } from './read';
import { deviations, recognise } from './recognise';
import { refuse, type Refusal } from './refuse';
import { recentKeysOf, triggerIdOf } from './remember';
import { noAuthentication, rulesOf, type AuthenticationRules } from './rules';
import { settingsOf } from './settings';

/** Name of the credential type that holds a webhook's authentication. */
export const WEBHOOK_CREDENTIAL = 'talentEventsWebhookApi';

const isRefusal = (value: object): value is Refusal => 'sentence' in value;

async function readRules(context: IWebhookFunctions): Promise<AuthenticationRules> {
	if (context.getNodeParameter('authentication', 'credential') === 'none') return noAuthentication;
	return rulesOf(await context.getCredentials<IDataObject>(WEBHOOK_CREDENTIAL));
}

/** Authenticates and reads the event, cheapest check first; nothing is parsed before it is trusted. */
async function authenticate(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<Recognised | Refusal> {
	const rules = await readRules(context);
	const request = readRequest(context);
	const caller = refuseCaller(request, rules);
	if (caller) return caller;
	const body = await readBody(context);
	if (isRefusal(body)) return body;
	const refusal = refuseBody(request, body, rules, Date.now());
	if (refusal) return refusal;
	const parsed = parseBody(body);
	return isRefusal(parsed) ? parsed : recognise(provider, parsed.payload, body);
}

function start(
	context: IWebhookFunctions,
	provider: Provider,
	{ type, eventKey, payload }: Recognised,
): IWebhookResponseData {
	const received: ReceivedEvent = {
		eventKey,
		provider: provider.name,
		event: type,
		unprocessed: true,
		payload,
		...(context.getMode() === 'manual' && {
			productionUrl: context.getNodeWebhookUrl('default') ?? '',
		}),
	};
	return {
		workflowData: [[{ json: received as unknown as IDataObject }]],
		webhookResponse: { message: 'Accepted.' },
	};
}

/** Answers 200 without an execution. */
const done = (message: string): IWebhookResponseData => ({ webhookResponse: { message } });

/**
 * Starts the event unless this process has seen it. A copy that arrives while the first is still
 * being worked on waits for it and shares its outcome.
 */
async function startOnce(
	context: IWebhookFunctions,
	provider: Provider,
	recognised: Recognised,
	limit: number,
): Promise<IWebhookResponseData> {
	const claim = recentKeysOf(triggerIdOf(context)).claim(recognised.eventKey, limit);
	if (claim.state === 'claimed') {
		onAnswered(context, (status) => claim.settle(status < 300));
		return start(context, provider, recognised);
	}
	if (claim.state === 'done' || (await claim.outcome)) return done('Received before.');
	return refuse(context, {
		status: 503,
		sentence: 'The same event was being worked on and did not succeed. Please send it again.',
	});
}

async function accept(context: IWebhookFunctions, provider: Provider): Promise<IWebhookResponseData> {
	const recognised = await authenticate(context, provider);
	if (isRefusal(recognised)) {
		context.logger.warn(`${provider.label} delivery refused: ${recognised.sentence}`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
			status: recognised.status,
		});
		return refuse(context, recognised);
	}
	const events = [
		...(context.getNodeParameter('events', []) as string[]),
		...(context.getNodeParameter('otherEvents', []) as string[]),
	];
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	if (!isWanted(recognised, events, provider.filters, filters)) return done('Not listened to.');

	const paths = deviations(recognised);
	if (paths.length > 0) {
		context.logger.warn(
			`${provider.label} event ${recognised.type} differs from its documentation at ${paths.join('; ')}`,
		);
	}
	const { dropDuplicates, eventsToRemember } = settingsOf(context.getNodeParameter('settings', {}));
	// What can only be told apart by asking must not be dropped before.
	return dropDuplicates && !provider.ask && context.getMode() !== 'manual'
		? await startOnce(context, provider, recognised, eventsToRemember)
		: start(context, provider, recognised);
}

/**
 * The first phase of a webhook trigger, run by n8n on the HTTP request, in the main or a webhook
 * process: authenticate, parse, recognise, filter, drop what this process has just seen. It calls
 * nothing outside and never throws, because n8n would answer 500 and record a failed execution.
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<IWebhookResponseData> {
	try {
		return await accept(context, provider);
	} catch (error) {
		context.logger.error(
			`${provider.label} delivery could not be received: ${error instanceof Error ? error.message : error}`,
			{ workflowId: context.getWorkflow().id, node: context.getNode().name },
		);
		return refuse(context, {
			status: 503,
			sentence: 'The delivery could not be received. Please send it again.',
		});
	}
}
