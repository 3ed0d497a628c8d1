import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { Provider } from './define';
import { obstacleTo } from './reach';
import { settingsOf } from './settings';

/**
 * Runs when a workflow is published. There is nothing to register, as people at the provider set up
 * the webhook; but a URL that the provider cannot reach is said now, and not when events stay away.
 * On this machine's own address it is only logged, so that everything can be tried out there.
 *
 * @throws NodeOperationError when the URL is private or not HTTPS and the user did not allow it
 */
export function announce(context: IHookFunctions, provider: Provider): void {
	if (context.getMode() === 'manual') return;
	const obstacle = obstacleTo(context.getNodeWebhookUrl('default') ?? '', provider);
	if (!obstacle) return;
	context.logger.warn(obstacle.sentence, { node: context.getNode().name });
	if (obstacle.reach === 'loopback' || settingsOf(context.getNodeParameter('settings', {}), provider).allowUnreachableUrl) return;
	throw new NodeOperationError(
		context.getNode(),
		`${obstacle.sentence} If a gateway passes deliveries on to this address, turn on the node's option Accept a URL That Is Not Public.`,
	);
}
