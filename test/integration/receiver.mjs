import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { receive } from '../unit/webhookContext.mjs';

/** @typedef {import('../unit/webhookContext.mjs').Delivery} Delivery */

/**
 * @typedef {object} Published
 * @property {Partial<Delivery>} [trigger] what the trigger there is like; absent: `answer` is given
 * @property {(response: import('node:http').ServerResponse) => void} [answer]
 */

/**
 * The webhooks of an n8n on a free loopback port: what comes is given to the built triggers, by
 * real HTTP. Any other path is answered as n8n does.
 */
export async function startReceiver() {
	/** @type {Map<string, Published>} by the path after /webhook/ */
	const published = new Map();
	/** @type {{ method: string, url: string, headers: import('node:http').IncomingHttpHeaders, body: string }[]} */
	const requests = [];
	/** @type {(Record<string, any> | undefined)[]} */
	const started = [];

	/** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} response */
	async function handle(incoming, response) {
		const { method = '', url = '', headers } = incoming;
		const body = await buffer(incoming);
		requests.push({ method, url, headers, body: body.toString() });
		const there = published.get(url.replace(/^\/webhook\//, '').replace(/\?.*/, ''));
		if (there?.answer) return there.answer(response);
		if (!there) {
			const message = `The requested webhook "${method}" is not registered.`;
			return void response.writeHead(404).end(JSON.stringify({ code: 404, message }));
		}
		const received = await receive({
			method,
			url,
			headers,
			body,
			isRead: true,
			address: incoming.socket.remoteAddress,
			productionUrl: origin + url.replace(/\?.*/, ''),
			...there.trigger,
		});
		if (received.started) started.push(received.started);
		if (!received.response.ended) received.answer(200);
		const { statusCode, headers: answered, body: content } = received.response;
		response
			.writeHead(statusCode, { 'content-type': 'application/json', ...answered })
			.end(JSON.stringify(content ?? {}));
	}

	const server = createServer((incoming, response) => {
		handle(incoming, response).catch((error) => response.writeHead(500).end(String(error.stack)));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		base: `${origin}/webhook`,
		published,
		requests,
		/** The first item of each execution. */
		started,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
