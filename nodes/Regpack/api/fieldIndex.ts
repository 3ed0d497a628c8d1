import type { IDataObject } from 'n8n-workflow';

import type { CallContext } from '../../shared/http/request';
import { isObject } from '../../shared/values/json';
import { asText } from '../../shared/values/text';
import { fieldsOf } from './requestedFields';
import { call } from './transport';

/** A field of a form. */
export interface FormField extends IDataObject {
	/** Its mapped name, or its ID where it has none: what its value has as key. */
	key: string;
	/** Its label, where Regpack shows one. */
	label: string | null;
}

/** More cannot be looked through. */
const MAX_FIELDS = 1000;

const INDEX = 'field_index';

/** The texts in an entry of the index, which is about the field that has one of them as its key. */
const textsOf = (entry: unknown): string[] =>
	isObject(entry)
		? Object.values(entry)
				.map(asText)
				.filter((text) => text !== null)
		: [];

/** The label in an entry of the index. Its keys are not documented. */
function labelIn(entry: unknown): string | null {
	if (!isObject(entry)) return asText(entry);
	const key = Object.keys(entry).find(
		(name) => /label|title|question|name/i.test(name) && asText(entry[name]) !== null,
	);
	return key === undefined ? null : asText(entry[key]);
}

/** A field's value is text or, of multiple choice, a list of texts (documented, update). */
const isValue = (value: unknown): boolean =>
	value === null ||
	asText(value) !== null ||
	value === '' ||
	(Array.isArray(value) && value.every((each) => typeof each === 'string'));

/**
 * The fields in a record with all of its fields. That they come with `field_index`, metadata of the
 * fields, is documented (getinfo), and what is in it is not: an object by their keys and a list are
 * both read. The values themselves have the fields' names as keys (documented, getinfo).
 */
export function fieldsIn(record: IDataObject): FormField[] {
	const { [INDEX]: index, ...values } = fieldsOf(record);
	const named = Object.keys(values).filter((key) => !key.startsWith('_') && isValue(values[key]));
	const isKeyed = isObject(index) && named.some((key) => Object.hasOwn(index, key));
	// Beside the fields there may be more, such as what is incomplete, under a name that is not
	// documented.
	const keys = isKeyed ? Object.keys(index) : named;
	const entries = Object.values(index ?? {}) as unknown[];
	const entryOf = (key: string): unknown =>
		isKeyed ? index[key] : entries.find((entry) => textsOf(entry).includes(key));
	return keys.slice(0, MAX_FIELDS).map((key) => {
		const label = labelIn(entryOf(key));
		return { key, label: label === key ? null : label };
	});
}

/** The fields that a user has (get_info with all fields, documented), with one request. */
export async function fieldsOfUser(
	context: CallContext,
	groupId: unknown,
	cloginId: number,
): Promise<FormField[]> {
	const record = await call(context, {
		endpoint: 'users',
		action: 'get_info',
		body: { group_id: groupId as string, clogin_id: cloginId, doc: { _allfields: true } },
		isRead: true,
		object: 'user',
		idKey: 'clogin_id',
	});
	return fieldsIn(record);
}
