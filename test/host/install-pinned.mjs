import { copyFileSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, cacheFolder } from './cache.mjs';
import { countInstalled } from './count-installed.mjs';
import { runNpm } from './npm.mjs';

/**
 * Installs a pinned set of npm packages (`<name>/package.json` and its lock, beside this file) into
 * the cache.
 *
 * @param {object} options
 * @param {'node' | 'n8n' | 'scanner'} options.name
 * @param {string} options.title what people read, e.g. `n8n 2.41.1`
 * @param {number} options.megabytes what it needs on the disk, roughly
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {string} [options.node] the Node that npm runs under
 * @param {(folder: string, logFile: string) => Promise<void>} [options.finish] what remains after
 * `npm ci`
 * @returns {Promise<string>} the folder that holds `node_modules`
 * @throws {Error} in plain words, with the end of npm's log
 */
export async function installPinned({ name, title, megabytes, progress, node, finish }) {
	const pins = fileURLToPath(new URL(`./${name}/`, import.meta.url));
	const files = ['package.json', 'package-lock.json'];
	return await cached({
		name,
		parts: [process.platform, process.arch, ...files.map((file) => readFileSync(join(pins, file)))],
		progress,
		async build(folder) {
			progress.say(`installing ${title} into ${cacheFolder()} (about ${megabytes} MB, once)`);
			demandSpace(folder, megabytes);
			for (const file of files) copyFileSync(join(pins, file), join(folder, file));
			const logFile = join(cacheFolder(), 'logs', `${name}.log`);
			await runNpm({
				args: ['ci', '--ignore-scripts'],
				cwd: folder,
				progress,
				logFile,
				node,
				state: countInstalled(folder),
			});
			await finish?.(folder, logFile);
			progress.say(`${title} is installed`);
		},
	});
}

/**
 * @param {string} folder
 * @param {number} megabytes
 */
function demandSpace(folder, megabytes) {
	const { bavail, bsize } = statfsSync(folder);
	const free = Math.floor((bavail * bsize) / 1e6);
	if (free >= megabytes) return;
	throw new Error(
		`The disk of ${folder} has ${free} MB free, ${megabytes} MB are needed. Make room, or name another folder in TALENT_EVENTS_CACHE.`,
	);
}
