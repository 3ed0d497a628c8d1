import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';

import type { ReceivedEvent } from '../delivery/define';
import { isWanted } from '../delivery/filter';
import { deduplicates } from '../delivery/process';
import { asText, textAt } from '../delivery/text';
import { applicationIdOf, changeIdOf, changesOf, idInLink, stepOf } from './changes';
import { completed, detailed, incomplete, linked, undetailed } from './details';
import { keyOfChange, STEP_CHANGED } from './events';
import { filters } from './filters';
import { JOBAFFINITY_CREDENTIAL } from './transport';

/** What `create` keeps at publishing. */
export interface Published extends IDataObject {
	/** Changes up to this one were before the trigger's time; without it nothing is known of what was. */
	newestChangeId?: number;
}

/**
 * What a delivery says by itself, with what else is known. It names its application and nothing else, so
 * that a repeat cannot be told from the next change of the same application: the key is this execution's,
 * and nothing is ever taken for a duplicate of it.
 */
const onItsOwn = (context: IExecuteFunctions, received: ReceivedEvent, extra: IDataObject): ReceivedEvent => ({
	...received,
	eventKey: `${received.eventKey}:${context.getExecutionId()}`,
	extra,
});

const thin = (context: IExecuteFunctions, received: ReceivedEvent, because: string): ReceivedEvent =>
	onItsOwn(context, received, undetailed(applicationIdOf(received.payload), because));

/** How often n8n has run this node in an execution: with Retry On Fail, only the last try gives up. */
const tries = new Map<string, number>();

const MOST_REMEMBERED = 1000;

/** n8n tries 2 to 5 times, 3 unless the node says otherwise (read in n8n-core 2.41). */
function isLastTry(context: IExecuteFunctions): boolean {
	const { retryOnFail, maxTries } = context.getNode();
	if (!retryOnFail) return true;
	const execution = context.getExecutionId();
	const count = (tries.get(execution) ?? 0) + 1;
	tries.set(execution, count);
	if (tries.size > MOST_REMEMBERED) tries.delete(tries.keys().next().value as string);
	return count >= Math.min(5, Math.max(2, maxTries || 3));
}

/** @throws NodeOperationError when something else is there: a link may lead anywhere in the API */
async function applicationAt(context: IExecuteFunctions, link: string): Promise<IDataObject> {
	const found = await linked(context, link, 'application');
	if (asText(found.id) !== null && ('candidate' in found || 'job' in found)) return await completed(context, found);
	throw new NodeOperationError(context.getNode(), 'The link of the delivery does not lead to an application');
}

/**
 * n8n forgets what was told long ago (Events to Remember), and it must not be told again with the next
 * change of its application. No delivery is expected to be this late.
 */
const LATEST_MS = 30 * 24 * 60 * 60_000;

const isRecent = (change: IDataObject): boolean => !(Date.parse(asText(change.date) ?? '') < Date.now() - LATEST_MS);

/** The changes that a delivery may announce; those that were told before are dropped afterwards. */
function announced(context: IExecuteFunctions, changes: readonly IDataObject[]): readonly IDataObject[] {
	const { newestChangeId } = context.getWorkflowStaticData('node') as Published;
	// Where it is not known what was told before, a delivery is one event.
	if (newestChangeId === undefined || !deduplicates(context)) return changes.slice(-1);
	return changes.filter((change) => (changeIdOf(change) ?? 0) > newestChangeId && isRecent(change));
}

/** Whether a change to the step in which the application is stands in the list. */
function isListed(changes: readonly IDataObject[], application: IDataObject): boolean {
	const current = textAt(application, 'step.id');
	return changes.some((change) => current === null || asText(stepOf(change).id) === current);
}

/** The events that a delivery announces, by the application that it points at. */
async function fetched(context: IExecuteFunctions, received: ReceivedEvent, link: string): Promise<ReceivedEvent[]> {
	const application = await applicationAt(context, link);
	const id = asText(application.id) ?? idInLink(link);
	if (received.event !== STEP_CHANGED) return [onItsOwn(context, received, detailed(application))];

	const changes = await changesOf(context, application);
	if (!isListed(changes, application)) {
		const because = "JobAffinity's list of step changes does not show this change.";
		return [onItsOwn(context, received, { ...detailed(application), ...incomplete('partly fetched', because) })];
	}
	return announced(context, changes).map((change) => ({
		...received,
		eventKey: `${received.provider}:${received.event}:${keyOfChange(id, change)}`,
		extra: detailed(application, change),
	}));
}

/** Why the details of an event are not asked for; `undefined` when they are. */
function obstacleTo(context: IExecuteFunctions, link: string | null): string | undefined {
	if (context.getNodeParameter('fetchDetails', 0, true) !== true) return 'Fetch Application Details is off.';
	if (!context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL]) return 'No JobAffinity API credential is chosen.';
	return link === null ? 'The delivery has no link to an application.' : undefined;
}

/**
 * What a delivery announces. It is thin and may come late, twice, or after a later one, so the
 * application's changes are asked for, and every one that was not told yet is an event: A→B→A is three,
 * a repeat is none. If the API does not answer, the delivery is told as it is. It takes two requests, four
 * in the older generation of the reference.
 */
export async function ask(context: IExecuteFunctions, received: ReceivedEvent): Promise<ReceivedEvent[]> {
	const link = textAt(received.payload, 'application._self');
	const obstacle = obstacleTo(context, link);
	if (link === null || obstacle !== undefined) return [thin(context, received, obstacle ?? '')];
	try {
		const events = await fetched(context, received, link);
		const chosen = context.getNodeParameter('filters', 0, {}) as IDataObject;
		return events.filter(({ event, extra }) =>
			isWanted({ type: event, payload: extra ?? {} }, [event], filters, chosen),
		);
	} catch (error) {
		if (!isLastTry(context)) throw new NodeApiError(context.getNode(), error as JsonObject);
		const { message, description } = error as { message: string; description?: string };
		context.logger.warn(`The details of a JobAffinity event could not be fetched: ${message}`);
		return [thin(context, received, [message, description].filter(Boolean).join('. '))];
	}
}
