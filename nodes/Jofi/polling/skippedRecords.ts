import { NodeApiError, type IPollFunctions } from 'n8n-workflow';
import pickBy from 'lodash/pickBy';

import { triggerIdOf } from '../../shared/events/recentKeys';
import { KEY_NOT_ACCEPTED } from '../api/errors';

/** In how many polls in a row a record cannot be read before it is skipped. */
const POLLS = 3;
/**
 * How many records one poll skips. If there are more, JOFI is not available, and the poll fails.
 */
const MOST_IN_A_POLL = 5;
const HOUR_MS = 3_600_000;
/** A skipped record is tried again after this time. */
const TRY_AGAIN_MS = HOUR_MS;
/** One that was not tried for this long is no longer listed. */
const FORGET_MS = 7 * 24 * HOUR_MS;

/**
 * The failures in a row of each record, by trigger. In memory, since n8n stores nothing of a poll
 * that fails.
 */
const failures = new Map<string, Map<string, number>>();

/** How many records each poll has skipped so far. */
const skippedIn = new WeakMap<IPollFunctions, number>();

/**
 * Whether it is the record that cannot be read, when its list could: JOFI has answered, and neither
 * requested fewer requests nor rejected the key.
 */
export function isRecordError(error: unknown): boolean {
	const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 0;
	return status > 0 && status !== 429 && (error as NodeApiError).message !== KEY_NOT_ACCEPTED;
}

/** Reads records so that one which can never be read does not stop the others. */
export interface SkippedRecords {
	/**
	 * When the skipped records were last tried, by path, for the cursor; `undefined` when there are
	 * none.
	 */
	readonly stored: Record<string, number> | undefined;
	/** Whether the record is skipped, so that it is still new. */
	has(path: string): boolean;
	/** Whether the record is to be read: it is not skipped, or is to be tried again. */
	isDue(path: string): boolean;
	/**
	 * What `work` gives, for a record that is due; `undefined` when the record is skipped.
	 *
	 * @throws what `work` throws, in the first polls
	 */
	read<T>(path: string, work: () => Promise<T>): Promise<T | undefined>;
}

/** @param gaps gets a sentence for each record that is skipped from now on */
export function skippedRecords(
	context: IPollFunctions,
	before: Record<string, number>,
	gaps: string[],
): SkippedRecords {
	const now = Date.now();
	const counts = failures.get(triggerIdOf(context)) ?? new Map<string, number>();
	failures.set(triggerIdOf(context), counts);
	const skipped = pickBy(before, (triedAt) => now - triedAt < FORGET_MS);

	/** @throws the error, unless the record may be skipped */
	function skip(path: string, error: unknown): undefined {
		const isSkipped = path in skipped;
		const count = (counts.get(path) ?? 0) + 1;
		counts.set(path, count);
		if (!isRecordError(error) || (!isSkipped && count < POLLS)) throw error;
		const inThisPoll = (skippedIn.get(context) ?? 0) + 1;
		skippedIn.set(context, inThisPoll);
		if (inThisPoll > MOST_IN_A_POLL) throw error;
		skipped[path] = now;
		if (isSkipped) return;
		gaps.push(
			`JOFI did not give ${path} in ${POLLS} polls in a row (${(error as Error).message}): what is new there is missing until it does. It is read again every hour.`,
		);
	}

	return {
		get stored() {
			return Object.keys(skipped).length > 0 ? skipped : undefined;
		},
		has: (path) => path in skipped,
		isDue: (path) => now - (skipped[path] ?? 0) >= TRY_AGAIN_MS,
		async read(path, work) {
			try {
				const result = await work();
				delete skipped[path];
				counts.delete(path);
				return result;
			} catch (error) {
				return skip(path, error);
			}
		},
	};
}
