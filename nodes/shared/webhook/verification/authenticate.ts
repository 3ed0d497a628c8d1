import { allows } from './ipAllowlist';
import { decodeHeader, decodeText } from '../../values/encoding';
import { requestTarget, type Caller } from '../request';
import type { Rejection } from '../reject';
import { missingSettings, type VerificationConfig } from './config';
import { timingSafeEqualText, signatureProblem, readSignature, verifySignature, type Verification } from './verify';

/** The value that the sender set, and none that every object inherits, such as `constructor`. */
const ownValue = <T>(values: Record<string, T>, name: string): T | undefined =>
	Object.hasOwn(values, name) ? values[name] : undefined;

/** The header's value; an empty string if it is absent. */
export function headerOf({ headers }: Pick<Caller, 'headers'>, name: string): string {
	const value = ownValue(headers, name.trim().toLowerCase());
	return (Array.isArray(value) ? value.join(', ') : value) ?? '';
}

/** Reads the headers of a request by name. */
export const headersOf = (request: Caller) => (name: string): string => headerOf(request, name);

const unauthorized = (sentence: string): Rejection => ({ status: 401, sentence });

function checkBasicAuth(request: Caller, rules: VerificationConfig): Rejection | undefined {
	const challenge = 'Basic realm="webhook", charset="UTF-8"';
	const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization')) ?? [];
	if (!encoded) return { status: 401, sentence: 'User and password are missing.', challenge };
	const pair = decodeText(Buffer.from(encoded, 'base64')).text;
	const isValid = rules.secrets.some((secret) => timingSafeEqualText(pair, `${rules.user}:${secret}`));
	return isValid ? undefined : { status: 401, sentence: 'User or password is wrong.', challenge };
}

function checkSecret(value: unknown, rules: VerificationConfig): Rejection | undefined {
	if (typeof value !== 'string' || value === '') return unauthorized('The secret is missing.');
	const token = value.replace(/^bearer +/i, '');
	const isValid = rules.secrets.some((secret) => timingSafeEqualText(value, secret) || timingSafeEqualText(token, secret));
	return isValid ? undefined : unauthorized('The secret is wrong.');
}

/** Checks what the headers alone show of a signature, e.g. that it is missing or too old. */
function checkSignatureHeaders(request: Caller, rules: VerificationConfig, now: number): Rejection | undefined {
	const sentence = signatureProblem(readSignature(headersOf(request), rules.scheme), { ...rules, now });
	return sentence === undefined ? undefined : unauthorized(sentence);
}

/**
 * Checks everything that the request shows before its body is read. A method that is incomplete rejects every request.
 * `now` is in milliseconds since the epoch.
 */
export function checkCaller(
	request: Caller,
	rules: VerificationConfig,
	now = Date.now(),
): Rejection | undefined {
	if (missingSettings(rules).length > 0) {
		return unauthorized('This webhook is not set up to verify deliveries, so it accepts none.');
	}
	if (rules.allowlist && !allows(rules.allowlist, request.address)) {
		return { status: 403, sentence: 'The source address is not on the IP allowlist.' };
	}
	switch (rules.method) {
		case 'basic':
			return checkBasicAuth(request, rules);
		case 'header':
			return checkSecret(decodeHeader(headerOf(request, rules.headerName)), rules);
		case 'query':
			return checkSecret(ownValue(request.query, rules.queryName), rules);
		case 'hmac':
			return checkSignatureHeaders(request, rules, now);
		default:
			return undefined;
	}
}

/** Checks the signature, which needs the body's bytes. `now` is in milliseconds since the epoch. */
export function checkBody(
	request: Caller,
	body: Buffer,
	rules: VerificationConfig,
	now: number,
): Rejection | undefined {
	if (rules.method !== 'hmac') return undefined;
	const verification: Verification = { ...rules, now, target: requestTarget(request) };
	const sentence = verifySignature(body, headersOf(request), verification);
	return sentence === undefined ? undefined : unauthorized(sentence);
}
