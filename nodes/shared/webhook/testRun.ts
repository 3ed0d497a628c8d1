import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { passesFilters } from '../events/filter';
import { definitionOf } from '../events/identify';
import { toNoticeItems, type Notice } from '../events/notice';
import { recentKeysOf, recentMessagesOf, triggerIdOf } from '../events/recentKeys';
import { triggerOptionsOf } from '../events/options';
import { toLine } from '../events/title';
import type { Event } from '../events/types';
import { within } from '../values/within';
import { explainDelivery, senderOf } from './explain/explain';
import type { CapturedDelivery } from './explain/delivery';
import { limitsOf, settingsOf } from './limits';
import { Rejection } from './reject';
import { queryAsForm, readBody, readRequest, requestTarget, type DeliveryRequest } from './request';
import type { RawDelivery, WebhookSource } from './source';
import { readConfig } from './verification/config';

/**
 * What a person who listens in the editor learns of a delivery that starts no workflow. A published
 * trigger does none of this: there a refused delivery makes no execution.
 */

/** Whether somebody listens in the editor. */
export const isTestRun = (context: IWebhookFunctions): boolean => context.getMode() === 'manual';

/** How long a body may take to arrive before the delivery is explained without it. */
const MAX_WAIT_MS = 5_000;

/** The addresses that the sender may have called. */
function urlsOf(context: IWebhookFunctions, request: DeliveryRequest): string[] {
	const base = (webhookUrl: string) => requestTarget({ ...request, webhookUrl }).url ?? '';
	const own = requestTarget(request).url ?? '';
	const { host } = request.headers;
	const called = typeof host === 'string' ? [`https://${host}`, `http://${host}`] : [];
	const path = request.url.split('?', 1)[0];
	const all = [
		own,
		base(context.getNodeWebhookUrl('default') ?? ''),
		own.replace(/^https:/, 'http:'),
		own.replace(/^http:/, 'https:'),
		...called.map((origin) => base(origin + path)),
	];
	return [...new Set(all.filter((url) => url !== ''))];
}

/** The delivery as it came, of which nothing is trusted. */
async function capture(context: IWebhookFunctions): Promise<CapturedDelivery> {
	const request = readRequest(context, true);
	const limits = limitsOf(settingsOf(context));
	const content =
		request.method === 'GET'
			? { value: queryAsForm(request, '') }
			: await within(
					MAX_WAIT_MS,
					readBody(context, limits).catch(() => ({ body: Buffer.alloc(0) })),
				);
	return {
		method: request.method,
		urls: urlsOf(context, request),
		headers: request.headers,
		query: request.query,
		body: content?.value.body ?? Buffer.alloc(0),
		isExact: true,
		address: request.address,
	};
}

const notice = (reason: string, howToFix: string): Notice => ({
	accepted: false,
	reason,
	howToFix,
	settings: null,
});

/** What to do about a delivery whose sender was verified, by the status of its answer. */
function adviceFor({ status }: Rejection, { provider }: WebhookSource): string {
	if (status === 400)
		return `Check that ${provider.label} calls this URL with the right webhook, and that no proxy changes the body.`;
	if (status === 413) return "Raise Largest Body (kB) in the trigger's Options.";
	return "Look into n8n's log, and listen again.";
}

/** Why a delivery was refused. It never throws. */
async function whyRefused(
	context: IWebhookFunctions,
	source: WebhookSource,
	error: unknown,
): Promise<Notice> {
	const { label } = source.provider;
	if (!(error instanceof Rejection))
		return notice(
			`${label} sent an event that could not be received.`,
			"Look into n8n's log. The credential may have been deleted.",
		);
	if (error.status !== 401 && error.status !== 403)
		return notice(
			`${label} sent a delivery, but it was refused: ${error.message}`,
			adviceFor(error, source),
		);
	try {
		const config = await readConfig(context, source.credential);
		const sender = senderOf(source);
		const report = explainDelivery(await capture(context), config, sender, Date.now());
		const { accepted, reason, howToFix, settings } = report;
		if (!accepted) return { accepted, reason, howToFix, settings };
	} catch (fault) {
		context.logger.debug(`A refused delivery could not be explained: ${fault}`);
	}
	return notice(
		`A delivery was refused: ${error.message}`,
		'Compare the credential with what the sender says.',
	);
}

/** Ends the listening with a notice; the sender has been answered. */
const endWith = (shown: Notice): IWebhookResponseData => ({
	noWebhookResponse: true,
	workflowData: [toNoticeItems(shown)],
});

/**
 * Refuses a delivery, and in a test run ends the listening with an item that says why.
 *
 * @param refuse answers the sender
 */
export async function refuseAndExplain(
	context: IWebhookFunctions,
	source: WebhookSource,
	error: unknown,
	refuse: () => IWebhookResponseData,
): Promise<IWebhookResponseData> {
	if (!isTestRun(context)) return refuse();
	const shown = await whyRefused(context, source, error);
	refuse();
	return endWith(shown);
}

/** Why none of the events of a delivery is listened to. */
function whyNotSelected(
	context: IWebhookFunctions,
	{ provider }: WebhookSource,
	events: readonly Event[],
): Notice {
	const [event] = events;
	const definition = definitionOf(provider, event.event);
	const name = toLine(definition ? `${definition.label} (${event.event})` : event.event);
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const filter = provider.filters.find((each) => !passesFilters(event, [each], values));
	return filter
		? notice(
				`${provider.label} sent ${name}, but the filter ${filter.label} keeps it away.`,
				`Change ${filter.label} under Filters in the trigger if you want this event.`,
			)
		: notice(
				`${provider.label} sent ${name}, which is not selected in Trigger On.`,
				'Select it in Trigger On if you want this event.',
			);
}

/**
 * Ends the listening with an item that says why a delivery is not listened to, and answers it as in
 * production.
 */
export function explainNotSelected(
	context: IWebhookFunctions,
	source: WebhookSource,
	events: readonly Event[],
	{ webhookResponse }: IWebhookResponseData,
): IWebhookResponseData {
	context.getResponseObject().status(200).json(webhookResponse);
	return endWith(whyNotSelected(context, source, events));
}

const RECEIVED_BEFORE =
	'n8n has received this before. A test run shows it all the same; a published workflow skips it.';

/** Says in a test run that a published workflow would take a delivery for a duplicate. */
export function hintAtDuplicate(
	context: IWebhookFunctions,
	{ dedupe }: WebhookSource,
	{ message, hints }: RawDelivery,
	events: readonly Event[],
): void {
	const trigger = triggerIdOf(context);
	const { skipDuplicates } = triggerOptionsOf(settingsOf(context), dedupe);
	const isKnownMessage = message !== undefined && recentMessagesOf(trigger).knows(message.key);
	const keys = recentKeysOf(trigger);
	const isKnownEvent =
		skipDuplicates && events.length > 0 && events.every(({ eventKey }) => keys.knows(eventKey));
	if (isKnownMessage || isKnownEvent) hints.push(RECEIVED_BEFORE);
}
