import { allows } from './ipAllowlist';
import { decodeHeader, decodeText } from '../../values/encoding';
import { requestTarget, type Caller } from '../request';
import type { Rejection } from '../reject';
import { missingSettings, type VerificationConfig } from './config';
import { timingSafeEqualText, signatureProblem, readSignature, verifySignature, type Verification } from './verify';

/** What was sent under a name, and not what every object has under it, such as `constructor`. */
const sent = <T>(values: Record<string, T>, name: string): T | undefined =>
	Object.hasOwn(values, name) ? values[name] : undefined;

/** The header's value; an empty text when it is absent. */
export function headerOf({ headers }: Pick<Caller, 'headers'>, name: string): string {
	const value = sent(headers, name.trim().toLowerCase());
	return (Array.isArray(value) ? value.join(', ') : value) ?? '';
}

/** Reads the headers of a request by their names. */
export const headersOf = (request: Caller) => (name: string): string => headerOf(request, name);

const unauthorized = (sentence: string): Rejection => ({ status: 401, sentence });

function refuseBasic(request: Caller, rules: VerificationConfig): Rejection | undefined {
	const challenge = 'Basic realm="webhook", charset="UTF-8"';
	const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization')) ?? [];
	if (!encoded) return { status: 401, sentence: 'User and password are missing.', challenge };
	const given = decodeText(Buffer.from(encoded, 'base64')).text;
	const known = rules.secrets.some((secret) => timingSafeEqualText(given, `${rules.user}:${secret}`));
	return known ? undefined : { status: 401, sentence: 'User or password is wrong.', challenge };
}

function refuseSecret(given: unknown, rules: VerificationConfig): Rejection | undefined {
	if (typeof given !== 'string' || given === '') return unauthorized('The secret is missing.');
	const bare = given.replace(/^bearer +/i, '');
	const known = rules.secrets.some((secret) => timingSafeEqualText(given, secret) || timingSafeEqualText(bare, secret));
	return known ? undefined : unauthorized('The secret is wrong.');
}

/** What the headers alone show of a signature: that it is missing, say, or too old. */
function refuseSignature(request: Caller, rules: VerificationConfig, now: number): Rejection | undefined {
	const sentence = signatureProblem(readSignature(headersOf(request), rules.scheme), { ...rules, now });
	return sentence === undefined ? undefined : unauthorized(sentence);
}

/**
 * Checks all that the request shows before its body is read.
 * A method that is chosen but incomplete refuses everything. `now` is in milliseconds since the epoch.
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
		return { status: 403, sentence: 'The source address is not allowed.' };
	}
	switch (rules.method) {
		case 'basic':
			return refuseBasic(request, rules);
		case 'header':
			return refuseSecret(decodeHeader(headerOf(request, rules.headerName)), rules);
		case 'query':
			return refuseSecret(sent(request.query, rules.queryName), rules);
		case 'hmac':
			return refuseSignature(request, rules, now);
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
