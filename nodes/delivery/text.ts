import get from 'lodash/get';

/** The value as text, `null` for anything but a non-empty string or a finite number. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The value at a dotted path of an untrusted object, as `asText` gives it. */
export function textAt(source: unknown, path: string): string | null {
	return asText(get(source, path));
}
