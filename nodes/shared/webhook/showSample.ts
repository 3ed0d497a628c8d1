import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ANY_EVENT } from '../events/filter';
import { definitionOf } from '../events/identify';
import { receivedNow, toItem } from '../events/item';
import { processEvents } from '../events/process';
import { sampleItems } from '../events/samples';
import type { Event, EventSource, ProviderInfo } from '../events/types';
import { sentenceOf } from '../http/errors';
import { textsIn } from '../values/text';
import type { SetupMessage } from './setupGuide';

/** What one provider's trigger shows in a test run before a real delivery came. */
export interface Samples {
	/** Type of the event that Any Event shows. */
	first: string;
	/**
	 * The newest real event of one of these types, as the provider's API shows it; `undefined` if there
	 * is none. Left out where the trigger has no credential for the API.
	 */
	newest?(context: IExecuteFunctions, types: readonly string[]): Promise<Event | undefined>;
	/** Whether the sample has only what a delivery has, without what a trigger adds to it. */
	isDelivery?: boolean;
	/** Adds to the sample what the trigger adds by choice. */
	addDetails?(event: Event): Event;
	message?: SetupMessage;
}

/** What `webhook()` hands over to `execute()` when an event is to be shown at once. */
interface SampleRequest {
	showSample: true;
	productionUrl: string;
}

/** The item that has `execute()` show an event. It holds none, whoever may have sent the request. */
export const toSampleRequest = (productionUrl: string): INodeExecutionData[] => [
	{ json: { showSample: true, productionUrl } satisfies SampleRequest },
];

/** The types to show, the first that has a real event. */
function typesToShow(context: IExecuteFunctions, provider: ProviderInfo, first: string): string[] {
	const selected = textsIn(context.getNodeParameter('events', 0, []));
	const known = selected.filter((type) => definitionOf(provider, type));
	return selected.includes(ANY_EVENT) || known.length === 0 ? [first] : known;
}

const hint = (context: IExecuteFunctions, message: string, type: 'info' | 'warning' = 'info') =>
	context.addExecutionHints({ message, type, location: 'outputPane' });

/** The newest real event; if it cannot be read, a hint says why. */
async function newestEvent(
	context: IExecuteFunctions,
	{ label }: ProviderInfo,
	{ newest }: Samples,
	types: readonly string[],
): Promise<Event | undefined> {
	try {
		return await newest?.(context, types);
	} catch (error) {
		context.logger.debug(`The newest event could not be read: ${(error as Error).message}`);
		hint(context, `${label}'s newest event could not be read. ${sentenceOf(error)}`, 'warning');
		return undefined;
	}
}

/** The items of a real event, or of the sample. */
async function itemsToShow(
	context: IExecuteFunctions,
	source: EventSource,
	samples: Samples,
): Promise<INodeExecutionData[]> {
	const { provider } = source;
	const { label } = provider;
	const types = typesToShow(context, provider, samples.first);
	const real = await newestEvent(context, provider, samples, types);
	if (real) {
		const [event] = source.addDetails ? await source.addDetails(context, [real]) : [real];
		hint(
			context,
			`This is the newest one that ${label}'s API shows. To wait for a real delivery instead, change When Testing.`,
		);
		const json = toItem(provider, event, receivedNow(context, 'api'));
		return [{ json, ...(event.binary && { binary: event.binary }) }];
	}
	const { isDelivery, addDetails } = samples;
	const reception = receivedNow(context, 'sample');
	hint(
		context,
		`This is a sample with made-up people, to build with. Real events come once the workflow is published and ${label} has its production URL.`,
	);
	return sampleItems(provider, types[0], reception, isDelivery, addDetails).map((json) => ({
		json,
	}));
}

/** Puts the message to the provider above the output, folded, with the URL in it. */
function showMessage(
	context: IExecuteFunctions,
	{ message }: Samples,
	{ productionUrl }: IDataObject,
): void {
	if (!message) return;
	const { to, text } = message;
	const group = { key: 'setUpMessage', summary: `Message to ${to}, with your URL in it` };
	const lines = text(String(productionUrl)).split('\n');
	const messages = ['Send this by email:', lines.join('<br />')];
	context.addExecutionHints(
		...messages.map((each) => ({
			message: each,
			type: 'info' as const,
			location: 'outputPane' as const,
			group,
		})),
	);
}

/**
 * The second phase of a webhook trigger: `processEvents` for what was delivered; in a test run that
 * is to show an event at once, the newest real one, or the sample.
 */
export async function processDelivery(
	context: IExecuteFunctions,
	source: EventSource,
	samples: Samples,
): Promise<INodeExecutionData[][]> {
	const [first] = context.getInputData();
	if (first?.json.showSample !== true) return await processEvents(context, source);
	const items = await itemsToShow(context, source, samples);
	showMessage(context, samples, first.json);
	return [items.map((item) => ({ ...item, pairedItem: { item: 0 } }))];
}
