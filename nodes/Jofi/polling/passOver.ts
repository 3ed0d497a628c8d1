import { NodeApiError, type IPollFunctions } from 'n8n-workflow';
import pickBy from 'lodash/pickBy';

import { triggerIdOf } from '../../shared/events/recentKeys';
import { KEY_NOT_ACCEPTED } from '../api/errors';

/** In how many polls in a row a record cannot be read before it is passed over. */
const POLLS = 3;
/** How many records are passed over in one poll: when it is more, JOFI is not available, and the poll fails. */
const MOST_IN_A_POLL = 5;
const HOUR_MS = 3_600_000;
/** One that was passed over is tried again after this time. */
const TRY_AGAIN_MS = HOUR_MS;
/** One that was not tried for so long is not listed any more. */
const FORGET_MS = 7 * 24 * HOUR_MS;

/** By trigger, the failures in a row of each record. In memory, since n8n stores nothing of a poll that fails. */
const failures = new Map<string, Map<string, number>>();

/**
 * Whether it is the record that cannot be read, when its list could: JOFI has answered, and neither asked for
 * fewer requests nor refused the key.
 */
export function isRecordError(error: unknown): boolean {
	const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 0;
	return status > 0 && status !== 429 && (error as NodeApiError).message !== KEY_NOT_ACCEPTED;
}

/** Reads records so that one which can never be read does not stop the others. */
export interface SkippedRecords {
	/** When the records that are passed over were last tried; goes into the cursor. */
	passed: Record<string, number>;
	/** Whether the record is passed over, so that it is still new. */
	has(path: string): boolean;
	/**
	 * What `work` gives; `undefined` when the record is passed over.
	 *
	 * @throws what `work` throws, in the first polls
	 */
	read<T>(path: string, work: () => Promise<T>): Promise<T | undefined>;
	/** To be called when the poll went well: failures before it are not in a row with those after it. */
	end(): void;
}

/** @param gaps gets a sentence for each record that is passed over from now on */
export function skippedRecords(context: IPollFunctions, before: Record<string, number>, now: number, gaps: string[]): SkippedRecords {
	const triggerId = triggerIdOf(context);
	const counts = failures.get(triggerId) ?? new Map<string, number>();
	failures.set(triggerId, counts);
	const passed = pickBy(before, (triedAt) => now - triedAt < FORGET_MS);
	let inThisPoll = 0;

	/** @throws the error, unless the record may be passed over */
	function pass(path: string, error: unknown): undefined {
		const isPassed = path in passed;
		const count = (counts.get(path) ?? 0) + 1;
		counts.set(path, count);
		if (!isRecordError(error) || (!isPassed && count < POLLS) || ++inThisPoll > MOST_IN_A_POLL) throw error;
		passed[path] = now;
		if (isPassed) return;
		gaps.push(
			`JOFI did not give ${path} in ${POLLS} polls in a row (${(error as Error).message}): what is new there is missing until it does. It is read again every hour.`,
		);
	}

	return {
		passed,
		has: (path) => path in passed,
		async read(path, work) {
			if (now - (passed[path] ?? 0) < TRY_AGAIN_MS) return undefined;
			try {
				const result = await work();
				delete passed[path];
				return result;
			} catch (error) {
				return pass(path, error);
			}
		},
		end: () => void failures.delete(triggerId),
	};
}
