import { NodeApiError, type IHookFunctions } from 'n8n-workflow';

import type { Published } from './ask';
import { newestChangeId } from './changes';
import { JOBAFFINITY_CREDENTIAL } from './transport';

/** What whoever publishes can mend: a wrong login, or one that may not see step changes. */
const isOfLogin = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && ['401', '403'].includes(error.httpCode ?? '');

/**
 * Notes at the first publishing which step change is the newest, so that what was before it is not told
 * with the first delivery. Published again, the trigger goes on from there: changes in the meantime are
 * told with the next delivery of their application.
 *
 * @throws NodeApiError when JobAffinity refuses the login; the remedy is in the message, as n8n shows no more
 */
export async function beginFromNow(context: IHookFunctions): Promise<void> {
	const published = context.getWorkflowStaticData('node') as Published;
	const canAsk = context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL] !== undefined;
	if (context.getMode() === 'manual' || !canAsk || published.newestChangeId !== undefined) return;
	if (context.getNodeParameter('fetchDetails', true) !== true) return;
	try {
		published.newestChangeId = await newestChangeId(context);
	} catch (error) {
		if (isOfLogin(error)) {
			const message = `${error.message}: check the credential JobAffinity API, or turn Fetch Application Details off`;
			throw new NodeApiError(context.getNode(), { message }, { message, httpCode: error.httpCode ?? undefined });
		}
		// An API that is down must not keep anybody from publishing: a delivery then tells its newest change alone.
		context.logger.warn(`The newest step change of JobAffinity could not be read: ${(error as Error).message}`);
	}
}
