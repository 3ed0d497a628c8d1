import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('../receive.mjs', import.meta.url));
const LINE = /^ {2}(?<label>\S.*?) {2,}(?<figure>\S.*?)(?: {3}target .*)?$/;

/**
 * Runs `npm run bench:receive` and reads what it prints.
 *
 * @returns {Promise<{ part: string, label: string, figure: string }[]>}
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
