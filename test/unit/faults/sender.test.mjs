import { once } from 'node:events';
import { createServer } from 'node:http';
import { startCollector } from '../../faults/collector.mjs';
import { createSender } from '../../faults/sender.mjs';

/** What stands outside n8n while it is killed: the sender, and the collector. */

/** @type {(() => void)[]} */
const stops = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/**
 * A server that gives these statuses in turn, and then 200; 0 breaks the connection.
 *
 * @param {{ ready?: number[], webhook?: number[] }} statuses
 */
async function serve({ ready = [], webhook = [] }) {
	/** @type {string[]} */
	const seen = [];
	const server = createServer(({ url = '', socket }, response) => {
		seen.push(url);
		const status = (url.startsWith('/healthz') ? ready : webhook).shift() ?? 200;
		if (status === 0) return void socket.destroy();
		response.writeHead(status).end('text');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	stops.push(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { seen, url: `http://127.0.0.1:${port}/webhook` };
}

/** @param {string} url */
const delivery = (url) => ({ key: 'a', url, event: { a: 1 }, verification: {} });

test('the sender repeats until it is answered 2xx, and then no more', async () => {
	const { url, seen } = await serve({ webhook: [0, 503, 204] });
	const sender = createSender({ behindReadiness: false });
	const sent = await sender.send(delivery(url));
	expect(sent.attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
		['cut', 0],
		['answered', 503],
		['answered', 204],
	]);
	expect(sent.delivered).toBe(sent.attempts[2]);
	expect(seen).toEqual(['/webhook', '/webhook', '/webhook']);
});

test('behind a readiness check nothing is delivered before n8n is ready', async () => {
	const { url, seen } = await serve({ ready: [503, 0] });
	const sender = createSender({ behindReadiness: true });
	const { attempts } = await sender.send(delivery(url));
	expect(attempts.map(({ outcome }) => outcome)).toEqual(['notReady', 'notReady', 'answered']);
	expect(seen.filter((path) => path === '/webhook')).toHaveLength(1);
});

test('the sender gives up when its time is over, and the event is not delivered', async () => {
	const { url } = await serve({ webhook: Array(100).fill(500) });
	const sender = createSender({ behindReadiness: false });
	void sender.send(delivery(url));
	await sender.finish(100);
	expect(sender.all).toEqual([expect.not.objectContaining({ delivered: expect.anything() })]);
});

test('the collector counts effects by key, and lets a step take 200 to 400 ms', async () => {
	const collector = await startCollector('seed');
	stops.push(() => void collector.close());
	const [step, effect] = collector.nodes().map(({ parameters }) => parameters.url);
	const start = Date.now();
	const answer = await fetch(`${step}?key=jofi:1`);
	expect(await answer.json()).toEqual({ eventKey: 'jofi:1' });
	expect(Date.now() - start).toBeGreaterThanOrEqual(190);
	expect(collector.effectsOf('jofi:1')).toEqual([]);
	for (const key of ['jofi:1', 'jofi:2', 'jofi:1'])
		await (await fetch(`${effect}?key=${key}`)).arrayBuffer();
	expect(['jofi:1', 'jofi:2', 'jofi:3'].map((key) => collector.effectsOf(key).length)).toEqual([
		2, 1, 0,
	]);
});
