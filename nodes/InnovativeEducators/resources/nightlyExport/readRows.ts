import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';

import { parameterError } from '../../../shared/actions/parameters';
import { decodeText, bomEncoding, UTF_8, type Decoded } from '../../../shared/values/encoding';
import { COMPLETED, typeOf } from '../../events/definitions';
import { createCsvParser } from './csvParser';
import { JsonParser } from './jsonParser';
import type { ParsedRow, Parser } from './row';

const CHUNK_BYTES = 65_536;

/** The chunks of a stored file, or of one that n8n holds in memory, as Base64. */
async function* readBytes(
	{ helpers }: IExecuteFunctions,
	{ id, data }: IBinaryData,
): AsyncGenerator<Uint8Array> {
	if (id) return yield* await helpers.getBinaryStream(id, CHUNK_BYTES);
	for (let at = 0; at < data.length; at += CHUNK_BYTES)
		yield Buffer.from(data.slice(at, at + CHUNK_BYTES), 'base64');
}

/**
 * Where a chunk can be split: behind an ASCII character, which in both encodings is no part of
 * another character.
 */
function splitPoint(bytes: Buffer): number {
	let end = bytes.length;
	while (end > 0 && bytes[end - 1] >= 0x80) end--;
	return end === 0 && bytes.length > CHUNK_BYTES ? bytes.length : end;
}

/**
 * Decodes a chunk. If it is not UTF-8, each line is decoded on its own, so that a broken line
 * affects no other.
 */
function decodeLines(bytes: Buffer): Decoded {
	const whole = decodeText(bytes);
	if (whole.encoding === UTF_8) return whole;
	let text = '';
	for (let from = 0, end = 0; from < bytes.length; from = end) {
		end = bytes.indexOf('\n', from) + 1 || bytes.length;
		text += decodeText(bytes.subarray(from, end)).text;
	}
	return { ...whole, text };
}

/**
 * The text of a file, without its byte order mark. The encoding is not documented: JSON is UTF-8,
 * and what is not UTF-8 is decoded as Windows-1252, which spreadsheets write, unless the file
 * starts with the mark of UTF-16.
 */
async function* decodeChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Decoded> {
	let rest = Buffer.alloc(0);
	let utf16: InstanceType<typeof TextDecoder> | undefined;
	let isFirst = true;
	for await (const chunk of chunks) {
		const bytes = Buffer.concat([rest, chunk]);
		const mark = isFirst ? bomEncoding(bytes) : undefined;
		isFirst = false;
		if (mark) utf16 = new TextDecoder(mark);
		if (utf16) {
			yield { text: utf16.decode(bytes, { stream: true }), encoding: utf16.encoding };
		} else {
			const end = splitPoint(bytes);
			yield decodeLines(bytes.subarray(0, end));
			rest = bytes.subarray(end);
		}
	}
	yield decodeLines(rest);
}

/**
 * The text of an input item's file, in chunks.
 *
 * @throws NodeOperationError if it cannot be read to its end
 */
export async function* readText(
	context: IExecuteFunctions,
	file: IBinaryData,
	itemIndex: number,
): AsyncGenerator<Decoded> {
	try {
		yield* decodeChunks(readBytes(context, file));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: 'The file could not be read to its end',
			description:
				'n8n may have removed it together with its execution: get the file again, and read it in the same execution.',
			itemIndex,
		});
	}
}

/** The rows that a chunk of the file completed, and its encoding. */
interface Batch {
	rows: Iterable<ParsedRow>;
	encoding: string;
}

/**
 * Reads the nightly file, CSV or JSON (documented, sftp), in chunks. An empty file is a day without
 * completions.
 *
 * @throws NodeOperationError if the file cannot be read, or is not a nightly file
 */
export async function* readRows(
	context: IExecuteFunctions,
	file: IBinaryData,
	itemIndex: number,
): AsyncGenerator<Batch> {
	const createError = parameterError(context, itemIndex);
	let parser: Parser<ParsedRow> | undefined;
	let blank = '';
	let encoding = UTF_8;
	for await (const chunk of readText(context, file, itemIndex)) {
		encoding = chunk.encoding;
		const text = parser ? chunk.text : blank + chunk.text;
		if (!parser && text.trim() === '') {
			blank = text;
			continue;
		}
		parser ??= /^\s*\[/.test(text) ? new JsonParser(createError) : createCsvParser(createError);
		yield { rows: parser.push(text), encoding };
	}
	if (parser) yield { rows: parser.end(), encoding };
}

/** A row of the file, which contains only completions (documented, sftp). */
export function checkCompletion(row: ParsedRow): ParsedRow {
	if ('reason' in row || typeOf(row.payload) === COMPLETED) return row;
	const { line, through, number } = row;
	return { line, through, number, reason: 'is not a course completion' };
}
