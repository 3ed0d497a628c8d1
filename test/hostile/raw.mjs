import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/** Longer than any answer may take. */
const TIMEOUT_MS = 20_000;

/**
 * The bytes of a request, whose headers may hold what HTTP clients refuse to send.
 *
 * @param {object} request
 * @param {string} request.method
 * @param {string} request.path with the query
 * @param {Record<string, string | string[]>} request.headers
 * @param {Buffer} request.body
 * @param {number} [request.length] claimed; default: the body's
 * @returns {Buffer}
 */
export function bytesOf({ method, path, headers, body, length = body.length }) {
	const lines = Object.entries(headers).flatMap(([name, values]) =>
		[values].flat().map((value) => `${name}: ${value.replace(/[\r\n]/g, ' ')}`),
	);
	const framing = method === 'GET' ? [] : [`content-length: ${length}`];
	const head = [
		`${method} ${path} HTTP/1.1`,
		...['host: 127.0.0.1', 'connection: close', ...framing, ...lines],
	];
	return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/**
 * @typedef {object} RawAnswer
 * @property {number} status 0 without an answer
 * @property {string} text the body
 * @property {number} ms from the start to the end
 */

/**
 * @param {string} bytes an answer up to the end of its connection
 * @returns {{ status: number, text: string }}
 */
export function readAnswer(bytes) {
	const [, status = '0', rest = ''] = /^HTTP\/1\.[01] (\d{3})(.*)$/s.exec(bytes) ?? [];
	const end = rest.indexOf('\r\n\r\n');
	return { status: Number(status), text: end < 0 ? '' : rest.slice(end + 4) };
}

/**
 * Sends bytes on a connection of its own.
 *
 * @param {number} port
 * @param {Buffer} bytes
 * @param {object} [options]
 * @param {number} [options.dripMs] sends one more byte so often
 * @param {number} [options.timeoutMs]
 * @returns {Promise<RawAnswer>} when the other side closes the connection, or after a time
 */
export function sendRaw(port, bytes, { dripMs, timeoutMs = TIMEOUT_MS } = {}) {
	return new Promise((resolve) => {
		const start = performance.now();
		let received = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
		const drip = dripMs && setInterval(() => socket.writable && socket.write('0'), dripMs);
		const timeout = setTimeout(() => socket.destroy(), timeoutMs);
		socket.setEncoding('utf8').on('data', (text) => (received += text));
		// What was answered before the connection broke counts.
		socket.on('error', () => {});
		socket.on('close', () => {
			if (drip) clearInterval(drip);
			clearTimeout(timeout);
			resolve({ ...readAnswer(received), ms: Math.round(performance.now() - start) });
		});
	});
}
