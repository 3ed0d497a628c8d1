import { z } from 'zod';

/**
 * Shapes of the responses of Thought Industries, as items have them. No response of `/users` and
 * `/content` could be read whole, so they name only what requests and events name, and unknown keys
 * pass.
 */
const text = z.string().nullish();

/** The names of `POST /users` and of events (documented); that responses have them is inferred. */
export const user = z
	.object({
		id: text,
		email: text,
		firstName: text,
		lastName: text,
		externalCustomerId: text,
	})
	.passthrough();

/** A content item; its keys are inferred from the requests, which take IDs, slugs and SKUs. */
export const course = z.object({ id: text, title: text, slug: text, sku: text }).passthrough();
