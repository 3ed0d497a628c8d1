import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { Provider } from '../events/types';
import { urlProblem } from './publicUrl';
import { triggerOptionsOf } from '../events/options';

/**
 * Runs when a workflow is published. There is nothing to register, as people at the provider set up
 * the webhook; but a URL that the provider cannot reach is said now, and not when events stay away.
 * On this machine's own address it is only logged, so that everything can be tried out there.
 *
 * @throws NodeOperationError when the URL is private or not HTTPS and the user did not allow it
 */
export function checkPublicUrl(context: IHookFunctions, provider: Provider): void {
	if (context.getMode() === 'manual') return;
	const obstacle = urlProblem(context.getNodeWebhookUrl('default') ?? '', provider);
	if (!obstacle) return;
	context.logger.warn(obstacle.sentence, { node: context.getNode().name });
	if (obstacle.reach === 'loopback' || triggerOptionsOf(context.getNodeParameter('settings', {}), provider).allowUnreachableUrl) return;
	throw new NodeOperationError(
		context.getNode(),
		`${obstacle.sentence} If a gateway passes deliveries on to this address, turn on the node's option Allow Non-Public URL.`,
	);
}

/**
 * The hooks of a trigger whose webhook is set up at the provider by people, as there is no API for it.
 *
 * @param begin what else is to be done when a workflow is published
 */
export const manualSetup = (provider: Provider, begin?: (context: IHookFunctions) => Promise<void>) => ({
	default: {
		/** There is nobody to ask, so every publish goes on to `create`. */
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return false;
		},
		/** Nothing to register. Only the URL is looked at. */
		async create(this: IHookFunctions): Promise<boolean> {
			checkPublicUrl(this, provider);
			await begin?.(this);
			return true;
		},
		/** Nothing to remove either: deliveries go on until people at the provider stop them. */
		async delete(this: IHookFunctions): Promise<boolean> {
			return true;
		},
	},
});
