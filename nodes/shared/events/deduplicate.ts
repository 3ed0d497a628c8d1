import chunk from 'lodash/chunk';
import partition from 'lodash/partition';
import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

import { within } from '../values/within';
import { retriedBy } from './executionHooks';
import type { TriggerOptions } from './options';
import { ENTRIES, ENTRIES_WITH_WINDOW, recordSize } from './recordSize';
import type { ProcessedKeys } from './types';

/** How many of the latest keys each call records again. */
const REASSERTED = 50;

/**
 * After so long without a turn, at least and at most, they are recorded again: longer than
 * overlapping calls of several processes take, and not after the same time in each.
 */
const REASSERT_AFTER_MS = { least: 100, most: 300 };

/** n8n's database answers within milliseconds; what takes longer than this may never end. */
const MAX_CALL_MS = 30_000;
/** While it does not answer, calls that wait for their turn must not each wait as long. */
const MAX_CALL_WHILE_STUCK_MS = 5_000;
/**
 * Pauses before a call that failed is made again, the last of them repeatedly. The first is none,
 * as two first calls can collide on the row that both insert.
 */
const PAUSES_MS = [0, 500, 1_000, 2_000];

/** Removing takes longer the more there is; so many do not fail unless everything does. */
const MAX_OWED = 1_000;

/** How many keys are looked up at a time: fewer entries than can be owed. */
const LOOKED_UP = 200;

/** What this process knows of a workflow's record, and the queue of its calls. */
class WorkflowRecord {
	/** The entries recorded lately, newest last. */
	recent: string[] = [];
	/** Entries that are or may be recorded, and must be removed because their execution failed. */
	readonly owed = new Set<string>();
	private tail: Promise<unknown> = Promise.resolve();
	/** Whether the last call was not answered. */
	private isStuck = false;
	/** How many turns have begun. */
	private turns = 0;
	private isReasserting = false;

	/** Runs the work when all work before it has ended. */
	async inTurn<T>(work: () => Promise<T>): Promise<T> {
		this.turns++;
		const turn = this.tail.then(work, work);
		this.tail = turn.catch(() => undefined);
		return await turn;
	}

	/**
	 * The result of a call to the database. A call that fails is made again, as n8n cannot even save
	 * an execution that fails while its database is away: the event would be lost.
	 *
	 * @param onLate gets a result that nobody waits for anymore
	 * @throws NodeOperationError when it takes too long
	 */
	async answerOf<T>(
		context: IExecuteFunctions,
		call: () => Promise<T>,
		onLate: (answer: T) => void = () => {},
	): Promise<T> {
		const ms = this.isStuck ? MAX_CALL_WHILE_STUCK_MS : MAX_CALL_MS;
		let isOver = false;
		let failure: unknown;
		const attempts = async (): Promise<{ value: T } | undefined> => {
			for (let attempt = 0; !isOver; attempt++) {
				try {
					return { value: await call() };
				} catch (error) {
					failure = error;
				}
				await sleep(PAUSES_MS[attempt] ?? PAUSES_MS[PAUSES_MS.length - 1]);
			}
			return undefined;
		};
		const work = attempts();
		const answer = (await within(ms, work))?.value;
		isOver = true;
		this.isStuck = answer === undefined;
		if (answer) return answer.value;
		void work.then((late) => {
			if (late) onLate(late.value);
		});
		const message = `n8n's database did not answer within ${ms / 1000} seconds`;
		context.logger.warn(`${message}: an execution failed, so that the next could have its turn.`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
		});
		const why = failure instanceof Error ? ` Its last error: ${failure.message}` : '';
		throw new NodeOperationError(context.getNode(), message, {
			description: `So it is not known whether the event ran before, and it was not counted as processed: retry this execution.${why}`,
		});
	}

	/**
	 * Has the latest entries recorded again once nobody has had a turn for a moment: another process
	 * may have overwritten them. If that fails, the next call does it.
	 *
	 * @param record records entries
	 */
	async reassert(record: (entries: readonly string[]) => Promise<unknown>): Promise<void> {
		if (this.isReasserting) return;
		this.isReasserting = true;
		const { least, most } = REASSERT_AFTER_MS;
		let turns: number;
		do {
			({ turns } = this);
			await sleep(least + Math.random() * (most - least));
		} while (turns !== this.turns);
		this.isReasserting = false;
		await this.inTurn(async () => {
			const entries = [...this.recent];
			const recording = record(entries);
			if (await within(MAX_CALL_WHILE_STUCK_MS, recording)) return;
			// By then some may have been taken back.
			recording.then(
				() => this.owe(entries),
				() => {},
			);
		}).catch(() => {});
	}

	/** Marks entries for removal, except those that this process has recorded for good. */
	owe(entries: readonly string[]): void {
		const recent = new Set(this.recent);
		for (const entry of entries)
			if (!recent.has(entry) && this.owed.size < MAX_OWED) this.owed.add(entry);
	}

	forget(entries: readonly string[]): void {
		const gone = new Set(entries);
		this.recent = this.recent.filter((each) => !gone.has(each));
	}
}

const byWorkflow = new Map<string, WorkflowRecord>();

function recordOf(context: IExecuteFunctions): WorkflowRecord {
	const workflow = context.getWorkflow().id ?? '';
	const record = byWorkflow.get(workflow) ?? new WorkflowRecord();
	byWorkflow.set(workflow, record);
	return record;
}

/** The record as one execution sees it. */
class ExecutionRecord implements ProcessedKeys {
	private readonly workflow: WorkflowRecord;
	private readonly entriesPerEvent: number;
	private readonly options: { mode: 'entries'; maxEntries: number };
	/**
	 * The record has no times, so an entry that expires is recorded for the current window of time.
	 */
	private readonly window: number | undefined;
	private readonly isRetry: boolean;
	private readonly retried: string | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		{ eventsToRemember, windowMs }: Pick<TriggerOptions, 'eventsToRemember' | 'windowMs'>,
	) {
		this.workflow = recordOf(context);
		this.isRetry = context.getMode() === 'retry';
		this.retried = this.isRetry ? retriedBy(context) : undefined;
		this.window = windowMs === Infinity ? undefined : Math.floor(Date.now() / windowMs);
		this.entriesPerEvent = this.window === undefined ? ENTRIES : ENTRIES_WITH_WINDOW;
		const maxEntries = recordSize(context, {
			events: eventsToRemember,
			entries: this.entriesPerEvent,
		});
		this.options = { mode: 'entries', maxEntries };
	}

	/** The entries that stand for a key, found in this window of time and the one before. */
	private entriesOf(key: string): string[] {
		return this.window === undefined
			? [key]
			: [`${key}~${this.window}`, `${key}~${this.window - 1}`];
	}

	/**
	 * n8n can run this node again in the same execution, as with Retry On Fail. By this entry the
	 * execution recognizes what it has recorded itself.
	 */
	private ownEntry(key: string): string {
		return `${key}@${this.context.getExecutionId()}`;
	}

	/**
	 * The same of the execution that this one retries, as after a crash. It is recorded as well: if
	 * this retry is cut off, another one of the same execution must have the events.
	 */
	private retriedEntries(key: string): string[] {
		return this.retried === undefined ? [] : [`${key}@${this.retried}`];
	}

	private allEntriesOf(key: string): string[] {
		return [...this.entriesOf(key), this.ownEntry(key), ...this.retriedEntries(key)];
	}

	/** Whether another execution has recorded the key, by which of its entries were recorded. */
	private isSeen(key: string, processed: ReadonlySet<string>): boolean {
		// A retry of which n8n does not say what it retries must not be lost.
		if (this.isRetry && this.retried === undefined) return false;
		const isAny = (entries: readonly string[]) => entries.some((entry) => processed.has(entry));
		return isAny(this.entriesOf(key)) && !isAny([this.ownEntry(key), ...this.retriedEntries(key)]);
	}

	/** Removes what is owed. */
	private async payBack(): Promise<void> {
		const owed = [...this.workflow.owed];
		if (owed.length === 0) return;
		await this.workflow.answerOf(
			this.context,
			async () => await this.context.helpers.removeProcessed(owed, 'workflow', this.options),
		);
		for (const entry of owed) this.workflow.owed.delete(entry);
	}

	/** @param room for so many more entries, so that those to be removed push out no others */
	private async call(ids: readonly string[], room = 0) {
		const options = { ...this.options, maxEntries: this.options.maxEntries + room };
		return await this.context.helpers.checkProcessedAndRecord([...ids], 'workflow', options);
	}

	/**
	 * Records the entries and the latest ones; gives those that were recorded before. Those include the
	 * latest of this process, which another one may have overwritten.
	 *
	 * @param room as for `call`
	 */
	private async check(entries: readonly string[], room = 0): Promise<Set<string>> {
		const { recent } = this.workflow;
		const ids = [...new Set([...recent, ...entries])];
		const { processed } = await this.workflow.answerOf(
			this.context,
			async () => await this.call(ids, room),
			({ new: added }) => {
				const late = new Set(added);
				this.workflow.owe(entries.filter((entry) => late.has(entry)));
			},
		);
		return new Set([...recent, ...(processed as string[])]);
	}

	/** Keeps entries among those that each call records again. */
	private keep(entries: readonly string[]): void {
		this.workflow.forget(entries);
		const kept = Math.min(this.entriesPerEvent * REASSERTED, this.options.maxEntries);
		this.workflow.recent = [...this.workflow.recent, ...entries].slice(-kept);
		if (this.workflow.recent.length > 0)
			void this.workflow.reassert(async (latest) => await this.call(latest));
	}

	async record(keys: readonly string[]): Promise<Set<string>> {
		return await this.workflow.inTurn(async () => {
			await this.payBack();
			const unique = [...new Set(keys)];
			const processed = await this.check(unique.flatMap((key) => this.allEntriesOf(key)));
			const [seen, fresh] = partition(keys, (key) => this.isSeen(key, processed));
			const latest = fresh.flatMap((key) => this.allEntriesOf(key));
			// This execution has no part in what was seen before, and must not recognize itself in it if
			// it runs again; nor does a repeat extend the window.
			this.workflow.owe(
				seen.flatMap((key) => this.allEntriesOf(key)).filter((entry) => !processed.has(entry)),
			);
			const paid = this.payBack();
			paid.catch(() => this.workflow.owe(latest));
			await paid;
			this.keep(latest);
			return new Set(fresh);
		});
	}

	/** n8n looks nothing up without recording it, so what was not there is removed at once. */
	private async lookUp(entries: readonly string[]): Promise<Set<string>> {
		return await this.workflow.inTurn(async () => {
			await this.payBack();
			const processed = await this.check(entries, entries.length);
			this.workflow.owe(entries.filter((entry) => !processed.has(entry)));
			await this.payBack();
			return processed;
		});
	}

	async recorded(keys: readonly string[]): Promise<Set<string>> {
		const found = new Set<string>();
		for (const some of chunk([...new Set(keys)], LOOKED_UP)) {
			const processed = await this.lookUp(some.flatMap((key) => this.allEntriesOf(key)));
			for (const key of some) if (this.isSeen(key, processed)) found.add(key);
		}
		return found;
	}

	async note(marks: readonly string[]): Promise<void> {
		await this.workflow.inTurn(async () => {
			await this.payBack();
			await this.check(marks);
			this.keep(marks);
		});
	}

	async noted(marks: readonly string[]): Promise<Set<string>> {
		const found = new Set<string>();
		for (const some of chunk([...new Set(marks)], LOOKED_UP)) {
			const processed = await this.lookUp(some);
			for (const mark of some) if (processed.has(mark)) found.add(mark);
		}
		return found;
	}

	async takeBack(keys: readonly string[]): Promise<void> {
		const entries = keys.flatMap((key) => this.allEntriesOf(key));
		try {
			await this.workflow.inTurn(async () => {
				this.workflow.forget(entries);
				this.workflow.owe(entries);
				await this.payBack();
			});
		} catch (error) {
			this.context.logger.warn(
				`What n8n's database holds of an event that failed is removed with the next one: ${(error as Error).message}`,
			);
		}
	}
}

/**
 * n8n keeps one row of hashes per workflow, so a webhook trigger and the polling trigger beside it
 * share their events. Each call reads, changes and writes the row without a lock (measured on
 * 2.41.1: of 30 overlapping calls, 27 records were lost). Therefore calls take turns within this
 * process, and each records this process's latest keys again, so that what another process
 * overwrote comes back. Between processes a burst can still lose a record: at least once.
 *
 * @param options how many events n8n remembers, the oldest being forgotten first; and how long, in
 * milliseconds, a key stays recorded at least (at most twice as long)
 */
export const processedKeys = (
	context: IExecuteFunctions,
	options: Pick<TriggerOptions, 'eventsToRemember' | 'windowMs'>,
): ProcessedKeys => new ExecutionRecord(context, options);
