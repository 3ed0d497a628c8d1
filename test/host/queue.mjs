import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';
import { plainEnvironment } from './environment.mjs';
import { freePorts } from './ports.mjs';
import { excerptOf } from './run.mjs';
import { removeFolder, temporaryFolder } from './temporary.mjs';

const PROGRAM = fileURLToPath(new URL('program.mjs', import.meta.url));
const POSTGRES = '/usr/lib/postgresql';
const START_MS = 30_000;
const STOP_MS = 10_000;

/** Where PostgreSQL's programs of the newest version are. */
function postgresBin() {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
	return newest === undefined ? undefined : join(POSTGRES, newest, 'bin');
}

/** @returns {string | undefined} why there can be no queue here, as a sentence */
export function whyNoQueue() {
	const missing = [];
	if (postgresBin() === undefined) missing.push(`PostgreSQL (in ${POSTGRES})`);
	if (spawnSync('redis-server', ['--version']).status !== 0) missing.push('Redis');
	return missing.length === 0
		? undefined
		: `Queue mode is left out, because ${missing.join(' and ')} cannot be found. Install postgresql and redis-server.`;
}

/** PostgreSQL refuses to run as root. */
function identityOf() {
	if (process.getuid?.() !== 0) return {};
	const id = (/** @type {string} */ flag) =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/**
 * A server that n8n stores data in. What it holds outlives a stop.
 *
 * @typedef {object} Store
 * @property {() => Promise<void>} stop returns when it is gone
 * @property {() => Promise<void>} start returns when it listens again
 */
/**
 * @typedef {object} Queue
 * @property {Record<string, string>} env n8n's settings
 * @property {Store} postgres
 * @property {Store} redis
 * @property {() => Promise<void>} stop removes all data
 */

/**
 * Starts what n8n's queue mode stores its data in, empty: PostgreSQL and Redis on loopback.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Queue>}
 */
export async function startQueue(progress) {
	const bin = String(postgresBin());
	const folder = temporaryFolder('queue');
	const identity = identityOf();
	if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
	const data = join(folder, 'postgres');
	progress.say('starting PostgreSQL and Redis');
	execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8'], {
		...identity,
		cwd: folder,
		stdio: 'ignore',
	});
	const [postgresPort, redisPort] = await freePorts(2);
	const logFile = join(folder, 'stores.log');

	/**
	 * @param {number} port
	 * @param {string[]} command
	 * @returns {Store}
	 */
	const storeOf = (port, command) => {
		/** @type {import('./child.mjs').Child | undefined} */
		let child;
		return {
			async start() {
				child = startChild({
					node: process.execPath,
					args: [PROGRAM, JSON.stringify(identity), ...command],
					cwd: folder,
					env: plainEnvironment(),
					logFile,
					graceMs: STOP_MS,
				});
				await untilOpen(port, logFile);
			},
			stop: async () => await child?.stop(STOP_MS),
		};
	};
	const postgres = storeOf(postgresPort, [
		...[join(bin, 'postgres'), '-D', data, '-h', '127.0.0.1', '-p', String(postgresPort)],
		...['-c', 'unix_socket_directories='],
	]);
	const redis = storeOf(redisPort, [
		...['redis-server', '--bind', '127.0.0.1', '--port', String(redisPort), '--dir', folder],
		// Written when it is stopped, and at no other time that a test lasts.
		...['--save', '3600 1', '--appendonly', 'no'],
	]);
	const stop = async () => {
		await Promise.all([postgres.stop(), redis.stop()]);
		removeFolder(folder);
	};
	try {
		await Promise.all([postgres.start(), redis.start()]);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'false',
		},
		postgres,
		redis,
		stop,
	};
}

/** @param {number} port @param {string} logFile */
async function untilOpen(port, logFile) {
	const end = Date.now() + START_MS;
	while (!(await isOpen(port))) {
		if (Date.now() > end)
			throw new Error(`Nothing listens at 127.0.0.1:${port}. ${excerptOf(logFile)}`);
		await sleep(100);
	}
}

/** @param {number} port @returns {Promise<boolean>} */
const isOpen = (port) =>
	new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		}).once('error', () => resolve(false));
	});
