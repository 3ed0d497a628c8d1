import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './lock.mjs';

/** The name says which process a folder belongs to. */
const NAME = /^talent-events-[a-z0-9]+-(\d+)-\w+$/;

/** @type {Set<string>} */
const folders = new Set();

/**
 * @param {string} purpose becomes part of the folder's name; lower-case letters and digits
 * @returns {string} a new, empty folder that is removed when this process ends, or by a later one
 * if it was killed
 */
export function temporaryFolder(purpose) {
	if (folders.size === 0) {
		removeAbandoned();
		process.once('exit', () => folders.forEach(removeFolder));
	}
	const folder = mkdtempSync(join(tmpdir(), `talent-events-${purpose}-${process.pid}-`));
	folders.add(folder);
	return folder;
}

/**
 * @param {string} folder
 */
export function removeFolder(folder) {
	folders.delete(folder);
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function removeAbandoned() {
	for (const name of readdirSync(tmpdir())) {
		const owner = Number(NAME.exec(name)?.[1] ?? process.pid);
		if (isAlive(owner)) continue;
		try {
			rmSync(join(tmpdir(), name), { recursive: true, force: true });
		} catch {
			// Somebody else's, or somebody else is removing it.
		}
	}
}
