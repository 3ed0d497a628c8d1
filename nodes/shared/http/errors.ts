import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { isOnceOnly, type HttpResponse, type RequestKind } from './request';

/** What an error needs to know about a request. */
export interface RequestInfo {
	/** As in "no test taker with the ID 42". */
	object?: string;
	id?: string;
	/** Another reason why the provider may reject it, as a sentence. */
	advice?: string;
	/** Whether the response must be a list. */
	expectsList?: boolean;
}

/** Why n8n may or may not try again; n8n-workflow has this option since 2.41. */
type Failure = ConstructorParameters<typeof NodeApiError>[2] extends infer Options | undefined
	? Options extends { failure?: infer Cause }
		? Cause
		: never
	: never;

/** What the user sees of an error. */
interface ErrorText {
	message: string;
	description: string;
	failure?: Failure;
}

/** A request and its response. */
export interface ErrorContext extends RequestInfo, HttpResponse, RequestKind {
	/** The provider's own reason; empty if it gives none that people can read. */
	reason: string;
}

/** The text for one kind of error. */
export interface ErrorRule {
	applies(context: ErrorContext): boolean;
	describe(context: ErrorContext): ErrorText;
}

/** How to recognize and describe one provider's errors. */
export interface ErrorRules {
	/** The provider as people write it. */
	label: string;
	/** The provider's own sentence in a body; empty if there is none. */
	reasonIn(body: unknown): string;
	/** Whether a 2xx response has what the request is for. */
	isExpected(body: unknown, request: RequestInfo): boolean;
	/**
	 * The provider's own rules, of which the first that applies counts; the rules that all share come
	 * last.
	 */
	rules: readonly ErrorRule[];
}

/** An error's message and what to do, as one text. */
export const sentenceOf = (error: unknown): string => {
	const { message, description } = error as { message: string; description?: string | null };
	return [message, description].filter(Boolean).join('. ');
};

const isHtml = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** The provider's reason as a sentence, or that it gave none. */
export function reasonSentence({ reason, body }: ErrorContext, label: string): string {
	if (isHtml(body)) return 'The response is an HTML page, as proxies and firewalls send it.';
	return reason === '' ? `${label} gave no reason.` : sentence(`${label} said: ${reason}`);
}

/** As in "such test taker", "test taker with the ID 42". */
export const withId = ({ object = 'record', id }: RequestInfo) =>
	id === undefined ? `such ${object}` : `${object} with the ID ${id}`;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When to try again; hours ahead with the time of day. */
function retryTime(retryAfterMs = 0): string {
	if (retryAfterMs === 0) return 'later';
	if (retryAfterMs < 2 * MINUTE_MS) return `in ${Math.ceil(retryAfterMs / 1000)} seconds`;
	if (retryAfterMs < 2 * HOUR_MS) return `in ${Math.ceil(retryAfterMs / MINUTE_MS)} minutes`;
	const time = new Date(Date.now() + retryAfterMs).toISOString().slice(0, 16).replace('T', ' ');
	return `in ${Math.ceil(retryAfterMs / HOUR_MS)} hours (after ${time} UTC)`;
}

/** How long n8n postpones the next poll, an hour at most. */
const retryDelay = ({ retryAfterMs }: HttpResponse) =>
	retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, HOUR_MS) };

/** What statuses mean with any provider. */
function commonRules(label: string): readonly ErrorRule[] {
	/** What to do when the request may have been carried out. */
	const retryAdvice = (context: ErrorContext) =>
		isOnceOnly(context)
			? `Check ${label} before you try again: the request may have gone through, and would be repeated.`
			: `Try again ${retryTime(context.retryAfterMs)}.`;
	return [
		{
			applies: ({ status }) => status === 0,
			describe: (context) => ({
				message: `${label} could not be reached`,
				description: `The connection failed with ${context.networkCode}. Check that this n8n can reach the internet. ${retryAdvice(context)}`,
				failure: { cause: 'temporarily-unavailable' },
			}),
		},
		{
			applies: ({ status }) => status === 429,
			describe: (context) => ({
				message: `${label} is receiving too many requests`,
				description: `Try again ${retryTime(context.retryAfterMs)}, and less often.`,
				failure: { cause: 'rate-limited', ...retryDelay(context) },
			}),
		},
		{
			applies: ({ status }) => status >= 500,
			describe: (context) => ({
				message: `${label} is not available at the moment`,
				description: `It responded with status ${context.status}. ${retryAdvice(context)}`,
				failure: { cause: 'temporarily-unavailable', ...retryDelay(context) },
			}),
		},
		{
			applies: ({ status }) => status >= 300 && status < 400,
			describe: ({ status }) => ({
				message: `${label} redirected the request, and this node did not follow`,
				description: `It responded with status ${status}. The credential is for one address only. If the API has moved, look for a newer version of this package.`,
				failure: { cause: 'node-defect' },
			}),
		},
		{
			applies: ({ status }) => status === 404 || status === 405,
			describe: (context) => ({
				message: `${label} does not support this request`,
				description: `Its API may have changed: look for a newer version of this package. It responded with status ${context.status}. ${reasonSentence(context, label)}`,
				failure: { cause: 'node-defect' },
			}),
		},
		{
			applies: ({ status }) => status >= 400,
			describe: (context) => ({
				message: `${label} rejected the request with status ${context.status}`,
				description: `${reasonSentence(context, label)} ${context.advice ?? 'Check the values of the node.'}`,
			}),
		},
		{
			applies: () => true,
			describe: ({ status, expectsList }) => ({
				message: `${label} sent a response that this node does not understand (${status})`,
				description: `It is not ${expectsList ? 'a list' : 'a JSON object'} as ${label} documents it. A proxy between n8n and ${label} may have responded instead; otherwise look for a newer version of this package.`,
			}),
		},
	];
}

/**
 * Makes a provider's `errorFrom`: the error that a response stands for, `undefined` for a success.
 * Of the request it contains nothing but the ID.
 */
export function errorMapper({ label, reasonIn, isExpected, rules }: ErrorRules) {
	const allRules = [...rules, ...commonRules(label)];
	return (
		node: INode,
		response: HttpResponse,
		request: RequestInfo & RequestKind,
	): NodeApiError | undefined => {
		const { status, body } = response;
		if (status >= 200 && status < 300 && isExpected(body, request)) return undefined;
		const context = { ...request, ...response, reason: isHtml(body) ? '' : reasonIn(body) };
		const { message, description, failure } = allRules
			.find(({ applies }) => applies(context))!
			.describe(context);
		const errorResponse: JsonObject = { message, description };
		const httpCode = status > 0 ? { httpCode: String(status) } : {};
		const error = new NodeApiError(node, errorResponse, {
			message,
			description,
			failure,
			...httpCode,
		});
		// n8n replaces a message that happens to contain a network error code, such as "EPERM" in
		// "updatePermission".
		error.message = message;
		return error;
	};
}
