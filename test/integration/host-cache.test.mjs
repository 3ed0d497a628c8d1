import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('cached-build.mjs', import.meta.url));

/** @type {string} */
let root;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'talent-events-cache-'));
});
afterEach(() => {
	rmSync(root, { recursive: true, force: true });
});

/** @param {number} milliseconds that the build takes */
function install(milliseconds) {
	const child = spawn(process.execPath, [PROGRAM, root, String(milliseconds)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	const ended = once(child, 'exit').then(([code]) => ({ code, folder: output.trim() }));
	return { child, ended };
}

const builds = () =>
	existsSync(join(root, 'builds.log'))
		? readFileSync(join(root, 'builds.log'), 'utf8').trim().split('\n').length
		: 0;

test('an install that is killed half way leaves nothing that looks complete, and the next one completes it', async () => {
	const first = install(60_000);
	while (builds() === 0) await sleep(20);
	first.child.kill('SIGKILL');
	await first.ended;
	expect(readdirSync(root).filter((name) => /^thing-[0-9a-f]+$/.test(name))).toEqual([]);

	const { code, folder } = await install(0).ended;
	expect(code).toBe(0);
	expect(readdirSync(folder).sort()).toEqual(['first', 'last']);
	expect(readdirSync(root).filter((name) => name.includes('building'))).toEqual([]);
});

test('two installs at once do the work once, and both find it', async () => {
	const both = await Promise.all([install(700).ended, install(700).ended]);
	expect(both.map(({ code }) => code)).toEqual([0, 0]);
	expect(both[0].folder).toBe(both[1].folder);
	expect(builds()).toBe(1);
});

test('an existing build is reused', async () => {
	await install(0).ended;
	await install(0).ended;
	expect(builds()).toBe(1);
});
