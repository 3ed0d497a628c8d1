import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import { processedKeys, type ProcessedKeys } from './deduplicate';
import { nobody, type Provider, type ReceivedEvent } from './define';
import { obstacleTo } from './reach';
import { recentKeysOf, triggerIdOf } from './remember';
import { settingsOf, type Settings } from './settings';

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
});

const settingsFor = (context: IExecuteFunctions, provider: Pick<Provider, 'duplicateWindowMinutes'>): Settings =>
	settingsOf(context.getNodeParameter('settings', 0, {}), provider);

/**
 * Whether n8n's database decides what is new. Not in a test run or in a retry that a person asked
 * for; and not when the sender is told the outcome, for then nothing may be recorded before it.
 */
export function deduplicates(
	context: IExecuteFunctions,
	provider: Pick<Provider, 'duplicateWindowMinutes'> = {},
): boolean {
	const mode = context.getMode();
	return (
		settingsFor(context, provider).dropDuplicates &&
		mode !== 'manual' &&
		mode !== 'retry' &&
		context.getNodeParameter('responseMode', 0, 'onReceived') === 'onReceived'
	);
}

/** Tells a person who is testing that the provider could not have sent this. */
function hintAtObstacle(context: IExecuteFunctions, provider: Provider, url: string): void {
	const obstacle = obstacleTo(url, provider);
	if (obstacle) {
		context.addExecutionHints({
			message: obstacle.sentence,
			type: 'warning',
			location: 'outputPane',
		});
	}
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

/**
 * The second phase of a webhook trigger, run by n8n as the first node of the execution, on a worker
 * in queue mode: drop what n8n's database has seen, and shape what is new.
 *
 * @throws NodeOperationError when an event cannot be shaped; its key is taken back first, so that
 * the next try or delivery is not mistaken for a duplicate
 */
export async function processReceived(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const settings = settingsFor(context, provider);
	const processed = deduplicates(context, provider) ? processedKeys(context, settings) : undefined;
	const all = await askedAbout(context, provider, processed);
	const recent = recentKeysOf(triggerIdOf(context));
	const items = processed ? uniqBy(all, ({ received }) => received.eventKey) : all;
	const keys = items.map(({ received }) => received.eventKey);
	const fresh = (await processed?.record(keys)) ?? new Set(keys);
	// A repeat that this process let through, and the database not, must not begin the window anew.
	if (settings.windowMs !== Infinity) for (const key of keys) if (!fresh.has(key)) recent.forget(key);
	try {
		return [
			items
				.filter(({ received }) => fresh.has(received.eventKey))
				.map(({ received, pairedItem }) => {
					if (received.productionUrl) hintAtObstacle(context, provider, received.productionUrl);
					return { json: itemOf(provider, received), pairedItem };
				}),
		];
	} catch (error) {
		await processed?.takeBack([...fresh]);
		for (const key of fresh) recent.forget(key);
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: `The ${provider.label} event could not be prepared`,
			description: 'The event was not counted as processed: run this execution again.',
		});
	}
}
