import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';
import mapValues from 'lodash/mapValues';
import setWith from 'lodash/setWith';

import { isDeeperThan, MAX_DEPTH } from './depth';

/** The names along a field's path: `doc[sports][]` is doc, sports, and the next free number. */
function pathOf(name: string, taken: Map<string, number>): string[] {
	const open = name.indexOf('[');
	if (open < 1 || !name.endsWith(']')) return [name];
	const path = [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
	return path.map((part, index) => {
		if (part !== '' || index === 0) return part;
		const list = path.slice(0, index).join('][');
		const next = taken.get(list) ?? 0;
		taken.set(list, next + 1);
		return String(next);
	});
}

/** What a field holds: JSON where it is the text of an object or a list, otherwise the text. */
function valueOf(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Fields whose names would reach beyond the object, which lodash leaves out as well. */
const UNSAFE = /(^|\[)(__proto__|constructor|prototype)(\]|\[|$)/;

/**
 * The object that a form's fields describe, as a sender of JSON would have sent it: nested by brackets as
 * PHP does it, or as JSON in a field. `undefined` when it is nested too deep.
 */
export function objectOfFields(fields: Iterable<[string, string]>): IDataObject | undefined {
	const taken = new Map<string, number>();
	/** Objects that brackets made; what a field holds stays as it is. */
	const made = new Set<unknown>();
	const make = (inner: unknown): object => {
		if (isPlainObject(inner)) return inner as object;
		const object = {};
		made.add(object);
		return object;
	};
	const root: IDataObject = {};
	for (const [name, text] of fields) {
		if (!UNSAFE.test(name)) setWith(root, pathOf(name, taken), valueOf(text), make);
	}
	if (isDeeperThan(MAX_DEPTH, root)) return undefined;

	/** Objects whose names are 0, 1, 2 … become lists. */
	const withLists = (value: unknown): unknown => {
		if (!made.has(value)) return value;
		const inner = mapValues(value as IDataObject, withLists);
		const isList = Object.keys(inner).every((name, index) => name === String(index));
		return isList ? Object.values(inner) : inner;
	};
	return mapValues(root, withLists) as IDataObject;
}
