import zipObject from 'lodash/zipObject';

import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import type { Payload } from '../../../shared/events/types';
import { isUnreadable, type ParsedRecord, type RecordParser, type Unreadable } from './types';
import { CsvParser, type Fields } from './csvParser';

/** Columns without which nobody could tell what a row is, and whether it was told before. */
const NEEDED = ['id', 'event', 'notifiableId'];

/** Where the fields of an object stand in a row; one that stands for an object has its own. */
interface Columns {
	names: string[];
	places: Array<number | Columns>;
}

/** The documented names are dotted one level deep: `userDetail.id` is the field `id` of `userDetail`. */
function columnsOf(header: string[]): Columns {
	const all: Columns = { names: [], places: [] };
	const groups = new Map<string, Columns>();
	const add = ({ names, places }: Columns, name: string, place: number | Columns) => {
		names.push(name);
		places.push(place);
	};
	const groupOf = (outer: string) => {
		const group = groups.get(outer) ?? { names: [], places: [] };
		if (!groups.has(outer)) add(all, outer, group);
		groups.set(outer, group);
		return group;
	};
	for (const [index, name] of header.entries()) {
		const dot = name.indexOf('.');
		if (dot < 0) add(all, name, index);
		else add(groupOf(name.slice(0, dot)), name.slice(dot + 1), index);
	}
	return all;
}

/** An empty field is `null`, as unset fields are in the documented objects. */
const objectOf = ({ names, places }: Columns, fields: string[]): Payload =>
	zipObject(names, places.map((place) => (typeof place === 'number' ? fields[place] || null : objectOf(place, fields))));

/**
 * The columns by the header, whose 19 names and their order are documented (event types). Another order does no
 * harm, and more columns are kept.
 *
 * @throws NodeOperationError when it is no header of a nightly file
 */
function readHeader(header: string[], refuse: ParameterErrorFactory): Columns {
	const columns = columnsOf(header);
	const missing = NEEDED.filter((name) => !header.includes(name));
	const all = [columns, ...columns.places.filter((place) => typeof place === 'object')];
	const isTwofold = all.some(({ names }) => new Set(names).size < names.length);
	if (missing.length === 0 && !isTwofold) return columns;
	throw refuse(
		'The file is not a nightly file of Innovative Educators',
		isTwofold
			? 'Its first line names a column twice.'
			: `It is no JSON, and as CSV its first line lacks ${missing.join(', ')}. Check which file the input holds.`,
	);
}

/**
 * Reads the nightly file as CSV.
 *
 * @param line the file's first that is not blank
 */
export function csvReader(line: number, refuse: ParameterErrorFactory): RecordParser<ParsedRecord> {
	const splitter = new CsvParser(line);
	let header: string[] | undefined;
	let columns: Columns;

	function read(record: Fields | Unreadable): ParsedRecord[] {
		if (header === undefined) {
			header = isUnreadable(record) ? [] : record.fields.map((name) => name.trim());
			columns = readHeader(header, refuse);
			return [];
		}
		if (isUnreadable(record)) return [record];
		const { fields, ...place } = record;
		return fields.length === header.length
			? [{ ...place, payload: objectOf(columns, fields) }]
			: [{ ...place, reason: `has ${fields.length} fields instead of ${header.length}` }];
	}

	return {
		push: (text) => splitter.push(text).flatMap(read),
		end: () => splitter.end().flatMap(read),
	};
}
