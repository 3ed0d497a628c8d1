import {
	NodeOperationError,
	type IDataObject,
	type IHttpRequestMethods,
	type NodeApiError,
} from 'n8n-workflow';

import { readCredential } from '../../shared/http/credential';
import { RateLimiter } from '../../shared/http/rateLimiter';
import { sendRequest, type CallContext, type RateLimit } from '../../shared/http/request';
import { siteHost } from '../../shared/http/siteHost';
import { isObject } from '../../shared/values/json';
import { errorFrom, type ApiRequest } from './errors';

export const CREDENTIAL = 'thoughtIndustriesApi';

/** The root of the API on a site (documented, rest). */
const ROOT = '/incoming/v2';

/**
 * The lowest documented limit of what the node calls: 60 changes of users a minute; reading events
 * may take 100, all together 120 (rest/rate-limits).
 */
export const REQUESTS_PER_MINUTE = 60;
const WINDOW_MS = 61_000;
/** How long to pause after a 429 without Retry-After, which is documented to be there. */
const PAUSE_MS = 60_000;

const limiters = new Map<string, RateLimiter>();

function limitOf(context: CallContext, baseUrl: string): RateLimit {
	const limiter = limiters.get(baseUrl) ?? new RateLimiter(REQUESTS_PER_MINUTE, WINDOW_MS);
	limiters.set(baseUrl, limiter);
	return {
		limiter,
		defaultPauseMs: PAUSE_MS,
		onWait: (ms) => {
			if (ms >= 1000)
				context.logger.info(
					`Waited ${Math.round(ms / 1000)} s to stay within the limit of Thought Industries`,
				);
		},
		onFailFast: (ms) =>
			context.logger.warn(
				`Thought Industries responded with 429 and accepts no requests for ${Math.round(ms / 1000)} s`,
			),
	};
}

/** A call to the REST API v2 of Thought Industries. */
export interface Call extends ApiRequest {
	method?: IHttpRequestMethods;
	/** Below the root; the template tag `path` keeps IDs from leaving it. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
}

/** @throws NodeOperationError when the credential names no site */
async function baseUrlOf(context: CallContext): Promise<string> {
	const { site, baseUrl } = await readCredential<{ site: string; baseUrl?: string }>(
		context,
		CREDENTIAL,
	);
	const host = siteHost(site);
	if (baseUrl) return baseUrl;
	if (host !== undefined) return `https://${host}${ROOT}`;
	throw new NodeOperationError(context.getNode(), 'The credential names no site', {
		description:
			'Enter the Site in the Thought Industries API credential like college.thoughtindustries.com.',
	});
}

/** The response's object, which is empty where the body is, or the error that it stands for. */
export async function tryCall(
	context: CallContext,
	request: Call,
): Promise<{ body: IDataObject; error?: NodeApiError }> {
	const { method = 'GET', path, query, body } = request;
	const baseUrl = await baseUrlOf(context);
	const response = await sendRequest(
		context,
		CREDENTIAL,
		{ method, url: `${baseUrl}${path}`, ...(query && { qs: query }), ...(body && { body }) },
		limitOf(context, baseUrl),
	);
	const error = errorFrom(context.getNode(), response, { ...request, method });
	return { body: isObject(response.body) ? response.body : {}, error };
}

/**
 * Calls Thought Industries and returns the object that it responds with.
 *
 * @throws NodeApiError with what happened and what to do, see `errorFrom`
 */
export async function call(context: CallContext, request: Call): Promise<IDataObject> {
	const { body, error } = await tryCall(context, request);
	if (error) throw error;
	return body;
}
