import partition from 'lodash/partition';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { ENTRIES, ENTRIES_WITH_WINDOW, recordSize } from './recordSize';
import type { TriggerOptions } from './options';
import type { ProcessedKeys } from './types';
import { within } from '../values/within';

/** How many keys recorded lately each call records anew. */
const REASSERTED = 50;

/** n8n's database answers within milliseconds; what takes longer than this may never end. */
const LONGEST_CALL_MS = 30_000;
/** While it does not answer, those that wait for their turn must not each wait as long. */
const LONGEST_CALL_WHILE_STUCK_MS = 5_000;

/** Removing takes longer the more there is; so many do not fail unless everything does. */
const MOST_OWED = 1_000;

/** What this process recorded lately, and the end of the queue of calls, per workflow. */
interface WorkflowRecords {
	/** Newest last. */
	recent: string[];
	/** What is recorded or may be, and must not be, because its execution failed. */
	owed: Set<string>;
	tail: Promise<unknown>;
	/** Whether the last call was not answered. */
	isStuck: boolean;
}

const byWorkflow = new Map<string, WorkflowRecords>();

function recordsOf(workflow: string): WorkflowRecords {
	const records = byWorkflow.get(workflow) ?? { recent: [], owed: new Set(), tail: Promise.resolve(), isStuck: false };
	byWorkflow.set(workflow, records);
	return records;
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
	{ eventsToRemember, windowMs }: Pick<TriggerOptions, 'eventsToRemember' | 'windowMs'>,
): ProcessedKeys {
	const records = recordsOf(context.getWorkflow().id ?? '');
	/**
	 * The entries that stand for a key. The record has no times, so one that is not for ever is recorded
	 * for this window of time, and found in this and in the one before.
	 */
	const window = Math.floor(Date.now() / windowMs);
	const entriesOf = (key: string): string[] =>
		windowMs === Infinity ? [key] : [`${key}~${window}`, `${key}~${window - 1}`];
	const perEvent = windowMs === Infinity ? ENTRIES : ENTRIES_WITH_WINDOW;
	const maxEntries = recordSize(context, { events: eventsToRemember, entries: perEvent });
	const options = { mode: 'entries' as const, maxEntries };
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

	/** @param late gets an answer that nobody waits for any more */
	async function answered<T>(work: Promise<T>, late: (answer: T) => void = () => {}): Promise<T> {
		const ms = records.isStuck ? LONGEST_CALL_WHILE_STUCK_MS : LONGEST_CALL_MS;
		const answer = await within(ms, work);
		records.isStuck = answer === undefined;
		if (answer) return answer.value;
		work.then(late, () => {});
		const message = `n8n's database did not answer within ${ms / 1000} seconds`;
		context.logger.warn(`${message}: an execution failed, so that the next could have its turn.`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
		});
		throw new NodeOperationError(context.getNode(), message, {
			description: 'So it is not known whether the event ran before, and it was not counted as processed: retry this execution.',
		});
	}

	const owe = (entries: readonly string[]): void => {
		const recent = new Set(records.recent);
		const others = entries.filter((entry) => !recent.has(entry));
		for (const entry of others) if (records.owed.size < MOST_OWED) records.owed.add(entry);
	};

	async function payBack(): Promise<void> {
		const owed = [...records.owed];
		if (owed.length === 0) return;
		await answered(context.helpers.removeProcessed(owed, 'workflow', options));
		for (const entry of owed) records.owed.delete(entry);
	}

	const forget = (entries: readonly string[]): void => {
		const gone = new Set(entries);
		records.recent = records.recent.filter((each) => !gone.has(each));
	};

	/** Records the entries and the latest ones; those that were recorded before. */
	async function check(entries: readonly string[]): Promise<Set<string>> {
		const ids = [...new Set([...records.recent, ...entries])];
		const call = async () => await context.helpers.checkProcessedAndRecord(ids, 'workflow', options);
		// Two first calls at the very same moment can collide on the row that both insert.
		const { processed } = await answered(call().catch(call), ({ new: added }) => {
			const late = new Set(added);
			owe(entries.filter((entry) => late.has(entry)));
		});
		return new Set(processed as string[]);
	}

	return {
		async record(keys) {
			return await inTurn(async () => {
				await payBack();
				const processed = await check([...new Set(keys)].flatMap(allOf));
				const [seen, fresh] = partition(
					keys,
					(key) => entriesOf(key).some((entry) => processed.has(entry)) && !processed.has(own(key)),
				);
				const latest = fresh.flatMap(allOf);
				// This execution has no part in what was seen, and must not believe so if it is run again; nor does
				// a repeat make the time longer.
				owe(seen.flatMap(allOf).filter((entry) => !processed.has(entry)));
				const paid = payBack();
				paid.catch(() => owe(latest));
				await paid;
				forget(latest);
				records.recent = [...records.recent, ...latest].slice(-Math.min(perEvent * REASSERTED, maxEntries));
				return new Set(fresh);
			});
		},
		async takeBack(keys) {
			const entries = keys.flatMap(allOf);
			await inTurn(async () => {
				forget(entries);
				owe(entries);
				await payBack();
			}).catch((error: Error) =>
				context.logger.warn(`What n8n's database holds of an event that failed is removed with the next one: ${error.message}`),
			);
		},
	};
}
