import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { countInstalled } from './count-installed.mjs';
import { withLock } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { REPOSITORY } from './repository.mjs';

/** What a build reads. */
const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json'];
/** Says of which sources `dist` was built; outside `dist`, whose files are all published. */
const STAMP = join(REPOSITORY, 'node_modules', '.talent-events-built');

/**
 * Installs the development dependencies and builds `dist`, each only when it does not match the
 * clone. Uses nothing but Node's own modules, so that it runs on a fresh clone; two at once take
 * turns.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<void>}
 * @throws {Error} with the end of the log when npm or the build fails
 */
export async function prepare(progress) {
	demandNode();
	if (isInstalled() && isBuilt()) return;
	const logs = join(cacheFolder(), 'logs');
	mkdirSync(logs, { recursive: true });
	const lock = join(cacheFolder(), `clone-${hashOf([REPOSITORY])}.lock`);
	await withLock(lock, `preparing ${REPOSITORY}`, progress, async () => {
		if (!isInstalled()) {
			progress.say('installing the development dependencies (npm ci)');
			const args = ['ci', '--ignore-scripts', '--include=dev'];
			const state = countInstalled(REPOSITORY);
			await runNpm({ args, cwd: REPOSITORY, progress, logFile: join(logs, 'clone.log'), state });
		}
		if (!isBuilt()) {
			progress.say('building the package (npm run build)');
			await runNpm({
				args: ['run', 'build'],
				cwd: REPOSITORY,
				progress,
				logFile: join(logs, 'build.log'),
			});
			writeFileSync(STAMP, buildState());
		}
	});
}

function demandNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	throw new Error(`Node 20.19 or newer is needed, this is ${process.versions.node}.`);
}

/** npm writes its hidden lock file last: an interrupted install has none. */
function isInstalled() {
	const hidden = join(REPOSITORY, 'node_modules', '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const installed = packagesOf(hidden);
	return Object.entries(packagesOf(join(REPOSITORY, 'package-lock.json'))).every(
		([path, { version, optional, devOptional }]) => {
			const there = installed[path];
			// What is for other platforms is optional, and absent.
			return (
				path === '' ||
				(there ? there.version === version : optional === true || devOptional === true)
			);
		},
	);
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(lockFile) {
	return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function isBuilt() {
	return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === buildState();
}

/** Contents, not times: a checkout changes the times of files that did not change. */
function buildState() {
	return `sources ${hashOf(SOURCES.flatMap(contentsOf))}\ndist ${hashOf(contentsOf('dist'))}\n`;
}

/**
 * @param {string} name a file or folder of the clone
 * @returns {(string | Buffer)[]} names and contents, in order
 */
function contentsOf(name) {
	const path = join(REPOSITORY, name);
	if (!existsSync(path)) return [];
	if (name.includes('.')) return [name, readFileSync(path)];
	return readdirSync(path, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
		.flatMap((file) => [file.slice(REPOSITORY.length), readFileSync(file)]);
}

/** @param {(string | Buffer)[]} parts */
function hashOf(parts) {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\0');
	return hash.digest('hex').slice(0, 16);
}
