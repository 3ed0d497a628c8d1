import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';
import { REPOSITORY } from './repository.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * Packs the package as `npm publish` would; `dist` must be built.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} [cwd] another package's folder
 * @returns {Promise<string>} the tarball, in a folder that is removed when this process ends
 */
export async function packPackage(progress, cwd = REPOSITORY) {
	const folder = temporaryFolder('pack');
	await runNpm({
		args: ['pack', '--ignore-scripts', '--pack-destination', folder],
		cwd,
		progress,
		logFile: join(folder, 'pack.log'),
	});
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no tarball in ${folder}.`);
	return join(folder, tarball);
}

/**
 * Unpacks a package's tarball.
 *
 * @param {string} tarball
 * @param {string} folder made anew; the package's files lie directly in it
 */
export function unpack(tarball, folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const tar = spawnSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], {
		encoding: 'utf8',
	});
	if (tar.status !== 0)
		throw new Error(`${tarball} could not be unpacked: ${tar.error?.message ?? tar.stderr}`);
}

/**
 * Puts a package where n8n puts one that is installed on its community node screen, and in the same
 * state: unpacked by copy, without its development, peer and optional dependencies. n8n finds it at
 * its next start.
 *
 * @param {string} tarball
 * @param {string} userFolder n8n's `N8N_USER_FOLDER`
 * @returns {string} the package's folder
 */
export function placePackage(tarball, userFolder) {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const draft = join(modules, '.unpacking');
	unpack(tarball, draft);
	/**
	 * @type {{ name: string, devDependencies?: object, peerDependencies?: object, optionalDependencies?: object }}
	 */
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = JSON.parse(
		readFileSync(join(draft, 'package.json'), 'utf8'),
	);
	const folder = join(modules, kept.name);
	rmSync(folder, { recursive: true, force: true });
	renameSync(draft, folder);
	writeFileSync(join(folder, 'package.json'), JSON.stringify(kept, null, 2));
	return folder;
}
