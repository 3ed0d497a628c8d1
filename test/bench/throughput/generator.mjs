import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('load.mjs', import.meta.url));

/** @typedef {Awaited<ReturnType<typeof startGenerator>>} Generator */

/** Starts the load generator; it ends with this process, whose channel it listens to. */
export async function startGenerator() {
	const child = fork(PROGRAM, { serialization: 'advanced' });
	const ended = once(child, 'exit').then(() => ({ problem: 'The load generator ended.' }));
	const answer = async () => {
		const message = await Promise.race([once(child, 'message').then(([each]) => each), ended]);
		if (message.problem) throw new Error(message.problem);
		return message;
	};
	return {
		/**
		 * @param {import('./load.mjs').Job} job
		 * @param {() => Promise<void>} [begin] called when all is made that is to be delivered
		 * @returns {Promise<import('./load.mjs').Outcome>}
		 * @throws {Error} when anything is answered that is not expected
		 */
		async run(job, begin) {
			child.send(job);
			await answer();
			await begin?.();
			child.send('begin');
			return await answer();
		},
		stop() {
			child.disconnect();
		},
	};
}
