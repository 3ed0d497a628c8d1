import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { triggerOptionsOf } from '../events/options';
import { checkCredential } from './credentialCheck';
import { urlProblem } from './publicUrl';
import { offerSample } from './sampleRun';
import type { WebhookSource } from './source';

/**
 * Runs when a workflow is published. There is nothing to register, because people at the provider
 * set up the webhook. But a URL that the provider cannot reach is reported now, and not when events
 * stay away.
 *
 * @throws NodeOperationError when the URL is not public or not HTTPS and the user did not allow it
 */
export function checkPublicUrl(context: IHookFunctions, source: WebhookSource): void {
	if (context.getMode() === 'manual') return;
	const problem = urlProblem(context.getNodeWebhookUrl('default') ?? '', source);
	if (!problem) return;
	const { allowNonPublicUrl } = triggerOptionsOf(
		context.getNodeParameter('settings', {}),
		source.dedupe,
	);
	if (allowNonPublicUrl) {
		context.logger.warn(problem, { node: context.getNode().name });
		return;
	}
	throw new NodeOperationError(
		context.getNode(),
		`Not published: ${problem} To try things out, or if a gateway passes deliveries on to this address, turn on Allow Non-Public URL in the Options of the trigger.`,
	);
}

/**
 * The hooks of a trigger whose webhook people at the provider set up, because there is no API for
 * it.
 *
 * @param onPublish runs when a workflow is published or tested, after URL and credential were checked
 */
export const manualSetup = (
	source: WebhookSource,
	onPublish?: (context: IHookFunctions) => Promise<void>,
) => ({
	default: {
		/** There is no API to ask, so n8n calls `create` at every publish. */
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return false;
		},
		async create(this: IHookFunctions): Promise<boolean> {
			checkPublicUrl(this, source);
			await checkCredential(this, source);
			await onPublish?.(this);
			offerSample(this);
			return true;
		},
		/** Nothing to remove: deliveries go on until people at the provider stop them. */
		async delete(this: IHookFunctions): Promise<boolean> {
			return true;
		},
	},
});
