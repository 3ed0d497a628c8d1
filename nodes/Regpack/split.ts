import type { Payload } from '../delivery/define';

/**
 * A payload for each applicant. A change of status tells of all that it concerns by a list in user_info
 * (documented); whether the other group event, a change of tags, does so is not, nor whether meta_info is a
 * list then too: if it is one of the same length, its elements belong to the applicants in their order.
 */
export function split(payload: Payload): Payload[] {
	const { user_info: users, meta_info: metas } = payload;
	if (!Array.isArray(users) || users.length === 0) return [payload];
	const areMetasPaired = Array.isArray(metas) && metas.length === users.length;
	return users.map((user, index) => ({
		...payload,
		user_info: user as Payload,
		...(areMetasPaired && { meta_info: metas[index] as Payload }),
	}));
}
