/**
 * The environment variables that the pinned n8n reads, by its own code. The tests compare the
 * documents with the list; `node test/docs/n8nVariables.mjs --write` makes it again for another n8n.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installHost, N8N_VERSION } from '../host/install.mjs';
import { runAsProgram } from '../host/main.mjs';

const FILE = new URL('n8n-variables.json', import.meta.url);
/** The packages of n8n that read variables. */
const PACKAGES = ['@n8n/config', '@n8n/backend-common', 'n8n', 'n8n-core', 'n8n-workflow'];
/** `@Env('NAME')` as it is compiled, `process.env.NAME`, and a constant for `process.env[…]`. */
const READS =
	/(?:\bEnv\)\(\s*['"]|\bprocess\.env(?:\.|\[['"])|_ENV = ['"])(?<name>[A-Z][A-Z0-9_]+)/g;

/** @type {{ n8n: string, variables: string[] }} */
export const listed = JSON.parse(readFileSync(FILE, 'utf8'));

/**
 * @param {string} folder that n8n is installed in
 * @returns {string[]} sorted
 */
export function variablesOf(folder) {
	const files = PACKAGES.flatMap((name) => {
		const dist = join(folder, 'node_modules', name, 'dist');
		return readdirSync(dist, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js'))
			.map((file) => join(dist, file));
	});
	const names = files.flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(READS)].map(([, name]) => name),
	);
	return [...new Set(names)].sort();
}

await runAsProgram(import.meta.url, async () => {
	const { folder } = await installHost();
	const list = { n8n: N8N_VERSION, variables: variablesOf(folder) };
	if (process.argv.includes('--write'))
		writeFileSync(FILE, `${JSON.stringify(list, null, '\t')}\n`);
	else if (JSON.stringify(list) !== JSON.stringify(listed))
		throw new Error(
			'The list of variables is out of date: node test/docs/n8nVariables.mjs --write',
		);
});
