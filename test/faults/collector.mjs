import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { between, randomOf } from './random.mjs';

/** How long the step before an effect takes, so that a kill can hit it. */
const STEP_MS = /** @type {const} */ ([200, 400]);

/** Of a trigger's item, and of what the step answers. */
const EVENT_KEY = '={{ $json.eventKey }}';

/** @typedef {Awaited<ReturnType<typeof startCollector>>} Collector */

/**
 * Counts what workflows do, outside n8n and whatever happens to it: each run calls `step`, which
 * takes some time, and then `effect`.
 *
 * @param {string | number} seed decides how long the step of each event takes
 */
export async function startCollector(seed) {
	/** When, by the event's key. @type {Map<string, number[]>} */
	const effects = new Map();
	const server = createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
		const key = searchParams.get('key') ?? '';
		if (pathname === '/effect') effects.set(key, [...(effects.get(key) ?? []), Date.now()]);
		else await sleep(between(randomOf(seed, key), ...STEP_MS));
		response
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify({ eventKey: key }));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	const call = (/** @type {'Step' | 'Effect'} */ name, /** @type {string} */ key) => ({
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `http://127.0.0.1:${port}/${name.toLowerCase()}`,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'key', value: key }] },
		},
	});

	return {
		/**
		 * The nodes that count a workflow's runs, for after its trigger.
		 *
		 * @param {string} [key] an expression for the item's key
		 */
		nodes: (key = EVENT_KEY) => [call('Step', key), call('Effect', EVENT_KEY)],
		effects,
		/** @param {string} key */
		effectsOf: (key) => effects.get(key) ?? [],
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
