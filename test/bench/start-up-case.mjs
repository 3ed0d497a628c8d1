/**
 * One case of `start-up.mjs`, in a process of its own: loads the packages of a folder as n8n does
 * at its start, then uses the named nodes, and prints what that took as JSON.
 *
 * `node --expose-gc test/bench/start-up-case.mjs <host's node_modules> <folder> [node …]`, with
 * `NODE_PATH` as n8n sets it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [host, folder, ...uses] = process.argv.slice(2);
const require = createRequire(join(host, 'n8n', 'package.json'));
// n8n has loaded these, and parts of lodash, before it loads a community package (2.41.1).
for (const name of ['n8n-workflow', 'zod', 'luxon']) require(name);
/** @type {typeof import('n8n-core')} */
const { scanDirectoryForPackages } = require('n8n-core');

/**
 * From here on, keeps the milliseconds that each module takes by itself, without those that it
 * requires.
 *
 * @returns {Map<string, number>}
 */
function timeModules() {
	/** @type {Map<string, number>} */
	const modules = new Map();
	/** @type {{ _load: (request: string, ...rest: unknown[]) => unknown }} */
	const loader = require('node:module');
	const load = loader._load;
	let inner = 0;
	loader._load = (request, ...rest) => {
		const outer = inner;
		inner = 0;
		const start = performance.now();
		try {
			return load(request, ...rest);
		} finally {
			const all = performance.now() - start;
			const name = request.split('/').slice(-3).join('/');
			modules.set(name, (modules.get(name) ?? 0) + all - inner);
			inner = outer + all;
		}
	};
	return modules;
}

const memory = () => {
	globalThis.gc?.();
	const { heapUsed, rss } = process.memoryUsage();
	return { heapUsed, rss };
};

const before = memory();
const start = performance.now();
const loaders = await scanDirectoryForPackages(folder);
for (const loader of loaders) {
	await loader.loadAll();
	for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
}
const milliseconds = performance.now() - start;
const after = memory();

const [loader] = loaders;
const modules = timeModules();
const firstUses = uses.map((name) => {
	const began = performance.now();
	loader.getNode(name);
	return performance.now() - began;
});
console.log(
	JSON.stringify({
		milliseconds,
		heap: after.heapUsed - before.heapUsed,
		rss: after.rss - before.rss,
		nodes: Object.keys(loader.known.nodes),
		firstUses,
		modules: [...modules].sort(([, a], [, b]) => b - a),
	}),
);
