import {
	NodeApiError,
	type IDataObject,
	type IHttpRequestMethods,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import type { Answer } from '../api/send';

/** What a call was about. */
export interface Asked {
	/** As in "no test taker with the ID 42". */
	object?: string;
	id?: string;
	/** What else may be why JOFI does not accept it, as a sentence. */
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
interface Told {
	message: string;
	description: string;
	failure?: Failure;
}

/** What was asked and what was answered. */
interface Refused extends Asked, Answer {
	method: IHttpRequestMethods;
	/** What JOFI itself says; empty when it says nothing that people can read. */
	said: string;
}

/** Documented 404 bodies of a missing and of an unknown key (api/errors-and-status-codes). */
const ABOUT_THE_KEY = /api key/i;

const MOST_SAID = 300;

const isHtml = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	const { message } = (value ?? {}) as IDataObject;
	return typeof message === 'string' ? message : JSON.stringify(value);
}

/**
 * What JOFI itself says. `error` is text or, for some schema violations, an array (documented); of
 * what, is not. `sent_to_email` is its name for the field `email` (documented). A key is never shown.
 */
export function saidBy(body: unknown): string {
	if (isHtml(body)) return '';
	const { error = body } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	const said = [error ?? []].flat().map(textOf).join('; ');
	return said
		.replace(/\bsk_(live|test)[^\s"']*/g, 'sk_$1…')
		.replace(/\bsent_to_email\b/g, 'sent_to_email (the field Email)')
		.slice(0, MOST_SAID);
}

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

function quoted({ said, body }: Refused): string {
	if (isHtml(body)) return 'The answer is a page of HTML, as a proxy or a firewall gives it.';
	return said === '' ? 'JOFI gave no reason.' : sentence(`JOFI said: ${said}`);
}

const withId = ({ object = 'record', id }: Asked) =>
	id === undefined ? `such ${object}` : `${object} with the ID ${id}`;

function when(retryAfterMs = 0): string {
	if (retryAfterMs === 0) return 'later';
	if (retryAfterMs < 120_000) return `in ${Math.ceil(retryAfterMs / 1000)} seconds`;
	return `in ${Math.ceil(retryAfterMs / 60_000)} minutes`;
}

/** What to do when nobody knows whether the request was carried out. */
const afterDoubt = (method: IHttpRequestMethods) =>
	method === 'POST'
		? 'Look into JOFI before you try again: it may have been done, and would be done twice.'
		: 'Try again later.';

const waiting = ({ retryAfterMs }: Answer) => (retryAfterMs === undefined ? {} : { retryAfterMs });

/**
 * What each refusal means, the first that applies. 400, 404 and 405 are documented
 * (api/errors-and-status-codes): 404 for a key that is missing or wrong, 400 for an unknown ID as for
 * an invalid body, 404 with `null` for a career navigation profile, 405 in plain text. Whether 401,
 * 403, 429 and 5xx occur is not documented; they are taken for what they usually mean.
 */
const CASES: ReadonlyArray<{ applies(refused: Refused): boolean; tell(refused: Refused): Told }> = [
	{
		applies: ({ status }) => status === 0,
		tell: ({ networkCode, method }) => ({
			message: 'JOFI could not be reached',
			description: `The connection ended with ${networkCode}. Check that this n8n can reach the internet. ${afterDoubt(method)}`,
			failure: { cause: 'temporarily-unavailable' },
		}),
	},
	{
		applies: ({ status, said }) =>
			status === 401 || status === 403 || (status === 404 && ABOUT_THE_KEY.test(said)),
		tell: (refused) => ({
			message: 'The API key was not accepted',
			description: `Check the key in the credential JOFI API, or ask your JOFI representative for a new one. ${quoted(refused)}`,
			failure: { cause: 'credential-invalid' },
		}),
	},
	{
		applies: ({ status, id, body }) =>
			status === 404 && (body === null || (id !== undefined && typeof body === 'object')),
		tell: (refused) => ({
			message: `JOFI has no ${withId(refused)}`,
			description: 'Check the ID; a record of another account cannot be read.',
			failure: { cause: 'configuration-invalid' },
		}),
	},
	{
		applies: ({ status, id }) => status === 400 && id !== undefined,
		tell: (refused) => ({
			message: `JOFI did not accept the request for the ${withId(refused)}`,
			description: `${quoted(refused)} JOFI answers so when it has no such record, when the record belongs to another account, or when it does not take a value. ${refused.advice ?? 'Check the ID.'}`,
		}),
	},
	{
		applies: ({ status }) => status === 400,
		tell: ({ said, advice }) => ({
			message: `JOFI did not accept the request${said && `: ${said}`}`,
			description: advice ?? 'Check the values of the node.',
		}),
	},
	{
		applies: ({ status }) => status === 429,
		tell: (refused) => ({
			message: 'JOFI asks for fewer requests',
			description: `Try again ${when(refused.retryAfterMs)}, and less often.`,
			failure: { cause: 'rate-limited', ...waiting(refused) },
		}),
	},
	{
		applies: ({ status }) => status >= 500,
		tell: (refused) => ({
			message: 'JOFI is not available at the moment',
			description: `It answered ${refused.status}. ${afterDoubt(refused.method)}`,
			failure: { cause: 'temporarily-unavailable', ...waiting(refused) },
		}),
	},
	{
		applies: ({ status }) => status >= 300 && status < 400,
		tell: ({ status }) => ({
			message: 'JOFI redirected the request, and this node did not follow',
			description: `It answered ${status}. The API key is for one address only. If the API has moved, a newer version of this package knows where to.`,
			failure: { cause: 'node-defect' },
		}),
	},
	{
		applies: ({ status }) => status === 404 || status === 405,
		tell: (refused) => ({
			message: 'JOFI does not offer what this node asked for',
			description: `Its API may have changed: look for a newer version of this package. It answered ${refused.status}. ${quoted(refused)}`,
			failure: { cause: 'node-defect' },
		}),
	},
	{
		applies: ({ status }) => status >= 400,
		tell: (refused) => ({
			message: `JOFI refused the request with the status ${refused.status}`,
			description: `${quoted(refused)} ${refused.advice ?? 'Check the values of the node.'}`,
		}),
	},
	{
		applies: () => true,
		tell: ({ status, listed }) => ({
			message: `JOFI gave an answer that this node does not understand (${status})`,
			description: `It is not ${listed ? 'a list' : 'a JSON object'} as JOFI documents it. A proxy between n8n and JOFI may have answered instead; otherwise look for a newer version of this package.`,
		}),
	},
];

/** Whether the answer is what the call is for: an object, or JOFI's envelope of a list (documented). */
function isExpected({ status, body }: Answer, { listed }: Asked): boolean {
	if (status < 200 || status >= 300) return false;
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	return !listed || Array.isArray((body as IDataObject).data);
}

/**
 * What an answer that is not a success means.
 *
 * @returns `undefined` for a success. What is told holds nothing of the request but the ID
 */
export function refusalOf(
	node: INode,
	answer: Answer,
	asked: Asked & { method: IHttpRequestMethods },
): NodeApiError | undefined {
	if (isExpected(answer, asked)) return undefined;
	const refused = { ...asked, ...answer, said: saidBy(answer.body) };
	const told = CASES.find(({ applies }) => applies(refused))!.tell(refused);
	const response: JsonObject = { message: told.message, description: told.description };
	const httpCode = answer.status > 0 ? { httpCode: String(answer.status) } : {};
	const refusal = new NodeApiError(node, response, { ...told, ...httpCode });
	// n8n replaces a message that happens to hold the name of a network code, such as "updatePermission".
	refusal.message = told.message;
	return refusal;
}
