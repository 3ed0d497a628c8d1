import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';

/** Bytes that are read at a time. */
const PIECE = 65_536;

/** A stored file is read from where it is stored; one that n8n holds in memory is Base64 there already. */
async function* bytesOf(context: IExecuteFunctions, { id, data }: IBinaryData): AsyncGenerator<Uint8Array> {
	if (id) return yield* await context.helpers.getBinaryStream(id, PIECE);
	for (let at = 0; at < data.length; at += PIECE) yield Buffer.from(data.slice(at, at + PIECE), 'base64');
}

/**
 * The text of a file in pieces, without a byte order mark. Its encoding is not documented; UTF-8 is what JSON has.
 *
 * @throws NodeOperationError when it cannot be read
 */
export async function* textsOf(context: IExecuteFunctions, file: IBinaryData, itemIndex: number): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	try {
		for await (const bytes of bytesOf(context, file)) yield decoder.decode(bytes, { stream: true });
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: 'The file could not be read to its end',
			description: 'n8n may have removed it with its execution already: get it again, and read it in the same execution.',
			itemIndex,
		});
	}
	yield decoder.decode();
}
