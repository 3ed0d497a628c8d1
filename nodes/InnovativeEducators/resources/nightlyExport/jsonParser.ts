import isPlainObject from 'lodash/isPlainObject';
import type { NodeOperationError } from 'n8n-workflow';

import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import type { Payload } from '../../../shared/events/types';
import { isDeeperThan, MAX_DEPTH } from '../../../shared/values/json';
import { MAX_ROW_LENGTH, TOO_LONG, type ParsedRow, type Parser } from './row';

/** In the file, counted from 1. */
interface Position {
	line: number;
	column: number;
}

/** The position behind a text. */
function advance({ line, column }: Position, text: string): Position {
	const lastLineEnd = text.lastIndexOf('\n');
	if (lastLineEnd < 0) return { line, column: column + text.length };
	return { line: line + text.split('\n').length - 1, column: text.length - lastLineEnd };
}

/**
 * White space and a token: punctuation, a string, which the end of the text may cut short, or
 * another scalar.
 */
const TOKEN = /[ \t\r\n]*([{}[\],:]|"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|[\w.+-]+)/gy;

const NOT_BLANK = /[^ \t\r\n]/;

/** The kinds of token that may start a value: `s` is a scalar other than a string. */
const VALUE = '{["s';

function isJson(token: string): boolean {
	try {
		JSON.parse(token);
		return true;
	} catch {
		return false;
	}
}

/**
 * The index from which a text is not JSON, whatever follows; `undefined` if only its end may be
 * missing.
 */
function findSyntaxError(text: string): number | undefined {
	const closing: string[] = [];
	let expected = VALUE;
	let end = 0;
	for (const { 0: match, 1: token, index } of text.matchAll(TOKEN)) {
		end = index + match.length;
		const kind = '{}[],:"'.includes(token[0]) ? token[0] : 's';
		const isScalar = kind === '"' || kind === 's';
		const isCutShort = end === text.length && !/[\t\r\n]/.test(token);
		if (!expected.includes(kind) || (isScalar && !isCutShort && !isJson(token)))
			return end - token.length;
		if (kind === '{' || kind === '[') {
			closing.push(kind === '{' ? '}' : ']');
			expected = kind === '{' ? '"}' : `${VALUE}]`;
		} else if (kind === ':' || kind === ',') {
			expected = kind === ',' && closing[closing.length - 1] === '}' ? '"' : VALUE;
		} else if (kind === '"' && !expected.includes('s')) {
			expected = ':';
		} else {
			if (!isScalar) closing.pop();
			expected = closing.length > 0 ? `,${closing[closing.length - 1]}` : '';
		}
	}
	const rest = text.slice(end).search(NOT_BLANK);
	return rest < 0 ? undefined : end + rest;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Splits a JSON list, which is the documented format (event types), into its elements and parses
 * each of them.
 *
 * @throws NodeOperationError with line and column if the file is not such a list
 */
export class JsonParser implements Parser<ParsedRow> {
	/** The element so far, white space included. */
	private text = '';
	/** Where `text` starts, and where it ends. */
	private start: Position = { line: 1, column: 1 };
	private position = this.start;
	/** Where the element begins, after white space; it may be further than `text` is kept. */
	private first: Position | undefined;
	private number = 0;
	/** Open brackets, that of the list included. */
	private depth = 0;
	private isString = false;
	private isEscaped = false;
	private isClosed = false;

	/** @param maxLength of an element, white space around it included */
	constructor(
		private readonly createError: ParameterErrorFactory,
		private readonly maxLength = MAX_ROW_LENGTH,
	) {}

	*push(text: string): Generator<ParsedRow> {
		let from = 0;
		for (let index = 0; index < text.length && !this.isClosed; index++) {
			if (!this.isDelimiter(text.charCodeAt(index))) continue;
			this.add(text.slice(from, index));
			yield* this.endElement(text[index]);
			from = index + 1;
		}
		this.add(text.slice(from));
	}

	end(): ParsedRow[] {
		if (this.isClosed) return [];
		const index = this.findSyntaxError();
		if (index !== undefined) throw this.syntaxError(index);
		const { line, column } = this.position;
		throw this.createError(
			`The JSON file ends too early, at line ${line}, column ${column}`,
			'It was probably cut short: Innovative Educators stops a transfer after 5 minutes. Get the file again, and read it when its transfer is complete.',
		);
	}

	private add(text: string): void {
		const excess = this.isClosed ? text.search(NOT_BLANK) : -1;
		if (excess >= 0) throw this.syntaxErrorAt(advance(this.position, text.slice(0, excess)));
		const begins = this.first ? -1 : text.search(NOT_BLANK);
		if (begins >= 0) this.first = advance(this.position, text.slice(0, begins));
		if (this.text.length <= this.maxLength) this.text += text;
		this.position = advance(this.position, text);
	}

	/** Whether a character starts the list, or ends an element of it. */
	private isDelimiter(code: number): boolean {
		if (this.isEscaped) this.isEscaped = false;
		else if (code === QUOTE) this.isString = !this.isString;
		else if (this.isString) this.isEscaped = code === BACKSLASH;
		else if (code === COMMA) return this.depth === 1;
		else if (code === OPEN_ARRAY || code === OPEN_OBJECT) return this.depth++ === 0;
		else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) return --this.depth === 0;
		return false;
	}

	private *endElement(delimiter: string): Generator<ParsedRow> {
		const isEmptyList = delimiter === ']' && this.number === 0 && !this.first;
		if (delimiter !== '[' && !isEmptyList) yield this.parseElement();
		if (delimiter === '}') throw this.syntaxErrorAt(this.position);
		this.isClosed = delimiter === ']';
		this.text = '';
		this.first = undefined;
		this.start = this.position = advance(this.position, delimiter);
	}

	private parseElement(): ParsedRow {
		const { text } = this;
		const start = this.first ?? this.position;
		const position = { line: start.line, number: ++this.number };
		if (text.length > this.maxLength) {
			const index = this.findSyntaxError();
			if (index !== undefined) throw this.syntaxError(index);
			return { ...position, reason: TOO_LONG };
		}
		let value: unknown;
		try {
			value = JSON.parse(text);
		} catch {
			throw this.syntaxError(this.findSyntaxError() ?? text.length);
		}
		const lines = { ...position, through: advance(start, text.trim()).line };
		if (!isPlainObject(value)) return { ...lines, reason: 'is not an object' };
		const payload = value as Payload;
		return isDeeperThan(MAX_DEPTH, payload)
			? { ...lines, reason: `is nested more than ${MAX_DEPTH} levels deep` }
			: { ...lines, payload };
	}

	private findSyntaxError(): number | undefined {
		return findSyntaxError(this.text.slice(0, this.maxLength));
	}

	private syntaxError(index: number): NodeOperationError {
		return this.syntaxErrorAt(advance(this.start, this.text.slice(0, index)));
	}

	private syntaxErrorAt({ line, column }: Position): NodeOperationError {
		return this.createError(
			`The JSON file is invalid at line ${line}, column ${column}`,
			'It may have been damaged: get it again. If it is still invalid, ask Innovative Educators for a new file, or for CSV.',
		);
	}
}
