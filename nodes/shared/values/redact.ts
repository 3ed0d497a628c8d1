import type { IDataObject } from 'n8n-workflow';

import { asText } from './text';

/**
 * A URL whose user, query and fragment, which may contain a webhook's secret, are replaced by
 * `hidden`.
 *
 * @returns `null` unless given text
 */
export function redactUrl(url: unknown): string | null {
	const text = asText(url);
	if (text === null) return null;
	if (!/^https?:/i.test(text) || !URL.canParse(text)) {
		return text
			.replace(/[?#].*$/s, '?hidden')
			.replace(/^([a-z+.-]+:)?(\/\/)?[^/]*@/i, '$1$2hidden@');
	}
	const parsed = new URL(text);
	if (parsed.username) parsed.username = 'hidden';
	if (parsed.password) parsed.password = 'hidden';
	if (parsed.search) parsed.search = '?hidden';
	if (parsed.hash) parsed.hash = '#hidden';
	return parsed.href;
}

/**
 * Providers' names for the URL of a webhook; only JOFI documents one, and not its place in a
 * payload.
 */
const WEBHOOK_URL = /^webhook[_-]?(url|uri|endpoint)$/i;

/** The list with its entries redacted; the same list if nothing needs hiding. */
function redactList(list: unknown[]): unknown[] {
	let copy: unknown[] | undefined;
	for (let index = 0; index < list.length; index++) {
		const redacted = redactWebhookUrls(list[index]);
		if (redacted !== list[index]) (copy ??= [...list])[index] = redacted;
	}
	return copy ?? list;
}

/** The object with its fields redacted; the same object if nothing needs hiding. */
function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
	let copy: Record<string, unknown> | undefined;
	for (const name in fields) {
		const value = fields[name];
		const isUrl = typeof value === 'string' && value !== '' && WEBHOOK_URL.test(name);
		const redacted = isUrl ? redactUrl(value) : redactWebhookUrls(value);
		if (redacted !== value) (copy ??= { ...fields })[name] = redacted;
	}
	return copy ?? fields;
}

/**
 * A payload with its webhook URLs redacted, wherever they are; the same payload if nothing needs
 * hiding. Payloads may be large, and loops take a quarter of the time of `map`.
 */
export function redactWebhookUrls(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	return Array.isArray(value) ? redactList(value) : redactFields(value as Record<string, unknown>);
}

/** What may be secret in a response of n8n or of a proxy, and its replacement. */
const SECRETS: ReadonlyArray<[RegExp, string]> = [
	[/\b(Basic|Bearer|Digest)\s+[\w+/=.~:-]+/gi, '$1 hidden'],
	[/\/\/[^/\s@"'<>]+@/g, '//hidden@'],
	[/\?[^\s?"'<>=]+=[^\s"'<>]*/g, '?hidden'],
	[
		/((?:token|secret|passw(?:or)?d|signature|api[-_]?key)["']?\s*[:=]\s*["']?)[^\s"'&,;}<]+/gi,
		'$1hidden',
	],
];

/** Text from outside with likely secrets hidden. */
export const redactText = (text: string): string =>
	SECRETS.reduce((rest, [secret, replacement]) => rest.replace(secret, replacement), text);

/**
 * A copy of a response body in which `hidden` replaces each of the given secrets, so that a
 * provider that echoes a request reveals none.
 */
export function redactSecrets<Body>(body: Body, secrets: readonly string[]): Body {
	if (body === undefined) return body;
	// The longest first, as one may be part of another.
	const longestFirst = secrets.filter(Boolean).sort((a, b) => b.length - a.length);
	const hide = (text: string) =>
		longestFirst.reduce((rest, secret) => rest.replaceAll(secret, 'hidden'), text);
	return JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
		typeof value === 'string' ? hide(value) : value,
	) as Body;
}

/** Common names of a secret in a URL. */
const SECRET_NAME = /^(token|secret|password|signature|api[-_]?key)$/i;

/** A shorter text may well be the value of another parameter. */
const MIN_SECRET_LENGTH = 8;

/**
 * A query without the parameters that contain a secret; the others stay as sent.
 *
 * @param secretName the parameter that the credential names
 * @param secrets removed wherever they are the value
 */
export function redactQuery(query: string, secretName: string, secrets: readonly string[]): string {
	const values = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
	const isSecret = (parameter: string) =>
		[...new URLSearchParams(parameter)].some(
			([name, value]) =>
				name === secretName ||
				SECRET_NAME.test(name) ||
				values.includes(value.replace(/^bearer +/i, '')),
		);
	return query
		.split('&')
		.filter((parameter) => !isSecret(parameter))
		.join('&');
}

/** A record with the text at `field` redacted. */
export const redactField = (record: IDataObject, field: string): IDataObject => {
	const text = record[field];
	return typeof text === 'string' ? { ...record, [field]: redactText(text) } : record;
};
