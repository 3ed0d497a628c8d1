import { events } from '#dist/nodes/Jofi/events/definitions.js';
import { deliver as post } from '../shared/deliver.mjs';

/**
 * HMAC and HTTP Basic are the two methods (documented, docs/webhooks). The format of the signature
 * is unknown; GitHub's stands in for it. That Basic is the standard header is inferred.
 *
 * @typedef {{ secret: string } | { user: string, password: string }} Verification
 */

/** @param {string} type an event of JOFI */
export function sampleOf(type) {
	const event = events.find((each) => each.type === type);
	if (!event) throw new Error(`JOFI has no event ${type}`);
	return structuredClone(event.sample);
}

/**
 * Delivers as JOFI does: HTTP POST with a JSON event as body (documented, api/events).
 *
 * @param {string} url
 * @param {unknown} event text and bytes are sent as they are, anything else as JSON
 * @param {Verification & import('../shared/deliver.mjs').Extras} options a header that is
 * `undefined` is not sent
 */
export const deliver = (url, event, options) => post(url, event, options);
