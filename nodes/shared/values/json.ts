import type { IDataObject } from 'n8n-workflow';

/**
 * For parsed JSON; lodash's `isPlainObject` takes a hundred times as long, which matters with
 * thousands of people.
 */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** n8n and its databases process items recursively, and cannot store a deeper body. */
export const MAX_DEPTH = 200;

/**
 * Whether arrays and objects are nested more than `limit` levels deep; checks without recursion.
 */
export function isDeeperThan(limit: number, root: object): boolean {
	let level: object[] = [root];
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > limit) return true;
		const next: object[] = [];
		for (const parent of level) {
			for (const value of Object.values(parent)) {
				if (typeof value === 'object' && value !== null) next.push(value);
			}
		}
		level = next;
	}
	return false;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;

/** The index of the quote that closes the string opened at `start`. */
function closingQuote(json: string, start: number): number {
	let index = start + 1;
	for (; index < json.length; index++) {
		const code = json.charCodeAt(index);
		if (code === QUOTE) break;
		if (code === BACKSLASH) index++;
	}
	return index;
}

/**
 * The number of values in JSON, counted without parsing it into memory; an empty list or object
 * counts as two. Invalid JSON gets a number as well.
 */
export function countValues(json: string): number {
	let count = 1;
	for (let index = 0; index < json.length; index++) {
		const code = json.charCodeAt(index);
		if (code === QUOTE) index = closingQuote(json, index);
		else if (code === COMMA || code === OPEN_LIST || code === OPEN_OBJECT) count++;
	}
	return count;
}
