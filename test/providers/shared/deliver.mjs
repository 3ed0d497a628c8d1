import { request } from 'undici';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';

/**
 * HMAC in the format of GitHub, HTTP Basic, a header of its own, or nothing.
 *
 * @typedef {{ secret: string } | { user: string, password: string } | { header: string, value: string } | {}} Verification
 */
/** @typedef {{ headers?: Record<string, string | undefined>, signal?: AbortSignal }} Extras */

/**
 * @param {Verification} verification
 * @param {Buffer} body
 * @returns {Record<string, string>}
 */
function proofOf(verification, body) {
	if ('user' in verification) {
		const { user, password } = verification;
		return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
	}
	if ('header' in verification) return { [verification.header]: verification.value };
	if (!('secret' in verification)) return {};
	return signDelivery({ body, timestamp: '', id: '' }, presets.github, [verification.secret]);
}

/**
 * HTTP POST with a JSON event as body.
 *
 * @param {string} url
 * @param {unknown} event text and bytes are sent as they are, anything else as JSON
 * @param {Verification & Extras} options a header that is `undefined` is not sent
 */
export async function deliver(url, event, { headers, signal, ...verification }) {
	const raw = typeof event === 'string' || Buffer.isBuffer(event);
	const body = Buffer.from(raw ? event : JSON.stringify(event));
	const all = Object.entries({
		'content-type': 'application/json',
		...proofOf(verification, body),
		...headers,
	});
	const answer = await request(url, {
		method: 'POST',
		headers: all.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
		body,
		signal,
	});
	const text = await answer.body.text();
	return { status: answer.statusCode, text };
}
