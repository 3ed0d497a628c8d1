import type { Resource } from '../../shared/actions/operation';
import { create as createCategory } from './category/create';
import { update as updateCategory } from './category/update';
import { getSample } from './event/getSample';
import { reply } from './form/reply';
import { create as createProduct } from './product/create';
import { create as createStatus } from './status/create';
import { addProduct } from './user/addProduct';
import { create as createUser } from './user/create';
import { createChild } from './user/createChild';
import { createLoginToken } from './user/createLoginToken';
import { get as getUser } from './user/get';
import { getAll as getUsers } from './user/getAll';
import { logEmail } from './user/logEmail';
import { setStatus } from './user/setStatus';
import { update as updateUser } from './user/update';

/** Everything that Regpack's API is documented to offer, replies to its forms, and sample events. */
export const resources: readonly Resource[] = [
	{
		value: 'user',
		name: 'User',
		operations: [
			getUser,
			getUsers,
			createUser,
			createChild,
			updateUser,
			addProduct,
			logEmail,
			setStatus,
			createLoginToken,
		],
	},
	{ value: 'form', name: 'Form', operations: [reply] },
	{ value: 'event', name: 'Event', operations: [getSample] },
	{ value: 'status', name: 'Status', operations: [createStatus] },
	{ value: 'product', name: 'Product', operations: [createProduct] },
	{ value: 'category', name: 'Product Category', operations: [createCategory, updateCategory] },
];
