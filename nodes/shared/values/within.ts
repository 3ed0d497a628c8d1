import { sleep } from 'n8n-workflow';

/**
 * What work gives, or `undefined` when that takes longer. The work itself goes on: nothing can stop it.
 *
 * @param ms how long to wait for it, in milliseconds
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<{ value: T } | undefined> {
	const inTime = new AbortController();
	try {
		// Once it is over, nothing waits on: an n8n without the second parameter only keeps a timer longer.
		const late = sleep(ms, inTime.signal).then(() => undefined);
		return await Promise.race([work.then((value) => ({ value })), late]);
	} finally {
		inTime.abort();
	}
}
