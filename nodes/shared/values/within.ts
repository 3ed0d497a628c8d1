import { sleep } from 'n8n-workflow';

/**
 * The result of a promise, or `undefined` if it takes longer than `ms` milliseconds. The work
 * itself continues, as nothing can stop it.
 */
export async function within<T>(
	ms: number,
	promise: Promise<T>,
): Promise<{ value: T } | undefined> {
	const timer = new AbortController();
	try {
		// An n8n whose `sleep` ignores the signal only keeps the timer longer.
		const timeout = sleep(ms, timer.signal).then(() => undefined);
		return await Promise.race([promise.then((value) => ({ value })), timeout]);
	} finally {
		timer.abort();
	}
}
