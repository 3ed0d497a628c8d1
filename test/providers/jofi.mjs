import { request } from 'undici';
import events from '../../dist/nodes/Jofi/events.js';
import scheme from '../../dist/nodes/delivery/scheme.js';
import sign from '../../dist/nodes/delivery/sign.js';

/** @param {string} type an event of JOFI */
export function sampleOf(type) {
	const event = events.events.find((each) => each.type === type);
	if (!event) throw new Error(`JOFI has no event ${type}`);
	return structuredClone(event.sample);
}

/**
 * Delivers as JOFI does: HTTP POST with a JSON event as body (documented, api/events), signed with HMAC (documented,
 * docs/webhooks). The format of the signature is not documented; GitHub's stands in for it.
 *
 * @param {string} url
 * @param {unknown} event text and bytes are sent as they are, anything else as JSON
 * @param {{ secret: string, headers?: Record<string, string | undefined>, signal?: AbortSignal }} options a header
 *   that is `undefined` is not sent
 */
export async function deliver(url, event, { secret, headers, signal }) {
	const raw = typeof event === 'string' || Buffer.isBuffer(event);
	const body = Buffer.from(raw ? event : JSON.stringify(event));
	const signature = sign.signDelivery({ body, timestamp: '', id: '' }, scheme.presets.github, [secret]);
	const all = Object.entries({ 'content-type': 'application/json', ...signature, ...headers });
	const answer = await request(url, {
		method: 'POST',
		headers: all.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
		body,
		signal,
	});
	const text = await answer.body.text();
	return { status: answer.statusCode, text };
}
