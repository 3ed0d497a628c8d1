import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * For four providers, of which the code takes 1,000 kB, and 400 kB for what n8n reads at each start
 * instead of it.
 */
const MOST_BYTES = 1_600_000;
const ALLOWED = /^(dist\/|package\.json$|README\.md$|LICENSE\.md$)/;
/** The pictures of the README; icons are SVG. */
const PICTURE = /\.(webp|png|jpe?g)$/;

/**
 * Looks at what would be published.
 *
 * @param {string} folder the unpacked tarball
 * @returns {string[]} what should not be so; empty when all is well
 */
export function inspectTarball(folder) {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	const names = files.map((file) => relative(folder, file).split(sep).join('/'));
	const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
	/** @type {{ dependencies?: object, files?: string[] }} */
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return [
		...names
			.filter((name) => !ALLOWED.test(name) || PICTURE.test(name))
			.map((name) => `the tarball holds ${name}`),
		...['README.md', 'LICENSE.md']
			.filter((name) => !names.includes(name))
			.map((name) => `the tarball lacks ${name}`),
		...(bytes > MOST_BYTES
			? [`the tarball is ${bytes} bytes unpacked, more than ${MOST_BYTES}`]
			: []),
		...(Object.keys(manifest.dependencies ?? {}).length > 0
			? ['the package has runtime dependencies']
			: []),
	];
}
