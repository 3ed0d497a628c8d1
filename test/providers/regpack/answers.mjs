import { json } from '../shared/answers.mjs';

/** @typedef {import('../shared/answers.mjs').Answer} Answer */
/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {object} body @returns {Answer} */
export const ok = (body) => json(200, body);

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
