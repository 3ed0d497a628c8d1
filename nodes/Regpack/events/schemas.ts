import { z } from 'zod';

/**
 * A delivery as far as it is documented (docs/webhooks): user_info, a list of it for a change of status, and
 * meta_info. Their keys are taken from the API (inferred). Whether a part is an object or a list is not
 * documented for most, so both are valid.
 */
const text = z.union([z.string(), z.number()]).nullish();
const part = z.union([z.record(z.unknown()), z.array(z.unknown())]).nullish();

const userInfo = z.object({ clogin_id: text, group_id: text, connected_to: text }).passthrough();

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
	.passthrough();

/** A delivery about one person. @param parts the event's other parts */
export const deliveryOf = (...parts: string[]) =>
	z
		.object({
			user_info: userInfo,
			meta_info: metaInfo,
			...Object.fromEntries(parts.map((name) => [name, part])),
		})
		.passthrough();

/** Documented: only the name, never the password. */
export const credentialsEdited = deliveryOf().extend({ username: text }).passthrough();
