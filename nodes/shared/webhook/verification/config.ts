import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { nodeOf } from '../../events/recentKeys';
import { METHODS, type Method, type WebhookCredential } from './credential';
import { parseAllowlist, type Allowlist } from './ipAllowlist';
import { secretProblem } from './signingKey';
import {
	ALGORITHMS,
	ENCODINGS,
	hasBody,
	hasId,
	hasTimestamp,
	isTimestampElement,
	KEY_ENCODINGS,
	presets,
	type Preset,
	type SignatureScheme,
} from './signatureScheme';

/** A signature style of a webhook credential. */
export type Style = Preset | 'unknown';

/** How deliveries are authenticated, as the webhook credential or its absence says. */
export interface VerificationConfig {
	method: Method | 'none' | 'unknown';
	/** All accepted secrets; the first is the current one. */
	secrets: readonly string[];
	user: string;
	headerName: string;
	queryName: string;
	scheme: SignatureScheme;
	/** Whether anybody has said how deliveries are signed. */
	isStyleKnown: boolean;
	/** 0 accepts any age. */
	toleranceSeconds: number;
	/** `undefined` if none is set. */
	allowlist: Allowlist | undefined;
}

/** For a trigger without authentication. */
export const noVerification: VerificationConfig = {
	method: 'none',
	secrets: [],
	user: '',
	headerName: '',
	queryName: '',
	scheme: presets.custom,
	isStyleKnown: true,
	toleranceSeconds: 0,
	allowlist: undefined,
};

/** In seconds, the same as Stripe and Standard Webhooks. */
export const DEFAULT_TOLERANCE = 300;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * Secrets are not trimmed, as spaces may be part of them. Each line of the previous secrets is one.
 */
function secretsOf({ secret, previousSecrets }: IDataObject): string[] {
	const previous = typeof previousSecrets === 'string' ? previousSecrets.split(/[\r\n]+/) : [];
	return [typeof secret === 'string' ? secret : '', ...previous].filter(
		(each) => each.trim() !== '',
	);
}

function schemeOf(credential: IDataObject): SignatureScheme {
	const preset = text(credential.preset) as Style;
	if (preset === 'unknown') return presets.custom;
	if (preset !== 'custom' && Object.hasOwn(presets, preset)) return presets[preset];
	const fields = Object.keys(presets.custom).map((field) => [field, credential[field]]);
	const filled = fields.filter(([, value]) => typeof value === 'string');
	return { ...presets.custom, ...(Object.fromEntries(filled) as Partial<SignatureScheme>) };
}

/**
 * Reads the fields of the webhook credential, or of a trigger that has the same; missing ones get
 * their defaults.
 */
export function verificationConfig(credential: IDataObject): VerificationConfig {
	const tolerance = parseFloat(String(credential.toleranceSeconds));
	const ipAllowlist = text(credential.ipAllowlist);
	const named = text(credential.method) || 'notAgreed';
	return {
		method: METHODS.find((method) => method === named) ?? 'unknown',
		secrets: secretsOf(credential),
		user: text(credential.user),
		headerName: text(credential.headerName),
		queryName: text(credential.queryName),
		scheme: schemeOf(credential),
		isStyleKnown: text(credential.preset) !== 'unknown',
		toleranceSeconds: tolerance >= 0 ? tolerance : DEFAULT_TOLERANCE,
		allowlist: ipAllowlist === '' ? undefined : parseAllowlist(ipAllowlist),
	};
}

/**
 * How a trigger's parameters and credential say that its deliveries are verified. Without a
 * credential, it is not agreed yet.
 */
export async function readConfig(
	context: IHookFunctions | IWebhookFunctions,
	{ name }: WebhookCredential,
): Promise<VerificationConfig> {
	const authentication = context.getNodeParameter('authentication', 'credential');
	if (authentication === 'none') return noVerification;
	if (authentication === 'address') {
		return verificationConfig({
			method: 'address',
			ipAllowlist: context.getNodeParameter('ipAllowlist', ''),
		});
	}
	// An imported workflow may name a credential that this n8n does not have.
	if (!nodeOf(context).credentials?.[name]?.id) return verificationConfig({});
	return verificationConfig(await context.getCredentials<IDataObject>(name));
}

/** Whether something is wrong, and the sentence that says so. */
export type Check = readonly [isWrong: boolean, sentence: string];

/** The sentences of the checks that found something wrong. */
export const problemsIn = (checks: readonly Check[]): string[] =>
	checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);

/** What stays as it is where somebody adds it to a URL by hand. */
const isForUrl = (secret: string): boolean => /^[A-Za-z0-9_-]+$/.test(secret);

function signatureChecks({ scheme, secrets, isStyleKnown }: VerificationConfig): Check[] {
	if (!isStyleKnown) return [[true, 'It is not known yet how deliveries are signed.']];
	const { timestampHeader, timestampPrefix } = scheme;
	const isInElements = timestampPrefix !== '' || isTimestampElement(scheme);
	const hasKeyEncoding = KEY_ENCODINGS.includes(scheme.keyEncoding);
	const problem = hasKeyEncoding
		? secrets.map((secret) => secretProblem(secret, scheme)).find(Boolean)
		: undefined;
	return [
		[scheme.signatureHeader === '', 'The signature header is missing.'],
		[!ALGORITHMS.includes(scheme.algorithm), 'The algorithm is unknown.'],
		[!ENCODINGS.includes(scheme.encoding), 'The encoding is unknown.'],
		[!hasKeyEncoding, 'The key encoding is unknown.'],
		[problem !== undefined, `${problem} Paste it as the sender shows it.`],
		[!hasBody(scheme), 'The signed content must contain {body} or {sortedForm}.'],
		[
			hasId(scheme) && scheme.idHeader === '',
			'The signed content contains {id}, but the ID header is missing.',
		],
		[
			hasTimestamp(scheme) && timestampHeader === '' && timestampPrefix === '',
			'The signed content contains {timestamp}, but the timestamp header is missing.',
		],
		[
			isInElements && scheme.separator === '',
			'With a timestamp in it, the signature header has several elements: choose the signature separator.',
		],
	];
}

/** What a method cannot work without, as sentences for the person who fills in the credential. */
export function missingSettings(config: VerificationConfig): string[] {
	const { method, secrets, allowlist } = config;
	const needsSecret = ['hmac', 'basic', 'header', 'query'].includes(method);
	return problemsIn([
		[
			needsSecret && secrets.length === 0,
			`The ${method === 'basic' ? 'password' : 'secret'} is missing.`,
		],
		[method === 'basic' && config.user === '', 'The user is missing.'],
		[method === 'header' && config.headerName === '', 'The header name is missing.'],
		[method === 'query' && config.queryName === '', 'The URL parameter is missing.'],
		[
			method === 'query' && !secrets.every(isForUrl),
			'A secret in the URL may contain only letters, digits, - and _.',
		],
		[method === 'address' && !allowlist, 'The IP allowlist is missing.'],
		[method === 'notAgreed', 'It is not agreed yet how deliveries prove who sent them.'],
		[method === 'unknown', 'The method is unknown.'],
		...(method === 'hmac' ? signatureChecks(config) : []),
		[allowlist?.ranges.length === 0, 'The IP allowlist has no valid entry.'],
	]);
}
