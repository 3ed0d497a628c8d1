/**
 * What the worst bodies cost that anybody could think of: time and memory from the request to the
 * items. `npm run bench:hostile`; `-- 20` takes the worst twenty instead of ten. All
 * bodies meet one process, and those that took the most time or memory there one of their own; one
 * that breaks a limit is run four times more. A limit that is broken fails the program, unlike a
 * missed target of the other measurements: who can send such a body stops n8n with it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { allowed, tooLarge } from './hostile-bodies.mjs';
import { deliver, sources } from './hostile-delivery.mjs';
import { report } from './measure.mjs';

/** The largest body that is allowed by default. */
const SIZE = 1024 * 1024;
const MOST_MS = 250;
const MOST_MB = 50;
const SHOWN = Number(process.argv[2] ?? 10);
const program = fileURLToPath(new URL('hostile-case.mjs', import.meta.url));

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const path = join(folder, 'body');

/** Garbage that waits in a large nursery would count as memory; without one, all takes longer. */
const SMALL_NURSERY = ['--max-semi-space-size=1'];

/** @typedef {{ milliseconds: number, megabytes: number, status: number, items: number }} Figures */

/**
 * @param {import('./hostile-bodies.mjs').Hostile} hostile
 * @param {string[]} options
 * @returns {Figures}
 */
function run({ provider, headers }, options) {
	const args = ['--expose-gc', ...options, program, path, provider, JSON.stringify(headers), '20'];
	try {
		return JSON.parse(
			execFileSync(process.execPath, args, {
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
				timeout: 300_000,
			}),
		);
	} catch {
		return { milliseconds: Infinity, megabytes: Infinity, status: 0, items: 0 };
	}
}

const isKept = (/** @type {Figures} */ { milliseconds, megabytes }) =>
	milliseconds <= MOST_MS && megabytes <= MOST_MB;

/** The body and its headers. @param {import('./hostile-bodies.mjs').Hostile} hostile */
function requestOf({ body: make, size = SIZE, headers, chunked }) {
	const body = Buffer.from(make(size));
	return {
		body,
		headers: { ...headers, ...(!chunked && { 'content-length': String(body.length) }) },
	};
}

/**
 * What a body takes in this process, roughly.
 *
 * @param {import('./hostile-bodies.mjs').Hostile} hostile
 */
async function screened(hostile) {
	const { body, headers } = requestOf(hostile);
	const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
	collectGarbage();
	const before = held();
	const { milliseconds } = await deliver(sources[hostile.provider], body, headers);
	return { hostile, milliseconds, bytes: held() - before };
}

/** @param {import('./hostile-bodies.mjs').Hostile} hostile */
function measured(hostile) {
	const { body, headers: all } = requestOf(hostile);
	writeFileSync(path, body);
	const first = run({ ...hostile, headers: all }, SMALL_NURSERY);
	if (isKept(first)) return { ...hostile, ...first };
	// A busy machine is no broken limit.
	const again = Array.from({ length: 2 }, () => run({ ...hostile, headers: all }, SMALL_NURSERY));
	const quick = Array.from({ length: 2 }, () => run({ ...hostile, headers: all }, []));
	const milliseconds = Math.min(...[first, ...again, ...quick].map((each) => each.milliseconds));
	return {
		...hostile,
		...first,
		milliseconds,
		megabytes: Math.min(...[first, ...again].map((each) => each.megabytes)),
	};
}

/** @param {string} title @param {import('./hostile-bodies.mjs').Hostile[]} bodies */
async function bench(title, bodies) {
	console.log(`\n${title}`);
	/** @type {Awaited<ReturnType<typeof screened>>[]} */
	const all = [];
	for (const hostile of bodies) all.push(await screened(hostile));
	const worst = (/** @type {'milliseconds' | 'bytes'} */ figure) =>
		all.sort((a, b) => b[figure] - a[figure]).slice(0, SHOWN);
	let broken = 0;
	for (const { hostile } of new Set([...worst('milliseconds'), ...worst('bytes')])) {
		const each = measured(hostile);
		const figures = `${each.milliseconds.toFixed(0).padStart(6)} ms ${each.megabytes.toFixed(1).padStart(7)} MB  ${each.status}`;
		report(`${each.provider}, ${each.name}`, figures, {
			target: `≤ ${MOST_MS} ms, ≤ ${MOST_MB} MB`,
			kept: isKept(each),
		});
		if (!isKept(each)) broken++;
	}
	return broken;
}

try {
	console.log(`Hostile bodies, Node ${process.version}`);
	const broken =
		(await bench(
			`The worst of ${allowed.length} of the largest size that is allowed, ${SIZE.toLocaleString('en')} bytes`,
			allowed,
		)) + (await bench('Larger', tooLarge));
	console.log(broken === 0 ? '\nAll limits are kept.' : `\n${broken} bodies break a limit.`);
	process.exitCode = broken === 0 ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true });
}
