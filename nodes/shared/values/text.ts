import get from 'lodash/get';

/** The value as text, `null` for anything but a non-empty string or a finite number. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The value at a dotted path of an untrusted object, as `asText` gives it. */
export function textAt(source: unknown, path: string): string | null {
	// Most paths are one name, and payloads may have thousands of parts: lodash takes twice as long.
	const value: unknown = path.includes('.') ? get(source, path) : (source as Record<string, unknown> | null | undefined)?.[path];
	return asText(value);
}

/**
 * The texts in a parameter that holds one or several, without blanks around them and without empty ones. An
 * expression may give a text, a number or lists of them.
 */
export const textsIn = (value: unknown): string[] =>
	[value].flat(Infinity).flatMap((each) => asText(each)?.trim() || []);
