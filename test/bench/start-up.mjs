/**
 * What the package costs n8n at its start: `npm run bench:startup`. The loader of the pinned n8n,
 * on its Node, loads the packed package, an empty one, and the packed one as it was without the
 * metadata that lets n8n load a node when it is used; each in fresh processes, by turns. A missed
 * target is printed and is no failure, because machines differ.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { plainEnvironment } from '../host/environment.mjs';
import { installHost } from '../host/install.mjs';
import { packPackage, unpack } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { temporaryFolder } from '../host/temporary.mjs';
import { interleaved, median, report } from './measure.mjs';

const ROUNDS = 15;
const MOST_MS = 60;
const SLOWEST = 10;

const program = fileURLToPath(new URL('start-up-case.mjs', import.meta.url));
const progress = createProgress();
const host = await installHost(progress);
const tarball = await packPackage(progress);
const root = temporaryFolder('startup');

/** @param {string} name of a folder that holds the package alone */
function unpacked(name) {
	const folder = join(root, name);
	const place = join(folder, 'n8n-nodes-talent-events');
	unpack(tarball, place);
	return { folder, place };
}

/** A package of one node that does nothing. */
function emptyPackage() {
	const folder = join(root, 'empty');
	const place = join(folder, 'n8n-nodes-empty');
	mkdirSync(place, { recursive: true });
	writeFileSync(
		join(place, 'package.json'),
		JSON.stringify({
			name: 'n8n-nodes-empty',
			version: '1.0.0',
			n8n: { n8nNodesApiVersion: 1, nodes: ['Empty.node.js'], credentials: [] },
		}),
	);
	writeFileSync(
		join(place, 'Empty.node.js'),
		`exports.Empty = class Empty {
			description = { displayName: 'Empty', name: 'empty', group: ['transform'], version: 1,
				description: '', defaults: {}, inputs: ['main'], outputs: ['main'], properties: [] };
			async execute() { return [[]]; }
		};`,
	);
	return folder;
}

const packed = unpacked('packed').folder;
const eager = unpacked('eager');
rmSync(join(eager.place, 'dist', 'known'), { recursive: true });
rmSync(join(eager.place, 'dist', 'types'), { recursive: true });

/**
 * @typedef {object} Figures
 * @property {number} milliseconds
 * @property {number} heap in bytes
 * @property {number} rss in bytes
 * @property {string[]} nodes
 * @property {number[]} firstUses in milliseconds
 * @property {[name: string, milliseconds: number][]} modules slowest first
 */

/**
 * @param {string} folder of packages
 * @param {string[]} uses nodes to use
 * @returns {Promise<Figures>}
 */
async function load(folder, ...uses) {
	const modules = join(host.folder, 'node_modules');
	const { stdout } = await promisify(execFile)(
		host.node,
		['--expose-gc', program, modules, folder, ...uses],
		{ env: plainEnvironment({ NODE_PATH: modules }) },
	);
	return JSON.parse(stdout);
}

const cases = [
	{ label: 'an empty package', folder: emptyPackage() },
	{ label: 'this package', folder: packed },
	{ label: 'this package without its metadata', folder: eager.folder },
].map((each) => ({ ...each, figures: /** @type {Figures[]} */ ([]) }));

/** @param {Figures[]} figures @param {'milliseconds' | 'heap' | 'rss'} what */
const medianOf = (figures, what) => median(figures.map((each) => each[what]));
/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

await interleaved(cases, ROUNDS, async ({ folder, figures }, round) => {
	const measured = await load(folder);
	if (round > 0) figures.push(measured);
	return measured.milliseconds;
});
console.log(`Loading at n8n's start, ${ROUNDS} fresh processes of each, by turns`);
const [empty] = cases;
for (const { label, figures } of cases) {
	const times = figures.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
	const over = median(times) - medianOf(empty.figures, 'milliseconds');
	console.log(`\n${label}`);
	report('median', `${median(times).toFixed(0)} ms`);
	report('fastest and slowest', `${times[0].toFixed(0)}–${times[ROUNDS - 1].toFixed(0)} ms`);
	if (figures === empty.figures) continue;
	report(
		'over the empty package',
		`${over.toFixed(0)} ms`,
		label === 'this package' ? { target: `≤ ${MOST_MS} ms`, kept: over <= MOST_MS } : undefined,
	);
	for (const what of /** @type {const} */ (['heap', 'rss'])) {
		const more = medianOf(figures, what) - medianOf(empty.figures, what);
		report(`${what} over the empty package`, megabytes(more));
	}
}

const { nodes } = cases[1].figures[0];
console.log('\nThe first use of one node in a process, once');
const firstUses = await interleaved(
	nodes,
	3,
	async (name) => (await load(packed, name)).firstUses[0],
);
for (const [index, name] of nodes.entries()) report(name, `${firstUses[index].toFixed(0)} ms`);

console.log('\nThe slowest modules when all nodes are used, each without what it requires');
const { modules } = await load(packed, ...nodes);
for (const [name, milliseconds] of modules.slice(0, SLOWEST))
	report(name, `${milliseconds.toFixed(1)} ms`);
