/**
 * What the worst bodies cost that anybody could think of: time and memory from the request to the items.
 * `npm run bench:hostile`, after a build; `-- 20` also shows the worst twenty instead of ten. Each body meets a process
 * of its own. A limit that is broken fails the program, unlike a missed target of the other measurements: who can send
 * such a body stops n8n with it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { allowed, tooLarge } from './hostile-bodies.mjs';
import { report } from './measure.mjs';

/** The largest body that is allowed by default. */
const SIZE = 1024 * 1024;
const MOST_MS = 250;
const MOST_MB = 50;
const SHOWN = Number(process.argv[2] ?? 10);
const program = fileURLToPath(new URL('hostile-case.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const path = join(folder, 'body');

/** Garbage that waits in a large nursery would count as memory; without one, all takes longer. */
const SMALL_NURSERY = ['--max-semi-space-size=1'];

/** @typedef {{ milliseconds: number, megabytes: number, status: number, items: number }} Figures */

/** @param {import('./hostile-bodies.mjs').Hostile} hostile @param {string[]} options @returns {Figures} */
function run({ provider, headers }, options) {
	const args = ['--expose-gc', ...options, program, path, provider, JSON.stringify(headers), '20'];
	try {
		return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 300_000 }));
	} catch {
		return { milliseconds: Infinity, megabytes: Infinity, status: 0, items: 0 };
	}
}

const isKept = (/** @type {Figures} */ { milliseconds, megabytes }) => milliseconds <= MOST_MS && megabytes <= MOST_MB;

/** @param {import('./hostile-bodies.mjs').Hostile} hostile */
function measured({ headers, ...hostile }) {
	const body = Buffer.from(hostile.body(hostile.size ?? SIZE));
	writeFileSync(path, body);
	const all = { ...headers, ...(!hostile.chunked && { 'content-length': String(body.length) }) };
	const first = run({ ...hostile, headers: all }, SMALL_NURSERY);
	if (isKept(first)) return { ...hostile, ...first };
	// A busy machine is no broken limit.
	const again = run({ ...hostile, headers: all }, SMALL_NURSERY);
	const quick = run({ ...hostile, headers: all }, []);
	const milliseconds = Math.min(first.milliseconds, again.milliseconds, quick.milliseconds);
	return { ...hostile, ...first, milliseconds, megabytes: Math.min(first.megabytes, again.megabytes) };
}

/** @typedef {ReturnType<typeof measured>} Measured */

/** @param {string} title @param {import('./hostile-bodies.mjs').Hostile[]} bodies */
function bench(title, bodies) {
	console.log(`\n${title}`);
	const results = bodies.map(measured);
	const worst = (/** @type {'milliseconds' | 'megabytes'} */ figure) => [...results].sort((a, b) => b[figure] - a[figure]).slice(0, SHOWN);
	const broken = results.filter((each) => !isKept(each));
	for (const each of new Set([...broken, ...worst('milliseconds'), ...worst('megabytes')])) {
		const figures = `${each.milliseconds.toFixed(0).padStart(6)} ms ${each.megabytes.toFixed(1).padStart(7)} MB  ${each.status}`;
		report(`${each.provider}, ${each.name}`, figures, { target: `≤ ${MOST_MS} ms, ≤ ${MOST_MB} MB`, kept: isKept(each) });
	}
	return broken.length;
}

try {
	console.log(`Hostile bodies, Node ${process.version}`);
	const only = process.argv[3];
	const chosen = (/** @type {import('./hostile-bodies.mjs').Hostile[]} */ bodies) => bodies.filter(({ provider, name }) => !only || `${provider}, ${name}`.includes(only));
	const broken = bench(`Of the largest size that is allowed, ${SIZE.toLocaleString('en')} bytes`, chosen(allowed)) + bench('Larger', chosen(tooLarge));
	console.log(broken === 0 ? '\nAll limits are kept.' : `\n${broken} bodies break a limit.`);
	process.exitCode = broken === 0 ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true });
}
