import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { installPinned } from './install-pinned.mjs';
import { runAsProgram } from './main.mjs';
import { packPackage, unpack } from './pack.mjs';
import { prepare } from './prepare.mjs';
import { createProgress } from './progress.mjs';
import { REPOSITORY } from './repository.mjs';
import { inspectTarball } from './inspect-tarball.mjs';
import { temporaryFolder } from './temporary.mjs';

/** What the scanner looks at in a published tarball (its own list for that leg). */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/**
 * @typedef {object} Scanner
 * @property {string[]} SOURCE_FILE_PATTERNS
 * @property {(folder: string, patterns: string[]) => Promise<{ passed: boolean, message?: string, details?: string }>} analyzePackage
 * @property {() => Promise<object[]>} buildScanConfig
 */

/**
 * Scans the package as n8n does before it lists one: the source and the tarball. Warnings count,
 * which the scanner itself lets pass.
 *
 * @param {import('./progress.mjs').Progress} [progress]
 * @returns {Promise<string[]>} the findings; empty when there are none
 */
export async function scan(progress = createProgress()) {
	await prepare(progress);
	const folder = await installPinned({
		name: 'scanner',
		title: "n8n's package scanner",
		megabytes: 230,
		progress,
	});
	const home = join(
		folder,
		'node_modules',
		'@n8n',
		'scan-community-package',
		'scanner',
		'scanner.mjs',
	);
	/** @type {Scanner} */
	const scanner = await import(pathToFileURL(home).href);
	const unpacked = temporaryFolder('scan');
	unpack(await packPackage(progress), unpacked);

	progress.say('scanning the source and the tarball');
	return [
		...(await analyze(scanner, home, REPOSITORY, scanner.SOURCE_FILE_PATTERNS)),
		...(await analyze(scanner, home, unpacked, TARBALL_PATTERNS)),
		...inspectTarball(unpacked),
	];
}

/**
 * @param {Scanner} scanner
 * @param {string} home
 * @param {string} folder
 * @param {string[]} patterns
 * @returns {Promise<string[]>}
 */
async function analyze(scanner, home, folder, patterns) {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	if (!passed) return [`${folder}: ${message}\n${details ?? ''}`];
	if (message) return [`${folder}: ${message}`];
	return await warnings(scanner, home, folder, patterns);
}

/**
 * The same lint once more, since `analyzePackage` keeps quiet about warnings when there is no
 * error.
 *
 * @param {Scanner} scanner
 * @param {string} home
 * @param {string} folder
 * @param {string[]} patterns
 * @returns {Promise<string[]>}
 */
async function warnings(scanner, home, folder, patterns) {
	const { ESLint } = createRequire(home)('eslint');
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await scanner.buildScanConfig(),
		globInputPaths: true,
		errorOnUnmatchedPattern: false,
	});
	/** @type {{ warningCount: number }[]} */
	const results = await eslint.lintFiles(patterns);
	if (results.length === 0) return [`${folder}: the scanner found no file to look at`];
	if (!results.some(({ warningCount }) => warningCount > 0)) return [];
	return [await (await eslint.loadFormatter('stylish')).format(results)];
}

await runAsProgram(import.meta.url, async () => {
	const findings = await scan();
	for (const finding of findings) console.log(finding);
	console.log(`${findings.length} findings`);
	if (findings.length > 0) process.exitCode = 1;
});
