import { z } from 'zod';

/**
 * Shapes of what Regpack's API answers. They say what to expect and refuse nothing: every field may be absent, and
 * unknown ones pass. IDs and amounts are text in answers (documented by example, login and set_status), but for
 * those that an operation makes.
 */
const text = z.string().nullish();
const whole = z.number().nullish();

const userInfo = z.object({ clogin_id: text, group_id: text, connected_to: text }).passthrough().nullish();

/** Documented by example (user, login); there may be more. */
const metaInfo = z
	.object({
		u_name: text,
		total_forms: text,
		completed_forms: text,
		total_user_forms: text,
		total_completed_user_forms: text,
		total_user_mandatory_forms: text,
		total_completed_user_mandatory_forms: text,
		total_order: text,
		total_paid: text,
		total_balance: text,
		status_id: text,
		status_name: text,
	})
	.passthrough()
	.nullish();

/** What says that all went well, as far as it is there. */
const outcome = { success: z.boolean().nullish(), msg: text, msg_type: text };

/** Documented: every call about a user answers at least the two parts. */
export const userAnswer = z.object({ ...outcome, user_info: userInfo, meta_info: metaInfo }).passthrough();

/** Documented (login). */
export const loginAnswer = userAnswer
	.extend({ user_token: text, system_action: z.array(z.string()).nullish() })
	.passthrough();

/** Documented (setstatus); the second e is Regpack's. */
export const statusSetAnswer = userAnswer
	.extend({ users: z.array(z.number()).nullish(), effected_users: whole })
	.passthrough();

/** The documented response of a status (create), which has no parts. */
export const statusAnswer = z.object({ ...outcome, status_id: whole }).passthrough();

/** Not documented (products create, createcategory, editcategory). */
export const productAnswer = z.object(outcome).passthrough();

const amount = z.number().nullish();
const progress = z.object({ total: whole, completed: whole }).nullish();

/**
 * One user, simplified or as Regpack gives it. Whether a user of a list has the two parts, or their keys itself, is
 * not documented.
 */
export const user = userAnswer
	.extend({
		cloginId: text,
		groupId: text,
		connectedTo: text,
		isChild: z.boolean().nullish(),
		displayName: text,
		status: z.object({ id: text, name: text }).nullish(),
		forms: progress,
		userForms: progress,
		mandatoryForms: progress,
		money: z
			.object({
				order: text,
				orderAmount: amount,
				paid: text,
				paidAmount: amount,
				balance: text,
				balanceAmount: amount,
			})
			.nullish(),
		fields: z.object({}).passthrough().nullish(),
	})
	.passthrough();
