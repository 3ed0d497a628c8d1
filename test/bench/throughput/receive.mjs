import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report } from '../measure.mjs';

const PROGRAM = fileURLToPath(new URL('../receive.mjs', import.meta.url));
const LINE = /^ {2}(?<label>\S.*?) {2,}(?<figure>\S.*?)(?: {3}target .*)?$/;

/** @typedef {{ part: string, label: string, figure: string }} Figure */

/**
 * Runs `npm run bench:receive` and reads what it prints.
 *
 * @returns {Promise<Figure[]>}
 */
export async function benchReceive() {
	const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM]);
	let part = '';
	return stdout.split('\n').flatMap((line) => {
		const { label, figure } = LINE.exec(line)?.groups ?? {};
		if (figure !== undefined) return [{ part, label, figure }];
		part = line;
		return [];
	});
}

/** @param {readonly Figure[]} figures */
export function printReceive(figures) {
	for (const part of new Set(figures.map((each) => each.part))) {
		console.log(`\n${part}`);
		for (const each of figures) if (each.part === part) report(each.label, each.figure);
	}
}
