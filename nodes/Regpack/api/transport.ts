import { NodeOperationError, type IDataObject, type NodeApiError } from 'n8n-workflow';

import { redactSecrets } from '../../shared/values/redact';
import type { RequestInfo } from '../../shared/http/errors';
import { sendRequest, type HttpResponse, type CallContext } from '../../shared/http/request';
import { idIn } from './ids';
import { errorFrom } from './errors';

export const REGPACK_CREDENTIAL = 'regpackApi';

/** A call to Regpack's API: the operation is chosen by `action`, never by method or path (documented, user). */
export interface Call extends RequestInfo {
	/** Documented, `statuses` in the plural; that products are created at `products` is inferred. */
	endpoint: 'users' | 'statuses' | 'products';
	action: string;
	/** The project; the credential's unless given. */
	groupId?: unknown;
	/** Keys beside action and project. */
	fields?: IDataObject;
	doc?: IDataObject;
	/** Whether it only reads: every call is a POST (documented), but this one may be repeated. */
	isRead?: boolean;
}

interface Login {
	baseUrl: string;
	apiToken?: string;
	groupId: unknown;
}

/** The project, which every call names (documented, user). */
function projectOf(context: CallContext, given: unknown, { groupId }: Login): number {
	const refuse = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { description });
	const project = idIn('Project ID', given, refuse) ?? idIn('Project ID of the credential', groupId, refuse);
	if (project !== undefined) return project;
	throw refuse('Project ID is empty', 'Set it in the credential Regpack API, or in this node.');
}

/**
 * Calls Regpack and gives what it answers, with what that means where it is a refusal.
 *
 * @throws NodeOperationError where the project is missing or no ID, and then nothing is requested
 */
export async function post(
	context: CallContext,
	{ endpoint, action, groupId, fields, doc, ...asked }: Call,
): Promise<{ answer: HttpResponse; refusal?: NodeApiError }> {
	const login = await context.getCredentials<IDataObject & Login>(REGPACK_CREDENTIAL);
	const sent = { method: 'POST', isRead: asked.isRead } as const;
	const body = { action, group_id: projectOf(context, groupId, login), ...fields, ...(doc && { doc }) };
	const answer = await sendRequest(context, REGPACK_CREDENTIAL, { ...sent, url: `${login.baseUrl}/${endpoint}/`, body });
	const refusal = (given: HttpResponse) => errorFrom(context.getNode(), given, { ...asked, ...sent });
	if (!refusal(answer)) return { answer };
	const secrets = [login.apiToken?.trim(), doc?.password].filter((text): text is string => typeof text === 'string');
	return { answer, refusal: refusal({ ...answer, body: redactSecrets(answer.body, secrets) }) };
}

/**
 * Calls Regpack and gives the object it answers.
 *
 * @throws NodeApiError that says what happened and what to do, see `refusalOf`; NodeOperationError as `ask` does
 */
export async function call(context: CallContext, request: Call): Promise<IDataObject> {
	const { answer, refusal } = await post(context, request);
	if (refusal) throw refusal;
	return answer.body as IDataObject;
}
