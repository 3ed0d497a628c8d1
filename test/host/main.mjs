import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs a file's task if that file is the program that Node was asked to run, and not imported. What
 * goes wrong is said in its plain message, without a stack, and ends the program with exit code 1;
 * `DEBUG=1` shows the stack too.
 *
 * @param {string} url `import.meta.url`
 * @param {() => Promise<void>} task
 * @returns {Promise<void>}
 */
export async function runAsProgram(url, task) {
	const program = process.argv[1];
	if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
	try {
		await task();
	} catch (error) {
		const known = error instanceof Error;
		console.error(`\n${known ? (process.env.DEBUG ? error.stack : error.message) : String(error)}`);
		// Whatever is still open (a server, an n8n) must not keep a failed program going; its end stops
		// them.
		process.exit(1);
	}
}
