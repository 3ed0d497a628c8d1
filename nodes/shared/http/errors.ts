import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { isOnceOnly, type HttpResponse, type RequestKind } from './request';

/** What a call was about. */
export interface RequestInfo {
	/** As in "no test taker with the ID 42". */
	object?: string;
	id?: string;
	/** What else may be why the provider does not accept it, as a sentence. */
	advice?: string;
	/** Whether the answer must be a list. */
	listed?: boolean;
}

/** Why n8n may or may not try again; n8n-workflow knows these names since 2.41. */
type Failure = ConstructorParameters<typeof NodeApiError>[2] extends infer Options | undefined
	? Options extends { failure?: infer Cause }
		? Cause
		: never
	: never;

/** What is told about a refusal. */
interface ErrorText {
	message: string;
	description: string;
	failure?: Failure;
}

/** What was asked and what was answered. */
export interface ErrorContext extends RequestInfo, HttpResponse, RequestKind {
	/** What the provider itself says; empty when it says nothing that people can read. */
	reason: string;
}

/** What one kind of refusal means. */
export interface ErrorRule {
	applies(refused: ErrorContext): boolean;
	describe(refused: ErrorContext): ErrorText;
}

/** How one provider refuses. */
export interface ErrorRules {
	/** The provider as people write it. */
	label: string;
	/** Its own sentence in a body; empty where it has none. */
	reasonIn(body: unknown): string;
	/** Whether an answer with a 2xx is what the call is for. */
	isExpected(body: unknown, asked: RequestInfo): boolean;
	/** What its refusals mean, the first that applies; what all providers share comes after. */
	rules: readonly ErrorRule[];
}

const isHtml = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** What the provider said, as a sentence, or that it gave no reason. */
export function reasonSentence({ reason, body }: ErrorContext, label: string): string {
	if (isHtml(body)) return 'The answer is a page of HTML, as a proxy or a firewall gives it.';
	return reason === '' ? `${label} gave no reason.` : sentence(`${label} said: ${reason}`);
}

/** As in "such test taker", "test taker with the ID 42". */
export const withId = ({ object = 'record', id }: RequestInfo) =>
	id === undefined ? `such ${object}` : `${object} with the ID ${id}`;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When to try again; what is hours ahead with the time by the clock. */
function when(retryAfterMs = 0): string {
	if (retryAfterMs === 0) return 'later';
	if (retryAfterMs < 2 * MINUTE_MS) return `in ${Math.ceil(retryAfterMs / 1000)} seconds`;
	if (retryAfterMs < 2 * HOUR_MS) return `in ${Math.ceil(retryAfterMs / MINUTE_MS)} minutes`;
	const time = new Date(Date.now() + retryAfterMs).toISOString().slice(0, 16).replace('T', ' ');
	return `in ${Math.ceil(retryAfterMs / HOUR_MS)} hours (after ${time} UTC)`;
}

/** By how much n8n puts off the next poll, at most an hour. */
const waiting = ({ retryAfterMs }: HttpResponse) =>
	retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, HOUR_MS) };

/** What statuses mean whoever answers them. */
function commonCases(label: string): readonly ErrorRule[] {
	/** What to do when nobody knows whether the request was carried out. */
	const afterDoubt = (refused: ErrorContext) =>
		isOnceOnly(refused)
			? `Look into ${label} before you try again: it may have been done, and would be done twice.`
			: `Try again ${when(refused.retryAfterMs)}.`;
	return [
		{
			applies: ({ status }) => status === 0,
			describe: (refused) => ({
				message: `${label} could not be reached`,
				description: `The connection ended with ${refused.networkCode}. Check that this n8n can reach the internet. ${afterDoubt(refused)}`,
				failure: { cause: 'temporarily-unavailable' },
			}),
		},
		{
			applies: ({ status }) => status === 429,
			describe: (refused) => ({
				message: `${label} asks for fewer requests`,
				description: `Try again ${when(refused.retryAfterMs)}, and less often.`,
				failure: { cause: 'rate-limited', ...waiting(refused) },
			}),
		},
		{
			applies: ({ status }) => status >= 500,
			describe: (refused) => ({
				message: `${label} is not available at the moment`,
				description: `It answered ${refused.status}. ${afterDoubt(refused)}`,
				failure: { cause: 'temporarily-unavailable', ...waiting(refused) },
			}),
		},
		{
			applies: ({ status }) => status >= 300 && status < 400,
			describe: ({ status }) => ({
				message: `${label} redirected the request, and this node did not follow`,
				description: `It answered ${status}. The credential is for one address only. If the API has moved, a newer version of this package knows where to.`,
				failure: { cause: 'node-defect' },
			}),
		},
		{
			applies: ({ status }) => status === 404 || status === 405,
			describe: (refused) => ({
				message: `${label} does not offer what this node asked for`,
				description: `Its API may have changed: look for a newer version of this package. It answered ${refused.status}. ${reasonSentence(refused, label)}`,
				failure: { cause: 'node-defect' },
			}),
		},
		{
			applies: ({ status }) => status >= 400,
			describe: (refused) => ({
				message: `${label} refused the request with the status ${refused.status}`,
				description: `${reasonSentence(refused, label)} ${refused.advice ?? 'Check the values of the node.'}`,
			}),
		},
		{
			applies: () => true,
			describe: ({ status, listed }) => ({
				message: `${label} gave an answer that this node does not understand (${status})`,
				description: `It is not ${listed ? 'a list' : 'a JSON object'} as ${label} documents it. A proxy between n8n and ${label} may have answered instead; otherwise look for a newer version of this package.`,
			}),
		},
	];
}

/**
 * Makes a provider's `refusalOf`: what an answer that is not a success means, `undefined` for a success.
 * What it tells holds nothing of the request but the ID.
 */
export function errorMapper({ label, reasonIn, isExpected, rules }: ErrorRules) {
	const all = [...rules, ...commonCases(label)];
	return (
		node: INode,
		answer: HttpResponse,
		asked: RequestInfo & RequestKind,
	): NodeApiError | undefined => {
		const { status, body } = answer;
		if (status >= 200 && status < 300 && isExpected(body, asked)) return undefined;
		const refused = { ...asked, ...answer, reason: isHtml(body) ? '' : reasonIn(body) };
		const { message, description, failure } = all.find(({ applies }) => applies(refused))!.describe(refused);
		const response: JsonObject = { message, description };
		const httpCode = status > 0 ? { httpCode: String(status) } : {};
		const error = new NodeApiError(node, response, { message, description, failure, ...httpCode });
		// n8n replaces a message that happens to hold the name of a network code, such as "updatePermission".
		error.message = message;
		return error;
	};
}
