import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { serve } from './serve.mjs';

/** Headers of one connection, and of a body that is sent anew. */
const OWN = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding'];

/** @param {import('node:http').IncomingHttpHeaders} headers */
const passedOn = (headers) =>
	Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			OWN.includes(name) || value === undefined ? [] : [[name, String(value)]],
		),
	);

/** @typedef {import('./serve.mjs').Logged & { headers: Record<string, string> }} Passed */

/**
 * A provider that takes its time, as over a network: it answers what a simulated one does, and
 * counts how many requests are under way at once.
 *
 * @param {string} base of the simulated provider
 * @param {(path: string) => number} latencyMs
 */
export async function startSlowly(base, latencyMs) {
	const { origin, pathname } = new URL(base);
	let atOnce = 0;
	let most = 0;
	const { close, ...server } = await serve({
		/** @returns {Passed} */
		entryOf: ({ method, url, headers }) => ({
			...{ method, path: url, headers: passedOn(headers), status: 0 },
		}),
		async answerTo({ method, path, headers }, body) {
			most = Math.max(most, ++atOnce);
			await sleep(latencyMs(path));
			const answer = await request(`${origin}${path}`, {
				method: /** @type {import('undici').Dispatcher.HttpMethod} */ (method),
				headers,
				...(body !== '' && { body }),
			});
			atOnce--;
			const { 'content-type': type, ...others } = passedOn(answer.headers);
			return {
				status: answer.statusCode,
				type,
				headers: others,
				text: await answer.body.text(),
			};
		},
	});
	return {
		base: server.origin + pathname,
		/** How many requests were under way at once, at most, since this was last asked. */
		most() {
			const found = most;
			most = 0;
			return found;
		},
		close,
	};
}
