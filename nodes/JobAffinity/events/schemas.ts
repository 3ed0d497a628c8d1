import { z } from 'zod';

/**
 * A delivery is thin: the guide's sample handlers read the event's name and the application's link,
 * and no more is documented.
 */
export const delivery = z
	.object({ event: z.string(), application: z.object({ _self: z.string() }).passthrough() })
	.passthrough();
