import type { IWebhookFunctions } from 'n8n-workflow';
import sum from 'lodash/sum';

import { readBytes } from './bodyBytes';
import type { Payload } from '../events/types';
import { countValues, isDeeperThan, isObject, MAX_DEPTH } from '../values/json';
import { relaxedJson } from './lenientJson';
import { isLikeJson, objectOfFields } from './parseForm';
import { DEFAULT_LIMITS, type Limits } from './limits';
import { redactQuery } from '../values/redact';
import type { Rejection } from './reject';

/** What a request shows of who sends it. */
export interface Caller {
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** The caller's address as n8n knows it; behind a proxy `N8N_PROXY_HOPS` decides which that is. */
	address: string;
	method?: string;
	/** From the path on, with the query. */
	url?: string;
	/** The trigger's own address as its sender knows it; set where the sender signs it. */
	webhookUrl?: string;
}

/** What the pipeline reads of an HTTP request. */
export interface DeliveryRequest extends Caller {
	method: string;
	url: string;
}

/** How a body is read. */
export interface BodyOptions {
	limits: Limits;
	/** Whether what printed samples have and JSON has not is overlooked, as in test runs. */
	forgives: boolean;
	/** Whether a list of objects is taken as well, see `Provider`. */
	takesLists?: boolean;
}

/** What a body holds: one delivery, or several in a list. */
export interface Parsed {
	payload: Payload | Payload[];
	/** Whether something was overlooked. */
	isForgiven?: true;
}

const STRICTLY: BodyOptions = { limits: DEFAULT_LIMITS, forgives: false };

/** The parts of the request that stand before its body. */
export function readRequest(context: IWebhookFunctions): DeliveryRequest {
	const request = context.getRequestObject();
	return {
		method: request.method,
		url: request.url,
		headers: request.headers,
		query: request.query as Record<string, unknown>,
		address: request.ip ?? '',
	};
}

/** The body's bytes as they were sent, with gzip and deflate undone. */
export async function readBody(context: IWebhookFunctions, { bytes }: Limits = DEFAULT_LIMITS): Promise<Buffer | Rejection> {
	try {
		const body = await readBytes(context.getRequestObject(), bytes);
		return body ?? { status: 413, sentence: `The body is larger than ${Math.floor(bytes / 1024)} kB.` };
	} catch (error) {
		context.logger.debug(`Body of a delivery could not be read: ${(error as Error).message}`);
		return { status: 400, sentence: 'The body could not be read.' };
	}
}

/** The query as it was sent: nothing in it is decoded and written again. */
const queryOf = (url: string): string => /\?([^#]*)/.exec(url)?.[1] ?? '';

/** What of the request itself a sender may sign: the method, and the address that it called. */
export function requestTarget({ method, url = '', webhookUrl }: Caller): { method?: string; url?: string } {
	const query = queryOf(url);
	return { method, url: webhookUrl && (query === '' ? webhookUrl : `${webhookUrl}?${query}`) };
}

const nameOf = (field: string): string => [...new URLSearchParams(field).keys()][0];

/**
 * What a GET request tells, as the body of a form: its query, byte for byte, as a sender may have signed
 * it, without the parameter that holds the secret.
 */
export function queryAsForm({ url }: DeliveryRequest, secretName: string): Buffer {
	const fields = queryOf(url).split('&');
	return Buffer.from(fields.filter((field) => secretName === '' || nameOf(field) !== secretName).join('&'));
}

/** The same once it is verified, without any parameter that holds a secret. */
export function redactedForm(body: Buffer, secretName: string, secrets: readonly string[] = []): Buffer {
	return Buffer.from(redactQuery(body.toString('latin1'), secretName, secrets), 'latin1');
}

const isListOfObjects = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isObject);

/** The payload, unless it is nested too deep. */
const shallow = (parsed: Parsed): Parsed | Rejection =>
	isDeeperThan(MAX_DEPTH, parsed.payload)
		? { status: 400, sentence: `The body is nested more than ${MAX_DEPTH} levels deep.` }
		: parsed;

const tooDense = ({ values }: Limits): Rejection => ({ status: 413, sentence: `The body holds more than ${values} values.` });

/** The value that JSON is; `undefined` for what is none. */
function valueOf(json: string): unknown {
	try {
		return JSON.parse(json) as unknown;
	} catch {
		return undefined;
	}
}

/** The JSON object in the bytes, or a list of them where lists are taken; anything else is refused. */
export function parseBody(body: Buffer, { limits, forgives, takesLists }: BodyOptions = STRICTLY): Parsed | Rejection {
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	if (countValues(text) > limits.values) return tooDense(limits);
	const exact = valueOf(text);
	const value = exact === undefined && forgives ? valueOf(relaxedJson(text)) : exact;
	if (value === undefined) return { status: 400, sentence: 'The body is not JSON.' };
	if (!isObject(value) && !(takesLists && isListOfObjects(value))) {
		return { status: 400, sentence: 'The body is not a JSON object.' };
	}
	return shallow({ payload: value as Payload, ...(exact === undefined && { isForgiven: true }) });
}

/** The types of a form. With the first, PHP's curl sends any text, and so JSON as well. */
export const URLENCODED = 'application/x-www-form-urlencoded';
const FORM = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

const unreadable: Rejection = { status: 400, sentence: 'The body is not a form that can be read.' };

/** Whether a form has more fields, told by what must stand between them; reading them would take long. */
function hasMoreFields(body: Buffer, isInParts: boolean, most: number): boolean {
	const separator = isInParts ? '\r\n--' : '&';
	let fields = 1;
	for (let at = body.indexOf(separator); at !== -1; at = body.indexOf(separator, at + 1)) {
		if (++fields > most) return true;
	}
	return false;
}

/** As `parseBody`, also of a form: urlencoded or in parts, with JSON in its fields or without. Files are left out. */
export async function parseAnyBody(body: Buffer, contentType: string, reading: BodyOptions = STRICTLY): Promise<Parsed | Rejection> {
	const isForm = FORM.test(contentType) && !/^\uFEFF?\s*[[{]/.test(body.toString('utf8', 0, 100));
	if (!isForm) return parseBody(body, reading);
	const { limits } = reading;
	if (hasMoreFields(body, /^\s*multipart/i.test(contentType), limits.fields)) {
		return { status: 413, sentence: `The body has more than ${limits.fields} fields.` };
	}
	try {
		const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
		const fields: [string, string][] = [];
		form.forEach((value, name) => {
			if (typeof value === 'string') fields.push([name, value]);
		});
		const values = sum(fields.map(([, text]) => (isLikeJson(text) ? countValues(text) : 1)));
		if (values > limits.values) return tooDense(limits);
		const payload = objectOfFields(fields, limits.fields);
		return payload ? shallow({ payload }) : unreadable;
	} catch {
		return unreadable;
	}
}
