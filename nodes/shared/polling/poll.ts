import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toExecution } from '../events/process';
import { triggerIdOf } from '../events/recentKeys';
import type { PollingSource } from './stream';
import { failForUnreportedGap, reportGaps, type GapState } from './gap';
import { eventReader, pollParameters } from './parameters';

/** What a trigger keeps between its polls, in n8n's static data. */
interface State extends GapState {
	cursor?: IDataObject;
	/** When an execution last made n8n store the cursor, in milliseconds since 1970. */
	storedAt?: number;
}

/**
 * A cursor that n8n has not stored for so long is worth an empty execution: read again after a restart it would
 * bring back what filters kept away, once they are wider.
 */
const LONGEST_UNSTORED_MS = 24 * 60 * 60_000;

/** A look stops at this part of the time that n8n gives a poll; the rest is for what is under way. */
const SHARE_OF_BUDGET = 0.7;
/** What n8n 2.41 gives where it does not say. */
const USUAL_BUDGET_MS = 300_000;

/** Triggers that are looking now. n8n starts the next poll on time, whether the last has ended or not. */
const looking = new Set<string>();

async function pollOnce(context: IPollFunctions, poller: PollingSource): Promise<INodeExecutionData[][] | null> {
	const state = context.getWorkflowStaticData('node') as State;
	failForUnreportedGap(context, state);
	const wanted = pollParameters(context);
	const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const deadline = Date.now() + budget * SHARE_OF_BUDGET;
	// A copy: n8n's object would keep what a look that fails has changed.
	const before = JSON.parse(JSON.stringify(state.cursor ?? {})) as IDataObject;
	const { observed, cursor, gaps } = await poller.look(context, before, wanted, deadline);
	// Of what was there at the first look, only what is not older than the user asked for.
	const timely = observed.filter(({ isHistory, payload }) => !isHistory || wanted.isInTime(poller.provider.occurredAt(payload)));
	const received = [...timely, ...reportGaps(context, gaps, wanted, state)].flatMap(eventReader(context, poller, wanted));
	state.cursor = cursor;
	const items = toExecution(received);
	// n8n stores the state at activation, too, where this begins.
	state.storedAt ??= Date.now();
	const isUnstored = observed.length > 0 && Date.now() - state.storedAt > LONGEST_UNSTORED_MS;
	if (items.length === 0 && !isUnstored) return null;
	state.storedAt = Date.now();
	return [items];
}

/**
 * One poll of a trigger: looks for what is new and hands it to the workflow. The cursor moves only
 * when the whole look went well, so a failure loses nothing and doubles nothing. It returns `null`
 * when nothing is new, because n8n would run the workflow for an empty list; it then stores no cursor
 * either (measured on 2.41.1), so a cursor must still be right when an older one is read again. Where all that
 * is new is filtered out, an empty execution a day stores it.
 */
export async function pollEvents(context: IPollFunctions, poller: PollingSource): Promise<INodeExecutionData[][] | null> {
	const triggerId = triggerIdOf(context);
	if (looking.has(triggerId)) return null;
	looking.add(triggerId);
	try {
		return await pollOnce(context, poller);
	} finally {
		looking.delete(triggerId);
	}
}
