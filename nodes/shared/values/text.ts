import get from 'lodash/get';

/** The value as text; `null` unless it is a non-empty string or a finite number. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The text at a dotted path of an untrusted object, see `asText`. */
export function textAt(source: unknown, path: string): string | null {
	// Most paths are a single name, and payloads may be huge: lodash takes twice as long.
	const value: unknown = path.includes('.')
		? get(source, path)
		: (source as Record<string, unknown> | null | undefined)?.[path];
	return asText(value);
}

/**
 * The non-empty texts in a parameter with one or several values, trimmed. An expression may give a
 * text, a number or lists of them.
 */
export const textsIn = (value: unknown): string[] =>
	[value].flat(Infinity).flatMap((each) => asText(each)?.trim() || []);
