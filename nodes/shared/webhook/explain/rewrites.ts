import { countValues, isDeeperThan, MAX_DEPTH } from '../../values/json';
import { isSortable } from '../verification/sign';
import type { CapturedDelivery } from './delivery';

/** What a body may have been before something on its way wrote it anew. */
export interface Rewrite {
	/** Completes "It fits the body as", e.g. "compact JSON". */
	was: string;
	body: Buffer;
}

/** More values than these take too long to write several times. */
const MAX_VALUES = 50_000;

/** Longer texts are written anew in two ways only. */
const LONG = 300_000;

/** The JSON in a text; `undefined` if there is none, or too much. */
function jsonIn(text: string): unknown {
	if (!/^\s*[[{]/.test(text) || countValues(text) > MAX_VALUES) return undefined;
	try {
		const value = JSON.parse(text) as object;
		return isDeeperThan(MAX_DEPTH, value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/** Characters that are not ASCII as escapes. */
const escaped = (json: string): string =>
	json.replace(
		/[\u0080-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** With a space after each comma and colon, as Python writes it. */
function spaced(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
	const fields = Object.entries(value).map(
		([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`,
	);
	return `{${fields.join(', ')}}`;
}

/** The value with the names of its objects in order. */
function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(sorted);
	const names = Object.keys(value).sort();
	return Object.fromEntries(names.map((name) => [name, sorted((value as never)[name])]));
}

/** The ways in which programs write JSON. */
const JSON_STYLES: ReadonlyArray<readonly [was: string, write: (value: unknown) => string]> = [
	['compact JSON', (value) => JSON.stringify(value)],
	['JSON that is indented by two spaces', (value) => JSON.stringify(value, null, 2)],
	[
		'JSON with slashes and letters escaped, as PHP writes it',
		(value) => escaped(JSON.stringify(value)).replace(/\//g, '\\/'),
	],
	[
		'JSON with spaces after commas and colons, as Python writes it',
		(value) => escaped(spaced(value)),
	],
	['compact JSON with its letters escaped', (value) => escaped(JSON.stringify(value))],
	['JSON with spaces after commas and colons', (value) => spaced(value)],
	['JSON with slashes escaped', (value) => JSON.stringify(value).replace(/\//g, '\\/')],
	['JSON that is indented by four spaces', (value) => JSON.stringify(value, null, 4)],
	['JSON that is indented by tabs', (value) => JSON.stringify(value, null, '\t')],
	['compact JSON with its fields in order', (value) => JSON.stringify(sorted(value))],
];

/** Changes that keep the text, and only move its ends and lines. */
const TEXT_CHANGES: ReadonlyArray<readonly [was: string, change: (text: string) => string]> = [
	['the same text without the line break at its end', (text) => text.replace(/\r?\n$/, '')],
	['the same text with a line break at its end', (text) => `${text}\n`],
	['the same text without the spaces around it', (text) => text.trim()],
	['the same text with other line breaks (CRLF)', (text) => text.replace(/\r?\n/g, '\r\n')],
	['the same text with other line breaks (LF)', (text) => text.replace(/\r\n/g, '\n')],
	['the same text without its byte order mark', (text) => text.replace(/^\uFEFF/, '')],
];

/** Ways in which programs write forms. */
const FORM_STYLES: ReadonlyArray<readonly [was: string, change: (form: string) => string]> = [
	['a form with + for spaces', (form) => new URLSearchParams(form).toString()],
	[
		'a form with %20 for spaces',
		(form) => new URLSearchParams(form).toString().replace(/\+/g, '%20'),
	],
];

/**
 * What the body of a delivery may have been, the likely first. Numbers are written as JavaScript
 * writes them, so a body with `1.0` in it is not found.
 */
export function* rewritesOf({ body }: Pick<CapturedDelivery, 'body'>): Generator<Rewrite> {
	const text = body.toString('utf8');
	// Bytes that are no text are not written anew by anybody.
	if (text.includes('\uFFFD')) return;
	function* variant(was: string, other: string): Generator<Rewrite> {
		if (other !== text) yield { was, body: Buffer.from(other) };
	}
	for (const [was, change] of TEXT_CHANGES.slice(0, 2)) yield* variant(was, change(text));
	const value = jsonIn(text.replace(/^\uFEFF/, ''));
	if (value !== undefined)
		for (const [was, write] of JSON_STYLES.slice(0, text.length > LONG ? 2 : undefined))
			yield* variant(was, write(value));
	for (const [was, change] of TEXT_CHANGES.slice(2)) yield* variant(was, change(text));
	if (value === undefined && text.includes('=') && text.length <= LONG && isSortable(body))
		for (const [was, change] of FORM_STYLES) yield* variant(was, change(text));
}
