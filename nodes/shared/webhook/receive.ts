import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { onResponse } from './respond';
import { headerOf, checkBody, checkCaller } from './verification/authenticate';
import type { Provider, ReceivedEvent, Recognised } from '../events/types';
import { isWanted } from '../events/filter';
import { limitsOf } from './limits';
import { logThrottled } from './log';
import {
	parseAnyBody,
	parseBody,
	queryAsForm,
	readBody,
	readRequest,
	redactedForm,
	URLENCODED,
	type DeliveryRequest,
	type BodyOptions,
} from './request';
import { schemaDeviations, identifyAll } from '../events/identify';
import { reject, type Rejection } from './reject';
import { recentKeysOf, triggerIdOf, type Claim } from '../events/recentKeys';
import { claimMessage, signedMessageOf, type SignedMessage } from './replay';
import { noVerification, verificationConfig, type VerificationConfig } from './verification/config';
import { hasUrl } from './verification/signatureScheme';
import { triggerOptionsOf, type TriggerOptions } from '../events/options';
import { textsIn } from '../values/text';
import { toUtf8 } from './toUtf8';
import { within } from '../values/within';

/** Name of the credential type that holds a webhook's authentication. */
export const WEBHOOK_CREDENTIAL = 'talentEventsWebhookApi';

const isRefusal = (value: object): value is Rejection => 'sentence' in value;

async function readRules(context: IWebhookFunctions): Promise<VerificationConfig> {
	const authentication = context.getNodeParameter('authentication', 'credential');
	if (authentication === 'none') return noVerification;
	if (authentication === 'address') return verificationConfig({ method: 'address', ipAllowlist: context.getNodeParameter('ipAllowlist', '') });
	return verificationConfig(await context.getCredentials<IDataObject>(WEBHOOK_CREDENTIAL));
}

/** The request, with the trigger's own address where the sender signs that; to find it out takes n8n a while. */
function readDelivery(context: IWebhookFunctions, rules: VerificationConfig): DeliveryRequest {
	const request = readRequest(context);
	if (rules.method !== 'hmac' || !hasUrl(rules.scheme)) return request;
	// In a test run the sender calls the test URL, which not every version of n8n shows.
	const webhookUrl = context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default');
	return { ...request, webhookUrl };
}

/** What a delivery turned out to be: one event, or one for each of the people that it tells of. */
interface Delivered {
	events: Recognised[];
	/** Fields that the trigger's parameters add to the items. */
	extra?: IDataObject;
	/** The signed message that it came in. */
	message?: SignedMessage;
	/** Whether the body was read although it is no JSON. */
	isForgiven?: true;
	/** How the body was read, if it was not UTF-8. */
	encoding?: string;
}

/** Authenticates and reads the events, cheapest check first; nothing is parsed before it is trusted. */
async function authenticate(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<Delivered | Rejection> {
	const rules = await readRules(context);
	const request = readDelivery(context, rules);
	const caller = checkCaller(request, rules);
	if (caller) return caller;
	const isQuery = provider.takesForms && request.method === 'GET';
	const reading: BodyOptions = {
		limits: limitsOf(context.getNodeParameter('settings', {})),
		forgives: context.getMode() === 'manual',
		takesLists: provider.takesLists,
	};
	const sent = isQuery
		? queryAsForm(request, rules.method === 'query' ? rules.queryName : '')
		: await readBody(context, reading.limits);
	if (isRefusal(sent)) return sent;
	const refusal = checkBody(request, sent, rules, Date.now());
	if (refusal) return refusal;
	const body = isQuery ? redactedForm(sent, rules.queryName, rules.secrets) : sent;
	const contentType = isQuery ? URLENCODED : headerOf(request, 'content-type');
	const { body: text, encoding } = toUtf8(body, contentType);
	const parsed = provider.takesForms ? await parseAnyBody(text, contentType, reading) : parseBody(text, reading);
	if (isRefusal(parsed) && (!provider.unreadable || parsed.status === 413)) return parsed;
	const { payload, isForgiven } = isRefusal(parsed) ? { payload: provider.unreadable!(text) } : parsed;
	const chosen = provider.chosen?.(context);
	const events = identifyAll(provider, payload, body, chosen, reading.limits);
	return isRefusal(events)
		? events
		: { events, extra: chosen?.extra, isForgiven, encoding, message: signedMessageOf(request, sent, rules) };
}

/** Answers 200; to a provider that acts on what it reads, with nothing to act on. */
const taken = ({ readsAnswer }: Provider, message: string): IWebhookResponseData => ({
	webhookResponse: readsAnswer ? {} : { message },
});

function start(
	context: IWebhookFunctions,
	provider: Provider,
	{ events, extra, isForgiven, encoding }: Delivered,
): IWebhookResponseData {
	const items = events.map(({ type, eventKey, payload, extra: own }, index): ReceivedEvent => ({
		eventKey,
		provider: provider.name,
		event: type,
		unprocessed: true,
		payload,
		...(encoding && { encoding }),
		...((extra || own) && { extra: { ...extra, ...own } }),
		...(context.getMode() === 'manual' && {
			productionUrl: context.getNodeWebhookUrl('default') ?? '',
		}),
		...(isForgiven && index === 0 && { isForgiven }),
	}));
	return {
		workflowData: [items.map((json) => ({ json: json as unknown as IDataObject }))],
		...taken(provider, 'Accepted.'),
	};
}

/** How long a copy waits for what becomes of the first; senders wait less. */
const LONGEST_WAIT_MS = 60_000;

/** Answers what others are working on, once they have finished, or have done before. */
async function answerRepeat(context: IWebhookFunctions, provider: Provider, claims: Claim[]): Promise<IWebhookResponseData> {
	const outcomes = await within(
		LONGEST_WAIT_MS,
		Promise.all(claims.map((claim) => (claim.state === 'pending' ? claim.outcome : true))),
	);
	if (!outcomes) {
		return reject(context, { status: 503, sentence: 'The same event is still being worked on. Please send it again later.' });
	}
	if (outcomes.value.every(Boolean)) return taken(provider, 'Received before.');
	return reject(context, {
		status: 503,
		sentence: 'The same event was being worked on and did not succeed. Please send it again.',
	});
}

/**
 * Starts those events of the delivery that this process has not seen. A copy that arrives while all of them
 * are still being worked on waits for it, though not for ever, and shares its outcome.
 */
async function startOnce(
	context: IWebhookFunctions,
	provider: Provider,
	delivered: Delivered,
	{ eventsToRemember, windowMs }: TriggerOptions,
): Promise<IWebhookResponseData> {
	const recent = recentKeysOf(triggerIdOf(context));
	const claims = delivered.events.map((event) => ({ event, claim: recent.claim(event.eventKey, eventsToRemember, windowMs) }));
	const events = claims.filter(({ claim }) => claim.state === 'claimed').map(({ event }) => event);
	if (events.length > 0) {
		onResponse(context, (status) => {
			for (const { claim } of claims) if (claim.state === 'claimed') claim.settle(status < 300);
		});
		return start(context, provider, { ...delivered, events });
	}
	return await answerRepeat(context, provider, claims.map(({ claim }) => claim));
}

/** The events that are chosen in Trigger On; of a provider that names none in a delivery, the only one. */
const chosenEvents = (context: IWebhookFunctions): string[] =>
	textsIn([context.getNodeParameter('events', []), context.getNodeParameter('otherEvents', [])]);

/** Of all that are recognised, those that the user wants. */
function wantedOf(context: IWebhookFunctions, provider: Provider, { events, ...rest }: Delivered): Delivered {
	const chosen = chosenEvents(context);
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	const isTesting = context.getMode() === 'manual';
	// What is asked about is filtered by what is found out.
	const applied = provider.ask ? [] : provider.filters;
	const wanted = events.filter(
		(event) => (isTesting && event.definition?.onlyByName) || isWanted(event, chosen, applied, filters),
	);
	return { events: wanted, ...rest };
}

/** Whether a copy of the delivery may be dropped: not while building, nor when its sender waits for a reply. */
const mayDrop = (context: IWebhookFunctions): boolean =>
	context.getMode() !== 'manual' && context.getNodeParameter('responseMode', 'onReceived') !== 'responseNode';

async function accept(context: IWebhookFunctions, provider: Provider): Promise<IWebhookResponseData> {
	const all = await authenticate(context, provider);
	if (isRefusal(all)) {
		logThrottled(context, 'warn', `${provider.label} delivery refused: ${all.sentence}`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
			status: all.status,
		});
		return reject(context, all);
	}
	const wanted = wantedOf(context, provider, all);
	if (wanted.events.length === 0) {
		const [{ definition }] = all.events;
		if (definition?.onlyByName) logThrottled(context, 'info', `${provider.label}: ${definition.label} received`);
		return taken(provider, 'Not listened to.');
	}

	const claim = wanted.message && mayDrop(context) ? claimMessage(context, wanted.message) : undefined;
	if (claim && claim.state !== 'claimed') return await answerRepeat(context, provider, [claim]);

	const [first] = wanted.events;
	const paths = schemaDeviations(first);
	if (paths.length > 0) {
		const differs = `${provider.label} event ${first.type} differs from its documentation at`;
		logThrottled(context, 'warn', `${differs} ${paths.join('; ')}`, { reason: differs });
	}
	if (wanted.encoding) logThrottled(context, 'info', `${provider.label} delivery is not UTF-8 and was read as ${wanted.encoding}`);
	const settings = triggerOptionsOf(context.getNodeParameter('settings', {}), provider);
	// What can only be told apart by asking must not be dropped before.
	return settings.skipDuplicates && !provider.ask && mayDrop(context)
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
		const failed = `${provider.label} delivery could not be received:`;
		logThrottled(context, 'error', `${failed} ${error instanceof Error ? error.message : error}`, {
			reason: failed,
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
		});
		return reject(context, {
			status: 503,
			sentence: 'The delivery could not be received. Please send it again.',
		});
	}
}
