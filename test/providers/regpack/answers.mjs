import { json } from '../shared/answers.mjs';
import { metaInfo, userInfo } from './parts.mjs';

/** @typedef {import('../shared/answers.mjs').Answer} Answer */
/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {object} body @returns {Answer} */
export const ok = (body) => json(200, body);

/**
 * The parts that every users call returns (documented, user), and `success`, which the visible
 * samples have. What most actions answer beyond these is unknown.
 *
 * @param {import('./routes.mjs').Call} call
 * @param {import('./objects.mjs').User} user
 * @param {object} [told]
 */
export const done = ({ account }, user, told = {}) =>
	ok({ ...told, success: true, user_info: userInfo(user), meta_info: metaInfo(account, user) });

/**
 * What a call without the right credentials is answered; unknown, so three readings are played.
 *
 * @param {Settings} settings
 * @param {string} msg
 * @returns {Answer}
 */
export const refusal = ({ refusals }, msg) => json(Number(refusals), { success: false, msg });

/**
 * What a call is answered that cannot be done. Unknown, so three readings are played.
 *
 * @param {Settings} settings
 * @param {import('./mistake.mjs').Mistake} mistake
 * @returns {Answer}
 */
export function mistaken({ mistakes }, { message }) {
	const said = { msg: message, msg_type: 'error' };
	if (mistakes === 'msg_type') return json(200, said);
	return json(mistakes === '400' ? 400 : 200, { success: false, ...said });
}
