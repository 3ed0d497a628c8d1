import { request } from 'undici';
import events from '../../../dist/nodes/Jofi/events.js';
import scheme from '../../../dist/nodes/delivery/scheme.js';
import sign from '../../../dist/nodes/delivery/sign.js';

/** @typedef {{ secret: string } | { user: string, password: string }} Verification HMAC, or HTTP Basic */
/** @typedef {{ headers?: Record<string, string | undefined>, signal?: AbortSignal }} Extras */

/** @param {string} type an event of JOFI */
export function sampleOf(type) {
	const event = events.events.find((each) => each.type === type);
	if (!event) throw new Error(`JOFI has no event ${type}`);
	return structuredClone(event.sample);
}

/**
 * HMAC and HTTP Basic are the two methods (documented, docs/webhooks). The format of the signature is unknown; GitHub's
 * stands in for it. That Basic is the standard header is inferred.
 *
 * @param {Verification} verification
 * @param {Buffer} body
 * @returns {Record<string, string>}
 */
function proofOf(verification, body) {
	if ('user' in verification) {
		const { user, password } = verification;
		return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
	}
	return sign.signDelivery({ body, timestamp: '', id: '' }, scheme.presets.github, [verification.secret]);
}

/**
 * Delivers as JOFI does: HTTP POST with a JSON event as body (documented, api/events).
 *
 * @param {string} url
 * @param {unknown} event text and bytes are sent as they are, anything else as JSON
 * @param {Verification & Extras} options a header that is `undefined` is not sent
 */
export async function deliver(url, event, { headers, signal, ...verification }) {
	const raw = typeof event === 'string' || Buffer.isBuffer(event);
	const body = Buffer.from(raw ? event : JSON.stringify(event));
	const all = Object.entries({ 'content-type': 'application/json', ...proofOf(verification, body), ...headers });
	const answer = await request(url, {
		method: 'POST',
		headers: all.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
		body,
		signal,
	});
	const text = await answer.body.text();
	return { status: answer.statusCode, text };
}
