import type { IDataObject } from 'n8n-workflow';
import uniqBy from 'lodash/uniqBy';

import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { fieldsOf } from './requestedFields';
import { call } from './transport';

/** A product that a user may select. */
export interface UserProduct extends IDataObject {
	id: string;
	/** Where Regpack shows one. */
	name: string | null;
}

/** How deep products are looked for, as they may be grouped. */
const MAX_DEPTH = 4;

/** More are not read. */
const MAX_PRODUCTS = 1000;

/**
 * The name of a product in a list, whose keys besides `p_id` are not documented: the two names that
 * the API has for it elsewhere (addproduct, 1eIW-create), or any other that is no category's.
 */
function nameOf(product: IDataObject): string | null {
	const other = Object.keys(product).find(
		(key) => /name/i.test(key) && !/cat/i.test(key) && asText(product[key]) !== null,
	);
	return textAt(product, 'product_name') ?? textAt(product, 'name') ?? asText(product[other ?? '']);
}

/** All objects with a product's ID. */
function* productsIn(value: unknown, depth: number): Generator<UserProduct> {
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
	const id = textAt(value, 'p_id');
	if (id !== null) return yield { id, name: nameOf(value as IDataObject) };
	for (const each of Object.values(value)) yield* productsIn(each, depth + 1);
}

/**
 * The products that a user may select (`_userproducts` of get_info, documented), with one request.
 * There is no list of all products of a project.
 */
export async function productsOfUser(
	context: CallContext,
	groupId: unknown,
	cloginId: number,
): Promise<UserProduct[]> {
	const record = await call(context, {
		endpoint: 'users',
		action: 'get_info',
		body: { group_id: groupId as string, clogin_id: cloginId, doc: { _userproducts: true } },
		isRead: true,
		object: 'user',
		idKey: 'clogin_id',
	});
	return uniqBy([...productsIn(fieldsOf(record), 0)], 'id').slice(0, MAX_PRODUCTS);
}
