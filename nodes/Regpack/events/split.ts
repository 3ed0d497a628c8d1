import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import pick from 'lodash/pick';

import type { Payload, SubEvent } from '../../shared/events/types';
import { isObject } from '../../shared/values/json';
import { asText, textAt } from '../../shared/values/text';
import { applicantOf } from './applicant';

/**
 * Whether a value is an object of objects keyed by IDs; a single `user_info` or `meta_info` has
 * names for keys.
 */
function isKeyed(value: unknown): value is Record<string, IDataObject> {
	const entries = isObject(value) ? Object.entries(value) : [];
	return (
		entries.length > 0 && entries.every(([key, entry]) => /^\d{1,15}$/.test(key) && isObject(entry))
	);
}

/** Several people, and their IDs, under which another object may hold more about them. */
interface People {
	users: IDataObject[];
	ids: Array<string | null>;
	/** Whether they are in Regpack's order; reading sorts the keys of an object. */
	isOrdered: boolean;
}

/**
 * The key counts as the ID of an entry that has none (inferred); low numbers may be mere positions.
 */
function withId(key: string, user: IDataObject, count: number): IDataObject {
	return asText(user.clogin_id) === null && Number(key) > count
		? { ...user, clogin_id: key }
		: user;
}

/**
 * The people of a `user_info` that is a list or an object keyed by IDs; `undefined` if it is about
 * one person or nobody.
 */
function peopleIn(info: unknown): People | undefined {
	if (Array.isArray(info) && info.length > 0) {
		const users = info as IDataObject[];
		return { users, ids: users.map((user) => textAt(user, 'clogin_id')), isOrdered: true };
	}
	if (!isKeyed(info)) return undefined;
	const ids = Object.keys(info);
	return {
		users: ids.map((id) => withId(id, info[id], ids.length)),
		ids,
		isOrdered: ids.length === 1,
	};
}

/** The `meta_info` of each of the people, if it is about exactly these. */
function metasOf({ ids, isOrdered }: People, metas: unknown): IDataObject[] | undefined {
	if (Array.isArray(metas))
		return isOrdered && metas.length === ids.length ? (metas as IDataObject[]) : undefined;
	if (!isKeyed(metas) || new Set(ids).size !== Object.keys(metas).length) return undefined;
	const found = ids.map((id) => (id === null ? undefined : metas[id]));
	return found.includes(undefined) ? undefined : (found as IDataObject[]);
}

/**
 * A sub-event for each applicant. A change of status lists everyone concerned in an array in
 * user_info (documented). Whether a change of tags, the other group event, does so is not
 * documented, nor whether the array can be an object keyed by IDs, nor what meta_info is then. If
 * it covers the same people, it belongs to them, by order or by ID. A single one may be anybody's,
 * so only its status, which is what changed, counts for all.
 */
export function* split(_type: string, payload: Payload): Generator<SubEvent> {
	const people = peopleIn(payload.user_info);
	if (!people) return yield { payload };
	const metas = metasOf(people, payload.meta_info);
	const shared = omit(payload, metas ? ['user_info', 'meta_info'] : ['user_info']);
	const status = pick(payload.meta_info as IDataObject, ['status_id', 'status_name']);
	for (const [index, user] of people.users.entries()) {
		const own = { user_info: user, ...(metas && { meta_info: metas[index] }) };
		const isKnown = metas !== undefined || people.users.length === 1;
		const applicant = applicantOf({ user_info: user, meta_info: status });
		const extra = isKnown ? {} : { extra: { applicant } };
		yield { payload: { ...payload, ...own }, own, shared, ...extra };
	}
}
