import { decodeHeader, decodeText } from '../../values/encoding';
import { Rejection } from '../reject';
import { headerOf, headersOf, ownValue, requestTarget, type Caller } from '../request';
import { missingSettings, type VerificationConfig } from './config';
import { allows } from './ipAllowlist';
import { readSignature, signatureProblem, timingSafeEqualText, verifySignature } from './verify';

const unauthorized = (message: string): Rejection => new Rejection(401, message);

function checkBasic(request: Caller, { user, secrets }: VerificationConfig): void {
	const challenge = { 'WWW-Authenticate': 'Basic realm="webhook", charset="UTF-8"' };
	const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization')) ?? [];
	if (!encoded) throw new Rejection(401, 'User and password are missing.', challenge);
	const login = decodeText(Buffer.from(encoded, 'base64')).text;
	const isRight = secrets.some((secret) => timingSafeEqualText(login, `${user}:${secret}`));
	if (!isRight) throw new Rejection(401, 'User or password is wrong.', challenge);
}

function checkSecret(value: unknown, { secrets }: VerificationConfig): void {
	if (typeof value !== 'string' || value === '') throw unauthorized('The secret is missing.');
	const bare = value.replace(/^bearer +/i, '');
	const isRight = secrets.some(
		(secret) => timingSafeEqualText(value, secret) || timingSafeEqualText(bare, secret),
	);
	if (!isRight) throw unauthorized('The secret is wrong.');
}

/**
 * Checks everything that the request shows before its body is read. A method whose settings are
 * incomplete rejects everything.
 *
 * @param now in milliseconds since 1970
 * @throws Rejection
 */
export function checkCaller(request: Caller, config: VerificationConfig, now = Date.now()): void {
	if (missingSettings(config).length > 0) {
		throw unauthorized('This webhook is not set up to verify deliveries, so it accepts none.');
	}
	if (config.allowlist && !allows(config.allowlist, request.address)) {
		throw new Rejection(403, 'The source address is not on the IP allowlist.');
	}
	if (config.method === 'basic') checkBasic(request, config);
	if (config.method === 'header')
		checkSecret(decodeHeader(headerOf(request, config.headerName)), config);
	if (config.method === 'query') checkSecret(ownValue(request.query, config.queryName), config);
	if (config.method === 'hmac') {
		// What the headers alone show of a signature, such as that it is missing or too old.
		const problem = signatureProblem(readSignature(headersOf(request), config.scheme), {
			...config,
			now,
		});
		if (problem !== undefined) throw unauthorized(problem);
	}
}

/**
 * Checks the signature, which needs the body's bytes.
 *
 * @param now in milliseconds since 1970
 * @throws Rejection
 */
export function checkBody(
	request: Caller,
	body: Buffer,
	config: VerificationConfig,
	now: number,
): void {
	if (config.method !== 'hmac') return;
	const problem = verifySignature(body, headersOf(request), {
		...config,
		now,
		target: requestTarget(request),
	});
	if (problem !== undefined) throw unauthorized(problem);
}
