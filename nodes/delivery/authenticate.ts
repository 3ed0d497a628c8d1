import type { IDataObject } from 'n8n-workflow';

import { allows, parseAllowlist, type Allowlist } from './allow';
import type { DeliveryRequest } from './read';
import type { Refusal } from './refuse';
import {
	ALGORITHMS,
	ENCODINGS,
	hasTimestamp,
	KEY_ENCODINGS,
	presets,
	type Preset,
	type SignatureScheme,
} from './scheme';
import { keyOf } from './sign';
import { equalText, verifySignature } from './verify';

/** What a webhook credential can hold. */
const METHODS = ['hmac', 'basic', 'header', 'query', 'address'] as const;

/** How a delivery proves where it comes from, as the webhook credential or its absence says. */
export interface AuthenticationRules {
	method: (typeof METHODS)[number] | 'none' | 'unknown';
	/** Every secret that is accepted; the first is the current one. */
	secrets: readonly string[];
	user: string;
	headerName: string;
	queryName: string;
	scheme: SignatureScheme;
	/** Seconds; 0 accepts any age. */
	toleranceSeconds: number;
	/** `undefined` when no address list is set. */
	allowlist: Allowlist | undefined;
}

/** Rules of a trigger whose user chose to verify nothing. */
export const noAuthentication: AuthenticationRules = {
	method: 'none',
	secrets: [],
	user: '',
	headerName: '',
	queryName: '',
	scheme: presets.custom,
	toleranceSeconds: 0,
	allowlist: undefined,
};

/** Seconds, as Stripe and Standard Webhooks have it. */
const DEFAULT_TOLERANCE = 300;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A secret may begin or end with a blank, so it is not trimmed; further secrets are separated by blanks. */
function secretsOf(credential: IDataObject): string[] {
	const current = typeof credential.secret === 'string' ? credential.secret : '';
	return [current, ...text(credential.furtherSecrets).split(/\s+/)].filter((each) => each.trim() !== '');
}

function schemeOf(credential: IDataObject): SignatureScheme {
	const preset = text(credential.preset) as Preset;
	if (preset !== 'custom' && Object.hasOwn(presets, preset)) return presets[preset];
	const own = Object.keys(presets.custom).map((field) => [field, credential[field]]);
	const given = own.filter(([, value]) => typeof value === 'string');
	return { ...presets.custom, ...(Object.fromEntries(given) as Partial<SignatureScheme>) };
}

/** Reads the rules from the fields of the webhook credential; unset fields take the presets' values. */
export function rulesOf(credential: IDataObject): AuthenticationRules {
	const tolerance = parseFloat(String(credential.toleranceSeconds));
	const allowed = text(credential.allowedAddresses);
	return {
		method: METHODS.find((method) => method === (text(credential.method) || 'hmac')) ?? 'unknown',
		secrets: secretsOf(credential),
		user: text(credential.user),
		headerName: text(credential.headerName),
		queryName: text(credential.queryName),
		scheme: schemeOf(credential),
		toleranceSeconds: tolerance >= 0 ? tolerance : DEFAULT_TOLERANCE,
		allowlist: allowed === '' ? undefined : parseAllowlist(allowed),
	};
}

/** What a signature cannot be checked without. */
function missingFromSignature({ scheme, secrets }: AuthenticationRules): string[] {
	const { signed, timestampHeader, timestampPrefix } = scheme;
	const untimed = timestampHeader === '' && timestampPrefix === '';
	const knownKey = KEY_ENCODINGS.includes(scheme.keyEncoding);
	const checks: [boolean, string][] = [
		[scheme.signatureHeader === '', 'The signature header is missing.'],
		[!ALGORITHMS.includes(scheme.algorithm), 'The algorithm is unknown.'],
		[!ENCODINGS.includes(scheme.encoding), 'The encoding is unknown.'],
		[!knownKey, 'The key encoding is unknown.'],
		[
			knownKey && secrets.some((secret) => keyOf(secret, scheme).length === 0),
			`A secret is not ${scheme.keyEncoding}: paste it as the sender shows it.`,
		],
		[!signed.includes('{body}'), 'The signed content must contain {body}.'],
		[
			signed.includes('{id}') && scheme.idHeader === '',
			'The signed content contains {id}, but the ID header is missing.',
		],
		[
			hasTimestamp(scheme) && untimed,
			'The signed content contains {timestamp}, but the timestamp header is missing.',
		],
		[
			timestampPrefix !== '' && scheme.separator === '',
			'With a timestamp prefix the signature header has several elements: choose what separates them.',
		],
	];
	return checks.filter(([isMissing]) => isMissing).map(([, sentence]) => sentence);
}

/** What a method cannot work without, as sentences for the person who fills in the credential. */
export function missingFrom(rules: AuthenticationRules): string[] {
	const { method, secrets, allowlist } = rules;
	const missing: string[] = [];
	if (['hmac', 'basic', 'header', 'query'].includes(method) && secrets.length === 0) {
		missing.push(method === 'basic' ? 'The password is missing.' : 'The secret is missing.');
	}
	if (method === 'basic' && rules.user === '') missing.push('The user is missing.');
	if (method === 'header' && rules.headerName === '') missing.push('The header name is missing.');
	if (method === 'query' && rules.queryName === '') missing.push('The query parameter is missing.');
	if (method === 'address' && !allowlist) missing.push('The allowed source addresses are missing.');
	if (method === 'unknown') missing.push('The method is unknown.');
	if (method === 'hmac') missing.push(...missingFromSignature(rules));
	if (allowlist && allowlist.ranges.length === 0) {
		missing.push('None of the allowed source addresses can be read.');
	}
	return missing;
}
/** The header's value; an empty text when it is absent. */
export function headerOf({ headers }: Pick<DeliveryRequest, 'headers'>, name: string): string {
	const value = headers[name.trim().toLowerCase()];
	return (Array.isArray(value) ? value.join(', ') : value) ?? '';
}

const unauthorized = (sentence: string): Refusal => ({ status: 401, sentence });

function refuseBasic(request: DeliveryRequest, rules: AuthenticationRules): Refusal | undefined {
	const challenge = 'Basic realm="webhook", charset="UTF-8"';
	const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization')) ?? [];
	if (!encoded) return { status: 401, sentence: 'User and password are missing.', challenge };
	const given = Buffer.from(encoded, 'base64').toString();
	const known = rules.secrets.some((secret) => equalText(given, `${rules.user}:${secret}`));
	return known ? undefined : { status: 401, sentence: 'User or password is wrong.', challenge };
}

function refuseSecret(given: unknown, rules: AuthenticationRules): Refusal | undefined {
	if (typeof given !== 'string' || given === '') return unauthorized('The secret is missing.');
	const bare = given.replace(/^bearer +/i, '');
	const known = rules.secrets.some((secret) => equalText(given, secret) || equalText(bare, secret));
	return known ? undefined : unauthorized('The secret is wrong.');
}

/**
 * Checks all that the request shows before its body is read.
 * A method that is chosen but incomplete refuses everything.
 */
export function refuseCaller(
	request: DeliveryRequest,
	rules: AuthenticationRules,
): Refusal | undefined {
	if (missingFrom(rules).length > 0) {
		return unauthorized('This webhook is not set up to verify deliveries, so it accepts none.');
	}
	if (rules.allowlist && !allows(rules.allowlist, request.address)) {
		return { status: 403, sentence: 'The source address is not allowed.' };
	}
	switch (rules.method) {
		case 'basic':
			return refuseBasic(request, rules);
		case 'header':
			return refuseSecret(headerOf(request, rules.headerName), rules);
		case 'query':
			return refuseSecret(request.query[rules.queryName], rules);
		default:
			return undefined;
	}
}

/** Checks the signature, which needs the body's bytes. `now` is in milliseconds since the epoch. */
export function refuseBody(
	request: DeliveryRequest,
	body: Buffer,
	rules: AuthenticationRules,
	now: number,
): Refusal | undefined {
	if (rules.method !== 'hmac') return undefined;
	const sentence = verifySignature(body, (name) => headerOf(request, name), { ...rules, now });
	return sentence === undefined ? undefined : unauthorized(sentence);
}
