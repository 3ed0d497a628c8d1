import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';
import { plainEnvironment } from './environment.mjs';
import { freePorts } from './ports.mjs';
import { excerptOf } from './run.mjs';
import { removeFolder, temporaryFolder } from './temporary.mjs';

const CONFIG = new URL('../../deploy/haproxy.cfg', import.meta.url);
const PROGRAM = fileURLToPath(new URL('program.mjs', import.meta.url));
/** Debian's place, which is not on everybody's path. */
const PLACES = ['haproxy', '/usr/sbin/haproxy'];
const START_MS = 30_000;
const STOP_MS = 5_000;

/** @typedef {Awaited<ReturnType<typeof startProxy>>} Proxy */

const found = () =>
	PLACES.find((place) => spawnSync(place, ['-v'], { stdio: 'ignore' }).status === 0);

/** @returns {string | undefined} why there can be no proxy here, as a sentence */
export const whyNoProxy = () =>
	found() === undefined
		? 'What needs the proxy is left out, because HAProxy cannot be found. Install haproxy.'
		: undefined;

/**
 * @typedef {object} Ports of an n8n
 * @property {number} main
 * @property {number[]} webhooks those of the processes that take deliveries
 */

/**
 * A configuration with other addresses, and nothing else changed.
 *
 * @param {string} config
 * @param {Ports & { port: number }} ports on loopback; `port` is the proxy's own
 * @returns {string}
 * @throws {Error} if an address is not where it is expected
 */
export function onLoopback(config, { port, main, webhooks }) {
	const servers = webhooks.map((webhook, at) => `server webhook${at + 1} 127.0.0.1:${webhook}`);
	/** @type {[string, string][]} */
	const addresses = [
		['bind :8080', `bind 127.0.0.1:${port}`],
		['server-template webhook 4 webhook:5678', servers.join('\n\t')],
		['server main main:5678', `server main 127.0.0.1:${main}`],
	];
	return addresses.reduce((text, [from, to]) => {
		if (text.split(from).length !== 2)
			throw new Error(`deploy/haproxy.cfg does not have "${from}" once.`);
		return text.replace(from, to);
	}, config);
}

/**
 * The proxy of deploy/ in front of an n8n.
 *
 * @param {Ports} ports
 */
export async function startProxy(ports) {
	const folder = temporaryFolder('haproxy');
	const [port] = await freePorts(1);
	const file = join(folder, 'haproxy.cfg');
	const logFile = join(folder, 'haproxy.log');
	writeFileSync(file, onLoopback(readFileSync(CONFIG, 'utf8'), { port, ...ports }));
	const child = startChild({
		node: process.execPath,
		args: [PROGRAM, '{}', String(found()), '-db', '-f', file],
		cwd: folder,
		env: plainEnvironment(),
		logFile,
		graceMs: STOP_MS,
	});
	const stop = async () => {
		await child.stop(STOP_MS);
		removeFolder(folder);
	};
	try {
		for (const end = Date.now() + START_MS; !(await isReady(port)); await sleep(100)) {
			if (Date.now() > end || !child.isRunning()) {
				const excerpt = existsSync(logFile) ? excerptOf(logFile) : '';
				throw new Error(`HAProxy at 127.0.0.1:${port} is not ready. ${excerpt}`);
			}
		}
	} catch (error) {
		await stop();
		throw error;
	}
	return { port, base: `http://127.0.0.1:${port}`, stop };
}

/** Whether n8n is reached through the proxy. @param {number} port */
async function isReady(port) {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/healthz/readiness`);
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
