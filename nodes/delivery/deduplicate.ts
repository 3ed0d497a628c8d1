import partition from 'lodash/partition';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Settings } from './settings';

/** How many keys recorded lately each call records anew. */
const REASSERTED = 50;

/** What this process recorded lately, newest last, and the end of the queue of calls, per workflow. */
interface WorkflowRecords {
	recent: string[];
	tail: Promise<unknown>;
}

const byWorkflow = new Map<string, WorkflowRecords>();

/** The keys of one execution in n8n's database, shared by all of its processes and kept at restarts. */
export interface ProcessedKeys {
	/** The keys that no earlier execution has recorded; from now on they are recorded. */
	record(keys: readonly string[]): Promise<Set<string>>;
	/** Makes the keys new again, so that a repeat of the event is not taken for a duplicate. */
	takeBack(keys: readonly string[]): Promise<void>;
}

/**
 * n8n keeps one row of hashes per workflow here, so that a webhook trigger and the polling trigger
 * beside it know of each other's events. Each call reads, changes and writes it without a lock
 * (measured on 2.41.1: of 30 overlapping calls 27 records were lost). Therefore calls take turns
 * within this process, and each records this process's latest keys again, so that what another
 * process overwrote comes back. Between processes a burst can still lose a record: at least once.
 *
 * @param eventsToRemember how many events n8n remembers; the oldest are forgotten first
 * @param windowMs how long a key stays recorded, at least; at most it is twice as long
 */
export function processedKeys(
	context: IExecuteFunctions,
	{ eventsToRemember: limit, windowMs }: Pick<Settings, 'eventsToRemember' | 'windowMs'>,
): ProcessedKeys {
	const workflow = context.getWorkflow().id ?? '';
	const records = byWorkflow.get(workflow) ?? { recent: [], tail: Promise.resolve() };
	byWorkflow.set(workflow, records);

	/**
	 * The entries that stand for a key. The record has no times, so one that is not for ever is recorded
	 * for this window of time, and found in this and in the one before.
	 */
	const window = Math.floor(Date.now() / windowMs);
	const entriesOf = (key: string): string[] =>
		windowMs === Infinity ? [key] : [`${key}~${window}`, `${key}~${window - 1}`];
	/** An event takes the entries of its key, and one of the key as this execution's. */
	const perEvent = entriesOf('').length + 1;
	const options = { mode: 'entries' as const, maxEntries: limit * perEvent };
	/**
	 * A worker that dies has its execution run again by another, from the start. That one finds the
	 * key recorded, and knows by this second entry that it was by itself.
	 */
	const own = (key: string): string => `${key}@${context.getExecutionId()}`;
	const allOf = (key: string): string[] => [...entriesOf(key), own(key)];

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = records.tail.then(work, work);
		records.tail = turn.catch(() => undefined);
		return await turn;
	}

	const without = (ids: readonly string[]) =>
		records.recent.filter((each) => !ids.includes(each));

	return {
		async record(keys) {
			return await inTurn(async () => {
				const wanted = [...new Set(keys)].flatMap(allOf);
				const ids = [...new Set([...records.recent, ...wanted])];
				const call = async () =>
					await context.helpers.checkProcessedAndRecord(ids, 'workflow', options);
				// Two first calls at the very same moment can collide on the row that both insert.
				const processed = new Set((await call().catch(call)).processed);
				const [seen, fresh] = partition(
					keys,
					(key) => entriesOf(key).some((entry) => processed.has(entry)) && !processed.has(own(key)),
				);
				if (seen.length > 0) {
					// This execution has no part in them, and must not believe so if it is run again; nor does
					// a repeat make the time longer.
					const added = seen.flatMap(allOf).filter((entry) => !processed.has(entry));
					await context.helpers.removeProcessed(added, 'workflow', options);
				}
				const latest = fresh.flatMap(allOf);
				records.recent = [...without(latest), ...latest].slice(-perEvent * Math.min(REASSERTED, limit));
				return new Set(fresh);
			});
		},
		async takeBack(keys) {
			await inTurn(async () => {
				const ids = keys.flatMap(allOf);
				records.recent = without(ids);
				await context.helpers.removeProcessed(ids, 'workflow', options);
			});
		},
	};
}
