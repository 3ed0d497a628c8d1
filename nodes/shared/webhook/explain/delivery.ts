import { headerOf, type Caller } from '../request';

/** A delivery as it was captured, in a test run or by another node. */
export interface CapturedDelivery {
	/** In upper case. */
	method: string;
	/**
	 * The addresses that the sender may have called, with the query as sent. The first is the one that
	 * the trigger verifies with.
	 */
	urls: readonly string[];
	headers: Caller['headers'];
	/** Names and values, decoded. */
	query: Record<string, unknown>;
	body: Buffer;
	/** Whether the body has the bytes that were received. */
	isExact: boolean;
	/** The sender's, as n8n sees it; empty if nobody knows. */
	address: string;
}

/** How many headers are looked at, those first whose names say the most. */
const MAX_HEADERS = 60;

/** The longest value that is looked at; ten signatures with their IDs are shorter. */
const MAX_VALUE = 4096;

/** The longest name of a header that is shown. */
const MAX_NAME = 60;

/** Names that say that a header proves who sent it, then those that may. */
const TELLING = [
	/signature|hmac|signed|\bsig\b/i,
	/sign|hash|digest|sha-?\d|webhook|hook|auth|verif/i,
];

const rankOf = (name: string): number => {
	const rank = TELLING.findIndex((pattern) => pattern.test(name));
	return rank === -1 ? TELLING.length : rank;
};

/** Whether the name of a header says that it holds a signature. */
export const isTelling = (name: string): boolean => rankOf(name) < TELLING.length;

/** One header. */
export interface Header {
	/** In lower case. */
	name: string;
	value: string;
}

/** The headers that are looked at, the likely ones first. */
export function headersIn({ headers }: Pick<CapturedDelivery, 'headers'>): Header[] {
	return Object.keys(headers)
		.filter((name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && name.length <= MAX_NAME)
		.map((name) => ({ name: name.toLowerCase(), value: headerOf({ headers }, name) }))
		.filter(({ value }) => value !== '' && value.length <= MAX_VALUE)
		.sort((a, b) => rankOf(a.name) - rankOf(b.name))
		.slice(0, MAX_HEADERS);
}

/** A header's name as people write it. */
export const headerLabel = (name: string): string =>
	name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** Headers that every HTTP client or proxy sends. */
const COMMON =
	/^(accept|accept-.*|authorization|baggage|cache-control|cdn-.*|cf-.*|connection|content-.*|cookie|dnt|expect|forwarded|host|if-.*|keep-alive|origin|pragma|priority|referer|sec-.*|te|trace.*|transfer-encoding|upgrade.*|user-agent|via|x-amzn?-.*|x-cloud-trace.*|x-forwarded.*|x-real-ip|x-request-id|x-b3-.*)$/;

/** The labels of the headers that are the sender's own. */
export const ownHeaders = (headers: readonly Header[]): string[] =>
	headers.filter(({ name }) => !COMMON.test(name)).map(({ name }) => headerLabel(name));
