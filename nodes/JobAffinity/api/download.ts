import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';

import type { RequestInfo } from '../../shared/http/errors';
import { sendRequest, type HttpResponse } from '../../shared/http/request';
import { decodeHeader, decodeText } from '../../shared/values/encoding';
import { asText } from '../../shared/values/text';
import { downloadUrl } from './urlPolicy';
import { isInvalid, errorFrom } from './errors';
import { JOBAFFINITY_CREDENTIAL, limitOf } from './transport';

/** A file as it was downloaded. */
export interface Downloaded {
	content: Buffer;
	/** From Content-Disposition, without folders; `undefined` when it says none. */
	name?: string;
	/** From Content-Type; `undefined` when it says none, or that it may be anything. */
	mimeType?: string;
}

/** 307 is documented (guide on responses); the others cannot be excluded. */
const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;
const TIMEOUT_MS = 120_000;
const LONGEST_NAME = 200;

const ANYTHING = ['application/octet-stream', 'binary/octet-stream', 'application/force-download'];

function mimeTypeIn(header: unknown): string | undefined {
	const type = asText(header)?.split(';')[0].trim().toLowerCase();
	return type && !ANYTHING.includes(type) ? type : undefined;
}

const unescaped = (text: string) =>
	text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The file name in a Content-Disposition (RFC 6266), without folders and what cannot be seen. */
export function nameIn(header: unknown): string | undefined {
	const text = asText(header) ?? '';
	const [, encoded] = /filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)/i.exec(text) ?? [];
	const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(text) ?? [];
	const given = encoded === undefined ? (quoted?.replace(/\\(["\\])/g, '$1') ?? bare ?? '') : unescaped(encoded);
	const base = decodeHeader(given).split(/[/\\]/).pop()!;
	const name = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim().slice(-LONGEST_NAME);
	return /^\.*$/.test(name) ? undefined : name;
}

/** The body as an API's answer has it, where it is not a file. */
function readable(answer: HttpResponse): unknown {
	const text = Buffer.isBuffer(answer.body) ? decodeText(answer.body).text : '';
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** What another host's refusal means; its body and address are not shown, as both may hold what opens the file. */
function refusalElsewhere(node: INode, { status, networkCode }: HttpResponse, { host }: URL): NodeApiError {
	const message = `The CV could not be downloaded from ${host}`;
	const what = status === 0 ? `The connection failed with ${networkCode}.` : `It responded with status ${status}.`;
	const description = `${what} Run the node again: JobAffinity then gives a new link, as a link is good for a short time only.`;
	const httpCode = status > 0 ? { httpCode: String(status) } : {};
	return new NodeApiError(node, { message, description }, { message, description, ...httpCode });
}

/**
 * Downloads a file from a link of the API. The login goes to the API's own origin alone; redirects are followed by
 * hand, and from the first that leads elsewhere without it. Nothing that is thrown holds a link, which may be all
 * that is needed to read the file.
 *
 * @throws NodeApiError when it is refused; NodeOperationError for links that are not followed
 */
export async function download(context: IExecuteFunctions, link: string, asked: RequestInfo): Promise<Downloaded> {
	const node = context.getNode();
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	const api = new URL(baseUrl);
	let url = downloadUrl(link, api, api);
	let isWithin = true;
	for (let redirects = 0; url && redirects <= MOST_REDIRECTS; redirects++) {
		const isOfApi = url.origin === api.origin;
		isWithin &&= isOfApi;
		const answer = await sendRequest(
			context,
			isWithin ? JOBAFFINITY_CREDENTIAL : null,
			{ method: 'GET', url: url.href, encoding: 'arraybuffer', json: false, timeout: TIMEOUT_MS },
			isOfApi ? limitOf(context, url) : undefined,
		);
		const { status, headers = {} } = answer;
		if (REDIRECTS.includes(status)) {
			url = downloadUrl(decodeHeader(asText(headers.location) ?? ''), url, api);
			continue;
		}
		const isFile = status >= 200 && status < 300;
		if (!isWithin && !isFile) throw refusalElsewhere(node, answer, url);
		const mimeType = mimeTypeIn(headers['content-type']);
		const body = isFile && mimeType !== 'application/json' ? undefined : readable(answer);
		if (!isFile || (isWithin && isInvalid(body))) {
			throw errorFrom(node, { ...answer, body }, { method: 'GET', ...asked })!;
		}
		return { content: answer.body as Buffer, name: nameIn(headers['content-disposition']), mimeType };
	}
	throw url
		? new NodeOperationError(node, `The CV was redirected more than ${MOST_REDIRECTS} times`, {
				description: 'Try again later. The download ended where it was.',
			})
		: new NodeOperationError(node, 'JobAffinity leads to an address from which this node does not download', {
				description: 'Files are downloaded from public addresses with https alone, that need no other login.',
			});
}
