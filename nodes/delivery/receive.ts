import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { onAnswered } from './acknowledge';
import { headerOf, refuseBody, refuseCaller } from './authenticate';
import type { Provider, ReceivedEvent, Recognised } from './define';
import { isWanted } from './filter';
import { parseAnyBody, parseBody, queryAsBody, readBody, readRequest, URLENCODED } from './read';
import { deviations, recogniseAll } from './recognise';
import { refuse, type Refusal } from './refuse';
import { recentKeysOf, triggerIdOf } from './remember';
import { noAuthentication, rulesOf, type AuthenticationRules } from './rules';
import { settingsOf, type Settings } from './settings';

/** Name of the credential type that holds a webhook's authentication. */
export const WEBHOOK_CREDENTIAL = 'talentEventsWebhookApi';

const isRefusal = (value: object): value is Refusal => 'sentence' in value;

async function readRules(context: IWebhookFunctions): Promise<AuthenticationRules> {
	const authentication = context.getNodeParameter('authentication', 'credential');
	if (authentication === 'none') return noAuthentication;
	if (authentication === 'address') return rulesOf({ method: 'address', allowedAddresses: context.getNodeParameter('allowedAddresses', '') });
	return rulesOf(await context.getCredentials<IDataObject>(WEBHOOK_CREDENTIAL));
}

/** What a delivery turned out to be: one event, or one for each of the people that it tells of. */
interface Delivered {
	events: Recognised[];
	/** Fields that the trigger's parameters add to the items. */
	extra?: IDataObject;
}

/** Authenticates and reads the events, cheapest check first; nothing is parsed before it is trusted. */
async function authenticate(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<Delivered | Refusal> {
	const rules = await readRules(context);
	const request = readRequest(context);
	const caller = refuseCaller(request, rules);
	if (caller) return caller;
	const isQuery = provider.takesForms && request.method === 'GET';
	const body = isQuery ? queryAsBody(request, rules.queryName) : await readBody(context);
	if (isRefusal(body)) return body;
	const refusal = refuseBody(request, body, rules, Date.now());
	if (refusal) return refusal;
	const contentType = isQuery ? URLENCODED : headerOf(request, 'content-type');
	const parsed = provider.takesForms ? await parseAnyBody(body, contentType, provider.takesLists) : parseBody(body, provider.takesLists);
	if (isRefusal(parsed) && !provider.unreadable) return parsed;
	const payload = isRefusal(parsed) ? provider.unreadable!(body) : parsed.payload;
	const chosen = provider.chosen?.(context);
	const events = recogniseAll(provider, payload, body, chosen);
	return isRefusal(events) ? events : { events, extra: chosen?.extra };
}

/** Answers 200; to a provider that acts on what it reads, with nothing to act on. */
const taken = ({ readsAnswer }: Provider, message: string): IWebhookResponseData => ({
	webhookResponse: readsAnswer ? {} : { message },
});

function start(
	context: IWebhookFunctions,
	provider: Provider,
	{ events, extra }: Delivered,
): IWebhookResponseData {
	const items = events.map(({ type, eventKey, payload, extra: own }): ReceivedEvent => ({
		eventKey,
		provider: provider.name,
		event: type,
		unprocessed: true,
		payload,
		...((extra || own) && { extra: { ...extra, ...own } }),
		...(context.getMode() === 'manual' && {
			productionUrl: context.getNodeWebhookUrl('default') ?? '',
		}),
	}));
	return {
		workflowData: [items.map((json) => ({ json: json as unknown as IDataObject }))],
		...taken(provider, 'Accepted.'),
	};
}

/**
 * Starts those events of the delivery that this process has not seen. A copy that arrives while all of them
 * are still being worked on waits for it and shares its outcome.
 */
async function startOnce(
	context: IWebhookFunctions,
	provider: Provider,
	delivered: Delivered,
	{ eventsToRemember, windowMs }: Settings,
): Promise<IWebhookResponseData> {
	const recent = recentKeysOf(triggerIdOf(context));
	const claims = delivered.events.map((event) => ({ event, claim: recent.claim(event.eventKey, eventsToRemember, windowMs) }));
	const events = claims.filter(({ claim }) => claim.state === 'claimed').map(({ event }) => event);
	if (events.length > 0) {
		onAnswered(context, (status) => {
			for (const { claim } of claims) if (claim.state === 'claimed') claim.settle(status < 300);
		});
		return start(context, provider, { ...delivered, events });
	}
	const outcomes = await Promise.all(claims.map(({ claim }) => (claim.state === 'pending' ? claim.outcome : true)));
	if (outcomes.every(Boolean)) return taken(provider, 'Received before.');
	return refuse(context, {
		status: 503,
		sentence: 'The same event was being worked on and did not succeed. Please send it again.',
	});
}

/** The events that are chosen in Trigger On; of a provider that names none in a delivery, the only one. */
const chosenEvents = (context: IWebhookFunctions): string[] =>
	[context.getNodeParameter('events', []), context.getNodeParameter('otherEvents', [])].flat() as string[];

/** Of all that are recognised, those that the user wants. */
function wantedOf(context: IWebhookFunctions, provider: Provider, { events, extra }: Delivered): Delivered {
	const chosen = chosenEvents(context);
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	const isTesting = context.getMode() === 'manual';
	const wanted = events.filter(
		(event) =>
			(isTesting && event.definition?.onlyByName) || isWanted(event, chosen, provider.filters, filters),
	);
	return { events: wanted, extra };
}

/** Whether a copy of the delivery may be dropped: not while building, nor when its sender waits for a reply. */
const mayDrop = (context: IWebhookFunctions): boolean =>
	context.getMode() !== 'manual' && context.getNodeParameter('responseMode', 'onReceived') !== 'responseNode';

async function accept(context: IWebhookFunctions, provider: Provider): Promise<IWebhookResponseData> {
	const all = await authenticate(context, provider);
	if (isRefusal(all)) {
		context.logger.warn(`${provider.label} delivery refused: ${all.sentence}`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
			status: all.status,
		});
		return refuse(context, all);
	}
	const wanted = wantedOf(context, provider, all);
	if (wanted.events.length === 0) {
		const [{ definition }] = all.events;
		if (definition?.onlyByName) context.logger.info(`${provider.label}: ${definition.label} received`);
		return taken(provider, 'Not listened to.');
	}

	const [first] = wanted.events;
	const paths = deviations(first);
	if (paths.length > 0) {
		context.logger.warn(
			`${provider.label} event ${first.type} differs from its documentation at ${paths.join('; ')}`,
		);
	}
	const settings = settingsOf(context.getNodeParameter('settings', {}), provider);
	// What can only be told apart by asking must not be dropped before.
	return settings.dropDuplicates && !provider.ask && mayDrop(context)
		? await startOnce(context, provider, wanted, settings)
		: start(context, provider, wanted);
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
