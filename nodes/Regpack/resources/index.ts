import type { Resource } from '../../shared/actions/operation';
import { operations as category } from './category/operations';
import { getManySince } from './event/getManySince';
import { getSample } from './event/getSample';
import { reply } from './form/reply';
import { create as createProduct } from './product/create';
import { create as createStatus } from './status/create';
import { operations as user } from './user/operations';
import { received } from './webhook/received';

/**
 * Everything that Regpack's API is documented to offer, replies to its forms, and sample events.
 */
export const resources: readonly Resource[] = [
	{ value: 'user', name: 'User', operations: user },
	{ value: 'form', name: 'Form', operations: [reply] },
	{ value: 'event', name: 'Event', operations: [getSample, getManySince] },
	{ value: 'status', name: 'Status', operations: [createStatus] },
	{ value: 'product', name: 'Product', operations: [createProduct] },
	{ value: 'webhook', name: 'Webhook', operations: received },
	{ value: 'category', name: 'Product Category', operations: category },
];
