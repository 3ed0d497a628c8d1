import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toItem } from '../events/item';
import { isUnprocessed, processEvents } from '../events/process';
import { sampleItems } from '../events/samples';
import type { PollingSource } from './stream';
import { GAP_EVENT } from './gap';
import { eventReader, pollParameters } from './parameters';

/** Says which of the items are samples, and why. */
function hintAtSamples(context: IExecuteFunctions, { provider }: PollingSource, samples: readonly IDataObject[]): void {
	if (samples.length === 0) return;
	const types = samples.map(({ event }) => String(event)).join(', ');
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `Among the newest records of ${provider.label} there is none for ${types} that passes the filters: those items are made-up samples, marked by isSample.`,
	});
}

/** For a person who is building: one real event of each type, or its sample where there is none. */
async function testEvents(context: IExecuteFunctions, poller: PollingSource): Promise<INodeExecutionData[][]> {
	const { provider } = poller;
	const wanted = pollParameters(context);
	const receive = eventReader(context, poller, wanted);
	const recent = await poller.recent(context, wanted, (observed) => receive(observed).length > 0);
	const real = recent.flatMap(receive);
	const samples = provider.events
		.filter(({ type }) => wanted.wants(type) && !real.some(({ event }) => event === type))
		// Nobody who listens to everything builds for gaps.
		.filter(({ type }) => type !== GAP_EVENT || wanted.events.includes(GAP_EVENT))
		.flatMap(({ type }) => sampleItems(provider, type));
	hintAtSamples(context, poller, samples);
	const items = [...real.map((event) => toItem(provider, event)), ...samples];
	return [items.map((json) => ({ json, pairedItem: { item: 0 } }))];
}

/**
 * What n8n runs as the first node of an execution: for what a poll found, the second phase that webhook
 * triggers have; in a test run, where n8n calls this and not `poll`, it gets something to build with.
 */
export async function processPolledEvents(context: IExecuteFunctions, poller: PollingSource): Promise<INodeExecutionData[][]> {
	return isUnprocessed(context.getInputData()) ? await processEvents(context, poller) : await testEvents(context, poller);
}
