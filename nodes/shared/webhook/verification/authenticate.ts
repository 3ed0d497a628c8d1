import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { decodeHeader, decodeText } from '../../values/encoding';
import { limitsOf } from '../limits';
import { Rejection } from '../reject';
import { signedMessageOf } from '../replay';
import {
	headerOf,
	headersOf,
	ownValue,
	queryAsForm,
	readBody,
	readRequest,
	redactedForm,
	requestTarget,
	URLENCODED,
	type Caller,
	type DeliveryRequest,
} from '../request';
import type { RawDelivery } from '../source';
import { toUtf8 } from '../toUtf8';
import { missingSettings, noVerification, verificationConfig, type VerificationConfig } from './config';
import { allows } from './ipAllowlist';
import { hasUrl } from './signatureScheme';
import { readSignature, signatureProblem, timingSafeEqualText, verifySignature } from './verify';

/** Name of the credential type that holds a webhook's authentication. */
export const WEBHOOK_CREDENTIAL = 'talentEventsWebhookApi';

const unauthorized = (message: string): Rejection => new Rejection(401, message);

function checkBasic(request: Caller, { user, secrets }: VerificationConfig): void {
	const challenge = 'Basic realm="webhook", charset="UTF-8"';
	const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization')) ?? [];
	if (!encoded) throw new Rejection(401, 'User and password are missing.', challenge);
	const login = decodeText(Buffer.from(encoded, 'base64')).text;
	const isRight = secrets.some((secret) => timingSafeEqualText(login, `${user}:${secret}`));
	if (!isRight) throw new Rejection(401, 'User or password is wrong.', challenge);
}

function checkSecret(value: unknown, { secrets }: VerificationConfig): void {
	if (typeof value !== 'string' || value === '') throw unauthorized('The secret is missing.');
	const bare = value.replace(/^bearer +/i, '');
	const isRight = secrets.some((secret) => timingSafeEqualText(value, secret) || timingSafeEqualText(bare, secret));
	if (!isRight) throw unauthorized('The secret is wrong.');
}

/**
 * Checks everything that the request shows before its body is read. A method whose settings are incomplete rejects
 * everything.
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
	if (config.method === 'header') checkSecret(decodeHeader(headerOf(request, config.headerName)), config);
	if (config.method === 'query') checkSecret(ownValue(request.query, config.queryName), config);
	if (config.method === 'hmac') {
		// What the headers alone show of a signature, such as that it is missing or too old.
		const problem = signatureProblem(readSignature(headersOf(request), config.scheme), { ...config, now });
		if (problem !== undefined) throw unauthorized(problem);
	}
}

/**
 * Checks the signature, which needs the body's bytes.
 *
 * @param now in milliseconds since 1970
 * @throws Rejection
 */
export function checkBody(request: Caller, body: Buffer, config: VerificationConfig, now: number): void {
	if (config.method !== 'hmac') return;
	const problem = verifySignature(body, headersOf(request), { ...config, now, target: requestTarget(request) });
	if (problem !== undefined) throw unauthorized(problem);
}

async function configOf(context: IWebhookFunctions): Promise<VerificationConfig> {
	const authentication = context.getNodeParameter('authentication', 'credential');
	if (authentication === 'none') return noVerification;
	if (authentication === 'address') {
		return verificationConfig({ method: 'address', ipAllowlist: context.getNodeParameter('ipAllowlist', '') });
	}
	return verificationConfig(await context.getCredentials<IDataObject>(WEBHOOK_CREDENTIAL));
}

/** The request, with the trigger's own address if the sender signs it; it takes n8n a while to find that out. */
function requestOf(context: IWebhookFunctions, config: VerificationConfig): DeliveryRequest {
	const request = readRequest(context);
	if (config.method !== 'hmac' || !hasUrl(config.scheme)) return request;
	// In a test run the sender calls the test URL, which not every version of n8n gives.
	const webhookUrl = context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default');
	return { ...request, webhookUrl };
}

/**
 * The first step of receiving: verifies the sender, cheapest check first. Nothing is parsed before it is trusted.
 *
 * @throws Rejection
 */
export async function authenticate(context: IWebhookFunctions): Promise<RawDelivery> {
	const config = await configOf(context);
	const request = requestOf(context, config);
	checkCaller(request, config);
	const limits = limitsOf(context.getNodeParameter('settings', {}));
	const isQuery = request.method === 'GET';
	const sent = isQuery
		? queryAsForm(request, config.method === 'query' ? config.queryName : '')
		: await readBody(context, limits);
	checkBody(request, sent, config, Date.now());
	const message = signedMessageOf(request, sent, config);
	const contentType = isQuery ? URLENCODED : headerOf(request, 'content-type');
	const bytes = isQuery ? redactedForm(sent, config.queryName, config.secrets) : sent;
	return { contentType, ...toUtf8(bytes, contentType), limits, message, hints: [] };
}
