import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import type { ParsedRecord, RecordParser } from './types';
import { csvReader } from './csvRows';
import { JsonArrayParser } from './jsonArrayParser';

const lineEndsIn = (text: string) => text.split('\n').length - 1;

/** The file is CSV or JSON (documented, sftp), which its first character tells. */
const readerFor = (text: string, line: number, refuse: ParameterErrorFactory): RecordParser<ParsedRecord> =>
	/^[[{]/.test(text) ? new JsonArrayParser(line) : csvReader(line, refuse);

/**
 * What the nightly file holds, in its order, as soon as it was read.
 *
 * @param texts the file in pieces
 * @throws NodeOperationError when it is no such file; a file without anything is a day without completions
 */
export async function* readNightly(texts: AsyncIterable<string>, refuse: ParameterErrorFactory): AsyncGenerator<ParsedRecord[]> {
	let reader: RecordParser<ParsedRecord> | undefined;
	let line = 1;
	for await (const text of texts) {
		const begin = reader ? 0 : text.search(/\S/);
		if (begin < 0) {
			line += lineEndsIn(text);
			continue;
		}
		reader ??= readerFor(text.slice(begin), line + lineEndsIn(text.slice(0, begin)), refuse);
		yield reader.push(text.slice(begin));
	}
	if (reader) yield reader.end();
}
