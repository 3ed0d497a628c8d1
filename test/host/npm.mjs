import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { npmEnvironment } from './environment.mjs';
import { run } from './run.mjs';

/**
 * Runs npm in a folder, under the given Node, with only the settings that say where packages come
 * from.
 *
 * @param {object} options
 * @param {string[]} options.args e.g. `['ci']`
 * @param {string} options.cwd
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {string} options.logFile
 * @param {string} [options.node] default: the Node that runs this
 * @param {Record<string, string>} [options.env] added to npm's environment
 * @param {() => string} [options.state] how far it is
 * @returns {Promise<void>}
 * @throws {Error} with the end of the log when npm fails
 */
export async function runNpm({
	args,
	cwd,
	progress,
	logFile,
	node = process.execPath,
	env = {},
	state,
}) {
	await run({
		what: `npm ${args[0]}`,
		progress,
		state,
		node,
		args: [npmScript(), ...args, '--no-audit', '--no-fund', '--no-update-notifier'],
		cwd,
		env: npmEnvironment({
			...env,
			// npm's own children (node-gyp, a package's scripts) run under the same Node.
			PATH: [dirname(node), process.env.PATH].join(delimiter),
		}),
		logFile,
	});
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} npm's script, so that it can run under any Node and needs no shell
 * @throws {Error} when there is no npm
 */
export function npmScript(env = process.env) {
	const besideNode = dirname(process.execPath);
	const candidates = [
		env.npm_execpath ?? '',
		join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		...(env.PATH ?? '')
			.split(delimiter)
			.map((folder) => join(folder, 'npm'))
			.filter(existsSync)
			.map((file) => realpathSync(file)),
	];
	const found = candidates.find((file) => basename(file) === 'npm-cli.js' && existsSync(file));
	if (!found)
		throw new Error(
			'npm was not found: install Node together with npm (20.19 or newer), or put npm on the PATH.',
		);
	return found;
}
