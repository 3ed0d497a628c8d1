import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeCompiler } from './compiler.mjs';
import { headersOf, installNode } from './install-node.mjs';
import { installPinned } from './install-pinned.mjs';
import { runAsProgram } from './main.mjs';
import { runNpm } from './npm.mjs';
import { createProgress } from './progress.mjs';

/** @type {string} the n8n that tests and `npm start` run */
export const N8N_VERSION = JSON.parse(
	readFileSync(new URL('./n8n/package.json', import.meta.url), 'utf8'),
).dependencies.n8n;

/**
 * @typedef {object} Host
 * @property {string} node the Node that n8n runs on
 * @property {string} n8n n8n's start script
 * @property {string} folder where n8n is installed; its `node_modules` holds n8n's own dependencies
 */

/**
 * Installs n8n and a Node it runs on into the cache, once; safe to be interrupted and to be run
 * twice at once.
 *
 * @param {import('./progress.mjs').Progress} [progress]
 * @returns {Promise<Host>}
 * @throws {Error} in plain words: no compiler, no room, no network (with the end of npm's log)
 */
export async function installHost(progress = createProgress()) {
	const node = await installNode(progress);
	const folder = await installPinned({
		name: 'n8n',
		title: `n8n ${N8N_VERSION}`,
		megabytes: 3000,
		progress,
		node,
		finish: (cwd, logFile) => buildSqlite({ node, cwd, logFile, progress }),
	});
	return { node, n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), folder };
}

/**
 * Gets the one native module that npm does not deliver ready to use: downloaded if its makers'
 * server can be reached, else compiled.
 *
 * @param {{ node: string, cwd: string, logFile: string, progress: import('./progress.mjs').Progress }} options
 */
async function buildSqlite({ node, cwd, logFile, progress }) {
	const nodedir = headersOf(node);
	/** @type {Record<string, string>} */
	const env = { JOBS: 'max', ...(nodedir && { npm_config_nodedir: nodedir }) };
	const rebuild = () =>
		runNpm({
			args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
			cwd,
			progress,
			logFile,
			node,
			env,
		});
	progress.say('preparing sqlite3; it may have to be compiled');
	try {
		await rebuild();
	} catch (error) {
		if (!(await completeCompiler(progress))) throw error;
		await rebuild();
	}
}

await runAsProgram(import.meta.url, async () => {
	const host = await installHost();
	console.log(`n8n ${N8N_VERSION}: ${host.n8n}\nNode: ${host.node}`);
});
