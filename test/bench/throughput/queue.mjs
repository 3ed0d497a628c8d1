import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from '../../host/child.mjs';
import { plainEnvironment } from '../../host/environment.mjs';
import { freePorts } from '../../host/ports.mjs';
import { excerptOf } from '../../host/run.mjs';
import { removeFolder, temporaryFolder } from '../../host/temporary.mjs';

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

/** @returns {string | undefined} why there can be no queue here */
export function whyNoQueue() {
	const missing = [];
	if (postgresBin() === undefined) missing.push(`PostgreSQL (in ${POSTGRES})`);
	if (spawnSync('redis-server', ['--version']).status !== 0) missing.push('Redis');
	return missing.length === 0
		? undefined
		: `Queue mode is not measured, because ${missing.join(' and ')} cannot be found.`;
}

/** PostgreSQL refuses to run as root. */
function identityOf() {
	if (process.getuid?.() !== 0) return {};
	const id = (/** @type {string} */ flag) =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts what n8n's queue mode stores its data in, empty.
 *
 * @param {import('../../host/progress.mjs').Progress} progress
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>} n8n's settings
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
	const [postgresPort, redisPort] = (await freePorts(2)).map(String);
	const logFile = join(folder, 'stores.log');
	const start = (/** @type {string[]} */ ...command) =>
		startChild({
			node: process.execPath,
			args: [PROGRAM, JSON.stringify(identity), ...command],
			cwd: folder,
			env: plainEnvironment(),
			logFile,
			graceMs: STOP_MS,
		});
	const stores = [
		start(
			...[join(bin, 'postgres'), '-D', data, '-h', '127.0.0.1', '-p', postgresPort],
			...['-c', 'unix_socket_directories='],
		),
		start(
			...['redis-server', '--bind', '127.0.0.1', '--port', redisPort, '--dir', folder],
			...['--save', '', '--appendonly', 'no'],
		),
	];
	const stop = async () => {
		for (const store of stores) await store.stop(STOP_MS);
		removeFolder(folder);
	};
	try {
		for (const port of [postgresPort, redisPort]) await untilOpen(Number(port), logFile);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: postgresPort,
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: redisPort,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'false',
		},
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
