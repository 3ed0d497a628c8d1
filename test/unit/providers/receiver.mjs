import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * A server that keeps what is delivered to it.
 *
 * @param {(count: number) => { status: number, text?: string } | undefined} [answer] to the first,
 * second… delivery; undefined never answers
 */
export async function openReceiver(answer = () => ({ status: 200 })) {
	/**
	 * @type {{ method?: string, headers: import('node:http').IncomingHttpHeaders, body: Buffer, event: any }[]}
	 */
	const received = [];
	const server = createServer(async (request, response) => {
		const body = await buffer(request);
		received.push({
			...{ method: request.method, headers: request.headers, body },
			get event() {
				return JSON.parse(body.toString());
			},
		});
		const given = answer(received.length);
		if (given) response.writeHead(given.status).end(given.text ?? '{"status":"received"}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/webhook`,
		received,
		close: () => (server.closeAllConnections(), server.close()),
	};
}
