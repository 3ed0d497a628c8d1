import type { IWebhookFunctions } from 'n8n-workflow';

import type { Payload } from './define';
import { isDeeperThan, MAX_DEPTH } from './depth';
import { MAX_FIELDS, objectOfFields } from './form';
import type { Refusal } from './refuse';

/** What a request shows of who sends it. */
export interface Caller {
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** The caller's address as n8n knows it; behind a proxy `N8N_PROXY_HOPS` decides which that is. */
	address: string;
}

/** What the pipeline reads of an HTTP request. */
export interface DeliveryRequest extends Caller {
	method: string;
	/** From the path on, with the query. */
	url: string;
}

/** A request whose body n8n has not touched, or has kept in `rawBody`. */
type RawRequest = { rawBody?: Buffer; readRawBody(): Promise<void> };

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

/** The body's bytes as they were sent; n8n undoes gzip and deflate first. */
export async function readBody(context: IWebhookFunctions): Promise<Buffer | Refusal> {
	const request = context.getRequestObject() as unknown as RawRequest;
	try {
		if (!request.rawBody) await request.readRawBody();
	} catch (error) {
		context.logger.debug(`Body of a delivery could not be read: ${(error as Error).message}`);
		return (error as { status?: number }).status === 413
			? { status: 413, sentence: 'The body is larger than this n8n accepts.' }
			: { status: 400, sentence: 'The body could not be read.' };
	}
	return request.rawBody ?? Buffer.alloc(0);
}

/** What a GET request tells, as the body of a form: its query without the secret that may be there. */
export function queryAsBody({ url }: DeliveryRequest, secretName: string): Buffer {
	const { searchParams } = new URL(url, 'http://localhost');
	searchParams.delete(secretName);
	return Buffer.from(searchParams.toString());
}

/** What a body tells: one delivery, or several in a list. */
export interface Parsed {
	payload: Payload | Payload[];
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOfObjects = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isObject);

/** The payload, unless it is nested too deep. */
const shallow = (payload: Payload | Payload[]): Parsed | Refusal =>
	isDeeperThan(MAX_DEPTH, payload)
		? { status: 400, sentence: `The body is nested more than ${MAX_DEPTH} levels deep.` }
		: { payload };

/**
 * The JSON object in the bytes. Events are objects; anything else is refused.
 *
 * @param takesLists whether a list of objects is taken as well
 */
export function parseBody(body: Buffer, takesLists = false): Parsed | Refusal {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
	} catch {
		return { status: 400, sentence: 'The body is not JSON.' };
	}
	if (!isObject(parsed) && !(takesLists && isListOfObjects(parsed))) {
		return { status: 400, sentence: 'The body is not a JSON object.' };
	}
	return shallow(parsed as Payload);
}

/** The types of a form. With the first, PHP's curl sends any text, and so JSON as well. */
export const URLENCODED = 'application/x-www-form-urlencoded';
const FORM = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

const unreadable: Refusal = { status: 400, sentence: 'The body is not a form that can be read.' };

/** Whether a body has so many fields that reading it would take gigabytes; those in parts are longer. */
function hasTooManyFields(body: Buffer): boolean {
	let fields = 1;
	for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
		if (++fields > MAX_FIELDS) return true;
	}
	return false;
}

/** As `parseBody`, also of a form: urlencoded or in parts, with JSON in its fields or without. Files are left out. */
export async function parseAnyBody(body: Buffer, contentType: string, takesLists = false): Promise<Parsed | Refusal> {
	const isForm = FORM.test(contentType) && !/^\uFEFF?\s*[[{]/.test(body.toString('utf8', 0, 100));
	if (!isForm) return parseBody(body, takesLists);
	if (!/^\s*multipart/i.test(contentType) && hasTooManyFields(body)) return unreadable;
	try {
		const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
		const fields: [string, string][] = [];
		form.forEach((value, name) => {
			if (typeof value === 'string') fields.push([name, value]);
		});
		const payload = objectOfFields(fields);
		return payload ? shallow(payload) : unreadable;
	} catch {
		return unreadable;
	}
}
