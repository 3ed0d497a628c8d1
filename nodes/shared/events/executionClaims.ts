import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { onExecutionEnd } from './executionHooks';
import type { TriggerOptions } from './options';
import { outcomeOfClaims, recentKeysOf, triggerIdOf, type ClaimedKey } from './recentKeys';

/** Another execution runs the event, and it is not known yet how that ends. */
export class StillRunning extends NodeOperationError {}

/**
 * Claims events for an execution whose delivery another process received: workers run what webhook
 * processes receive, and a process that starts runs what had not begun when the last one was killed
 * (n8n 2.41.1). Without it, such an execution and the sender's repeat would both run an event. The
 * claims last until the execution ends.
 *
 * @returns the keys that this execution is to run; not those that this process has run
 * @throws StillRunning when this process has been running one of them for more than ten seconds
 */
export async function claimForExecution(
	context: IExecuteFunctions,
	keys: readonly string[],
	{ eventsToRemember, windowMs }: Pick<TriggerOptions, 'eventsToRemember' | 'windowMs'>,
): Promise<Set<string>> {
	const recent = recentKeysOf(triggerIdOf(context));
	const claimed = new Map<string, ClaimedKey>();
	const settle = (succeeded: boolean) =>
		claimed.forEach((claim) => claim.settle(succeeded ? 'done' : 'failed'));
	for (const key of keys) {
		let claim = recent.claim(key, eventsToRemember, windowMs);
		while (claim.state !== 'claimed') {
			const succeeded = await outcomeOfClaims([claim]);
			if (succeeded) break;
			if (succeeded === undefined) {
				settle(false);
				throw new StillRunning(context.getNode(), 'Another execution is still running this event', {
					description: 'So this one did not. If the other one fails, retry this execution.',
				});
			}
			claim = recent.claim(key, eventsToRemember, windowMs);
		}
		if (claim.state === 'claimed') claimed.set(key, claim);
	}
	if (!onExecutionEnd(context, settle)) settle(false);
	return new Set(claimed.keys());
}
