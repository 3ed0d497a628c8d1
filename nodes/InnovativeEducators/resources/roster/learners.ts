import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import get from 'lodash/get';

import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { CsvParser, type CsvRecord } from '../nightlyExport/csvParser';
import { readText } from '../nightlyExport/readRows';
import { describeInvalidRow, MAX_ROW_LENGTH, type InvalidRow } from '../nightlyExport/row';

/** A learner of the roster. */
export interface Learner {
	/** The address or ID, as the roster has it; `null` if it has none. */
	value: string | null;
	/** All that the roster says of the learner. */
	row: IDataObject;
	/** The input item that it comes from. */
	item: number;
}

/** Far more than an institution has, and little enough for n8n's memory. */
const MAX_LEARNERS = 200_000;

/** Of a list without columns, in characters. */
const MAX_LIST_LENGTH = 10_000_000;

/** What spreadsheets put between cells; the first is what a line without any of them has. */
const DELIMITERS = [',', ';', '\t'];

const clean = (value: unknown): string | null => asText(value)?.trim() || null;

/** The delimiter that a header has most of. */
const delimiterIn = (header: string): string =>
	DELIMITERS.reduce((best, each) =>
		header.split(each).length > header.split(best).length ? each : best,
	);

type Chunks = Iterable<string> | AsyncIterable<string>;

/** The records of a text; the first line decides what delimits them. */
async function* recordsIn(chunks: Chunks): AsyncGenerator<CsvRecord | InvalidRow> {
	let parser: CsvParser | undefined;
	let start = '';
	const open = (text: string) =>
		new CsvParser(MAX_ROW_LENGTH, delimiterIn(/^\s*([^\r\n]*)/.exec(text)![1]));
	for await (const chunk of chunks) {
		if (!parser) {
			start += chunk;
			if (!start.trimStart().includes('\n') && start.length <= MAX_ROW_LENGTH) continue;
		}
		const isFirst = parser === undefined;
		parser ??= open(start);
		yield* parser.push(isFirst ? start : chunk);
	}
	if (!parser) {
		parser = open(start);
		yield* parser.push(start);
	}
	yield* parser.end();
}

/** A row by its columns, of which one without a name counts for nothing. */
const rowOf = (header: readonly string[], fields: readonly string[]): IDataObject =>
	Object.fromEntries(
		header.flatMap((name, index) =>
			name === '' || name === '__proto__' ? [] : [[name, fields[index] ?? '']],
		),
	);

/** The learners of a text with columns, whose first line names them. */
async function* learnersInTable(
	chunks: Chunks,
	field: string,
	item: number,
	refuse: ParameterErrorFactory,
): AsyncGenerator<Learner> {
	let header: string[] | undefined;
	let column = -1;
	for await (const record of recordsIn(chunks)) {
		if (!('fields' in record)) {
			throw refuse(describeInvalidRow(record), 'Correct this row of the roster.');
		}
		const { fields } = record;
		if (header) {
			if (fields.slice(header.length).some((each) => each.trim() !== '')) {
				const reason = `has ${fields.length} fields instead of ${header.length}`;
				throw refuse(
					describeInvalidRow({ ...record, reason }),
					'Correct this row of the roster. Put a field that contains the separator in quotation marks.',
				);
			}
			yield { value: clean(fields[column]), row: rowOf(header, fields), item };
			continue;
		}
		header = fields.map((name) => name.trim());
		column = header.findIndex((name) => name.toLowerCase() === field.toLowerCase());
		if (column < 0) {
			throw refuse(
				`The first line of the roster has no column "${field}"`,
				'Enter the name of the column with the email address or ID in Learner Field. If the roster is only a list of addresses or IDs, clear Learner Field.',
			);
		}
	}
}

/** The learners of a text that is only a list: separated by lines, or as in a mail's To field. */
async function* learnersInList(
	chunks: Chunks,
	item: number,
	refuse: ParameterErrorFactory,
): AsyncGenerator<Learner> {
	let text = '';
	for await (const chunk of chunks) {
		text += chunk;
		if (text.length > MAX_LIST_LENGTH) {
			throw refuse(
				'The roster is longer than ten million characters',
				'Split it, and compare the parts one after the other.',
			);
		}
	}
	for (const each of text.split(/[,;\t\r\n]+/)) {
		const value = each
			.trim()
			.replace(/^(["'])(.*)\1$/, '$2')
			.trim();
		if (value !== '') yield { value, row: {}, item };
	}
}

const learnersInText = (
	chunks: Chunks,
	field: string,
	item: number,
	refuse: ParameterErrorFactory,
): AsyncGenerator<Learner> =>
	field === ''
		? learnersInList(chunks, item, refuse)
		: learnersInTable(chunks, field, item, refuse);

async function* textOf(context: IExecuteFunctions, name: string, item: number) {
	const file = context.helpers.assertBinaryData(item, name);
	for await (const { text } of readText(context, file, item)) yield text;
}

/** Where learners come from, by the value of Learners. */
const SOURCES: Record<
	string,
	(
		context: IExecuteFunctions,
		field: string,
		isLearner: (item: number) => boolean,
	) => Iterable<Learner> | AsyncIterable<Learner>
> = {
	*items(context, field, isLearner) {
		const refuse = parameterError(context, 0);
		if (field === '') {
			throw refuse(
				'Learner Field is empty',
				'Enter the name of the field with the email address or ID of a learner.',
			);
		}
		let isKnown = false;
		for (const [item, { json }] of context.getInputData().entries()) {
			if (!isLearner(item)) continue;
			const value = json[field] ?? get(json, field);
			isKnown ||= value !== undefined;
			yield { value: clean(value), row: json, item };
		}
		if (!isKnown) {
			throw refuse(
				`No input item has the field "${field}"`,
				'Enter the name of the field with the email address or ID of a learner in Learner Field.',
			);
		}
	},
	text(context, field) {
		const text = String(context.getNodeParameter('roster', 0, '') ?? '').replace(/^\uFEFF/, '');
		return learnersInText([text], field, 0, parameterError(context, 0));
	},
	async *file(context, field) {
		const name = context.getNodeParameter('rosterBinaryPropertyName', 0, 'roster') as string;
		const items = context.getInputData();
		const item = items.findIndex(({ binary }) => binary?.[name]);
		if (item < 0) {
			throw parameterError(context, 0)(
				`No input item has a file in "${name}"`,
				'Enter the name of the field with the roster in Roster Binary Field.',
			);
		}
		yield* learnersInText(textOf(context, name, item), field, item, parameterError(context, item));
	},
};

/**
 * Reads the roster.
 *
 * @param isLearner whether an input item may be a learner, where they are input items
 * @throws NodeOperationError when there is none, or it cannot be read
 */
export async function readLearners(
	context: IExecuteFunctions,
	isLearner: (item: number) => boolean,
): Promise<Learner[]> {
	const from = context.getNodeParameter('learners', 0, 'items') as string;
	const field = String(context.getNodeParameter('learnerField', 0, '') ?? '').trim();
	const learners: Learner[] = [];
	for await (const learner of SOURCES[from](context, field, isLearner)) {
		learners.push(learner);
		if (learners.length > MAX_LEARNERS) {
			throw parameterError(context, 0)(
				`The roster has more than ${MAX_LEARNERS} learners`,
				'Split it, and compare the parts one after the other.',
			);
		}
	}
	if (learners.length > 0) return learners;
	throw parameterError(context, 0)(
		'The roster is empty',
		'Give it at least one learner, or check where it comes from.',
	);
}
