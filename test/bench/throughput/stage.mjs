import { join } from 'node:path';
import { outputOf } from '../../host/executions.mjs';
import { startN8n } from '../../host/n8n.mjs';
import { packPackage } from '../../host/pack.mjs';
import { REPOSITORY } from '../../host/repository.mjs';
import { memoryOf } from './processes.mjs';
import { casesOf, createCredentials, publishSide, SECRET } from './sides.mjs';
import { startGenerator } from './generator.mjs';
import { startGitHub } from './gitHub.mjs';
import { startQueue } from '../../host/queue.mjs';

/** @typedef {import('./sides.mjs').Case} Case */
/** @typedef {Awaited<ReturnType<typeof startStage>>} Stage */

/** GitHub cannot reach a loopback address, and its trigger refuses one. */
const PUBLIC = 'https://n8n.example.org/';
/** n8n's words for executions that did not do what they should. */
const FAILED = ['error', 'crashed', 'canceled'];
/** Megabytes. A process that grows beyond leaks, and would soon take the whole machine. */
export const MOST_MEMORY = 6_000;

/** What all n8n of a run need, packed once. @param {import('../../host/progress.mjs').Progress} progress */
export async function packBoth(progress) {
	return [
		await packPackage(progress),
		await packPackage(progress, join(REPOSITORY, 'test', 'bench', 'throughput', 'smallest')),
	];
}

/**
 * A real n8n in which all sides run, each seen to execute, and what loads it.
 *
 * @param {object} options
 * @param {string[]} options.tarballs
 * @param {readonly import('./options.mjs').Side[]} options.sides
 * @param {Record<string, string>} options.env settings of n8n
 * @param {boolean} [options.queue] three processes and PostgreSQL instead of one with SQLite
 * @param {import('../../host/progress.mjs').Progress} options.progress
 */
export async function startStage({ tarballs, sides, env, queue = false, progress }) {
	/** @type {(() => unknown)[]} */
	const stops = [];
	const stop = async () => {
		for (const each of stops.splice(0).reverse()) await each();
	};
	try {
		const stores = queue ? await startQueue(progress) : undefined;
		if (stores) stops.push(stores.stop);
		const settings = { ...env, ...stores?.env };
		const main = await startN8n({
			tarball: tarballs,
			editor: false,
			webhookUrl: PUBLIC,
			env: settings,
			progress,
		});
		stops.push(main.stop);
		await main.client.signIn();
		const started = { userFolder: main.userFolder, webhookUrl: PUBLIC, env: settings, progress };
		/** @type {import('../../host/n8n.mjs').N8n[]} */
		const others = [];
		if (queue) {
			others.push(
				await startN8n({ ...started, command: ['webhook'] }),
				await startN8n({
					...started,
					command: ['worker', '--concurrency=10'],
					isReady: (log) => log.includes('n8n worker is now ready'),
				}),
			);
			stops.push(...others.map((other) => other.stop));
		}
		const groups = () => [main, ...others].map(({ pid }) => pid);
		const [{ base }] = [...others, main];
		const gitHub = await startGitHub();
		stops.push(gitHub.close);
		const generator = await startGenerator();
		stops.push(generator.stop);

		const { client } = main;
		const credentials = await createCredentials(client, gitHub);
		/** @type {Map<string, { id: string, url: string }>} */
		const workflows = new Map();
		for (const side of sides)
			workflows.set(side, await publishSide(client, side, credentials, 'none'));
		const gitHubSecret = gitHub.secret();

		/**
		 * @param {Case} each
		 * @param {import('./sides.mjs').Size} size
		 * @param {{ url: string }} [workflow]
		 * @param {string} [secret]
		 * @returns {import('./load.mjs').Target}
		 */
		const targetOf = (each, size, workflow = workflows.get(each.side), secret = gitHubSecret) => ({
			url: `${base}${new URL(String(workflow?.url)).pathname}`,
			template: each.templates[size],
			headers: each.headers,
			secret: each.forged ? 'another secret' : each.side === 'D' ? secret : SECRET,
			events: each.events,
			answer: each.answer,
		});

		// A side that answers and does not execute would be fast for nothing.
		for (const each of casesOf(sides).filter(({ accepted }) => accepted)) {
			const seen = await publishSide(client, each.side, credentials, 'all');
			const target = targetOf(each, 'small', seen, gitHub.secret());
			await generator.run({ target, connections: 1, count: 1 });
			const [{ id }] = await client.waitForExecutions(seen.id, { status: 'success' });
			if (outputOf(await client.execution(id), 'Idle').length !== 1)
				throw new Error(`An execution of ${each.name} did not end with one item.`);
			await client.unpublish(seen);
		}

		return {
			groups,
			main,
			/**
			 * @param {Case} each
			 * @param {import('./sides.mjs').Size} size
			 * @param {Omit<import('./load.mjs').Job, 'target'>} job
			 * @param {() => Promise<void>} [begin] called when all is made that is to be delivered
			 */
			async load(each, size, job, begin) {
				const outcome = await generator.run({ ...job, target: targetOf(each, size) }, begin);
				if (Math.max(...groups().map(memoryOf)) > MOST_MEMORY)
					throw new Error(`n8n has grown beyond ${MOST_MEMORY} MB while ${each.name} was loaded.`);
				return outcome;
			},
			/** @throws {Error} when executions failed, which are stored */
			async demandSuccess() {
				for (const [side, workflow] of workflows) {
					// In queue mode others are there for a moment.
					const [failed, ...others] = (await client.executions(workflow.id)).filter(({ status }) =>
						FAILED.includes(status),
					);
					if (!failed) continue;
					const { error } = (await client.execution(failed.id)).data.resultData;
					throw new Error(
						`${others.length + 1} executions of ${side} failed: ${error?.message ?? failed.status}`,
					);
				}
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
