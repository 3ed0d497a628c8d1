const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;

/** Where a text ends that begins at this quote: at its last one. */
function endOfText(json: string, from: number): number {
	let at = from + 1;
	for (; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (code === QUOTE) break;
		if (code === BACKSLASH) at++;
	}
	return at;
}

/**
 * How many values JSON holds, counted without reading it into memory; an empty list or object counts as two. What is no
 * JSON has a number as well.
 */
export function countValues(json: string): number {
	let count = 1;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (code === QUOTE) at = endOfText(json, at);
		else if (code === COMMA || code === OPEN_LIST || code === OPEN_OBJECT) count++;
	}
	return count;
}
