import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} folder with a `package-lock.json`
 * @returns {() => string} says how many of the lock's packages are there; those of other platforms
 * do not count
 */
export function countInstalled(folder) {
	/** @type {{ packages: Record<string, { os?: string | string[], cpu?: string | string[] }> }} */
	const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	const wanted = Object.entries(lock.packages)
		.filter(
			([path, { os, cpu }]) => path && allows(os, process.platform) && allows(cpu, process.arch),
		)
		.map(([path]) => path);
	return () => {
		const there = wanted.filter((path) => existsSync(join(folder, path, 'package.json')));
		return there.length
			? `${there.length} of about ${wanted.length} packages unpacked`
			: 'downloading';
	};
}

/**
 * @param {string | string[] | undefined} list
 * @param {string} name
 */
function allows(list, name) {
	return list === undefined || [list].flat().includes(name);
}
