import type { Operation } from '../operation';
import { getDeliveriesOf } from './getDeliveries';
import { getHealthOf } from './getHealth';
import { sendTestEventOf } from './sendTestEvent';
import type { TriggerType } from './triggerType';

/** What n8n itself knows of a provider's webhook, and a way to try it; no API is needed. */
export const webhookOperations = (type: TriggerType): Operation[] => [
	getDeliveriesOf(type),
	getHealthOf(type),
	sendTestEventOf(type),
];
