import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf, isAlive, withLock } from './lock.mjs';

const NAME = 'n8n-nodes-talent-events';

/**
 * Where installed hosts live, outside the clone, so that they outlive it: `TALENT_EVENTS_CACHE`,
 * else the user's cache folder.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string} an absolute path, existing or not
 */
export function cacheFolder(env = process.env, platform = process.platform) {
	if (env.TALENT_EVENTS_CACHE) return env.TALENT_EVENTS_CACHE;
	if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, NAME);
	if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, NAME);
	if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', NAME);
	return join(homedir(), '.cache', NAME);
}

/**
 * A folder of the cache, made once for each content of its `parts`. It is built beside its place
 * and then renamed: when the folder is there, it is complete, whatever happened to those who tried
 * before.
 *
 * @param {object} options
 * @param {string} options.name begins the folder's name
 * @param {(string | Buffer)[]} options.parts everything that decides what the folder holds
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {(folder: string) => Promise<void>} options.build fills an empty folder
 * @param {(folder: string) => boolean} [options.isWhole] looks for damage done later; a folder that
 * has some is built again
 * @param {string} [options.root]
 * @returns {Promise<string>} the folder's path
 */
export async function cached({ name, parts, progress, build, isWhole, root = cacheFolder() }) {
	const place = join(root, `${name}-${digest(parts)}`);
	const isThere = () => existsSync(place) && (isWhole?.(place) ?? true);
	if (isThere()) return place;
	mkdirSync(root, { recursive: true });
	return await withLock(`${place}.lock`, `installing ${name}`, progress, async () => {
		if (isThere()) return place;
		rmSync(place, { recursive: true, force: true });
		removeLeftovers(root, name);
		const aside = `${place}.${process.pid}.building`;
		rmSync(aside, { recursive: true, force: true });
		mkdirSync(aside);
		await build(aside);
		moveIntoPlace(aside, place);
		return place;
	});
}

/** @param {(string | Buffer)[]} parts */
function digest(parts) {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\0');
	return hash.digest('hex').slice(0, 12);
}

/**
 * What interrupted builds left. A folder whose builder still runs is kept, as it belongs to other
 * pins.
 *
 * @param {string} root
 * @param {string} name
 */
function removeLeftovers(root, name) {
	for (const entry of readdirSync(root)) {
		const builder = /^(.+)-[0-9a-f]{12}\.(\d+)\.building$/.exec(entry);
		if (builder?.[1] !== name || isAlive(Number(builder[2]))) continue;
		rmSync(join(root, entry), { recursive: true, force: true, maxRetries: 5 });
	}
}

/**
 * @param {string} aside
 * @param {string} place
 */
function moveIntoPlace(aside, place) {
	try {
		renameSync(aside, place);
	} catch (error) {
		// Somebody else finished the same folder first: theirs is as good.
		if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error)) || !existsSync(place))
			throw error;
		rmSync(aside, { recursive: true, force: true });
	}
}
