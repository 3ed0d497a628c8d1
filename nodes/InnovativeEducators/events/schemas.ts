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

const nullableText = z.string().nullable();

/** Fields of every item. */
const itemFields = {
	eventKey: z.string(),
	provider: z.string(),
	event: z.string(),
	occurredAt: nullableText,
	person: z.object({
		email: nullableText,
		firstName: nullableText,
		lastName: nullableText,
		id: nullableText,
		externalId: nullableText,
	}),
	payload: z
		.object({ id: text, event: text, notifiableId: text, timestamp: text, ...details })
		.passthrough(),
};

const completionFields = {
	courseId: nullableText,
	courseTitle: nullableText,
	companyId: nullableText,
	clientId: nullableText,
	source: nullableText,
	type: nullableText,
	refs: z.object(Object.fromEntries(REFS.map((ref) => [ref, z.string().optional()]))),
};

/** The item of a completion. */
export const completionItem = z.object({ ...itemFields, ...completionFields }).passthrough();

/**
 * Fields of a sample beside those of every provider; a test notification lacks those of a
 * completion.
 */
export const sampleFields = {
	...z.object(completionFields).partial().shape,
	payload: itemFields.payload,
};
