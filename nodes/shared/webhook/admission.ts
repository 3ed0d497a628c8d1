import type { IWebhookFunctions } from 'n8n-workflow';

import { inWork, takePlace } from '../events/inWork';
import { triggerIdOf } from '../events/recentKeys';
import { deliveriesAtOnceOf, modeOf, settingsOf } from './limits';
import { onResponse } from './onResponse';
import { notNow } from './reject';

/**
 * Refuses a delivery while the trigger has enough in work. Test runs are always admitted.
 *
 * @throws Rejection
 */
export function checkCapacity(context: IWebhookFunctions): void {
	if (context.getMode() === 'manual') return;
	if (inWork(triggerIdOf(context)) >= deliveriesAtOnceOf(settingsOf(context)))
		throw notNow('Too many deliveries at once. Please send it again later.');
}

/**
 * Takes a delivery into work until its sender is answered, and where that is before the workflow
 * runs, until its execution has processed it.
 *
 * @returns what identifies the delivery to its execution, if that ends its work
 * @throws Rejection when there is no place left
 */
export function takeIntoWork(context: IWebhookFunctions): number | undefined {
	if (context.getMode() === 'manual') return undefined;
	checkCapacity(context);
	const place = takePlace(triggerIdOf(context));
	const isImmediate = modeOf(context) === 'onReceived';
	onResponse(context, {
		onEnd: (status) => place.answered(isImmediate && status < 300),
		onAbort: () => {},
	});
	return isImmediate ? place.delivery : undefined;
}
