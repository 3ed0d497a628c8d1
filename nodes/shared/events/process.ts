import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import { processedKeys } from './deduplicate';
import { claimForExecution, StillRunning } from './executionClaims';
import {
	deliveredTo,
	eventIn,
	forgetKeys,
	isReceivedHere,
	leaveWork,
	settleDeliveries,
} from './handover';
import { noteHeard } from './heard';
import { definitionOf } from './identify';
import { toItem } from './item';
import { noticeIn, showNotice } from './notice';
import { responseModeOf, triggerOptionsOf } from './options';
import { markRepeats } from './repeats';
import type { Dedupe, Event, EventSource, ProcessedKeys, ProviderInfo } from './types';

const optionsIn = (context: IExecuteFunctions, dedupe?: Dedupe) =>
	triggerOptionsOf(context.getNodeParameter('settings', 0, {}), dedupe);

const responseModeIn = (context: IExecuteFunctions): string =>
	responseModeOf((name) => context.getNodeParameter(name, 0, ''));

/**
 * Whether n8n's database records what is processed. Not in a test run; and not when the sender gets
 * the outcome, because then nothing may be recorded before it is known.
 */
export const recordsEvents = (context: IExecuteFunctions, dedupe?: Dedupe): boolean =>
	optionsIn(context, dedupe).skipDuplicates &&
	context.getMode() !== 'manual' &&
	responseModeIn(context) === 'onReceived';

/**
 * Whether this process is to remember what it processes, as nothing else does: where the sender gets
 * the outcome, and another process received the delivery. A retry runs whatever came meanwhile.
 */
const claimsEvents = (context: IExecuteFunctions, dedupe?: Dedupe): boolean =>
	optionsIn(context, dedupe).skipDuplicates &&
	!['manual', 'retry'].includes(context.getMode()) &&
	responseModeIn(context) === 'lastNode' &&
	!isReceivedHere(context);

/** An event, and the input item that it came with. */
interface Input {
	event: Event;
	item: number;
}

/** What the trigger itself reports, if there is anything to it. */
async function ownReport(
	context: IExecuteFunctions,
	{ verify }: EventSource,
	event: Event,
): Promise<Event[]> {
	const verified = verify ? await verify(context, event) : event;
	return verified ? [verified] : [];
}

/**
 * The events of the input, completed by the provider's API where there is something to fetch: not of
 * a sample, nor of what the trigger itself reports.
 */
async function enrich(
	context: IExecuteFunctions,
	source: EventSource,
	processed?: ProcessedKeys,
): Promise<Input[]> {
	const all: Input[] = [];
	for (const [item, input] of context.getInputData().entries()) {
		const event = eventIn(input);
		const isOwn = definitionOf(source.provider, event.event)?.kind === 'own';
		const events = isOwn
			? await ownReport(context, source, event)
			: source.enrich && input.json.source !== 'testEvent'
				? await source.enrich(context, event, processed)
				: [event];
		all.push(...events.map((each) => ({ event: each, item })));
	}
	return all;
}

/** Says why a retry may have no item. */
const RAN_MEANWHILE =
	'Not every event runs again: another execution has run it meanwhile, as when the sender repeated it.';

/** In a test run, where the provider's API shows what happened. */
const NOTHING_LEFT =
	'The delivery was accepted, but what happened, as the API shows it, is not one of the events in Trigger On, or does not pass the filters.';

/** Where an execution ends with the trigger, n8n itself advises to output an empty item. */
const REPEAT = 'Repeat of an event that already ran. Nothing is sent twice.';

/** The same where a delivery says that something happened, and the API what. */
const NOTHING_NEW =
	'Nothing new: what this delivery announced already ran, or is not one of the events in Trigger On. Nothing is sent twice.';

const showHint = (context: IExecuteFunctions, message: string): void =>
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });

/** Records or claims the events; gives those that are to run. */
async function deduplicate(
	context: IExecuteFunctions,
	{ dedupe }: EventSource,
	inputs: Input[],
	processed?: ProcessedKeys,
) {
	if (!processed && !claimsEvents(context, dedupe)) return { inputs, recorded: [] };
	const unique = uniqBy(inputs, ({ event }) => event.eventKey);
	const keys = unique.map(({ event }) => event.eventKey);
	const fresh = processed
		? await processed.record(keys)
		: await claimForExecution(context, keys, optionsIn(context, dedupe));
	if (context.getMode() === 'retry' && fresh.size < keys.length) showHint(context, RAN_MEANWHILE);
	// A repeat that this process accepted, and the database did not, must not start the time window
	// anew.
	if (processed && dedupe.by === 'content')
		forgetKeys(
			context,
			keys.filter((key) => !fresh.has(key)),
		);
	return {
		inputs: unique.filter(({ event }) => fresh.has(event.eventKey)),
		recorded: [...fresh],
	};
}

/**
 * Says of the events whether they repeat an earlier one, if the user wants to know. If n8n's
 * database does not answer, that stays unknown, and the events run all the same.
 *
 * @returns the events, and which keys were recorded for it
 */
async function recognizeRepeats(
	context: IExecuteFunctions,
	{ provider, dedupe }: EventSource,
	inputs: Input[],
	processed?: ProcessedKeys,
) {
	if (!processed || !optionsIn(context, dedupe).recognizeRepeats) return { inputs, recorded: [] };
	const own = inputs.map(({ event }) => event);
	try {
		const { events, recorded } = await markRepeats(provider, own, processed);
		return { inputs: inputs.map(({ item }, index) => ({ event: events[index], item })), recorded };
	} catch (error) {
		context.logger.warn(`It is unknown whether an event is a repeat: ${(error as Error).message}`);
		return { inputs, recorded: [] };
	}
}

/** What a failure of the second phase becomes: the provider's API says itself what happened. */
const failureOf = (context: IExecuteFunctions, { label }: ProviderInfo, error: unknown) =>
	error instanceof NodeApiError
		? new NodeApiError(context.getNode(), error as unknown as JsonObject)
		: new NodeOperationError(context.getNode(), error as Error, {
				message: `The ${label} event could not be prepared`,
				description: 'The event was not counted as processed: run this execution again.',
			});

/** The events with what the provider's API shows of them. If that fails, they are new again. */
async function addDetails(
	context: IExecuteFunctions,
	source: EventSource,
	inputs: Input[],
	takeBack: () => Promise<void> | undefined,
): Promise<Input[]> {
	if (!source.addDetails || inputs.length === 0) return inputs;
	try {
		const events = await source.addDetails(
			context,
			inputs.map(({ event }) => event),
		);
		return inputs.map((input, index) => ({ ...input, event: events[index] }));
	} catch (error) {
		await takeBack();
		throw failureOf(context, source.provider, error);
	}
}

/** The events as items. If that fails, they are new again. */
async function shape(
	context: IExecuteFunctions,
	{ provider }: EventSource,
	inputs: Input[],
	takeBack: () => Promise<void> | undefined,
): Promise<INodeExecutionData[]> {
	try {
		const delivered = deliveredTo(context);
		const timezone = context.getTimezone();
		return inputs.map(({ event, item }) => {
			const { source, receivedAt } = delivered[item].json;
			return {
				json: toItem(provider, event, { source, receivedAt, timezone }),
				...(event.binary && { binary: event.binary }),
				pairedItem: { item },
			};
		});
	} catch (error) {
		await takeBack();
		throw failureOf(context, provider, error);
	}
}

function showHints(context: IExecuteFunctions): void {
	for (const { handover } of deliveredTo(context))
		for (const message of handover?.hints ?? []) showHint(context, message);
}

/** Says why a run has no item. */
function explainNothing(
	context: IExecuteFunctions,
	{ enrich: isEnriched }: EventSource,
	inputs: readonly Input[],
): void {
	// Of a retry it has been said, and a poll that only stores its cursor brings nothing.
	if (context.getMode() === 'retry' || context.getInputData().length === 0) return;
	if (context.getMode() !== 'manual')
		showHint(context, isEnriched && inputs.length === 0 ? NOTHING_NEW : REPEAT);
	else if (isEnriched) showHint(context, NOTHING_LEFT);
}

async function processAll(
	context: IExecuteFunctions,
	source: EventSource,
): Promise<INodeExecutionData[]> {
	const { dedupe } = source;
	const processed = recordsEvents(context, dedupe)
		? processedKeys(context, optionsIn(context, dedupe))
		: undefined;
	const delivered = deliveredTo(context)
		.filter(({ json }) => json.source === 'webhook')
		.map(eventIn);
	const note = async (events: readonly Event[]) =>
		await noteHeard(context, source, events, optionsIn(context, dedupe));
	await note(delivered);
	const enriched = await enrich(context, source, processed);
	const keys = new Set(delivered.map(({ eventKey }) => eventKey));
	if (delivered.length > 0)
		await note(enriched.map(({ event }) => event).filter(({ eventKey }) => !keys.has(eventKey)));
	const { inputs, recorded } = await deduplicate(context, source, enriched, processed);
	const marked = await recognizeRepeats(context, source, inputs, processed);
	showHints(context);
	if (inputs.length === 0) explainNothing(context, source, enriched);
	const takeBack = () => processed?.takeBack([...recorded, ...marked.recorded]);
	const detailed = await addDetails(context, source, marked.inputs, takeBack);
	return await shape(context, source, detailed, takeBack);
}

/**
 * The second phase of a trigger, which n8n runs as the first node of the execution, on a worker in
 * queue mode: enrich the events, skip those that n8n's database has seen, add details to the others,
 * and shape them into items.
 *
 * @throws NodeOperationError, NodeApiError when that fails, for any reason; the next attempt or
 * delivery of the event is not taken for a duplicate then; where another process received the delivery, as in queue
 * mode, not after ten seconds
 */
export async function processEvents(
	context: IExecuteFunctions,
	source: EventSource,
): Promise<INodeExecutionData[][]> {
	const notice = noticeIn(context.getInputData());
	if (notice) return showNotice(context, notice);
	// An API may have the event wait for minutes, which takes little of n8n.
	if (source.enrich || source.addDetails) leaveWork(context);
	const work = processAll(context, source);
	work
		.then(
			() => settleDeliveries(context, 'confirm'),
			(error) => {
				// The event is another execution's.
				if (!(error instanceof StillRunning)) settleDeliveries(context, 'forget');
			},
		)
		.finally(() => leaveWork(context));
	return [await work];
}
