import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';

import { bomEncoding, decodeText, UTF_8, type Decoded } from '../../../shared/values/encoding';

/** Bytes that are read at a time. */
const PIECE = 65_536;

/** A stored file is read from where it is stored; one that n8n holds in memory is Base64 there already. */
async function* bytesOf(context: IExecuteFunctions, { id, data }: IBinaryData): AsyncGenerator<Uint8Array> {
	if (id) return yield* await context.helpers.getBinaryStream(id, PIECE);
	for (let at = 0; at < data.length; at += PIECE) yield Buffer.from(data.slice(at, at + PIECE), 'base64');
}

const LF = 10;

/** Where a piece can be cut: after an ASCII character, as none of those is part of another in either encoding. */
function endOf(bytes: Buffer): number {
	let end = bytes.length;
	while (end > 0 && bytes[end - 1] >= 0x80) end--;
	return end === 0 && bytes.length > PIECE ? bytes.length : end;
}

/** The lines of a piece, each with its end. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
	for (let at = 0; at < bytes.length; ) {
		const end = bytes.indexOf(LF, at) + 1 || bytes.length;
		yield bytes.subarray(at, end);
		at = end;
	}
}

/** The text of a piece; if it is not UTF-8, each line is read by itself, so that a broken one spoils no other. */
function decoded(bytes: Buffer): Decoded {
	const whole = decodeText(bytes);
	if (whole.encoding === UTF_8) return whole;
	return { ...whole, text: Array.from(linesOf(bytes), (line) => decodeText(line).text).join('') };
}

/** The texts of pieces in UTF-8 or Windows-1252, or in UTF-16 if the first begins with its mark. */
async function* decodedPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Decoded> {
	let rest = Buffer.alloc(0);
	let wide: InstanceType<typeof TextDecoder> | undefined;
	let isFirst = true;
	for await (const piece of pieces) {
		const bytes = Buffer.concat([rest, piece]);
		const mark = isFirst ? bomEncoding(bytes) : undefined;
		isFirst = false;
		if (mark) wide = new TextDecoder(mark);
		if (wide) {
			yield { text: wide.decode(bytes, { stream: true }), encoding: wide.encoding };
			continue;
		}
		const end = endOf(bytes);
		yield decoded(bytes.subarray(0, end));
		rest = bytes.subarray(end);
	}
	yield decoded(rest);
}

/**
 * The text of a file in pieces, without a byte order mark. Its encoding is not documented: UTF-8 is what JSON has,
 * and what is not UTF-8 is read as Windows-1252, which spreadsheets write.
 *
 * @param read is told of each piece how it was read, before it comes
 * @throws NodeOperationError when it cannot be read
 */
export async function* textsOf(
	context: IExecuteFunctions,
	file: IBinaryData,
	itemIndex: number,
	read: (encoding: string) => void = () => {},
): AsyncGenerator<string> {
	try {
		for await (const { text, encoding } of decodedPieces(bytesOf(context, file))) {
			read(encoding);
			yield text;
		}
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: 'The file could not be read to its end',
			description: 'n8n may have removed it with its execution already: get it again, and read it in the same execution.',
			itemIndex,
		});
	}
}
