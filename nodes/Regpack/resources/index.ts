import { explainDeliveryOf } from '../../shared/actions/explainDelivery';
import type { Resource } from '../../shared/actions/operation';
import { regpackWebhooks } from '../provider';
import { operations as category } from './category/operations';
import { getSample } from './event/getSample';
import { reply } from './form/reply';
import { create as createProduct } from './product/create';
import { create as createStatus } from './status/create';
import { operations as user } from './user/operations';

const explainDelivery = explainDeliveryOf(regpackWebhooks);

/**
 * Everything that Regpack's API is documented to offer, replies to its forms, and sample events.
 */
export const resources: readonly Resource[] = [
	{ value: 'user', name: 'User', operations: user },
	{ value: 'form', name: 'Form', operations: [reply] },
	{ value: 'event', name: 'Event', operations: [getSample] },
	{ value: 'webhook', name: 'Webhook', operations: [explainDelivery] },
	{ value: 'status', name: 'Status', operations: [createStatus] },
	{ value: 'product', name: 'Product', operations: [createProduct] },
	{ value: 'category', name: 'Product Category', operations: category },
];
