/**
 * Preloaded into an n8n whose memory is measured, with `--expose-gc`: collects all garbage when it
 * gets SIGUSR2, so that what is left is held by something.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	process.on('SIGUSR2', () => {
		const collect = /** @type {(how: object) => void} */ (globalThis.gc);
		// Gives memory back to the system, too.
		collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
	});
}
