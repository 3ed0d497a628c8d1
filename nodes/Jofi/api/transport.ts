import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { readCredential } from '../../shared/http/credential';
import { sendRequest, type HttpResponse, type CallContext } from '../../shared/http/request';
import type { RequestInfo } from '../../shared/http/errors';
import { errorFrom } from './errors';

export const JOFI_CREDENTIAL = 'jofiApi';

/** A call to JOFI's API. */
export interface Call extends RequestInfo {
	method?: IHttpRequestMethods;
	/** Below the base URL; the template tag `path` keeps IDs from leaving it. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
}

async function send(
	context: CallContext,
	{ method = 'GET', path, query, body }: Call,
): Promise<HttpResponse> {
	const { baseUrl } = await readCredential<{ baseUrl: string }>(context, JOFI_CREDENTIAL);
	return await sendRequest(context, JOFI_CREDENTIAL, {
		method,
		url: `${baseUrl}${path}`,
		...(query && { qs: query }),
		...(body && { body }),
	});
}

/** @throws NodeApiError unless the call succeeded */
function bodyOf(context: CallContext, call: Call, response: HttpResponse): IDataObject {
	const error = errorFrom(context.getNode(), response, { method: 'GET', ...call });
	if (error) throw error;
	return response.body as IDataObject;
}

/**
 * Calls JOFI and returns the object that it responds with.
 *
 * @throws NodeApiError with what happened and what to do, see `errorFrom`
 */
export async function call(context: CallContext, request: Call): Promise<IDataObject> {
	return bodyOf(context, request, await send(context, request));
}

/**
 * Reads a record that may be gone, and then returns `undefined`: JOFI responds with 400 for an
 * unknown ID, and 404 with `null` for a career navigation profile (documented,
 * api/errors-and-status-codes).
 *
 * @throws NodeApiError as `call` does, for everything else
 */
export async function find(context: CallContext, path: string): Promise<IDataObject | undefined> {
	const response = await send(context, { path });
	const { status, body } = response;
	if (status === 400 || (status === 404 && body === null)) return undefined;
	return bodyOf(context, { path }, response);
}

/** One of JOFI's lists: only the newest records, as its API has no paging (documented). */
export interface List {
	/** `live` or `test`, as the key is; on success only (api/api-keys). */
	mode: string | null;
	/** Newest first, as JOFI lists them. */
	records: IDataObject[];
	/** How many records the account has, including those that are not listed. */
	totalCount: number | null;
	/** Whether some records are not listed. */
	hasMore: boolean;
	/** What JOFI itself says of that; `null` if nothing. */
	saysMore: boolean | null;
}

/**
 * Reads one of JOFI's lists; its keys are documented (api/teams and others).
 *
 * @throws NodeApiError as `call` does, and for a response without a list, which does not count as
 * an empty one
 */
export async function list(context: CallContext, path: string): Promise<List> {
	const { mode, data, total_count, has_more } = await call(context, { path, expectsList: true });
	return {
		mode: typeof mode === 'string' ? mode : null,
		records: data as IDataObject[],
		totalCount: typeof total_count === 'number' ? total_count : null,
		hasMore: has_more === true,
		saysMore: typeof has_more === 'boolean' ? has_more : null,
	};
}
