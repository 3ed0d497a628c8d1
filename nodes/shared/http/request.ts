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

import type { RateLimiter } from './rateLimiter';

/** Wherever a node may call a provider. */
export type CallContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions;

/** An answer of any status, or why there was none. */
export interface HttpResponse {
	/** 0 when no answer came. */
	status: number;
	/** Parsed where it is JSON, otherwise text. */
	body: unknown;
	headers?: Record<string, unknown>;
	/** How long the provider asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** The network's own code, such as ECONNREFUSED, when no answer came. */
	networkCode?: string;
}

const ATTEMPTS = 4;
/** The wait before the first repeat, in milliseconds; it doubles. */
const FIRST_WAIT_MS = 500;
/** Whoever asks for more gets no repeat: the caller is told how long to wait instead. */
const LONGEST_WAIT_MS = 20_000;
const TIMEOUT_MS = 30_000;
/** Nobody means more than a year. */
const LONGEST_RETRY_AFTER_MS = 365 * 86_400_000;

/** Milliseconds in a Retry-After header: seconds or a date (RFC 9110, 10.2.3); a year at most. */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const isSeconds = /^-?\d+(\.\d+)?$/.test(header.trim());
	const wait = isSeconds ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_RETRY_AFTER_MS);
}

/** What the network says when the execution was cancelled. */
const CANCELLED = 'ERR_CANCELED';

/** A request, and what it is for. */
export interface RequestKind {
	method: IHttpRequestMethods;
	/** Whether it only reads, although it is a POST. */
	isRead?: boolean;
}

/** Whether doing it twice may do more than doing it once. */
export const isOnceOnly = ({ method, isRead = false }: RequestKind): boolean => method === 'POST' && !isRead;

/**
 * Whether the same request may succeed a little later without harm. A refused 429 was not carried
 * out; after a 5xx or no answer nobody knows, and what is not idempotent would be done twice.
 */
function isWorthRepeating({ status, networkCode }: HttpResponse, sent: RequestKind): boolean {
	if (status === 429) return true;
	const isUncertain = status >= 500 || (status === 0 && networkCode !== CANCELLED);
	return isUncertain && !isOnceOnly(sent);
}

/** Doubles with each attempt; a quarter is left to chance, so that many do not come back at once. */
const backoffMs = (attempt: number): number =>
	FIRST_WAIT_MS * 2 ** attempt * (1 + Math.random() / 4);

/** n8n's helper, with the credential or without any. */
const requested = async (context: CallContext, credential: string | null, options: IHttpRequestOptions) =>
	credential === null
		? await context.helpers.httpRequest(options)
		: await context.helpers.httpRequestWithAuthentication.call(context, credential, options);

async function sendOnce(
	context: CallContext,
	credential: string | null,
	request: IHttpRequestOptions,
): Promise<HttpResponse> {
	try {
		const response = (await requested(context, credential, {
			json: true,
			timeout: TIMEOUT_MS,
			...request,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		const { statusCode: status, headers, body } = response;
		return { status, headers, body, retryAfterMs: parseRetryAfter(headers['retry-after'], Date.now()) };
	} catch (error) {
		const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
		const networkCode = code ?? cause?.code;
		// Without a code it is no matter of the network, e.g. a credential that cannot be used. Only its
		// sentence is passed on: what else it holds may be the request, and with it the key.
		if (typeof networkCode !== 'string') {
			throw new NodeOperationError(context.getNode(), (error as Error).message, {
				description: `The request was not made.${credential === null ? '' : ' Check the credential of this node.'}`,
			});
		}
		return { status: 0, body: undefined, networkCode };
	}
}

/** How a provider with a limit on requests is treated. */
export interface RateLimit {
	/** Shared by all that call the provider in this process. */
	limiter: RateLimiter;
	/** How long to hold after a 429 that does not say. */
	holdMs: number;
	/** Is told how long a request waited for its turn. */
	onWaited(ms: number): void;
	/** Is told when the provider wants no requests for longer than anybody waits. */
	onBlocked(ms: number): void;
}

/** Keeps to what a 429 says: short waits are held for all, for longer ones requests fail at once. */
function slowDown({ limiter, onBlocked }: RateLimit, waitMs: number, longestWaitMs: number): void {
	if (waitMs <= longestWaitMs) limiter.hold(waitMs);
	else if (limiter.block(waitMs)) onBlocked(waitMs);
}

/** Waits for the turn of a request; the answer that it would get, where the provider wants none for long. */
async function takeTurn({ limiter, onWaited }: RateLimit): Promise<HttpResponse | undefined> {
	if (limiter.blockedMs() === 0) onWaited(await limiter.turn());
	const retryAfterMs = limiter.blockedMs();
	return retryAfterMs > 0 ? { status: 429, body: undefined, retryAfterMs } : undefined;
}

/**
 * Sends a request with the node's credential and gives the answer, whatever its status. Repeats after
 * 429, and where it does no harm after 5xx and lost connections: four times in all, with a wait that
 * doubles, or as long as Retry-After says. Redirects are not followed, for the credential is meant
 * for one host. Where the credential is `null` the request goes without any. Where a 429 says that it takes longer than
 * anybody waits, it is the answer to all requests of the next minutes, which are then not made.
 */
export async function sendRequest(
	context: CallContext,
	credential: string | null,
	{ isRead, ...request }: IHttpRequestOptions & RequestKind,
	limited?: RateLimit,
): Promise<HttpResponse> {
	const longestWaitMs = Math.max(LONGEST_WAIT_MS, limited?.holdMs ?? 0);
	for (let attempt = 0; ; attempt++) {
		const refused = limited && (await takeTurn(limited));
		if (refused) return refused;
		const answer = await sendOnce(context, credential, request);
		const isRefused = limited && answer.status === 429;
		const waitMs = answer.retryAfterMs ?? (isRefused ? limited.holdMs : backoffMs(attempt));
		if (isRefused) slowDown(limited, waitMs, longestWaitMs);
		const isLast = attempt + 1 >= ATTEMPTS || waitMs > longestWaitMs;
		if (isLast || !isWorthRepeating(answer, { ...request, isRead })) return answer;
		if (!isRefused) await sleep(waitMs);
	}
}
