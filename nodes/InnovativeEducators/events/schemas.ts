import { z } from 'zod';

/** `ref1` to `ref3` are documented; other users of the platform have received up to `ref10`. */
export const REFS: readonly string[] = Array.from({ length: 10 }, (_, index) => `ref${index + 1}`);

const text = z.string().nullish();

/** The fields of a payload that do not identify the event. */
const details = {
	source: text,
	type: text,
	user: text,
	companyId: text,
	title: text,
	userDetail: z
		.object({
			id: text,
			firstName: text,
			lastName: text,
			externalCustomerId: text,
			sfContactId: text,
			sfAccountId: text,
			client: text,
			...Object.fromEntries(REFS.map((ref) => [ref, text])),
		})
		.passthrough()
		.nullish(),
};

/**
 * A completion as in the one documented sample (webhooks, sample payload), from which the types are
 * read. Which fields may be null is not documented, so only those that identify the event are
 * required. Undocumented keys that others have received, such as `license`, pass.
 */
export const completionEvent = z
	.object({
		id: z.string(),
		event: z.string(),
		notifiableId: z.string(),
		timestamp: z.string(),
		...details,
	})
	.passthrough();

/** The body of the test notification after setup is not documented. */
export const anyObject = z.object({}).passthrough();

/** The payload of any event, for the editor's preview. */
export const anyPayload = z
	.object({ id: text, event: text, notifiableId: text, timestamp: text, ...details })
	.passthrough();
