import type { Operation } from '../operation';
import { explainDeliveryOf } from './explainDelivery';
import { getDeliveriesOf } from './getDeliveries';
import { getHealthOf } from './getHealth';
import { sendTestEventOf } from './sendTestEvent';
import type { TriggerType } from './triggerType';

/** What n8n itself knows of a provider's webhook, and a way to try it; no API is needed. */
export const webhookOperations = (type: TriggerType): Operation[] => [
	explainDeliveryOf(type.source),
	getDeliveriesOf(type),
	getHealthOf(type),
	sendTestEventOf(type),
];
