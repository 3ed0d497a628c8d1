import castArray from 'lodash/castArray';
import type { IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../values/json';
import { redactQuery } from '../values/redact';
import { readBytes } from './bodyBytes';
import { DEFAULT_LIMITS, type Limits } from './limits';
import { Rejection } from './reject';

/** The media type of a GET request's query. */
export const URLENCODED = 'application/x-www-form-urlencoded';

/** What a request shows of its sender before the body is read. */
export interface Caller {
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** The caller's address as n8n sees it; behind a proxy `N8N_PROXY_HOPS` decides which that is. */
	address: string;
	method?: string;
	/** From the path on, with the query. */
	url?: string;
	/** The trigger's own address as its sender knows it; set only if the sender signs it. */
	webhookUrl?: string;
}

/** What the pipeline reads of an HTTP request. */
export interface DeliveryRequest extends Caller {
	method: string;
	url: string;
}

/**
 * The caller's own value under a name, and not what every object inherits under it, such as
 * `constructor`.
 */
export const ownValue = <T>(values: Record<string, T>, name: string): T | undefined =>
	Object.hasOwn(values, name) ? values[name] : undefined;

/** The header's value; an empty text when it is absent. */
export function headerOf({ headers }: Pick<Caller, 'headers'>, name: string): string {
	const value = ownValue(headers, name.trim().toLowerCase());
	return (Array.isArray(value) ? value.join(', ') : value) ?? '';
}

/** Reads the headers of a request by their names. */
export const headersOf =
	(request: Caller) =>
	(name: string): string =>
		headerOf(request, name);

/**
 * Everything in the request that precedes its body.
 *
 * @param needsUrl whether to find out the trigger's own address, which takes n8n a while
 */
export function readRequest(context: IWebhookFunctions, needsUrl = false): DeliveryRequest {
	const request = context.getRequestObject();
	return {
		method: request.method,
		url: request.url,
		headers: request.headers,
		query: request.query as Record<string, unknown>,
		address: request.ip ?? '',
		// In a test run the sender calls the test URL, which not every version of n8n gives.
		...(needsUrl && {
			webhookUrl:
				context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default'),
		}),
	};
}

/** A body, and its media type. */
export interface Content {
	contentType: string;
	body: Buffer;
}

/**
 * The text fields of a multipart form as those of a urlencoded one; `undefined` for any other body.
 * n8n has read its parts, keeps no bytes of it, and has the files on disk (2.41.1).
 */
function partsAsForm({ headers, body }: { headers: Caller['headers']; body?: unknown }) {
	const isInParts = /^\s*multipart\/form-data\b/i.test(headerOf({ headers }, 'content-type'));
	const parts = isInParts && isObject(body) ? body.data : undefined;
	if (!isObject(parts)) return undefined;
	const fields = Object.entries(parts).flatMap(([name, values]) =>
		castArray(values).map((value): [string, string] => [name, String(value)]),
	);
	return Buffer.from(new URLSearchParams(fields).toString());
}

/**
 * The body's bytes as they were sent, with gzip and deflate undone; of a multipart form its text
 * fields, urlencoded.
 *
 * @throws Rejection when there are too many or they cannot be read
 */
export async function readBody(
	context: IWebhookFunctions,
	{ bytes }: Limits = DEFAULT_LIMITS,
): Promise<Content> {
	const request = context.getRequestObject();
	const form = partsAsForm(request);
	const body = form ?? (await readBytes(request, bytes).catch((error: Error) => ({ error })));
	if (body && 'error' in body) {
		context.logger.debug(`Body of a delivery could not be read: ${body.error.message}`);
		throw new Rejection(400, 'The body could not be read.');
	}
	if (!body || body.length > bytes)
		throw new Rejection(413, `The body is larger than ${Math.floor(bytes / 1024)} kB.`);
	return { body, contentType: form ? URLENCODED : headerOf(request, 'content-type') };
}

/** The query as it was sent: nothing in it is decoded and encoded again. */
const queryOf = (url: string): string => /\?([^#]*)/.exec(url)?.[1] ?? '';

/** What a sender may sign of the request line: the method, and the address that it called. */
export function requestTarget({ method, url = '', webhookUrl }: Caller): {
	method?: string;
	url?: string;
} {
	const query = queryOf(url);
	return { method, url: webhookUrl && (query === '' ? webhookUrl : `${webhookUrl}?${query}`) };
}

const nameOf = (field: string): string => [...new URLSearchParams(field).keys()][0];

/**
 * The query of a GET request as the body of a form: byte for byte, because a sender may have signed
 * it, without the parameter that holds the secret.
 */
export function queryAsForm({ url }: DeliveryRequest, secretName: string): Content {
	const fields = queryOf(url).split('&');
	const sent = fields.filter((field) => secretName === '' || nameOf(field) !== secretName);
	return { body: Buffer.from(sent.join('&')), contentType: URLENCODED };
}

/** The same once it is verified, without any parameter that holds a secret. */
export function redactedForm(
	body: Buffer,
	secretName: string,
	secrets: readonly string[] = [],
): Buffer {
	return Buffer.from(redactQuery(body.toString('latin1'), secretName, secrets), 'latin1');
}
