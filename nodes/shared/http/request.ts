import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import { within } from '../values/within';
import { readCredential } from './credential';
import type { RateLimiter } from './rateLimiter';

/** Any context in which a node may call a provider. */
export type CallContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions;

/** A response with any status, or the reason why there is none. */
export interface HttpResponse {
	/** 0 without a response. */
	status: number;
	/** Parsed if it is JSON, otherwise text. */
	body: unknown;
	headers?: Record<string, unknown>;
	/** How long the provider asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** The network's error code, such as ECONNREFUSED, without a response. */
	networkCode?: string;
	/** Whether the body is larger than what was asked for; then it was not read. */
	isTooLarge?: true;
}

const MAX_ATTEMPTS = 4;
/** The wait before the first retry; it doubles with each one. */
const FIRST_WAIT_MS = 500;
/**
 * If the provider asks for a longer wait, there is no retry, and the error says how long to wait.
 */
const MAX_WAIT_MS = 20_000;
const TIMEOUT_MS = 30_000;
/** More than a year is never meant. */
const MAX_RETRY_AFTER_MS = 365 * 86_400_000;

/** Milliseconds in a Retry-After header: seconds or a date (RFC 9110, 10.2.3); a year at most. */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const isSeconds = /^-?\d+(\.\d+)?$/.test(header.trim());
	const wait = isSeconds ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), MAX_RETRY_AFTER_MS);
}

/** The error code after the execution was cancelled. */
const CANCELLED = 'ERR_CANCELED';

/** What decides whether a request may be repeated. */
export interface RequestKind {
	method: IHttpRequestMethods;
	/** Whether it only reads, although it is a POST. */
	isRead?: boolean;
}

/** Whether repeating the request may have a further effect. */
export const isOnceOnly = ({ method, isRead = false }: RequestKind): boolean =>
	method === 'POST' && !isRead;

/**
 * Whether the same request may succeed a little later without harm. A request rejected with 429 was
 * not carried out; after a 5xx or without a response that is uncertain, and a request that is not
 * idempotent could be carried out twice.
 */
function isRetryable({ status, networkCode }: HttpResponse, request: RequestKind): boolean {
	if (status === 429) return true;
	const isUncertain = status >= 500 || (status === 0 && networkCode !== CANCELLED);
	return isUncertain && !isOnceOnly(request);
}

/**
 * Doubles with each attempt, and adds up to a quarter at random, so that clients do not retry all
 * at once.
 */
const backoffMs = (attempt: number): number =>
	FIRST_WAIT_MS * 2 ** attempt * (1 + Math.random() / 4);

async function httpRequest(
	context: CallContext,
	credential: string | null,
	options: IHttpRequestOptions,
): Promise<unknown> {
	if (credential === null) return await context.helpers.httpRequest(options);
	const data = await readCredential(context, credential);
	// n8n still authenticates the request, but does not read the credential once more for it.
	return await context.helpers.httpRequestWithAuthentication.call(context, credential, options, {
		credentialsDecrypted: { id: '', name: '', type: credential, data },
	});
}

/** A body as it comes in, as n8n gives it for the encoding `stream`. */
type BodyStream = AsyncIterable<Uint8Array> & { destroy(): void };

/** Why a body was not read to its end, as an error of the network has it. */
class BodyError extends Error {
	constructor(readonly code: string) {
		super(code);
	}
}

/**
 * The bytes of a body; `undefined` if there are more than `maxBytes`, of which no more are read.
 *
 * @throws BodyError when it takes longer than `ms`, or the connection breaks
 */
async function bytesOf(
	stream: BodyStream,
	maxBytes: number,
	ms: number,
): Promise<Buffer | undefined> {
	const read = async () => {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > maxBytes) return undefined;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	};
	try {
		const result = await within(
			ms,
			read().catch((error: { code?: unknown }) => {
				throw new BodyError(typeof error.code === 'string' ? error.code : 'ECONNRESET');
			}),
		);
		if (!result) throw new BodyError('ETIMEDOUT');
		return result.value;
	} finally {
		stream.destroy();
	}
}

/** A request that is sent once or several times. */
export type SentRequest = IHttpRequestOptions &
	RequestKind & {
		/**
		 * How many bytes of the body to read at most, after unpacking; the body is a Buffer then. Without
		 * it, the body is read whole and parsed.
		 */
		maxBytes?: number;
	};

/** Sends a request once; see `sendRequest`. */
export async function sendOnce(
	context: CallContext,
	credential: string | null,
	{ maxBytes, ...request }: Omit<SentRequest, 'isRead'>,
): Promise<HttpResponse> {
	try {
		const response = (await httpRequest(context, credential, {
			json: true,
			timeout: TIMEOUT_MS,
			...request,
			...(maxBytes !== undefined && { encoding: 'stream', json: false }),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		const { statusCode: status, headers } = response;
		const body =
			maxBytes === undefined
				? response.body
				: await bytesOf(response.body as BodyStream, maxBytes, request.timeout ?? TIMEOUT_MS);
		return {
			status,
			headers,
			body,
			retryAfterMs: parseRetryAfter(headers['retry-after'], Date.now()),
			...(maxBytes !== undefined && body === undefined && { isTooLarge: true as const }),
		};
	} catch (error) {
		const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
		const networkCode = code ?? cause?.code;
		// Without a code it is no network error, but e.g. a credential that cannot be used. Only its
		// message is passed on: the rest may contain the request, and with it the key.
		if (typeof networkCode !== 'string') {
			throw new NodeOperationError(context.getNode(), (error as Error).message, {
				description: `The request was not sent.${credential === null ? '' : ' Check the credential of this node.'}`,
			});
		}
		return { status: 0, body: undefined, networkCode };
	}
}

/** How to stay within a provider's rate limit. */
export interface RateLimit {
	/** Shared by all requests of this process to the provider. */
	limiter: RateLimiter;
	/** How long to pause after a 429 without Retry-After. */
	defaultPauseMs: number;
	/** Called with the time that a request waited. */
	onWait(ms: number): void;
	/** Called when requests start to fail fast, with the time for which the provider accepts none. */
	onFailFast(ms: number): void;
}

/**
 * Applies a 429 to all requests: they pause for a short wait, and fail fast during a longer one.
 */
function throttle({ limiter, onFailFast }: RateLimit, waitMs: number, maxWaitMs: number): void {
	if (waitMs <= maxWaitMs) limiter.pause(waitMs);
	else if (limiter.failFast(waitMs)) onFailFast(waitMs);
}

/**
 * Waits until the request may start; if requests fail fast, returns the response that it would get.
 */
async function waitForSlot({ limiter, onWait }: RateLimit): Promise<HttpResponse | undefined> {
	if (limiter.failFastMs() === 0) onWait(await limiter.acquire());
	const retryAfterMs = limiter.failFastMs();
	return retryAfterMs > 0 ? { status: 429, body: undefined, retryAfterMs } : undefined;
}

/**
 * Sends a request with the node's credential, or without any if that is `null`, and returns the
 * response, whatever its status. Retries after a 429, and if it does no harm also after a 5xx or a
 * lost connection: four attempts in all, with a wait that doubles or that Retry-After sets. Does
 * not follow redirects, as the credential is for one host only. If the provider asks for a wait
 * that is too long, its 429 is the response to all requests of the next minutes, which are then not
 * sent.
 */
export async function sendRequest(
	context: CallContext,
	credential: string | null,
	{ isRead, ...request }: SentRequest,
	rateLimit?: RateLimit,
): Promise<HttpResponse> {
	const maxWaitMs = Math.max(MAX_WAIT_MS, rateLimit?.defaultPauseMs ?? 0);
	for (let attempt = 0; ; attempt++) {
		const rejection = rateLimit && (await waitForSlot(rateLimit));
		if (rejection) return rejection;
		const response = await sendOnce(context, credential, request);
		const isThrottled = rateLimit && response.status === 429;
		const waitMs =
			response.retryAfterMs ?? (isThrottled ? rateLimit.defaultPauseMs : backoffMs(attempt));
		if (isThrottled) throttle(rateLimit, waitMs, maxWaitMs);
		const isLast = attempt + 1 >= MAX_ATTEMPTS || waitMs > maxWaitMs;
		if (isLast || !isRetryable(response, { ...request, isRead })) return response;
		if (!isThrottled) await sleep(waitMs);
	}
}
