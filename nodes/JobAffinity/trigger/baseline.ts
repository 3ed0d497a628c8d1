import { NodeApiError, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { ANY_EVENT } from '../../shared/events/filter';
import { triggerOptionsOf } from '../../shared/events/options';
import { newestChangeId } from '../api/stepChanges';
import { STEP_CHANGED } from '../events/definitions';
import type { TriggerState } from './seenChanges';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';

/** What whoever publishes can mend: a wrong login, or one that may not see step changes. */
const isOfLogin = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && ['401', '403'].includes(error.httpCode ?? '');

/** Whether the trigger follows step changes, and records those that it sees. */
function follows(context: IHookFunctions): boolean {
	const events = [context.getNodeParameter('events', []), context.getNodeParameter('otherEvents', [])].flat() as string[];
	return (
		context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL] !== undefined &&
		context.getNodeParameter('fetchDetails', true) === true &&
		triggerOptionsOf(context.getNodeParameter('settings', {}) as IDataObject).skipDuplicates &&
		(events.includes(ANY_EVENT) || events.includes(STEP_CHANGED))
	);
}

/**
 * Notes at the first publishing which step change is the newest, so that what was before it is not told
 * with the first delivery. Published again, the trigger goes on from there: changes in the meantime are
 * told with the next delivery of their application. But where it has not followed them in between, it begins anew.
 *
 * @throws NodeApiError when JobAffinity refuses the login; the remedy is in the message, as n8n shows no more
 */
export async function setBaseline(context: IHookFunctions): Promise<void> {
	const published = context.getWorkflowStaticData('node') as TriggerState;
	if (context.getMode() === 'manual') return;
	if (!follows(context)) {
		for (const name of ['newestChangeId', 'publishedAt', 'marks']) delete published[name];
		return;
	}
	if (published.newestChangeId !== undefined) return;
	try {
		published.newestChangeId = await newestChangeId(context);
	} catch (error) {
		if (isOfLogin(error)) {
			const message = `${error.message}: check the credential JobAffinity API, or turn Fetch Application Details off`;
			throw new NodeApiError(context.getNode(), { message }, { message, httpCode: error.httpCode ?? undefined });
		}
		// An API that is down must not keep anybody from publishing: the first delivery that gets through notes it.
		published.publishedAt ??= Date.now();
		context.logger.warn(`The newest step change of JobAffinity could not be read: ${(error as Error).message}`);
	}
}
