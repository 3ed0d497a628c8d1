import { startN8n } from './n8n.mjs';
import { freePorts } from './ports.mjs';
import { startQueue } from './queue.mjs';

/** @typedef {import('./n8n.mjs').N8n} N8n */
/**
 * @typedef {object} Cluster n8n in queue mode, each process with a folder of its own
 * @property {N8n} main
 * @property {N8n[]} webhooks take the deliveries
 * @property {N8n[]} workers run the executions
 * @property {import('./queue.mjs').Queue} queue PostgreSQL and Redis
 * @property {() => Promise<void>} stop
 */

/**
 * Starts n8n in queue mode on loopback, with PostgreSQL and Redis.
 *
 * @param {object} options
 * @param {string} options.tarball the packed package, placed for every process
 * @param {number} options.webhooks how many
 * @param {number} options.workers how many
 * @param {Record<string, string>} [options.env] settings of all processes
 * @param {import('./progress.mjs').Progress} options.progress
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ tarball, webhooks, workers, env, progress }) {
	/** @type {(() => Promise<void>)[]} */
	const stops = [];
	const stop = async () => {
		for (const each of stops.splice(0).reverse()) await each();
	};
	try {
		const queue = await startQueue(progress);
		stops.push(queue.stop);
		const start = async (/** @type {import('./n8n.mjs').StartOptions} */ options) => {
			const n8n = await startN8n({
				tarball,
				editor: false,
				progress,
				...options,
				env: { ...queue.env, ...env, ...options.env },
			});
			stops.push(n8n.stop);
			return n8n;
		};
		// It migrates the database, which the others need.
		const main = await start({});
		await main.client.signIn();
		const webhook = () => start({ command: ['webhook'] });
		const worker = async () => {
			const [port] = await freePorts(1);
			// A worker serves its readiness only if asked to.
			const health = {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			};
			return await start({ port, command: ['worker', '--concurrency=10'], env: health });
		};
		return {
			main,
			webhooks: await inTurn(webhooks, webhook),
			workers: await inTurn(workers, worker),
			queue,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** @template T @param {number} count @param {() => Promise<T>} make */
async function inTurn(count, make) {
	/** @type {T[]} */
	const made = [];
	while (made.length < count) made.push(await make());
	return made;
}
