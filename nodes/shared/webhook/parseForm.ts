import type { IDataObject } from 'n8n-workflow';

import { MAX_DEPTH } from '../values/json';
import { DEFAULT_LIMITS } from './limits';

/**
 * Each field, and each list or object that their names describe, takes far more memory than its
 * bytes.
 */
export const MAX_FIELDS = DEFAULT_LIMITS.fields;

/** What brackets in names describe: an object, or a list if its names are 0, 1, 2 … */
class Branch {
	/** A map, because senders choose the names. */
	readonly values = new Map<string, unknown>();
	private next = 0;

	/** The name in brackets; an empty one is the next number, as in PHP. */
	nameOf(written: string): string {
		const name = written === '' ? String(this.next) : written;
		if (/^\d{1,15}$/.test(name)) this.next = Math.max(this.next, Number(name) + 1);
		return name;
	}

	toObject(): IDataObject {
		const entries = Array.from(this.values, ([name, value]) => [
			name,
			value instanceof Branch ? value.toContent() : value,
		]);
		return Object.fromEntries(entries) as IDataObject;
	}

	private toContent(): unknown {
		const object = this.toObject();
		const isList = Object.keys(object).every((name, index) => name === String(index));
		return isList ? Object.values(object) : object;
	}
}

/** The names along a field's path: `doc[sports][]` is `doc`, `sports` and an empty name. */
function pathOf(name: string): string[] {
	const open = name.indexOf('[');
	if (open < 1 || !name.endsWith(']')) return [name];
	return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

/** Whether a field is read as JSON. */
export const isLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** A field's value: parsed if its text is a JSON object or list, otherwise the text. */
function valueOf(text: string): unknown {
	if (!isLikeJson(text)) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/**
 * The object that a form's fields describe, as a sender of JSON would send it: nested by brackets
 * as in PHP, or by JSON in a field. If a name repeats, the last field counts. `undefined` when the
 * names are nested too deep or describe too many objects.
 */
export function objectOfFields(
	fields: Iterable<[string, string]>,
	most = MAX_FIELDS,
): IDataObject | undefined {
	const root = new Branch();
	let branches = 0;
	for (const [name, text] of fields) {
		const [first, ...inner] = pathOf(name);
		if (inner.length >= MAX_DEPTH) return undefined;
		let branch = root;
		let last = first;
		for (const written of inner) {
			let next = branch.values.get(last);
			if (!(next instanceof Branch)) {
				if (++branches > most) return undefined;
				next = new Branch();
				branch.values.set(last, next);
			}
			branch = next as Branch;
			last = branch.nameOf(written);
		}
		branch.values.set(last, valueOf(text));
	}
	return root.toObject();
}
