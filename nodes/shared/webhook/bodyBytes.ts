import type { IWebhookFunctions } from 'n8n-workflow';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;

/** The encodings that n8n inflates, too. */
const FORMATS: Record<string, 'gzip' | 'deflate'> = { gzip: 'gzip', deflate: 'deflate' };

/**
 * All pieces joined, or `undefined` when they are longer than `max`; then no more pieces are read.
 */
async function joined(pieces: AsyncIterable<Uint8Array>, max: number): Promise<Buffer | undefined> {
	const taken: Uint8Array[] = [];
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > max) return undefined;
		taken.push(piece);
	}
	return Buffer.concat(taken);
}

/** The pieces as a stream, each read on demand. */
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
 * An unread body, inflated; `undefined` when it is too long. n8n's own reading stops
 * only at n8n's limit, so a few kilobytes could become many megabytes.
 *
 * @throws Error when it cannot be inflated, or the sender has gone
 */
async function unreadBody(request: Request, max: number): Promise<Buffer | undefined> {
	if (Number(request.headers['content-length']) > max) return undefined;
	const format = FORMATS[String(request.headers['content-encoding'])];
	// Stopping early must not close the connection, because the sender must still be answered.
	const pieces = request.iterator({ destroyOnReturn: false });
	if (!format) return await joined(pieces, max);
	const inflated = streamOf(pieces).pipeThrough(new DecompressionStream(format));
	// In Node, streams are async iterables, which the types for browsers do not say.
	return await joined(inflated as unknown as AsyncIterable<Uint8Array>, max);
}

/**
 * The body's bytes as they were sent, gzip and deflate undone; `undefined` when there are more than
 * `max`.
 *
 * @throws Error when they cannot be read
 */
export async function readBytes(request: Request, max: number): Promise<Buffer | undefined> {
	if (request.rawBody) return request.rawBody.length > max ? undefined : request.rawBody;
	if (request.readableDidRead) throw new Error('n8n has read it');
	try {
		const body = await unreadBody(request, max);
		if (body) request.rawBody = body;
		return body;
	} finally {
		// An unread body would keep the sender from reading the answer.
		request.resume();
	}
}
