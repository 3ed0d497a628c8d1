import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { removeFolder, temporaryFolder } from './temporary.mjs';

/** What n8n needs of its first start: the encryption key and the migrated database. */
const KEPT = ['config', 'database.sqlite', 'database.sqlite-wal'];
/** Digests of these files, written last. */
const MANIFEST = 'files.json';

/**
 * Gives n8n the data of a first start that was made once and kept in the cache: a start that finds
 * it has nothing to migrate.
 *
 * @param {object} options
 * @param {string} options.userFolder n8n's, without data
 * @param {string[]} options.parts what decides what the data holds
 * @param {(userFolder: string) => Promise<void>} options.firstStart starts n8n without data and
 * stops it
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {string} [options.root] of the cache
 */
export async function placeFirstData({ userFolder, parts, firstStart, progress, root }) {
	const template = await cached({
		name: 'n8n-data',
		parts,
		progress,
		root,
		isWhole,
		async build(folder) {
			const first = temporaryFolder('first');
			await firstStart(first);
			for (const name of KEPT) {
				const file = join(first, '.n8n', name);
				if (existsSync(file)) cpSync(file, join(folder, name));
			}
			removeFolder(first);
			writeFileSync(join(folder, MANIFEST), JSON.stringify(digestsOf(folder)));
		},
	});
	for (const name of readdirSync(template))
		if (name !== MANIFEST) cpSync(join(template, name), join(userFolder, '.n8n', name));
}

/** Whether nobody has changed a template since it was made. @param {string} template */
function isWhole(template) {
	const manifest = join(template, MANIFEST);
	return (
		existsSync(manifest) && readFileSync(manifest, 'utf8') === JSON.stringify(digestsOf(template))
	);
}

/** @param {string} folder */
function digestsOf(folder) {
	const digests = KEPT.filter((name) => existsSync(join(folder, name))).map((name) => [
		name,
		createHash('sha256')
			.update(readFileSync(join(folder, name)))
			.digest('hex'),
	]);
	return Object.fromEntries(digests);
}
