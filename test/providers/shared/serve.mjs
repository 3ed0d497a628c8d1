import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { plain } from './answers.mjs';

/** @typedef {import('./answers.mjs').Answer} Answer */
/**
 * @typedef {{ method: string, url: string, headers: import('node:http').IncomingHttpHeaders }} Head
 */

/**
 * @typedef {object} Logged
 * @property {string} method
 * @property {string} path with its query
 * @property {number} status 0 until it is answered, and when the socket is destroyed
 * @property {string} [body] when it has one
 */

/**
 * Serves a simulated provider on a free loopback port.
 *
 * @template {Logged} Entry
 * @param {object} provider
 * @param {(head: Head) => Entry} provider.entryOf what is logged of a request
 * @param {(entry: Entry, body: string) => Answer | Promise<Answer>} provider.answerTo
 * @param {{ next: (request: string) => Answer | undefined }} [provider.failures] asked before the
 * provider is
 * @param {(entry: Entry) => string} [provider.nameOf] what failures match, once the body is there:
 * `<method> <path>`
 */
export async function serve({
	entryOf,
	answerTo,
	failures,
	nameOf = ({ method, path }) => `${method} ${path}`,
}) {
	/** @type {Entry[]} */
	const requests = [];

	/**
	 * @param {import('node:http').IncomingMessage} incoming
	 * @param {import('node:http').ServerResponse} response
	 */
	async function handle(incoming, response) {
		const { method = '', url = '', headers } = incoming;
		const entry = entryOf({ method, url, headers });
		requests.push(entry);
		const body = await text(incoming);
		if (body !== '') entry.body = body;
		const failure = failures?.next(nameOf(entry));
		if (failure?.status === 0) return void incoming.socket.destroy();
		const answer = failure ?? (await answerTo(entry, body));
		entry.status = answer.status;
		response
			.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers })
			.end(answer.text);
	}

	const server = createServer((incoming, response) => {
		handle(incoming, response).catch((error) => {
			const { status, type, text: reason } = plain(500, `The simulator broke: ${error.stack}`);
			if (!response.headersSent) response.writeHead(status, { 'content-type': type });
			response.end(reason);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		origin: `http://127.0.0.1:${port}`,
		/** All requests in the order they came. */
		requests,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
