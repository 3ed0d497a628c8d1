import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';

import type { RequestInfo } from '../../shared/http/errors';
import { sendRequest, type HttpResponse } from '../../shared/http/request';
import { decodeHeader, decodeText } from '../../shared/values/encoding';
import { asText } from '../../shared/values/text';
import { errorFrom, isInvalid } from './errors';
import { baseUrlOf, JOBAFFINITY_CREDENTIAL, limitOf } from './transport';
import { downloadUrl } from './urlPolicy';

/** What a download may take. */
export interface DownloadLimits {
	maxBytes: number;
	/** For each request. */
	timeoutMs: number;
}

/** A downloaded file. */
export interface Download {
	content: Buffer;
	/** From Content-Disposition, without folders; `undefined` when there is none. */
	name?: string;
	/** From Content-Type; `undefined` when there is none, or only a generic one. */
	mimeType?: string;
}

/** 307 is documented (guide on responses); the others cannot be ruled out. */
const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 5;
const MAX_NAME_LENGTH = 200;

const GENERIC_TYPES = [
	'application/octet-stream',
	'binary/octet-stream',
	'application/force-download',
];

function mimeTypeIn(header: unknown): string | undefined {
	const type = asText(header)?.split(';')[0].trim().toLowerCase();
	return type && !GENERIC_TYPES.includes(type) ? type : undefined;
}

const percentDecode = (text: string) =>
	text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);

/** The file name in a Content-Disposition (RFC 6266), without folders and invisible characters. */
export function fileNameIn(header: unknown): string | undefined {
	const text = asText(header) ?? '';
	const [, encoded] = /filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)/i.exec(text) ?? [];
	const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(text) ?? [];
	const fullName =
		encoded === undefined
			? (quoted?.replace(/\\(["\\])/g, '$1') ?? bare ?? '')
			: percentDecode(encoded);
	const base = decodeHeader(fullName).split(/[/\\]/).pop()!;
	const name = base
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
		.trim()
		.slice(-MAX_NAME_LENGTH);
	return /^\.*$/.test(name) ? undefined : name;
}

/** The body of an API response that is not a file. */
function parseBody({ body }: HttpResponse): unknown {
	const text = Buffer.isBuffer(body) ? decodeText(body).text : '';
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/**
 * The error for another host; its body and full address are not shown, as both may give access to
 * the file.
 */
function otherHostError(
	node: INode,
	{ status, networkCode }: HttpResponse,
	{ host }: URL,
): NodeApiError {
	const message = `The CV could not be downloaded from ${host}`;
	const reason =
		status === 0
			? `The connection failed with ${networkCode}.`
			: `It responded with status ${status}.`;
	const description = `${reason} Run the node again: JobAffinity then provides a new link, as links expire after a short time.`;
	const httpCode = status > 0 ? { httpCode: String(status) } : {};
	return new NodeApiError(node, { message, description }, { message, description, ...httpCode });
}

const tooLarge = (node: INode, maxBytes: number) =>
	new NodeOperationError(node, `The CV is larger than ${Math.round(maxBytes / 1024 ** 2)} MB`, {
		description: 'It was not read to its end. Open it in JobAffinity.',
	});

/**
 * Downloads a file from a link of the API. The login goes only to the API's own origin: redirects
 * are followed one by one, without the login as soon as one leads to another origin. Errors contain
 * no link, as a link may be all it takes to read the file.
 *
 * @throws NodeApiError when the download fails; NodeOperationError for links that are not followed,
 * and for a file that is too large
 */
export async function download(
	context: IExecuteFunctions,
	link: string,
	info: RequestInfo,
	{ maxBytes, timeoutMs }: DownloadLimits,
): Promise<Download> {
	const node = context.getNode();
	const api = new URL(await baseUrlOf(context));
	let url = downloadUrl(link, api, api);
	let isLoginSent = true;
	for (let redirects = 0; url && redirects <= MAX_REDIRECTS; redirects++) {
		const isApi = url.origin === api.origin;
		isLoginSent &&= isApi;
		const response = await sendRequest(
			context,
			isLoginSent ? JOBAFFINITY_CREDENTIAL : null,
			{ method: 'GET', url: url.href, maxBytes, timeout: timeoutMs },
			isApi ? limitOf(context, url) : undefined,
		);
		const { status, headers = {} } = response;
		if (REDIRECTS.includes(status)) {
			url = downloadUrl(decodeHeader(asText(headers.location) ?? ''), url, api);
			continue;
		}
		const isFile = status >= 200 && status < 300;
		if (isFile && response.isTooLarge) throw tooLarge(node, maxBytes);
		if (!isLoginSent && !isFile) throw otherHostError(node, response, url);
		const mimeType = mimeTypeIn(headers['content-type']);
		const body = isFile && mimeType !== 'application/json' ? undefined : parseBody(response);
		if (!isFile || (isLoginSent && isInvalid(body))) {
			throw errorFrom(node, { ...response, body }, { method: 'GET', ...info })!;
		}
		return {
			content: response.body as Buffer,
			name: fileNameIn(headers['content-disposition']),
			mimeType,
		};
	}
	throw url
		? new NodeOperationError(node, `The download was redirected more than ${MAX_REDIRECTS} times`, {
				description: 'The download was stopped. Try again later.',
			})
		: new NodeOperationError(
				node,
				'The CV is at an address that this node does not download from',
				{
					description: 'It downloads files only from public HTTPS addresses without a user name.',
				},
			);
}
