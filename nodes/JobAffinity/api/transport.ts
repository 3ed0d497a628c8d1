import { NodeOperationError, type IDataObject, type IHttpRequestMethods } from 'n8n-workflow';

import { readCredential } from '../../shared/http/credential';
import { RateLimiter, systemClock } from '../../shared/http/rateLimiter';
import { path } from '../../shared/http/path';
import type { RequestInfo } from '../../shared/http/errors';
import { sendRequest, type CallContext, type RateLimit } from '../../shared/http/request';
import { apiUrl } from './urlPolicy';
import { errorFrom } from './errors';

export const JOBAFFINITY_CREDENTIAL = 'jobAffinityApi';

/** Documented: 45 requests a minute for an IP address; JobAffinity responds to more with 429. */
export const REQUESTS_PER_MINUTE = 45;
/** A second more than the minute, as requests do not all take the same time to arrive. */
const WINDOW_MS = 61_000;
/**
 * How long JobAffinity responds with 429 is not documented, nor whether it includes a Retry-After.
 */
const HOLD_MS = 60_000;

/** By host, as the limit applies to the host, whoever logs in. */
const limiters = new Map<string, RateLimiter>();

function limiterOf(host: string): RateLimiter {
	const limiter = limiters.get(host) ?? new RateLimiter(REQUESTS_PER_MINUTE, WINDOW_MS);
	limiters.set(host, limiter);
	return limiter;
}

/** How long each execution has waited for its turns, and until when. */
const waits = new WeakMap<object, { total: number; until: number }>();

/** Milliseconds that this execution has waited so far to stay within JobAffinity's limit. */
export const rateLimitWaits = (context: CallContext): number => waits.get(context)?.total ?? 0;

/** Records the wait of a request. Those that wait at the same time count once. */
function recordWait(context: CallContext, waited: number): void {
	const now = systemClock.now();
	const { total, until } = waits.get(context) ?? { total: 0, until: -Infinity };
	const ms = Math.max(0, Math.min(waited, now - until));
	if (ms >= 1000)
		context.logger.info(
			`Waited ${Math.round(ms / 1000)} s to stay within JobAffinity's ${REQUESTS_PER_MINUTE} requests per minute`,
		);
	waits.set(context, { total: total + ms, until: now });
}

/**
 * Logs that JobAffinity blocks requests for long; each call then fails with the time to try again.
 */
function logBlock(context: CallContext, ms: number): void {
	const until = new Date(Date.now() + ms).toISOString();
	context.logger.warn(
		`JobAffinity responded with 429 and blocks requests until ${until}: until then they fail, except one every ten minutes that is tried`,
	);
}

/** Keeps requests to a URL of JobAffinity's host within its limit. */
export const limitOf = (context: CallContext, { host }: URL): RateLimit => ({
	limiter: limiterOf(host),
	defaultPauseMs: HOLD_MS,
	onWait: (ms) => recordWait(context, ms),
	onFailFast: (ms) => logBlock(context, ms),
});

/** A call to JobAffinity's API. */
export interface Call extends RequestInfo {
	method?: IHttpRequestMethods;
	/** A link of the API, or a path below its root, made by `apiPath`. */
	link: string;
	query?: IDataObject;
	body?: IDataObject;
}

const ROOT = '/restapi/v1';

/**
 * A link below the API's root whose values cannot leave it, whatever they contain:
 * apiPath`/job/${id}`.
 */
export const apiPath = (parts: TemplateStringsArray, ...values: string[]): string =>
	ROOT + path(parts, ...values);

export const baseUrlOf = async (context: CallContext): Promise<string> =>
	(await readCredential<{ baseUrl: string }>(context, JOBAFFINITY_CREDENTIAL)).baseUrl;

/**
 * The URL of a link, with the query added; the link's own parameters stay.
 *
 * @param page the URL of the page that contains the link
 * @throws NodeOperationError when the link leads elsewhere
 */
export async function urlOf(
	context: CallContext,
	link: string,
	query: IDataObject = {},
	page?: string,
): Promise<URL> {
	const baseUrl = await baseUrlOf(context);
	const url = apiUrl(baseUrl, link, page);
	if (!url) {
		throw new NodeOperationError(
			context.getNode(),
			'A link leads away from JobAffinity, and was not followed',
			{
				description: `It does not lead to ${new URL(baseUrl).origin}/restapi/. The login was not sent.`,
			},
		);
	}
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === null || value === '' || url.searchParams.has(name))
			continue;
		for (const each of [value].flat()) url.searchParams.append(name, String(each));
	}
	return url;
}

/**
 * The link to something below a record: /application/410 has /application/410/profile below it.
 *
 * @throws NodeOperationError when the record's link leads elsewhere
 */
export async function linkBelow(context: CallContext, link: string, name: string): Promise<string> {
	const url = await urlOf(context, link);
	url.pathname = url.pathname.replace(/\/?$/, `/${name}`);
	return url.href;
}

/**
 * Calls JobAffinity and returns the object that it responds with.
 *
 * @throws NodeApiError with what happened and what to do, see `errorFrom`; NodeOperationError for a
 * link that leads elsewhere, without a request
 */
export async function call(
	context: CallContext,
	{ method = 'GET', link, query, body, ...info }: Call,
): Promise<IDataObject> {
	const url = await urlOf(context, link, query);
	const response = await sendRequest(
		context,
		JOBAFFINITY_CREDENTIAL,
		{ method, url: url.href, ...(body && { body }) },
		limitOf(context, url),
	);
	const error = errorFrom(context.getNode(), response, { method, ...info });
	if (error) throw error;
	return response.body as IDataObject;
}
