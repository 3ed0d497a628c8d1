import type { IWebhookFunctions } from 'n8n-workflow';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;

/** What n8n inflates, too. */
const FORMATS: Record<string, 'gzip' | 'deflate'> = { gzip: 'gzip', deflate: 'deflate' };

/** The pieces in one, or `undefined` when they are longer; then no further piece is taken. */
async function joined(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Buffer | undefined> {
	const taken: Uint8Array[] = [];
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > most) return undefined;
		taken.push(piece);
	}
	return Buffer.concat(taken);
}

/** The pieces as a stream, each taken when it is wanted. */
const streamOf = (pieces: AsyncIterableIterator<Uint8Array<ArrayBuffer>>) =>
	new ReadableStream<Uint8Array<ArrayBuffer>>({
		async pull(controller) {
			const { done, value } = await pieces.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		async cancel() {
			await pieces.return?.();
		},
	});

/**
 * The body of a request that nobody has read, inflated; `undefined` when it is too long. n8n's own reading ends only at
 * n8n's limit, so that a few kilobytes may become many megabytes.
 *
 * @throws Error when it cannot be inflated, or the sender has gone
 */
async function unreadBody(request: Request, most: number): Promise<Buffer | undefined> {
	if (Number(request.headers['content-length']) > most) return undefined;
	const format = FORMATS[String(request.headers['content-encoding'])];
	// Ending early must not close the connection, as the sender is still to be answered.
	const pieces = request.iterator({ destroyOnReturn: false });
	if (!format) return await joined(pieces, most);
	const inflated = streamOf(pieces).pipeThrough(new DecompressionStream(format));
	// In Node streams can be walked through, which browsers' types do not say.
	return await joined(inflated as unknown as AsyncIterable<Uint8Array>, most);
}

/**
 * The body's bytes as they were sent, gzip and deflate undone; `undefined` when there are more than `most`.
 *
 * @throws Error when they cannot be read
 */
export async function readBytes(request: Request, most: number): Promise<Buffer | undefined> {
	if (request.rawBody) return request.rawBody.length > most ? undefined : request.rawBody;
	try {
		const body = await unreadBody(request, most);
		if (body) request.rawBody = body;
		return body;
	} finally {
		// What nobody reads would keep the sender from reading the answer.
		request.resume();
	}
}
