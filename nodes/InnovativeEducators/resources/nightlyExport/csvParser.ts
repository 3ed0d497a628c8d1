import mapValues from 'lodash/mapValues';

import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import type { Payload } from '../../../shared/events/types';
import { MAX_ROW_LENGTH, TOO_LONG, type InvalidRow, type ParsedRow, type Parser } from './row';

export interface CsvRecord {
	line: number;
	through: number;
	fields: string[];
}

const UNCLOSED = 'has a quotation mark that is never closed';

/** The fields of a record without their quotation marks, or the reason why RFC 4180 forbids it. */
function splitRecord(record: string, delimiter: string): string[] | string {
	const fields: string[] = [];
	for (let from = 0; from <= record.length; ) {
		if (record[from] === '"') {
			let end = record.indexOf('"', from + 1);
			while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
			if (end < 0) return UNCLOSED;
			if (end + 1 < record.length && record[end + 1] !== delimiter)
				return 'has text after a closing quotation mark';
			fields.push(record.slice(from + 1, end).replaceAll('""', '"'));
			from = end + 2;
		} else {
			const next = record.indexOf(delimiter, from);
			const field = record.slice(from, next < 0 ? record.length : next);
			if (field.includes('"'))
				return 'has a quotation mark in a field that does not start with one';
			fields.push(field);
			from += field.length + 1;
		}
	}
	return fields;
}

/**
 * Splits CSV into records (RFC 4180; lines end in CR LF or LF, blank lines are ignored). A record
 * ends at a line end behind an even number of quotation marks.
 */
export class CsvParser implements Parser<CsvRecord | InvalidRow> {
	private line = 1;
	private record = '';
	private isQuoted = false;
	/** Line ends inside the record. */
	private lineEnds = 0;

	/** @param delimiter between the fields of a record: a comma, unless another program wrote it */
	constructor(
		private readonly maxLength = MAX_ROW_LENGTH,
		private readonly delimiter = ',',
	) {}

	*push(text: string): Generator<CsvRecord | InvalidRow> {
		let from = 0;
		for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', from) + 1) {
			this.add(text.slice(from, end));
			from = end;
			if (this.isQuoted && !this.isBroken()) this.lineEnds++;
			else yield* this.endRecord();
		}
		this.add(text.slice(from));
	}

	*end(): Generator<CsvRecord | InvalidRow> {
		while (this.record !== '') yield* this.endRecord();
	}

	private add(text: string): void {
		if (!this.isTooLong()) this.record += text;
		for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1))
			this.isQuoted = !this.isQuoted;
	}

	/** Allows for a line end of two characters, which does not count. */
	private isTooLong(): boolean {
		return this.record.length > this.maxLength + 2;
	}

	/** Whether the first line of a record is invalid whatever follows. */
	private isBroken(): boolean {
		const fields =
			this.lineEnds > 0
				? UNCLOSED
				: splitRecord(this.record.slice(0, this.maxLength), this.delimiter);
		return typeof fields === 'string' && fields !== UNCLOSED;
	}

	private *endRecord(): Generator<CsvRecord | InvalidRow> {
		const { line, record } = this;
		const through = line + this.lineEnds;
		const content = record.replace(/\r?\n?$/, '');
		const fields =
			content.length > this.maxLength ? TOO_LONG : splitRecord(content, this.delimiter);
		this.record = '';
		this.isQuoted = false;
		this.lineEnds = 0;
		this.line = through + 1;
		if (typeof fields !== 'string') {
			if (content.trim() !== '') yield { line, through, fields };
		} else if (through === line || fields === TOO_LONG) {
			yield { line, through, reason: fields };
		} else {
			// An unclosed quotation mark must not take the rows below with it.
			yield { line, reason: fields };
			this.line = line + 1;
			yield* this.push(record.slice(record.indexOf('\n') + 1));
		}
	}
}

/** By name: the index of a field in a record, or the columns of a nested object. */
interface Columns {
	[name: string]: number | Columns;
}

/** Without a prototype, so that no column can change one. */
const createColumns = (): Columns => Object.create(null) as Columns;

/** Without these columns a row can be neither identified nor deduplicated. */
const REQUIRED = ['id', 'event', 'notifiableId'];

/**
 * The documented header has 19 names, which are dotted one level deep: `userDetail.id` is the field
 * `id` of `userDetail` (event types). Other orders and more columns are accepted.
 *
 * @throws NodeOperationError if this is not the header of a nightly file
 */
function parseHeader(header: string[], createError: ParameterErrorFactory): Columns {
	const missing = REQUIRED.filter((name) => !header.includes(name));
	if (missing.length > 0) {
		throw createError(
			'The file is not a nightly file of Innovative Educators',
			`It is not a JSON list, and as CSV its first line lacks ${missing.join(', ')}. Check which file the input field contains.`,
		);
	}
	const columns = createColumns();
	for (const [index, name] of header.entries()) {
		const [outer, ...inner] = name.split('.');
		if (inner.length === 0) {
			columns[outer] = index;
		} else {
			if (typeof columns[outer] !== 'object') columns[outer] = createColumns();
			(columns[outer] as Columns)[inner.join('.')] = index;
		}
	}
	return columns;
}

/** An empty field is `null`, as unset fields are in the documented objects. */
const toPayload = (columns: Columns, fields: string[]): Payload =>
	mapValues(columns, (column) =>
		typeof column === 'number' ? fields[column] || null : toPayload(column, fields),
	);

/** Parses the nightly file as CSV. */
export function createCsvParser(createError: ParameterErrorFactory): Parser<ParsedRow> {
	const parser = new CsvParser();
	let header: string[] | undefined;
	let columns: Columns;

	function* toRows(records: Iterable<CsvRecord | InvalidRow>): Generator<ParsedRow> {
		for (const record of records) {
			if (header === undefined) {
				header = 'fields' in record ? record.fields.map((name) => name.trim()) : [];
				columns = parseHeader(header, createError);
			} else if (!('fields' in record)) {
				yield record;
			} else {
				const { fields, ...position } = record;
				yield fields.length === header.length
					? { ...position, payload: toPayload(columns, fields) }
					: { ...position, reason: `has ${fields.length} fields instead of ${header.length}` };
			}
		}
	}

	return { push: (text) => toRows(parser.push(text)), end: () => toRows(parser.end()) };
}
