/**
 * Preloaded (`node --import`) into every process that the host starts. The parent holds the other
 * end of file descriptor 3; when the parent is gone, however it ended (a kill -9 too), the pipe
 * closes, and this process and those it started end too. That is why no n8n outlives its test.
 *
 * `EXIT_WITH_PARENT` is `<pid of the parent>:<milliseconds to end in order>`. Worker threads and
 * forks of the process load this file as well, but have no such pipe: the pid tells.
 */
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const [parent, graceMs] = (process.env.EXIT_WITH_PARENT ?? '').split(':').map(Number);

if (isMainThread && parent === process.ppid) {
	const pipe = new Socket({ fd: 3, readable: true, writable: false });
	pipe
		.on('error', () => {})
		.once('close', leave)
		.resume();
	pipe.unref();
}

function leave() {
	if (graceMs === 0) return end('SIGKILL');
	setTimeout(() => end('SIGKILL'), graceMs).unref();
	end('SIGTERM');
}

/** @param {NodeJS.Signals} signal */
function end(signal) {
	process.kill(process.platform === 'win32' ? process.pid : -process.pid, signal);
}
