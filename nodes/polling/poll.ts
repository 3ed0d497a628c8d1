import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import { ANY_EVENT, isWanted } from '../delivery/filter';
import { itemOf, processReceived } from '../delivery/process';
import type { ReceivedEvent } from '../delivery/receive';
import { recognise } from '../delivery/recognise';
import { sampleItem } from '../delivery/sample';
import type { Observed, Poller, Wanted } from './define';
import { GAP_EVENT, gapPayload } from './gap';

/** What a trigger keeps between its polls, in n8n's static data. */
interface State extends IDataObject {
	cursor?: IDataObject;
	/** A gap that nobody was told of yet. */
	untold?: string;
}

type Context = IPollFunctions | IExecuteFunctions;

/** A look stops at this part of the time that n8n gives a poll; the rest is for what is under way. */
const SHARE_OF_BUDGET = 0.7;
/** What n8n 2.41 gives where it does not say. */
const USUAL_BUDGET_MS = 300_000;

const parameterOf = (context: Context, name: string, fallback: unknown): unknown =>
	'getInputData' in context
		? context.getNodeParameter(name, 0, fallback as IDataObject)
		: context.getNodeParameter(name, fallback as IDataObject);

/** Triggers that are looking now. n8n starts the next poll on time, whether the last has ended or not. */
const looking = new WeakSet<object>();

function wantedBy(context: Context): Wanted & { events: string[]; since: number } {
	const events = parameterOf(context, 'events', []) as string[];
	const startFrom = parameterOf(context, 'startFrom', 'now');
	const since = startFrom === 'date' ? Date.parse(String(parameterOf(context, 'startDate', ''))) : 0;
	if (Number.isNaN(since)) {
		throw new NodeOperationError(context.getNode(), 'Start Date is not a date', {
			description: 'Choose a date and time, or another value of Start From.',
		});
	}
	return {
		events,
		since,
		wants: (type) => events.includes(ANY_EVENT) || events.includes(type),
		history: startFrom !== 'now',
		settings: parameterOf(context, 'settings', {}) as IDataObject,
	};
}

/** The observed events that pass the trigger's filters, as a delivery would be handed on. */
function itemsOf(context: Context, { provider }: Poller, observed: readonly Observed[]): INodeExecutionData[] {
	const events = parameterOf(context, 'events', []) as string[];
	const filters = parameterOf(context, 'filters', {}) as IDataObject;
	return observed.flatMap(({ payload, extra }) => {
		const event = recognise(provider, payload, Buffer.from(JSON.stringify(payload)));
		if ('sentence' in event || !isWanted(event, events, provider.filters, filters)) return [];
		const received: ReceivedEvent = {
			eventKey: event.eventKey,
			provider: provider.name,
			event: event.type,
			unprocessed: true,
			payload,
			extra,
		};
		return [{ json: received as unknown as IDataObject }];
	});
}

/** Of what was there at the first look, only what is not older than the user asked for. */
const isRecentEnough = ({ isHistory, payload }: Observed, since: number): boolean =>
	!isHistory || !(Date.parse(String(payload.created_at)) < since);

/**
 * Tells of gaps: as items to whoever listens to them, otherwise by letting the next poll fail, which
 * shows in the list of executions and starts the error workflow. The items of this poll come first.
 */
function tellGaps(context: IPollFunctions, poller: Poller, gaps: string[], wanted: Wanted, state: State): Observed[] {
	if (gaps.length === 0) return [];
	const sentence = gaps.join(' ');
	context.logger.warn(sentence, { workflowId: context.getWorkflow().id, node: context.getNode().name });
	if (!wanted.wants(GAP_EVENT)) {
		state.untold = sentence;
		return [];
	}
	return [{ payload: gapPayload(sentence, Date.now()), extra: {} }];
}

function failForUntold(context: IPollFunctions, state: State): void {
	const { untold } = state;
	if (!untold) return;
	delete state.untold;
	throw new NodeOperationError(context.getNode(), untold, {
		description:
			'Look up in their application what was missed, and poll more often. To get a gap as an item instead, add Gap Found to Trigger On.',
	});
}

/**
 * One poll of a trigger: looks for what is new and hands it to the workflow. The cursor moves only
 * when the whole look went well, so a failure loses nothing and doubles nothing. It returns `null`
 * when nothing is new, because n8n would run the workflow for an empty list; it then stores no cursor
 * either (measured on 2.41.1), so a cursor must still be right when an older one is read again.
 */
export async function pollEvents(context: IPollFunctions, poller: Poller): Promise<INodeExecutionData[][] | null> {
	const state = context.getWorkflowStaticData('node') as State;
	if (looking.has(state)) return null;
	looking.add(state);
	try {
		failForUntold(context, state);
		const wanted = wantedBy(context);
		const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
		const deadline = Date.now() + budget * SHARE_OF_BUDGET;
		// A copy: n8n's object would keep what a look that fails has changed.
		const before = JSON.parse(JSON.stringify(state.cursor ?? {})) as IDataObject;
		const { observed, cursor, gaps } = await poller.look(context, before, wanted, deadline);
		const timely = observed.filter((each) => isRecentEnough(each, wanted.since));
		const items = itemsOf(context, poller, [...timely, ...tellGaps(context, poller, gaps, wanted, state)]);
		state.cursor = cursor;
		return items.length > 0 ? [items] : null;
	} finally {
		looking.delete(state);
	}
}

/** For a person who is building: one real event of each type, or its sample where there is none. */
async function testEvents(context: IExecuteFunctions, poller: Poller): Promise<INodeExecutionData[][]> {
	const wanted = wantedBy(context);
	const items = itemsOf(context, poller, await poller.recent(context, wanted));
	const found = new Set(items.map(({ json }) => json.event));
	const samples = poller.provider.events
		.filter(({ type }) => wanted.wants(type) && !found.has(type))
		// Nobody who listens to everything builds for gaps.
		.filter(({ type }) => type !== GAP_EVENT || wanted.events.includes(GAP_EVENT))
		.map(({ type }) => ({ json: sampleItem(poller.provider, type) ?? {} }));
	if (samples.length > 0) {
		context.addExecutionHints({
			type: 'warning',
			location: 'outputPane',
			message: `${poller.provider.label} shows no record for ${samples.map(({ json }) => String(json.event)).join(', ')}: those items are made-up samples, marked by isSample.`,
		});
	}
	const real = items.map(({ json }) => ({
		json: itemOf(poller.provider, json as unknown as ReceivedEvent),
	}));
	return [[...real, ...samples].map((item) => ({ ...item, pairedItem: { item: 0 } }))];
}

/**
 * What n8n runs as the first node of an execution: for what a poll found, the second phase that webhook
 * triggers have; in a test run, where n8n calls this and not `poll`, it gets something to build with.
 */
export async function processPolled(context: IExecuteFunctions, poller: Poller): Promise<INodeExecutionData[][]> {
	const isPolled = context.getInputData().every(({ json }) => json.unprocessed === true);
	return isPolled ? await processReceived(context, poller.provider) : await testEvents(context, poller);
}
