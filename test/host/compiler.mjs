import { spawnSync } from 'node:child_process';
import { installDebianPackages } from './debian.mjs';

/** @type {[program: string, debianPackage: string][]} */
const NEEDED = [
	['python3', 'python3'],
	['make', 'make'],
	['g++', 'g++'],
];

/**
 * Installs what is missing to compile native modules, where that can be done without asking: on
 * Debian as root.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<boolean>} whether there is something now that was not there before
 * @throws {Error} that names what is still missing and how to get it
 */
export async function completeCompiler(progress) {
	// Windows and macOS bring their own tool chains; node-gyp says there what is missing.
	if (process.platform !== 'linux') return false;
	const missing = () =>
		NEEDED.filter(
			([program]) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0,
		);
	const packages = missing().map(([, debianPackage]) => debianPackage);
	if (packages.length === 0) return false;
	await installDebianPackages(packages, progress);
	const still = missing().map(([program]) => program);
	if (still.length === 0) return true;
	const [are, them] = still.length > 1 ? ['are', 'them'] : ['is', 'it'];
	throw new Error(
		`sqlite3 has to be compiled and ${still.join(', ')} ${are} missing: install ${them} ` +
			'(on Debian and Ubuntu: sudo apt-get install python3 make g++), then run this again.',
	);
}
