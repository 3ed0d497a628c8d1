import type { IDataObject } from 'n8n-workflow';

import { parseAllowlist, type Allowlist } from './ipAllowlist';
import { secretProblem } from './signingKey';
import {
	ALGORITHMS,
	ENCODINGS,
	hasId,
	hasTimestamp,
	KEY_ENCODINGS,
	presets,
	type Preset,
	type SignatureScheme,
} from './signatureScheme';

/** What a webhook credential can hold. */
const METHODS = ['hmac', 'basic', 'header', 'query', 'address'] as const;

/** How a delivery proves where it comes from, as the webhook credential or its absence says. */
export interface VerificationConfig {
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
export const noVerification: VerificationConfig = {
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
export const DEFAULT_TOLERANCE = 300;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A secret may hold blanks, also at its ends, so it is not trimmed; each line of the further secrets is one. */
function secretsOf({ secret, previousSecrets }: IDataObject): string[] {
	const further = typeof previousSecrets === 'string' ? previousSecrets.split(/[\r\n]+/) : [];
	return [typeof secret === 'string' ? secret : '', ...further].filter((each) => each.trim() !== '');
}

function schemeOf(credential: IDataObject): SignatureScheme {
	const preset = text(credential.preset) as Preset;
	if (preset !== 'custom' && Object.hasOwn(presets, preset)) return presets[preset];
	const own = Object.keys(presets.custom).map((field) => [field, credential[field]]);
	const given = own.filter(([, value]) => typeof value === 'string');
	return { ...presets.custom, ...(Object.fromEntries(given) as Partial<SignatureScheme>) };
}

/** Reads the rules from the fields of the webhook credential; unset fields take the presets' values. */
export function verificationConfig(credential: IDataObject): VerificationConfig {
	const tolerance = parseFloat(String(credential.toleranceSeconds));
	const allowed = text(credential.ipAllowlist);
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
function missingFromSignature({ scheme, secrets }: VerificationConfig): string[] {
	const { signed, timestampHeader, timestampPrefix } = scheme;
	const untimed = timestampHeader === '' && timestampPrefix === '';
	const knownKey = KEY_ENCODINGS.includes(scheme.keyEncoding);
	const problem = knownKey ? secrets.map((secret) => secretProblem(secret, scheme)).find(Boolean) : undefined;
	const checks: [boolean, string][] = [
		[scheme.signatureHeader === '', 'The signature header is missing.'],
		[!ALGORITHMS.includes(scheme.algorithm), 'The algorithm is unknown.'],
		[!ENCODINGS.includes(scheme.encoding), 'The encoding is unknown.'],
		[!knownKey, 'The key encoding is unknown.'],
		[problem !== undefined, `${problem} Paste it as the sender shows it.`],
		[!signed.includes('{body}'), 'The signed content must contain {body}.'],
		[
			hasId(scheme) && scheme.idHeader === '',
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
export function missingSettings(rules: VerificationConfig): string[] {
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
