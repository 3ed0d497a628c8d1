import type { IDataObject } from 'n8n-workflow';
import pick from 'lodash/pick';

import type { Part, Payload } from '../delivery/define';
import { applicantOf } from './applicant';

/**
 * A part for each applicant. A change of status tells of all that it concerns by a list in user_info
 * (documented); whether the other group event, a change of tags, does so is not. What meta_info is then is
 * not documented either: a list of the same length belongs to the applicants in their order, while a single
 * one may be anybody's, so that only the status, which is the news, is believed of all.
 */
export function split(payload: Payload): Part[] {
	const { user_info: users, meta_info: metas } = payload;
	if (!Array.isArray(users) || users.length === 0) return [{ payload }];
	const areMetasPaired = Array.isArray(metas) && metas.length === users.length;
	return (users as IDataObject[]).map((user, index) => {
		const part = { ...payload, user_info: user, ...(areMetasPaired && { meta_info: metas[index] as IDataObject }) };
		if (areMetasPaired || users.length === 1) return { payload: part };
		const known = { user_info: user, meta_info: pick(metas as IDataObject, ['status_id', 'status_name']) };
		return { payload: part, extra: applicantOf(known) };
	});
}
