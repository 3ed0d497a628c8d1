/**
 * How many records are read from a provider at once. JOFI documents no limit and JobAffinity only
 * one a minute, which its requests keep to anyway. So it is few: a browser opens more.
 */
export const READS_AT_ONCE = 4;

/** A value, and the work for it, which may not have ended. */
type Started<T, R> = readonly [value: T, result: Promise<R>];

/**
 * Starts work for each value, for at most `limit` at once, and yields both in the order of the
 * values. Await each result before taking the next. A value is taken when its work starts, so an
 * iterable that ends early starts no more. Where the consumer ends early, e.g. as a result failed,
 * what has been started is waited for.
 */
export async function* readAhead<T, R>(
	values: Iterable<T>,
	limit: number,
	work: (value: T) => Promise<R>,
): AsyncGenerator<Started<T, R>, void, undefined> {
	const started: Started<T, R>[] = [];
	try {
		for (const value of values) {
			const result = work(value);
			// It is thrown in its turn.
			result.catch(() => {});
			started.push([value, result]);
			if (started.length >= limit) yield started.shift()!;
		}
		while (started.length > 0) yield started.shift()!;
	} finally {
		await Promise.allSettled(started.map(([, result]) => result));
	}
}
