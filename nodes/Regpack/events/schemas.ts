import { z, type ZodTypeAny } from 'zod';

/**
 * A delivery as far as it is documented (docs/webhooks): user_info, a list of it for a change of
 * status, and meta_info. Their keys are taken from the API (inferred). Whether a part is an object
 * or a list is not documented for most, so both are valid.
 */
const text = z.union([z.string(), z.number()]).nullish();
const part = z.union([z.record(z.unknown()), z.array(z.unknown())]).nullish();

const userInfo = z.object({ clogin_id: text, group_id: text, connected_to: text }).passthrough();

/**
 * The metadata of a user, documented by example (user, login); there may be more.
 *
 * @param value the type of all fields
 */
export const metaInfoOf = <Value extends ZodTypeAny>(value: Value) =>
	z
		.object({
			u_name: value,
			total_forms: value,
			completed_forms: value,
			total_user_forms: value,
			total_completed_user_forms: value,
			total_user_mandatory_forms: value,
			total_completed_user_mandatory_forms: value,
			total_order: value,
			total_paid: value,
			total_balance: value,
			status_id: value,
			status_name: value,
		})
		.passthrough();

/** A delivery about one person. @param parts the event's other parts */
export const deliveryOf = (...parts: string[]) =>
	z
		.object({
			user_info: userInfo,
			meta_info: metaInfoOf(text),
			...Object.fromEntries(parts.map((name) => [name, part])),
		})
		.passthrough();

/** Documented: only the name, never the password. */
export const credentialsEdited = deliveryOf().extend({ username: text }).passthrough();
