import type { IDataObject } from 'n8n-workflow';

import { asText } from './text';

/**
 * A URL with its user, query and fragment hidden, where a webhook's secret may be; `hidden` stands in their place.
 *
 * @returns `null` for what is no text
 */
export function redactUrl(url: unknown): string | null {
	const text = asText(url);
	if (text === null) return null;
	if (!/^https?:/i.test(text) || !URL.canParse(text)) {
		return text.replace(/[?#].*$/s, '?hidden').replace(/^([a-z+.-]+:)?(\/\/)?[^/]*@/i, '$1$2hidden@');
	}
	const parsed = new URL(text);
	if (parsed.username) parsed.username = 'hidden';
	if (parsed.password) parsed.password = 'hidden';
	if (parsed.search) parsed.search = '?hidden';
	if (parsed.hash) parsed.hash = '#hidden';
	return parsed.href;
}

/** What a provider calls the address of a webhook; only JOFI documents one, and not where in a payload it stands. */
const WEBHOOK_URL = /^webhook[_-]?(url|uri|endpoint)$/i;

/** The list with its entries redacted; itself where there is nothing to hide. */
function redactList(list: unknown[]): unknown[] {
	let changed: unknown[] | undefined;
	for (let index = 0; index < list.length; index++) {
		const shown = redactWebhookUrls(list[index]);
		if (shown !== list[index]) (changed ??= [...list])[index] = shown;
	}
	return changed ?? list;
}

/** The object with its fields redacted; itself where there is nothing to hide. */
function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
	let changed: Record<string, unknown> | undefined;
	for (const name in fields) {
		const each = fields[name];
		const isUrl = typeof each === 'string' && each !== '' && WEBHOOK_URL.test(name);
		const shown = isUrl ? redactUrl(each) : redactWebhookUrls(each);
		if (shown !== each) (changed ??= { ...fields })[name] = shown;
	}
	return changed ?? fields;
}

/**
 * A payload with the webhook URLs in it redacted, whatever their place; itself where there is nothing to hide. It has
 * loops where others would map, as payloads may be large: they take a quarter of the time.
 */
export function redactWebhookUrls(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	return Array.isArray(value) ? redactList(value) : redactFields(value as Record<string, unknown>);
}

/** What may be secret in an answer of n8n or of a proxy, with what takes its place. */
const SECRETS: ReadonlyArray<[RegExp, string]> = [
	[/\b(Basic|Bearer|Digest)\s+[\w+/=.~:-]+/gi, '$1 hidden'],
	[/\/\/[^/\s@"'<>]+@/g, '//hidden@'],
	[/\?[^\s?"'<>=]+=[^\s"'<>]*/g, '?hidden'],
	[/((?:token|secret|passw(?:or)?d|signature|api[-_]?key)["']?\s*[:=]\s*["']?)[^\s"'&,;}<]+/gi, '$1hidden'],
];

/** A text of anybody's without what may be secret in it. */
export const redactText = (text: string): string =>
	SECRETS.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);

/** What people call a secret that they add to a URL. */
const SECRET_NAME = /^(token|secret|password|signature|api[-_]?key)$/i;

/** What is shorter may well be the value of something else. */
const SHORTEST_KNOWN = 8;

/** A query without the parameters that hold a secret, by their name or because it is one that is known; the others as sent. */
export function redactQuery(query: string, name: string, secrets: readonly string[]): string {
	const known = secrets.filter(({ length }) => length >= SHORTEST_KNOWN);
	const isSecret = (field: string) =>
		[...new URLSearchParams(field)].some(
			([each, value]) => each === name || SECRET_NAME.test(each) || known.includes(value.replace(/^bearer +/i, '')),
		);
	return query
		.split('&')
		.filter((field) => !isSecret(field))
		.join('&');
}

/** A record with the text at `field` redacted. */
export const redactField = (record: IDataObject, field: string): IDataObject => {
	const text = record[field];
	return typeof text === 'string' ? { ...record, [field]: redactText(text) } : record;
};
