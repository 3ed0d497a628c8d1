import { z } from 'zod';

import { metaInfoOf } from '../events/schemas';

/**
 * Shapes of the responses of Regpack's API. They describe and never reject: every field may be
 * absent, and unknown ones pass. IDs and amounts in responses are text (documented by example,
 * login and set_status), except for those that an operation creates.
 */
const text = z.string().nullish();
const whole = z.number().nullish();

const userInfo = z
	.object({ clogin_id: text, group_id: text, connected_to: text })
	.passthrough()
	.nullish();

const metaInfo = metaInfoOf(text).nullish();

/** States success, if present. */
const outcome = { success: z.boolean().nullish(), msg: text, msg_type: text };

/** Documented: the response of every call about a user has at least the two parts. */
export const userResponse = z
	.object({ ...outcome, user_info: userInfo, meta_info: metaInfo })
	.passthrough();

/** Documented (login). */
export const loginResponse = userResponse
	.extend({ user_token: text, system_action: z.array(z.string()).nullish() })
	.passthrough();

/** Documented (setstatus); the second e is Regpack's. */
export const statusSetResponse = userResponse
	.extend({ users: z.array(z.number()).nullish(), effected_users: whole })
	.passthrough();

/** The documented response of a status (create), which has no parts. */
export const statusResponse = z.object({ ...outcome, status_id: whole }).passthrough();

/** Not documented (products create, createcategory, editcategory). */
export const productResponse = z.object(outcome).passthrough();
