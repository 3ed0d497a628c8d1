import { toMillis } from '../verification/timestamp';
import type { SignatureScheme } from '../verification/signatureScheme';
import { isTelling, type Header } from './delivery';

type Algorithm = SignatureScheme['algorithm'];
type Encoding = SignatureScheme['encoding'];

/** Where a timestamp stands. */
export interface TimeSource extends Pick<SignatureScheme, 'timestampHeader' | 'timestampPrefix'> {
	value: string;
}

/** What may be a signature: a part of a header that has the length of one. */
export interface Signature extends Pick<SignatureScheme, 'prefix' | 'separator'> {
	/** In lower case. */
	header: string;
	algorithm: Algorithm;
	encoding: Encoding;
	digest: Buffer;
	/** The timestamps beside it in the same header. */
	times: readonly TimeSource[];
	/** Whether the header's name says that it holds a signature. */
	isTelling: boolean;
}

/** The algorithms by the lengths of what they give, in bytes. */
const ALGORITHM_OF: Record<number, Algorithm> = {
	20: 'sha1',
	32: 'sha256',
	48: 'sha384',
	64: 'sha512',
};

/** How many elements of a header are looked at. */
const MAX_ELEMENTS = 20;

/** The longest text that is a signature: 64 bytes in hex. */
const MAX_TEXT = 128;

type Reading = Pick<Signature, 'algorithm' | 'encoding' | 'digest'>;

/** What a text stands for if it is a signature, the likely reading first. */
function* readingsOf(text: string): Generator<Reading> {
	if (text.length > MAX_TEXT) return;
	if (/^[\da-f]+$/i.test(text)) {
		const algorithm = ALGORITHM_OF[text.length / 2];
		if (algorithm) yield { algorithm, encoding: 'hex', digest: Buffer.from(text, 'hex') };
	}
	const [, bare, padding] = /^([\w+/-]+?)(={0,2})$/.exec(text) ?? [];
	if (bare === undefined) return;
	const encoding = /[-_]/.test(bare) ? 'base64url' : 'base64';
	const digest = Buffer.from(bare, encoding);
	const algorithm = ALGORITHM_OF[digest.length];
	const isWhole = padding === '' || (bare.length + padding.length) % 4 === 0;
	// Node's decoder skips what is none; the way back shows it.
	if (algorithm && isWhole && digest.toString(encoding).replace(/=+$/, '') === bare)
		yield { algorithm, encoding, digest };
}

/**
 * What may stand before a signature: nothing, a name and a delimiter, such as `sha256=` and `v1,`, a
 * word, such as `HMAC `, or both.
 */
const PREFIXES = [
	/^/,
	/^[A-Za-z][\w.-]{0,60} ?[=:,] ?/,
	/^[A-Za-z][\w-]{0,30} +/,
	/^[A-Za-z][\w-]{0,30} +[A-Za-z\d][\w.-]{0,60} ?[=:,] ?/,
];

interface Element {
	prefix: string;
	value: string;
	readings: readonly Reading[];
}

/** The ways to take off a prefix, those that leave a signature first. */
function elementOf(text: string): Element {
	const ways = PREFIXES.flatMap((pattern) => {
		const prefix = pattern.exec(text)?.[0];
		if (prefix === undefined) return [];
		const value = text.slice(prefix.length);
		return [{ prefix, value, readings: [...readingsOf(value)] }];
	});
	return ways.find(({ readings }) => readings.length > 0) ?? ways[1] ?? ways[0];
}

/** The elements of a header, unless it is not made of elements with this separator. */
function elementsOf(value: string, separator: Signature['separator']): Element[] | undefined {
	const parts = separator === '' ? [value] : value.split(separator, MAX_ELEMENTS);
	const elements = parts.map((part) => elementOf(part.trim()));
	return elements.every((element) => !/[\s,;]/.test(element.value)) ? elements : undefined;
}

/** In the order in which a header is taken apart. */
const SEPARATORS: ReadonlyArray<Signature['separator']> = ['', ',', ';', ' '];

/** Of a timestamp that a sender may sign: this century. */
const isTime = (text: string): boolean => {
	const millis = toMillis(text);
	return millis > Date.UTC(2001) && millis < Date.UTC(2100);
};

/** The timestamps in a header with several elements. */
const timesIn = (header: string, elements: readonly Element[]): TimeSource[] =>
	elements
		.filter(({ value }) => elements.length > 1 && isTime(value))
		.map(({ prefix, value }) => ({
			timestampHeader: prefix === '' ? header : '',
			timestampPrefix: prefix,
			value,
		}));

/**
 * Senders that begin a signature with a version and a comma separate several by spaces (Standard
 * Webhooks).
 */
const separatorFor = (prefix: string, separator: Signature['separator']): Signature['separator'] =>
	separator === '' && prefix.endsWith(',') ? ' ' : separator;

/** What may be signatures in one header. */
function signaturesOf({ name, value }: Header): Signature[] {
	const found: Signature[] = [];
	const known = new Set<string>();
	for (const separator of SEPARATORS) {
		const elements = elementsOf(value, separator) ?? [];
		const times = timesIn(name, elements);
		for (const element of elements) {
			if (known.has(element.value)) continue;
			known.add(element.value);
			for (const reading of element.readings) {
				found.push({
					...reading,
					header: name,
					prefix: element.prefix,
					separator: separatorFor(element.prefix, separator),
					times,
					isTelling: isTelling(name),
				});
			}
		}
	}
	return found;
}

/** How many are looked for. */
const MAX_SIGNATURES = 24;

/** Digests of the body, which anybody can make. */
const DIGEST = /^(content-md5|digest|(content|repr)-digest)$/;

/** What may be signatures in these headers, the likely ones first. */
export const signaturesIn = (headers: readonly Header[]): Signature[] =>
	headers
		.filter(({ name }) => !DIGEST.test(name))
		.flatMap(signaturesOf)
		.slice(0, MAX_SIGNATURES);

/** How many timestamps are tried. */
const MAX_TIMES = 3;

/** The timestamps that may be signed: those beside signatures, then those in headers of their own. */
export function timesOf(
	headers: readonly Header[],
	signatures: readonly Signature[],
): TimeSource[] {
	const own = headers
		.filter(({ value }) => isTime(value))
		.sort((a, b) => Number(/time|date/.test(b.name)) - Number(/time|date/.test(a.name)))
		.map(({ name, value }) => ({ timestampHeader: name, timestampPrefix: '', value }));
	const beside = signatures.flatMap(({ times }) => times);
	const all = [...beside, ...own];
	return all
		.filter(
			(each, index) =>
				index ===
				all.findIndex(
					(other) => other.value === each.value && other.timestampHeader === each.timestampHeader,
				),
		)
		.slice(0, MAX_TIMES);
}

/** How many message IDs are tried. */
const MAX_IDS = 3;

const ID_NAME = /(^|-)(id|uuid|guid|nonce|delivery|salt|token)$/;

/** The headers that may hold a message ID, those with the most telling names first. */
export const idsOf = (headers: readonly Header[]): Header[] =>
	headers
		.filter(({ name, value }) => ID_NAME.test(name) && value.length <= 200)
		.sort(
			(a, b) => Number(/hook|msg|message/.test(b.name)) - Number(/hook|msg|message/.test(a.name)),
		)
		.slice(0, MAX_IDS);
