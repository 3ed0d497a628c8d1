import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { newEvent } from '../e2e/jofi.mjs';

/** @typedef {ReturnType<typeof signer>} Signer */

/**
 * A JOFI that signs its deliveries as GitHub does, and one that does not know the secret.
 *
 * @param {{ path: string, secret: string }} trigger
 */
export function signer({ path, secret }) {
	/** @param {string} key */
	const signedWith = (key) => () => {
		const body = Buffer.from(JSON.stringify(newEvent()));
		const signature = signDelivery({ body, id: '', timestamp: '' }, presets.github, [key]);
		const headers = { 'content-type': 'application/json', ...signature };
		return { method: /** @type {const} */ ('POST'), path, headers, body };
	};
	return { good: signedWith(secret), bad: signedWith(`${secret}.`) };
}
