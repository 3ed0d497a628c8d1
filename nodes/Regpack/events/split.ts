import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import pick from 'lodash/pick';

import type { Part, Payload } from '../../shared/events/types';
import { isObject } from '../../shared/values/json';
import { asText, textAt } from '../../shared/values/text';
import { applicantOf } from './applicant';

/** Whether it is an object of objects keyed by IDs; a single `user_info` or `meta_info` has names for keys. */
function isKeyed(value: unknown): value is Record<string, IDataObject> {
	const entries = isObject(value) ? Object.entries(value) : [];
	return entries.length > 0 && entries.every(([key, entry]) => /^\d{1,15}$/.test(key) && isObject(entry));
}

/** Several people, each with the ID under which an object may have what else is told of them. */
interface People {
	users: IDataObject[];
	ids: Array<string | null>;
	/** Whether they stand in the order in which Regpack has them; an object's keys are sorted in reading. */
	isOrdered: boolean;
}

/**
 * A key is taken for the ID of an entry that does not name it itself (inferred); low numbers may be mere positions.
 */
function withId(key: string, user: IDataObject, count: number): IDataObject {
	return asText(user.clogin_id) === null && Number(key) > count ? { ...user, clogin_id: key } : user;
}

/** The people of a `user_info` that is a list or an object keyed by IDs; `undefined` for one about a single one or nobody. */
function peopleIn(info: unknown): People | undefined {
	if (Array.isArray(info) && info.length > 0) {
		const users = info as IDataObject[];
		return { users, ids: users.map((user) => textAt(user, 'clogin_id')), isOrdered: true };
	}
	if (!isKeyed(info)) return undefined;
	const ids = Object.keys(info);
	return { users: ids.map((id) => withId(id, info[id], ids.length)), ids, isOrdered: ids.length === 1 };
}

/** What `meta_info` says of each of the people, where it speaks of exactly these. */
function metasOf({ ids, isOrdered }: People, metas: unknown): IDataObject[] | undefined {
	if (Array.isArray(metas)) return isOrdered && metas.length === ids.length ? (metas as IDataObject[]) : undefined;
	if (!isKeyed(metas) || new Set(ids).size !== Object.keys(metas).length) return undefined;
	const found = ids.map((id) => (id === null ? undefined : metas[id]));
	return found.includes(undefined) ? undefined : (found as IDataObject[]);
}

/**
 * A part for each applicant. A change of status tells of all that it concerns by an array in user_info (documented);
 * whether the other group event, a change of tags, does so is not, nor whether the array is an object keyed by IDs. What
 * meta_info is then is not documented either: one of the same people belongs to them, by the order or by the IDs, while a
 * single one may be anybody's, so that only the status, which is the news, is believed of all.
 */
export function* split(payload: Payload): Generator<Part> {
	const people = peopleIn(payload.user_info);
	if (!people) return yield { payload };
	const metas = metasOf(people, payload.meta_info);
	const shared = omit(payload, metas ? ['user_info', 'meta_info'] : ['user_info']);
	const status = pick(payload.meta_info as IDataObject, ['status_id', 'status_name']);
	for (const [index, user] of people.users.entries()) {
		const own = { user_info: user, ...(metas && { meta_info: metas[index] }) };
		const isKnown = metas !== undefined || people.users.length === 1;
		const extra = isKnown ? {} : { extra: applicantOf({ user_info: user, meta_info: status }) };
		yield { payload: { ...payload, ...own }, own, shared, ...extra };
	}
}
