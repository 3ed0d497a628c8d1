import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod';

import { readCredential } from '../../http/credential';
import { isObject } from '../../values/json';
import { explainDelivery, senderOf } from '../../webhook/explain/explain';
import type { CapturedDelivery } from '../../webhook/explain/delivery';
import type { WebhookSource } from '../../webhook/source';
import { verificationConfig, type VerificationConfig } from '../../webhook/verification/config';
import type { Operation } from '../operation';
import { parameterError, type ParameterErrorFactory } from '../parameters';

/** The operation's name in workflows. */
export const EXPLAIN_DELIVERY = 'explainDelivery';

/** The largest body that is explained, in bytes: n8n's own limit for deliveries. */
const MAX_BODY = 16 * 1024 * 1024;

/** The longest text of headers, in characters, and how many of them are read. */
const MAX_HEADERS_TEXT = 100_000;
const MAX_HEADERS = 300;

/**
 * How many deliveries are explained in a minute with one credential, in each process and whatever the
 * workflow. A trigger with the credential answers more guesses at its secret than that.
 */
const MAX_A_MINUTE = 60;
const MINUTE = 60_000;

/** When deliveries were explained last, by credential, in milliseconds since 1970. */
const explained = new Map<string, number[]>();

/** How many credentials are remembered. */
const MAX_REMEMBERED = 1000;

/** Counts an explanation; `false` if there were too many in the last minute. */
function isWithinRate(credential: string): boolean {
	const now = Date.now();
	const recent = (explained.get(credential) ?? []).filter((at) => Math.abs(now - at) < MINUTE);
	explained.delete(credential);
	explained.set(credential, recent);
	const [oldest] = explained.keys();
	if (explained.size > MAX_REMEMBERED) explained.delete(oldest);
	if (recent.length >= MAX_A_MINUTE) return false;
	recent.push(now);
	return true;
}

const fromWebhook = { deliveryFrom: ['webhookNode'] };
const fromText = { deliveryFrom: ['text'] };

const fields: INodeProperties[] = [
	{
		displayName: 'Delivery From',
		name: 'deliveryFrom',
		type: 'options',
		default: 'webhookNode',
		description: 'Where the delivery to explain is',
		options: [
			{
				name: 'Pasted Text',
				value: 'text',
				description: 'Headers and body as text, for example from the log of the sender or a proxy',
			},
			{
				name: 'Webhook Node',
				value: 'webhookNode',
				description: "The item of n8n's Webhook node, with Raw Body turned on in its options",
			},
		],
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		hint: 'The name of the input binary field with the body',
		description: "Where n8n's Webhook node puts the raw body",
		displayOptions: { show: fromWebhook },
	},
	{
		displayName: 'Headers',
		name: 'headersText',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		placeholder: 'e.g. X-Signature: sha256=0a1b2c…',
		description: 'The headers of the delivery, one per line, or as a JSON object',
		displayOptions: { show: fromText },
	},
	{
		displayName: 'Body',
		name: 'bodyText',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		placeholder: 'e.g. {"type":"event"}',
		description: 'The body exactly as it was sent; a space more or less changes the signature',
		displayOptions: { show: fromText },
	},
	{
		displayName: 'URL',
		name: 'deliveryUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/b8a1f7a8/jofi?token=…',
		description:
			'The URL that the sender called, with its query. Needed only if it is signed or holds the secret.',
		displayOptions: { show: fromText },
	},
];

type Captured = Omit<CapturedDelivery, 'urls' | 'address'> & { url: string };

/** Headers of any shape as those of a request; values that are no text are left out. */
function headersOf(entries: Iterable<readonly [string, unknown]>): CapturedDelivery['headers'] {
	const headers = new Map<string, string>();
	for (const [name, value] of entries) {
		const text = [value]
			.flat()
			.filter((each) => typeof each === 'string' || typeof each === 'number');
		if (text.length === 0) continue;
		if (headers.size >= MAX_HEADERS) break;
		const known = headers.get(name.toLowerCase());
		const added = text.join(', ');
		headers.set(name.toLowerCase(), known === undefined ? added : `${known}, ${added}`);
	}
	return Object.fromEntries(headers);
}

const queryOf = (url: string): Record<string, unknown> =>
	Object.fromEntries(new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? ''));

/** The headers in a text, and the request line if it begins with one. */
function parseHeaders(given: unknown, refuse: ParameterErrorFactory) {
	if (isObject(given)) return { headers: headersOf(Object.entries(given)) };
	const text = String(given ?? '');
	if (text.length > MAX_HEADERS_TEXT)
		throw refuse('Headers is too long', 'Paste the headers of one delivery.');
	if (text.trim().startsWith('{')) {
		try {
			return { headers: headersOf(Object.entries(JSON.parse(text) as IDataObject)) };
		} catch {
			throw refuse('Headers is not JSON', 'Paste the headers one per line, as Name: value.');
		}
	}
	const lines = text.split(/\r?\n/);
	const [, method, path] = /^([A-Z]{3,7}) (\S+) HTTP\/[\d.]+$/.exec(lines[0].trim()) ?? [];
	const pairs = lines.flatMap((line) => {
		const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s?(.*?)\s*$/.exec(line) ?? [];
		return name === undefined ? [] : [[name, value] as const];
	});
	return { headers: headersOf(pairs), method, path };
}

/** A delivery that was pasted. */
function pasted(context: IExecuteFunctions, index: number): Captured {
	const parameter = (name: string): unknown => context.getNodeParameter(name, index, '');
	const given = parameter('headersText');
	const { headers, method = 'POST', path } = parseHeaders(given, parameterError(context, index));
	const body = parameter('bodyText');
	const url = String(parameter('deliveryUrl')).trim();
	const { host } = headers;
	const called = url === '' && path && host ? `https://${String(host)}${path}` : url;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return {
		method,
		url: called,
		headers,
		query: queryOf(called === '' ? (path ?? '') : called),
		body: Buffer.from(text),
		isExact: typeof body === 'string',
	};
}

/** The body that n8n has parsed, written as JSON; the bytes that were sent may differ. */
function writtenAnew(body: unknown): Buffer {
	const isEmpty = isObject(body) && Object.keys(body).length === 0;
	if (body === undefined || body === null || isEmpty) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A delivery that n8n's Webhook node received. */
async function received(context: IExecuteFunctions, index: number): Promise<Captured> {
	const { json, binary } = context.getInputData()[index];
	if (!isObject(json.headers))
		throw parameterError(context, index)(
			'The item is not a delivery',
			"Connect n8n's Webhook node, or set Delivery From to Pasted Text.",
		);
	const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
	const hasBytes = binary !== undefined && Object.hasOwn(binary, field);
	const query = isObject(json.query) ? json.query : {};
	const search = new URLSearchParams(
		Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
	).toString();
	const base = typeof json.webhookUrl === 'string' ? json.webhookUrl : '';
	const body = hasBytes
		? await context.helpers.getBinaryDataBuffer(index, field)
		: writtenAnew(json.body);
	// The item does not name the method. Without a body it is a GET request, whose query is signed.
	const isQuery = body.length === 0 && search !== '';
	return {
		method: isQuery ? 'GET' : 'POST',
		url: search === '' || base.includes('?') ? base : `${base}?${search}`,
		headers: headersOf(Object.entries(json.headers)),
		query,
		body: isQuery ? Buffer.from(search) : body,
		isExact: hasBytes || isQuery,
	};
}

/** The credential of the node; `undefined` if none is selected. */
async function configOf(
	context: IExecuteFunctions,
	{ credential: { name }, verification }: WebhookSource,
): Promise<VerificationConfig | undefined> {
	if (context.getNode().credentials?.[name])
		return verificationConfig(await readCredential(context, name));
	return verification === 'credential'
		? undefined
		: verificationConfig({ method: 'address', ipAllowlist: verification.ipAllowlist });
}

/** The address that a proxy names as the sender's; the last one, which the proxy itself wrote. */
const addressIn = ({ 'x-forwarded-for': forwarded }: CapturedDelivery['headers']): string =>
	String(forwarded ?? '')
		.split(',')
		.at(-1)
		?.trim() ?? '';

/**
 * Webhook → Explain Delivery: how a delivery was signed, and what to choose in the credential so that
 * a trigger accepts the next one; see `explainDelivery`, which says what it reveals.
 *
 * @param source the webhooks of the provider
 */
export function explainDeliveryOf(source: WebhookSource): Operation {
	const { label } = source.provider;
	return {
		value: EXPLAIN_DELIVERY,
		name: 'Explain Delivery',
		action: 'Explain delivery of webhook',
		description: `Find out why a delivery of ${label} is refused, and what to choose in the webhook credential`,
		offline: true,
		fields,
		schema: z.object({
			accepted: z.boolean(),
			reason: z.string(),
			howToFix: z.string(),
			settings: z.record(z.string()).nullable(),
		}),
		async run(context, index) {
			const credential = context.getNode().credentials?.[source.credential.name];
			if (credential && !isWithinRate(credential.id ?? ''))
				throw new NodeOperationError(
					context.getNode(),
					`${MAX_A_MINUTE} deliveries were explained within a minute`,
					{ itemIndex: index, description: 'Explain a few of them; the others are alike.' },
				);
			const isText = context.getNodeParameter('deliveryFrom', index, 'webhookNode') === 'text';
			const { url, ...captured } = isText ? pasted(context, index) : await received(context, index);
			if (captured.body.length > MAX_BODY)
				throw new NodeOperationError(context.getNode(), 'The body is larger than 16 MB', {
					itemIndex: index,
					description: 'No trigger accepts such a delivery.',
				});
			const config = await configOf(context, source);
			const address = config?.allowlist ? addressIn(captured.headers) : '';
			const delivery = { ...captured, urls: url === '' ? [] : [url], address };
			const report = explainDelivery(delivery, config, senderOf(source));
			const { accepted, reason, howToFix, settings } = report;
			return { accepted, reason, howToFix, settings };
		},
	};
}
