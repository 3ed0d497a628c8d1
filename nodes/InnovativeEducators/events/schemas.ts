import { z } from 'zod';

import { REFS } from './refs';

const text = z.string().nullish();

/** What an event names, besides the keys that it is known by. */
const fields = {
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
 * A completion as the one documented sample shows it (webhooks, sample payload). Types are read off that sample and
 * nullability is not documented, so no more is demanded than what makes it an event. Further keys that others have
 * seen pass, such as `license`, of which nothing more is known.
 */
export const completionEvent = z
	.object({ id: z.string(), event: z.string(), notifiableId: z.string(), timestamp: z.string(), ...fields })
	.passthrough();

/** The body of the test after set-up is not documented. */
export const anything = z.object({}).passthrough();

const known = z.string().nullable();

/** What the items of all events have. */
const item = {
	eventKey: z.string(),
	provider: z.string(),
	event: z.string(),
	occurredAt: known,
	person: z.object({ email: known, firstName: known, lastName: known, id: known, externalId: known }),
	payload: z.object({ id: text, event: text, notifiableId: text, timestamp: text, ...fields }).passthrough(),
};

/** What those of completions have besides. */
const completed = {
	courseId: known,
	courseTitle: known,
	companyId: known,
	clientId: known,
	source: known,
	type: known,
	refs: z.object(Object.fromEntries(REFS.map((ref) => [ref, z.string().optional()]))),
};

/** A completion as an item. */
export const completionItem = z.object({ ...item, ...completed }).passthrough();

/** What a sample has beside what those of all providers have; that of a test notification has less. */
export const sampledFields = { ...z.object(completed).partial().shape, payload: item.payload };
