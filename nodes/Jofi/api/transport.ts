import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { sendRequest, type HttpResponse, type CallContext } from '../../shared/http/request';
import type { RequestInfo } from '../../shared/http/errors';
import { errorFrom } from './errors';

export const JOFI_CREDENTIAL = 'jofiApi';

/** A call to JOFI's API. */
export interface Call extends RequestInfo {
	method?: IHttpRequestMethods;
	/** Below the base URL, made by `path` of `api`. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
}

async function ask(context: CallContext, { method = 'GET', path, query, body }: Call): Promise<HttpResponse> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOFI_CREDENTIAL);
	return await sendRequest(context, JOFI_CREDENTIAL, {
		method,
		url: `${baseUrl}${path}`,
		...(query && { qs: query }),
		...(body && { body }),
	});
}

/**
 * Calls JOFI and gives the object it answers.
 *
 * @throws NodeApiError that says what happened and what to do; see `refusalOf`
 */
export async function call(context: CallContext, request: Call): Promise<IDataObject> {
	const answer = await ask(context, request);
	const refusal = errorFrom(context.getNode(), answer, { method: 'GET', ...request });
	if (refusal) throw refusal;
	return answer.body as IDataObject;
}

/**
 * Reads a record that may be gone, `undefined` when it is: JOFI answers 400 for an unknown ID, and 404
 * with `null` for a career navigation profile (documented, api/errors-and-status-codes).
 *
 * @throws NodeApiError as `call` does, for everything else
 */
export async function find(context: CallContext, path: string): Promise<IDataObject | undefined> {
	const answer = await ask(context, { path });
	const { status, body } = answer;
	if (status === 400 || (status === 404 && body === null)) return undefined;
	const refusal = errorFrom(context.getNode(), answer, { method: 'GET' });
	if (refusal) throw refusal;
	return body as IDataObject;
}

/** A list as JOFI answers it: the newest records only, since its API has no paging (documented). */
export interface List {
	/** `live` or `test`, as the key is; on success only (api/api-keys). */
	mode: string | null;
	/** Newest first, as JOFI gives them. */
	records: IDataObject[];
	/** All records of the account, given or not. */
	totalCount: number | null;
	/** Whether there are records that were not given. */
	hasMore: boolean;
}

/**
 * Reads one of JOFI's lists; its keys are documented (api/teams and others).
 *
 * @throws NodeApiError as `call` does, and for an answer that holds no list: it is not an empty one
 */
export async function list(context: CallContext, path: string): Promise<List> {
	const { mode, data, total_count, has_more } = await call(context, { path, expectsList: true });
	return {
		mode: typeof mode === 'string' ? mode : null,
		records: data as IDataObject[],
		totalCount: typeof total_count === 'number' ? total_count : null,
		hasMore: has_more === true,
	};
}
