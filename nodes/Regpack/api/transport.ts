import { NodeOperationError, type IDataObject, type NodeApiError } from 'n8n-workflow';

import { redactSecrets } from '../../shared/values/redact';
import type { RequestInfo } from '../../shared/http/errors';
import { readCredential } from '../../shared/http/credential';
import { sendRequest, type HttpResponse, type CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { parseId } from './ids';
import { errorFrom } from './errors';

export const REGPACK_CREDENTIAL = 'regpackApi';

/**
 * A call to Regpack's API: `action` selects the operation, never the method or the path
 * (documented, user).
 */
export interface Call extends Omit<RequestInfo, 'id'> {
	/**
	 * `statuses` in the plural is documented; that products are created at `products` is inferred.
	 */
	endpoint: 'users' | 'statuses' | 'products';
	action: string;
	/** What is sent besides the action. Without `group_id` it is the credential's project. */
	body: IDataObject;
	/** Where the body holds the ID that errors name. */
	idKey?: string;
	/** Whether it only reads: every call is a POST (documented), but this one can be repeated. */
	isRead?: boolean;
}

interface Login {
	baseUrl: string;
	apiToken?: string;
	groupId: unknown;
}

/** The project, which every call requires (documented, user). */
function projectOf(context: CallContext, given: unknown, { groupId }: Login): number {
	const refuse = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { description });
	const project =
		parseId('Project ID', given, refuse) ??
		parseId('Project ID of the credential', groupId, refuse);
	if (project !== undefined) return project;
	throw refuse('Project ID is empty', 'Set it in the credential Regpack API, or in this node.');
}

/**
 * Calls Regpack and returns its response, with the error that it stands for, if any.
 *
 * @throws NodeOperationError when there is no valid project ID; then nothing is requested
 */
export async function post(
	context: CallContext,
	{ endpoint, action, body, idKey = '', ...info }: Call,
): Promise<{ response: HttpResponse; error?: NodeApiError }> {
	const login = await readCredential<Login>(context, REGPACK_CREDENTIAL);
	const request = { method: 'POST', isRead: info.isRead } as const;
	const response = await sendRequest(context, REGPACK_CREDENTIAL, {
		...request,
		url: `${login.baseUrl}/${endpoint}/`,
		body: { action, ...body, group_id: projectOf(context, body.group_id, login) },
	});
	const id = textAt(body, idKey) ?? undefined;
	const toError = (given: HttpResponse) =>
		errorFrom(context.getNode(), given, { ...info, id, ...request });
	if (!toError(response)) return { response };
	const secrets = [login.apiToken?.trim() ?? '', textAt(body, 'doc.password') ?? ''];
	return { response, error: toError({ ...response, body: redactSecrets(response.body, secrets) }) };
}

/**
 * Calls Regpack and returns the object that it responds with.
 *
 * @throws NodeApiError as `errorFrom` describes; NodeOperationError as `post` does
 */
export async function call(context: CallContext, request: Call): Promise<IDataObject> {
	const { response, error } = await post(context, request);
	if (error) throw error;
	return response.body as IDataObject;
}
