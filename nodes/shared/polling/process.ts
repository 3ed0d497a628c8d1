import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { expectedBy } from '../events/backstop';
import { isUnprocessed } from '../events/handover';
import { receivedNow, toItem } from '../events/item';
import { processEvents, recordsEvents } from '../events/process';
import { sampleItems } from '../events/samples';
import type { Event } from '../events/types';
import { verifyReport } from './backstop';
import { GAP_EVENT } from './gap';
import { pollParameters } from './parameters';
import type { PollingSource } from './stream';

/**
 * How long after a poll the deliveries of what it found may take to be recorded, in milliseconds:
 * while n8n comes back from a failure, seconds.
 */
const HEAD_START_MS = 10_000;

/**
 * Gives deliveries a head start. A webhook and a poll often see an event at the same moment, and the
 * record of events has no lock: in two processes both would run it.
 */
async function letDeliveriesPass(
	context: IExecuteFunctions,
	{ webhook, dedupe }: PollingSource,
): Promise<void> {
	if (webhook.bringsOthers || !recordsEvents(context, dedupe)) return;
	const isExpected = expectedBy(context, webhook, true);
	// All of a poll were found at the same time.
	const expected = context
		.getInputData()
		.map(({ json }) => json as unknown as Event & { receivedAt: string })
		.find((event) => !event.missedByWebhook && isExpected(event));
	if (!expected) return;
	const waited = Date.now() - Date.parse(expected.receivedAt);
	// The clocks of processes may differ.
	if (waited < HEAD_START_MS) await sleep(Math.min(HEAD_START_MS, HEAD_START_MS - waited));
}

/** Shows which of the items are samples, and why. */
function addSampleHint(
	context: IExecuteFunctions,
	{ provider }: PollingSource,
	samples: readonly IDataObject[],
): void {
	if (samples.length === 0) return;
	const types = samples.map(({ event }) => String(event)).join(', ');
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `Among the newest records of ${provider.label} there is none for ${types} that passes the filters: those items are made-up samples, whose source is sample.`,
	});
}

/** For a person who is building: one real event of each type, or its sample where there is none. */
async function testEvents(
	context: IExecuteFunctions,
	source: PollingSource,
): Promise<INodeExecutionData[][]> {
	const { provider, streams } = source;
	const request = pollParameters(context, provider);
	const newest: Array<Event | undefined> = [];
	for (const stream of streams) {
		for (const type of stream.events.filter(request.wants))
			newest.push(await stream.newest(context, type, request));
	}
	const real = request.select(newest.filter((event) => event !== undefined));
	const reception = receivedNow(context, 'polling');
	const samples = provider.events
		.filter(({ type }) => request.wants(type) && !real.some(({ event }) => event === type))
		// Any Event does not stand for gaps here: nobody builds for them unless they select them.
		.filter(({ type }) => type !== GAP_EVENT || request.types.includes(GAP_EVENT))
		.flatMap(({ type }) => sampleItems(provider, type, reception));
	addSampleHint(context, source, samples);
	const detailed = source.addDetails ? await source.addDetails(context, real) : real;
	const items = [
		...detailed.map((event) => ({
			json: toItem(provider, event, reception),
			...(event.binary && { binary: event.binary }),
		})),
		...samples.map((json) => ({ json })),
	];
	return [items.map((item) => ({ ...item, pairedItem: { item: 0 } }))];
}

/**
 * What n8n runs as the first node of an execution. For what a poll found, it is the second phase
 * that webhook triggers have. In a test run, where n8n calls this instead of `poll`, it gives
 * something to build with.
 */
export async function processPolledEvents(
	context: IExecuteFunctions,
	source: PollingSource,
): Promise<INodeExecutionData[][]> {
	if (!isUnprocessed(context.getInputData())) return await testEvents(context, source);
	await letDeliveriesPass(context, source);
	return await processEvents(context, {
		...source,
		verify: async (_, event) => await verifyReport(context, source, event),
	});
}
