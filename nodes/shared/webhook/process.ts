import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import { processedKeys, type ProcessedKeys } from '../events/deduplicate';
import { nobody, type Provider, type ReceivedEvent } from '../events/types';
import { urlProblem } from './publicUrl';
import { recentKeysOf, triggerIdOf } from '../events/recentKeys';
import { triggerOptionsOf, type TriggerOptions } from '../events/options';

/** An event as downstream nodes see it: the fields all providers share, the event's own, the payload. */
export function shape(
	provider: Provider,
	{ eventKey, event, payload }: Pick<ReceivedEvent, 'eventKey' | 'event' | 'payload'>,
): IDataObject {
	const definition = provider.events.find(({ type }) => type === event);
	return {
		eventKey,
		provider: provider.name,
		event,
		occurredAt: provider.occurredAt(payload),
		person: { ...(definition?.person(payload) ?? nobody) },
		...provider.common(payload),
		...definition?.summary(payload),
		payload,
	};
}

/** The item of a received event: its shape, and what only this way of receiving knows. */
export const itemOf = (provider: Provider, received: ReceivedEvent): IDataObject => ({
	...shape(provider, received),
	...received.extra,
	...(received.encoding && { encoding: received.encoding }),
});

const settingsFor = (context: IExecuteFunctions, provider: Pick<Provider, 'duplicateWindowMinutes'>): TriggerOptions =>
	triggerOptionsOf(context.getNodeParameter('settings', 0, {}), provider);

/**
 * Whether n8n's database records what is processed. Not in a test run; and not when the sender is told
 * the outcome, for then nothing may be recorded before it.
 */
export const recordsEvents = (context: IExecuteFunctions, provider: Pick<Provider, 'duplicateWindowMinutes'> = {}): boolean =>
	settingsFor(context, provider).skipDuplicates &&
	context.getMode() !== 'manual' &&
	context.getNodeParameter('responseMode', 0, 'onReceived') === 'onReceived';

/**
 * Whether the record also decides what is new. Not in a retry that a person asked for: it runs in any
 * case, and is recorded, so that a repeat by the sender does not run as well.
 */
export const deduplicates = (context: IExecuteFunctions, provider?: Pick<Provider, 'duplicateWindowMinutes'>): boolean =>
	context.getMode() !== 'retry' && recordsEvents(context, provider);

/** Tells a person who is testing that the provider could not have sent this. */
function hintAtObstacle(context: IExecuteFunctions, provider: Provider, url: string): void {
	const obstacle = urlProblem(url, provider);
	if (obstacle) {
		context.addExecutionHints({
			message: obstacle.sentence,
			type: 'warning',
			location: 'outputPane',
		});
	}
}

/** Tells a person who is testing with a printed sample that production would not take it. */
function hintAtFlaws(context: IExecuteFunctions): void {
	context.addExecutionHints({
		message:
			'The body is not JSON. It was read without its comments and without its commas before closing brackets, as printed samples have them. Only test runs overlook these.',
		type: 'warning',
		location: 'outputPane',
	});
}

/** Makes the keys new to this process, as far as it took the deliveries. */
function forget(context: IExecuteFunctions, keys: readonly string[]): void {
	const recent = recentKeysOf(triggerIdOf(context));
	for (const key of keys) recent.forget(key);
}

/** A received event and the input item that it came in. */
interface Paired {
	received: ReceivedEvent;
	pairedItem: { item: number };
}

/** The received events, or what the provider says that they announce. */
async function askedAbout(context: IExecuteFunctions, provider: Provider, processed?: ProcessedKeys): Promise<Paired[]> {
	const all: Paired[] = [];
	for (const [item, { json }] of context.getInputData().entries()) {
		const received = json as unknown as ReceivedEvent;
		const events = provider.ask ? await provider.ask(context, received, processed) : [received];
		all.push(...events.map((event) => ({ received: event, pairedItem: { item } })));
	}
	return all;
}

/** What is new of the events, shaped; the keys of what cannot be shaped are taken back. */
async function processNew(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const settings = settingsFor(context, provider);
	const processed = recordsEvents(context, provider) ? processedKeys(context, settings) : undefined;
	const all = await askedAbout(context, provider, deduplicates(context, provider) ? processed : undefined);
	const items = processed ? uniqBy(all, ({ received }) => received.eventKey) : all;
	const keys = items.map(({ received }) => received.eventKey);
	const fresh = (await processed?.record(keys)) ?? new Set(keys);
	const passing = deduplicates(context, provider) ? fresh : new Set(keys);
	// A repeat that this process let through, and the database not, must not begin the window anew.
	if (settings.windowMs !== Infinity) forget(context, keys.filter((key) => !passing.has(key)));
	try {
		return items
			.filter(({ received }) => passing.has(received.eventKey))
			.map(({ received, pairedItem }) => {
				if (received.isForgiven) hintAtFlaws(context);
				if (received.productionUrl) hintAtObstacle(context, provider, received.productionUrl);
				return { json: itemOf(provider, received), pairedItem };
			});
	} catch (error) {
		await processed?.takeBack([...fresh]);
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: `The ${provider.label} event could not be prepared`,
			description: 'The event was not counted as processed: run this execution again.',
		});
	}
}

/**
 * The second phase of a webhook trigger, run by n8n as the first node of the execution, on a worker
 * in queue mode: drop what n8n's database has seen, and shape what is new.
 *
 * @throws NodeOperationError when that fails, for whatever reason; the next try or delivery of the event
 * is not mistaken for a duplicate then, unless another process has taken the delivery, as in queue mode
 */
export async function processEvents(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const work = processNew(context, provider);
	work.catch(() => forget(context, context.getInputData().map(({ json }) => json.eventKey as string)));
	return [await work];
}
