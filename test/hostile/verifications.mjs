import { createHash } from 'node:crypto';
import {
	hasId,
	hasTimestamp,
	presets,
} from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';

/** @typedef {import('../../nodes/shared/webhook/verification/signatureScheme.js').SignatureScheme} Scheme */
/**
 * @typedef {object} Verification a way to verify deliveries, and the credential for it
 * @property {string} name
 * @property {Record<string, string>} credential
 * @property {Scheme} [scheme] of signatures
 */

/**
 * How a delivery claims to come from its sender; only `good` is the truth. `stale`: signed long ago,
 * or in the future. `tampered`: altered after it was signed. `elsewhere`: right in all but its
 * address.
 */
export const PROOFS = /** @type {const} */ ([
	'good',
	'missing',
	'wrong secret',
	'tampered',
	'stale',
	'elsewhere',
	'noise',
]);
/** @typedef {typeof PROOFS[number]} Proof */

const ALLOWED = '192.0.2.7';
const STRANGE = ['10.0.0.1', '192.0.3.7', '::ffff:192.0.1.7', '192.0.2.7.example', '', 'unknown'];
const USER = 'user-of-the-webhook';
/** Longer than any tolerance here. */
const STALE_SECONDS = 3_600;

/**
 * A secret that is a function of the seed, so that a run can be repeated.
 *
 * @param {number} seed
 * @param {string} name
 */
const secretOf = (seed, name) =>
	createHash('sha256').update(`${seed} ${name}`).digest('base64url').slice(0, 32);

const custom = {
	signatureHeader: 'X-Custom-Signature',
	algorithm: /** @type {const} */ ('sha512'),
	encoding: /** @type {const} */ ('base64url'),
	prefix: 'v9=',
	separator: /** @type {const} */ (' '),
	signed: '{method}|{id}|{timestamp}|{body}',
	timestampHeader: 'X-Custom-Time',
	idHeader: 'X-Custom-Id',
};

/**
 * All methods of the webhook credential, and all signature styles.
 *
 * @param {number} seed
 * @returns {Verification[]}
 */
export function verificationsOf(seed) {
	const signed = Object.keys(presets)
		.filter((preset) => preset !== 'custom')
		.map((preset) => {
			const secret = secretOf(seed, preset);
			const isEncoded = preset === 'standardWebhooks';
			return {
				name: preset,
				credential: {
					method: 'hmac',
					preset,
					secret: isEncoded ? `whsec_${Buffer.from(secret).toString('base64')}` : secret,
				},
				scheme: presets[/** @type {keyof typeof presets} */ (preset)],
			};
		});
	const secret = (/** @type {string} */ name) => secretOf(seed, name);
	return [
		...signed,
		{
			name: 'custom',
			credential: { method: 'hmac', preset: 'custom', secret: secret('custom'), ...custom },
			scheme: { ...presets.custom, ...custom },
		},
		{ name: 'basic', credential: { method: 'basic', user: USER, secret: secret('basic') } },
		{
			name: 'header',
			credential: { method: 'header', headerName: 'X-Webhook-Secret', secret: secret('header') },
		},
		{
			name: 'query',
			credential: { method: 'query', queryName: 'token', secret: secret('query') },
		},
		{ name: 'address', credential: { method: 'address', ipAllowlist: '192.0.2.0/28' } },
		{
			name: 'github from an address',
			credential: {
				...{ method: 'hmac', preset: 'github', secret: secret('github from an address') },
				ipAllowlist: `2001:db8::/32, ${ALLOWED}`,
			},
			scheme: presets.github,
		},
	];
}

/**
 * Whether the webhook credential of a trigger offers a way to verify deliveries.
 *
 * @param {import('./triggers.mjs').Trigger} trigger
 * @param {Verification} verification
 */
export const offers = ({ source }, { credential }) =>
	source.credential.methods.some((method) => method === credential.method);

/** Whether a repeat of a signed message is known for one, whatever its events are. */
export const identifiesMessages = (/** @type {Verification} */ { scheme }) =>
	scheme !== undefined && (hasTimestamp(scheme) || hasId(scheme));

/**
 * @typedef {object} Claimed what a delivery shows of its sender
 * @property {Record<string, string>} headers
 * @property {[string, string][]} query
 * @property {string} address
 * @property {boolean} isAuthenticated
 */
/**
 * @typedef {object} Content what a signature is made of
 * @property {Buffer} body
 * @property {string} url
 * @property {string} method
 * @property {string} id of the message
 * @property {number} now in seconds
 * @property {string} noise
 */

/**
 * What a delivery shows of its sender, true or not.
 *
 * @param {Verification} verification
 * @param {Proof} proof
 * @param {Content} content
 * @returns {Claimed}
 */
export function claim(verification, proof, content) {
	const { credential } = verification;
	const needsAddress = credential.ipAllowlist !== undefined;
	const isElsewhere = needsAddress && (proof === 'elsewhere' || credential.method === 'address');
	const isGood = proof === 'good';
	const strange = STRANGE[content.noise.length % STRANGE.length];
	const address = isElsewhere && !isGood ? strange : ALLOWED;
	// Where there is no address to be wrong, another secret is.
	const other = proof === 'elsewhere' ? (needsAddress ? 'good' : 'wrong secret') : proof;
	return {
		headers: {},
		query: [],
		...shown(verification, other, content),
		address,
		isAuthenticated: isGood,
	};
}

/**
 * @param {Verification} verification
 * @param {Proof} proof
 * @param {Content} content
 * @returns {{ headers?: Record<string, string>, query?: [string, string][] }}
 */
function shown({ credential, scheme }, proof, content) {
	const { method, secret, user, headerName, queryName } = credential;
	if (proof === 'missing' || method === 'address') return {};
	if (method === 'hmac' && scheme) return signature(scheme, secret, proof, content);
	const value = valueOf(secret, proof, content);
	if (method === 'basic') {
		const login = proof === 'noise' ? value : btoa(`${user}:${value}`);
		return { headers: { authorization: `Basic ${login}` } };
	}
	if (method === 'header') return { headers: { [headerName.toLowerCase()]: value } };
	return method === 'query' ? { query: [[queryName, value]] } : {};
}

/** @param {string} secret @param {Proof} proof @param {Content} content */
function valueOf(secret, proof, { noise }) {
	if (proof === 'good') return secret;
	if (proof === 'tampered') return secret.slice(0, -1);
	if (proof === 'stale') return secret.toUpperCase();
	return proof === 'noise' ? noise : `${secret}.`;
}

/**
 * @param {Scheme} scheme
 * @param {string} secret
 * @param {Proof} proof
 * @param {Content} content
 */
function signature(scheme, secret, proof, { body, url, method, id, now, noise }) {
	if (proof === 'noise') {
		const { signatureHeader, timestampHeader, idHeader, prefix, timestampPrefix } = scheme;
		const names = [timestampHeader, idHeader].filter((name) => name !== '');
		const elements = [timestampPrefix + noise, prefix + noise].join(scheme.separator);
		const all = [[signatureHeader, elements], ...names.map((name) => [name, noise])];
		return { headers: lower(Object.fromEntries(all)) };
	}
	const isOld = proof === 'stale' && hasTimestamp(scheme);
	const seconds = isOld ? now + (noise.length % 2 ? STALE_SECONDS : -STALE_SECONDS) : now;
	// HubSpot's are milliseconds.
	const timestamp = String(scheme === presets.hubspot ? seconds * 1000 : seconds);
	const sent = proof === 'tampered' ? Buffer.concat([body, Buffer.from(' ')]) : body;
	const isWrong = proof === 'wrong secret' || (proof === 'stale' && !isOld);
	const key = isWrong ? signedByOthers(scheme, secret) : secret;
	return {
		headers: lower(signDelivery({ body: sent, id, timestamp, method, url }, scheme, [key])),
	};
}

/** @param {Scheme} scheme @param {string} secret */
const signedByOthers = ({ keyEncoding }, secret) =>
	keyEncoding === 'utf8' ? `${secret}.` : `whsec_${Buffer.from(`${secret}.`).toString('base64')}`;

/** @param {Record<string, string>} headers */
const lower = (headers) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
