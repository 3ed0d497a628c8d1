import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Installs system packages where that is possible without asking anybody: on Debian and Ubuntu, as
 * root. Elsewhere, or when it fails, it only returns: the caller says what is missing.
 *
 * @param {string[]} packages
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<void>}
 */
export async function installDebianPackages(packages, progress) {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
	if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return;
	progress.say(`installing ${packages.join(', ')} with apt-get`);
	await aptGet(['update'], progress);
	await aptGet(['install', '-y', '--no-install-recommends', ...packages], progress);
}

/**
 * @param {string[]} args
 * @param {import('./progress.mjs').Progress} progress
 */
async function aptGet(args, progress) {
	const child = spawn('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	let last = '';
	let tail = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
			tail = (tail + text).slice(-2_000);
			last = text.trim().split('\n').at(-1) || last;
		});
	}
	/** @type {Promise<number | null>} */
	const ended = new Promise((resolve) =>
		child.once('error', () => resolve(null)).once('close', resolve),
	);
	const wait = progress.wait(`apt-get ${args[0]}`);
	let running = true;
	void ended.then(() => (running = false));
	while (running) {
		await Promise.race([ended, sleep(250)]);
		wait.tick(last.slice(0, 100));
	}
	wait.done();
	if ((await ended) !== 0) progress.say(`apt-get ${args[0]} failed:\n${tail}`);
}
