/**
 * Runs a program that uses the built package, after installing and building whatever is missing:
 * `node test/host/with-build.mjs test/bench/receive.mjs`. Arguments after it are the program's.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runAsProgram } from './main.mjs';
import { prepare } from './prepare.mjs';
import { createProgress } from './progress.mjs';

await runAsProgram(import.meta.url, async () => {
	const [node, , program, ...args] = process.argv;
	if (program === undefined) throw new Error('Name the program to run.');
	await prepare(createProgress());
	process.argv = [node, resolve(program), ...args];
	await import(pathToFileURL(resolve(program)).href);
});
