import { NodeApiError, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { ANY_EVENT } from '../../shared/events/filter';
import { triggerOptionsOf } from '../../shared/events/options';
import { newestChangeId } from '../api/stepChanges';
import { STEP_CHANGED } from '../events/definitions';
import type { TriggerState } from './newSteps';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';

/** Errors the publisher can fix: a wrong login, or one that may not see step changes. */
const isLoginError = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && ['401', '403'].includes(error.httpCode ?? '');

/** Whether the trigger follows step changes and records them. */
function followsSteps(context: IHookFunctions): boolean {
	const events = [
		context.getNodeParameter('events', []),
		context.getNodeParameter('otherEvents', []),
	].flat() as string[];
	return (
		context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL] !== undefined &&
		context.getNodeParameter('fetchDetails', true) === true &&
		triggerOptionsOf(context.getNodeParameter('settings', {}) as IDataObject).skipDuplicates &&
		(events.includes(ANY_EVENT) || events.includes(STEP_CHANGED))
	);
}

/**
 * Stores at the first publishing which step change is the newest, so that the first delivery does
 * not bring earlier ones. Published again, the trigger continues from there: changes in the
 * meantime come with the next delivery of their application. But if it has not followed them in
 * between, it starts anew.
 *
 * @throws NodeApiError when JobAffinity refuses the login; the remedy is in the message, as n8n
 * shows no more
 */
export async function setBaseline(context: IHookFunctions): Promise<void> {
	const state = context.getWorkflowStaticData('node') as TriggerState;
	if (context.getMode() === 'manual') return;
	if (!followsSteps(context)) {
		for (const name of ['newestChangeId', 'publishedAt', 'marks']) delete state[name];
		return;
	}
	if (state.newestChangeId !== undefined) return;
	try {
		state.newestChangeId = await newestChangeId(context);
	} catch (error) {
		if (isLoginError(error)) {
			const message = `${error.message}: check the JobAffinity API credential, or turn off Fetch Application Details`;
			throw new NodeApiError(
				context.getNode(),
				{ message },
				{ message, httpCode: error.httpCode ?? undefined },
			);
		}
		// An API that is down must not prevent publishing: the first delivery that gets through stores
		// it.
		state.publishedAt ??= Date.now();
		context.logger.warn(
			`The newest step change of JobAffinity could not be read: ${(error as Error).message}`,
		);
	}
}
