import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(import.meta.resolve('#dist/nodes/Jofi/JofiTrigger.node.js'));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What n8n has loaded before it loads any community node. */
const host = ['zod', 'lodash', 'n8n-workflow'];

/**
 * Milliseconds that a fresh process takes to load the built trigger.
 *
 * @param {readonly string[]} before modules that are loaded already
 */
function load(before) {
	const script = `
		${JSON.stringify(before)}.forEach((name) => require(name));
		const start = performance.now();
		require(${JSON.stringify(node)});
		console.log(performance.now() - start);
	`;
	return Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }));
}

export const loadings = [
	{ label: 'with all that it requires', milliseconds: () => load([]) },
	{ label: 'where n8n has loaded zod, lodash, n8n-workflow', milliseconds: () => load(host) },
];
