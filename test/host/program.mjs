/**
 * Runs a program that is not Node's, as a user if one is named, and ends it at the end:
 * `node program.mjs '{"uid":101}' redis-server --port 6390`.
 */
import { spawn } from 'node:child_process';

const [, , identity, program, ...args] = process.argv;
const child = spawn(program, args, { stdio: 'inherit', ...JSON.parse(identity) });
child.once('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.once('SIGTERM', () => child.kill('SIGINT'));
