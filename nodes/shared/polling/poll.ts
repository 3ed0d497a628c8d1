import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import sortBy from 'lodash/sortBy';

import { toExecution } from '../events/handover';
import { timeOf } from '../events/occurredOn';
import { triggerIdOf } from '../events/recentKeys';
import type { Event } from '../events/types';
import { isObject } from '../values/json';
import { assertComparable, watchDeliveries, type BackstopState } from './backstop';
import { failForUnreportedGap, reportGaps, type GapState } from './gap';
import { pollParameters } from './parameters';
import type { PollingSource, StreamResult } from './stream';

/** What a trigger stores between its polls, in n8n's static data. */
interface State extends GapState, BackstopState {
	/** The cursor of each stream, by its name. */
	cursors?: IDataObject;
	/** When an execution last made n8n store the cursors, in milliseconds since 1970. */
	storedAt?: number;
}

/**
 * Cursors that n8n has not stored for this long are worth an empty execution. After a restart,
 * older cursors would bring back what the filters rejected, if the filters are wider by then.
 */
const LONGEST_UNSTORED_MS = 24 * 60 * 60_000;

/**
 * Reading stops after this part of the time that n8n gives a poll; the rest is for requests under
 * way.
 */
const SHARE_OF_BUDGET = 0.7;
/** What n8n 2.41 gives a poll where it does not say. */
const USUAL_BUDGET_MS = 300_000;

/**
 * Triggers that are polling now. n8n starts the next poll on time, even if the last one has not
 * ended.
 */
const polling = new Set<string>();

async function pollOnce(
	context: IPollFunctions,
	published: IPollFunctions,
	source: PollingSource,
): Promise<INodeExecutionData[][] | null> {
	const { provider, streams } = source;
	const state = context.getWorkflowStaticData('node') as State;
	failForUnreportedGap(context, state);
	const request = pollParameters(context, provider);
	assertComparable(context, source, request);
	const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const deadline = Date.now() + budget * SHARE_OF_BUDGET;

	const results: Array<StreamResult<unknown> & { name: string }> = [];
	for (const stream of streams.filter(({ events }) => events.some(request.wants))) {
		// Parsing makes a copy: in n8n's object, the changes of a poll that fails would stay.
		const { data } = stream.cursor.safeParse(
			isObject(state.cursors) ? state.cursors[stream.name] : undefined,
		);
		results.push({ name: stream.name, ...(await stream.read(context, data, request, deadline)) });
	}

	const isInTime = ({ payload, extra }: Event) =>
		request.isInTime(provider.occurredAt(payload, extra));
	const watched = watchDeliveries(
		context,
		published,
		source,
		request,
		request.select(results.flatMap(({ events }) => events)),
		state,
	);
	const found = [
		...request.select(results.flatMap(({ history }) => history.filter(isInTime))),
		...watched.events,
	];
	const gaps = reportGaps(
		context,
		source,
		request,
		results.flatMap((each) => each.gaps),
		state,
	);
	const items = toExecution(
		[
			...sortBy(found, (event) => timeOf(provider, event)),
			...request.select(gaps),
			...watched.reports,
		],
		'polling',
	);
	state.cursors = Object.fromEntries(
		results.map(({ name, cursor }) => [name, cursor as IDataObject]),
	);
	// n8n stores the state at activation, too, when the first poll runs.
	state.storedAt ??= Date.now();
	const isUnstored =
		results.some(({ history, events }) => history.length + events.length > 0) &&
		Date.now() - state.storedAt > LONGEST_UNSTORED_MS;
	if (items.length === 0 && !isUnstored) return null;
	state.storedAt = Date.now();
	return [items];
}

/**
 * One poll of a trigger: reads the streams whose events are selected and hands what is new to the
 * workflow. The cursors move only when all of that went well, so a failure neither loses nor
 * repeats anything. It returns `null` when nothing is new, because n8n would run the workflow for
 * an empty list. n8n then stores no cursor either (measured on 2.41.1), so an older cursor must
 * still be right when it is read again. Where filters reject all that is new, one empty execution a
 * day stores the cursors.
 */
export async function pollEvents(
	context: IPollFunctions,
	source: PollingSource,
): Promise<INodeExecutionData[][] | null> {
	const triggerId = triggerIdOf(context);
	if (polling.has(triggerId)) return null;
	polling.add(triggerId);
	try {
		// n8n uses one context for all polls of a trigger (read in 2.41.1). What is cached by it must
		// not outlive this poll.
		return await pollOnce(Object.create(context) as IPollFunctions, context, source);
	} finally {
		polling.delete(triggerId);
	}
}
