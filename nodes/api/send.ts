import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

/** Wherever a node may call a provider. */
export type CallContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** An answer of any status, or why there was none. */
export interface Answer {
	/** 0 when no answer came. */
	status: number;
	/** Parsed where it is JSON, otherwise text. */
	body: unknown;
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

/** Milliseconds in a Retry-After header: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterOf(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** What the network says when the execution was cancelled. */
const CANCELLED = 'ERR_CANCELED';

/**
 * Whether the same request may succeed a little later without harm. A refused 429 was not carried
 * out; after a 5xx or no answer nobody knows, and what is not idempotent would be done twice.
 */
function isWorthRepeating({ status, networkCode }: Answer, method: IHttpRequestMethods): boolean {
	if (status === 429) return true;
	const isUncertain = status >= 500 || (status === 0 && networkCode !== CANCELLED);
	return isUncertain && method !== 'POST';
}

/** Doubles with each attempt; a quarter is left to chance, so that many do not come back at once. */
const backoffMs = (attempt: number): number =>
	FIRST_WAIT_MS * 2 ** attempt * (1 + Math.random() / 4);

async function sendOnce(
	context: CallContext,
	credential: string,
	request: IHttpRequestOptions,
): Promise<Answer> {
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(context, credential, {
			json: true,
			timeout: TIMEOUT_MS,
			...request,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		return {
			status: response.statusCode,
			body: response.body,
			retryAfterMs: retryAfterOf(response.headers['retry-after'], Date.now()),
		};
	} catch (error) {
		const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
		const networkCode = code ?? cause?.code;
		// Without a code it is no matter of the network, e.g. a credential that cannot be used. Only its
		// sentence is passed on: what else it holds may be the request, and with it the key.
		if (typeof networkCode !== 'string') {
			throw new NodeOperationError(context.getNode(), (error as Error).message, {
				description: 'The request was not made. Check the credential of this node.',
			});
		}
		return { status: 0, body: undefined, networkCode };
	}
}

/**
 * Sends a request with the node's credential and gives the answer, whatever its status. Repeats after
 * 429, and where it does no harm after 5xx and lost connections: four times in all, with a wait that
 * doubles, or as long as Retry-After says. Redirects are not followed, for the credential is meant
 * for one host.
 */
export async function send(
	context: CallContext,
	credential: string,
	request: IHttpRequestOptions & { method: IHttpRequestMethods },
): Promise<Answer> {
	for (let attempt = 0; ; attempt++) {
		const answer = await sendOnce(context, credential, request);
		const waitMs = answer.retryAfterMs ?? backoffMs(attempt);
		const isLast = attempt + 1 >= ATTEMPTS || waitMs > LONGEST_WAIT_MS;
		if (isLast || !isWorthRepeating(answer, request.method)) return answer;
		await sleep(waitMs);
	}
}
