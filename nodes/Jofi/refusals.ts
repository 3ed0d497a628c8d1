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

/** Documented 404 bodies of a missing and of an unknown key (api/errors-and-status-codes). */
const ABOUT_THE_KEY = /api key/i;

/** A page of HTML, as a proxy answers, helps nobody. */
const MOST_SAID = 300;

const textOf = (value: unknown): string => {
	const { message } = (value ?? {}) as IDataObject;
	if (typeof value === 'string') return value;
	return typeof message === 'string' ? message : JSON.stringify(value);
};

/**
 * What JOFI itself says. `error` is text or, for some schema violations, an array (documented); of
 * what, is not. `sent_to_email` is its name for the field `email` (documented).
 */
export function saidBy(body: unknown): string {
	const { error } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	const texts = (Array.isArray(error) ? error : [error ?? body]).map(textOf);
	const said = texts.join('; ').slice(0, MOST_SAID);
	return said.replace(/\bsent_to_email\b/g, 'sent_to_email (the field Email)');
}

const withId = ({ object = 'record', id }: Asked) =>
	id === undefined ? `such ${object}` : `${object} with the ID ${id}`;

const inMinutes = (ms: number) => (ms < 120_000 ? `${Math.ceil(ms / 1000)} seconds` : `${Math.ceil(ms / 60_000)} minutes`);

function tell(answer: Answer, asked: Asked & { method: IHttpRequestMethods }): Told {
	const { status, body, networkCode, retryAfterMs } = answer;
	const said = saidBy(body);
	const quoted = `JOFI said: ${said}`;
	const again = asked.method === 'POST' ? 'Look into JOFI before you try again: it may have been done, and would be done twice.' : 'Try again later.';
	if (status === 0) {
		return {
			message: 'JOFI could not be reached',
			description: `The connection ended with ${networkCode}. Check that this n8n can reach the internet. ${again}`,
			failure: { cause: 'temporarily-unavailable' },
		};
	}
	if (status === 401 || status === 403 || (status === 404 && ABOUT_THE_KEY.test(said))) {
		return {
			message: 'The API key was not accepted',
			description: `Check the key in the credential JOFI API, or ask your JOFI representative for a new one. ${quoted}`,
			failure: { cause: 'credential-invalid' },
		};
	}
	if (status === 404 && body === null) {
		return {
			message: `JOFI has no ${withId(asked)}`,
			description: 'Check the ID; a record of another account cannot be read.',
			failure: { cause: 'configuration-invalid' },
		};
	}
	if (status === 400 && asked.id !== undefined) {
		return {
			message: `JOFI did not accept the request for the ${withId(asked)}`,
			description: `${quoted}. JOFI answers so when it has no such record, or when it belongs to another account. ${asked.advice ?? 'Check the ID.'}`,
		};
	}
	if (status === 400) {
		return {
			message: `JOFI did not accept the request: ${said}`,
			description: asked.advice ?? 'Check the values of the node.',
		};
	}
	if (status === 429) {
		return {
			message: 'JOFI asks for fewer requests',
			description: `Try again ${retryAfterMs === undefined ? 'later' : `in ${inMinutes(retryAfterMs)}`}, and less often.`,
			failure: { cause: 'rate-limited', ...(retryAfterMs !== undefined && { retryAfterMs }) },
		};
	}
	if (status >= 500) {
		return {
			message: 'JOFI is not available at the moment',
			description: `It answered ${status}. ${again}`,
			failure: { cause: 'temporarily-unavailable', ...(retryAfterMs !== undefined && { retryAfterMs }) },
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: 'JOFI sent the request elsewhere, and it was not followed',
			description: `It answered ${status}. The API may have moved: look for a newer version of this package.`,
			failure: { cause: 'node-defect' },
		};
	}
	if (status === 404 || status === 405) {
		return {
			message: 'JOFI does not offer what this node asked for',
			description: `Its API may have changed: look for a newer version of this package. It answered ${status}: ${said}`,
			failure: { cause: 'node-defect' },
		};
	}
	return {
		message: `JOFI gave an answer that this node does not understand (${status})`,
		description: status < 300 ? 'It is not a JSON object. A proxy between n8n and JOFI may have answered instead.' : quoted,
	};
}

/**
 * What an answer that is not a success means, with JOFI's own reading of the status codes (documented,
 * api/errors-and-status-codes): 404 for a key that is missing or wrong, 400 for an unknown ID as for
 * an invalid body, 404 with `null` for a career navigation profile, 405 in plain text. Whether 401,
 * 403, 429 and 5xx occur is not documented; they are taken for what they usually mean.
 *
 * @returns `undefined` for a success. What is told holds nothing of the request but the ID
 */
export function refusalOf(
	node: INode,
	answer: Answer,
	asked: Asked & { method: IHttpRequestMethods },
): NodeApiError | undefined {
	const { status, body } = answer;
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	if (status >= 200 && status < 300 && isObject) return undefined;
	const told = tell(answer, asked);
	const response: JsonObject = { message: told.message, description: told.description };
	return new NodeApiError(node, response, {
		...told,
		// n8n would replace the message of a network code by its own.
		...(status > 0 && { httpCode: String(status) }),
	});
}
