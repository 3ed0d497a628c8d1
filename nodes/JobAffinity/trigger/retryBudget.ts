import { systemClock } from '../../shared/http/rateLimiter';

/** Before each further look, in milliseconds: four looks in 37 seconds. */
const PAUSES_MS = [2000, 5000, 10_000, 20_000];
/** How many of them where a repeat is likely, and where the same was waited for in vain already. */
const WHEN_REPEATED = 2;
const AFTER_VAIN = 1;

const MINUTE_MS = 60_000;
/** How long it counts that the API was seen to lag, or that waiting was in vain. */
const MEMORY_MS = 10 * MINUTE_MS;
/** An execution that began to wait no longer ago can wait for another delivery as well, within a minute. */
const SHARED_MS = 10_000;
const MOST_REMEMBERED = 1000;

/** What this process knows of an application's deliveries; forgotten after a quiet minute, but for `vain`. */
interface Memory {
	deliveries: number;
	/** Changes that were seen for the first time, told or filtered out. */
	seen: number;
	seenAt: number;
	touchedAt: number;
	/** The newest that was known when waiting was in vain, and when. */
	vain?: { newest: string; at: number };
	/** The execution that waits now. */
	waiting?: RetryBudget;
}

const memories = new Map<string, Memory>();

/** When waiting last brought something, by any application: then the API lags behind its deliveries. */
let laggedAt = -Infinity;

function memoryOf(name: string): Memory {
	const now = systemClock.now();
	const memory = memories.get(name) ?? { deliveries: 0, seen: 0, seenAt: -Infinity, touchedAt: now };
	if (now - memory.touchedAt > MINUTE_MS) Object.assign(memory, { deliveries: 0, seen: 0 });
	memory.touchedAt = now;
	memories.delete(name);
	memories.set(name, memory);
	if (memories.size > MOST_REMEMBERED) memories.delete(memories.keys().next().value as string);
	return memory;
}

/**
 * How long one execution asks again for what its delivery announces. JobAffinity documents neither that its API
 * shows a change when it delivers it, nor how to tell a repeat from a delivery that is ahead of the API. So:
 *
 * - The application is ahead of the list of changes: something is missing for certain, four looks in 37 seconds.
 * - Nothing is new at all. As many changes were seen in the last minute as deliveries came: its change was told
 *   with an earlier one's, no further look. The API was seen to lag within ten minutes: four looks. If not, and
 *   the same was waited for in vain within ten minutes, one look in 2 seconds; if not, and a change was seen in
 *   the last minute, most likely a repeat, two looks in 7 seconds. Otherwise the newest change is an old one,
 *   which nobody repeats: four looks in 37 seconds.
 * - Another execution of this process waits for the same application since less than 10 seconds: it begins its
 *   pauses anew, which is at most 47 seconds in all, and tells of both; this one ends.
 *
 * What comes later still is told with the application's next delivery, or by polling.
 */
export class RetryBudget {
	private readonly memory: Memory;
	private readonly begun = systemClock.now();
	private paused = 0;
	private hasPaused = false;
	private quietPauses: number | undefined;

	/** @param name of the application, at this trigger */
	constructor(name: string) {
		this.memory = memoryOf(name);
		this.memory.deliveries++;
	}

	/** How many looks a delivery is worth that brings nothing new. */
	private pausesFor(newest: string): number {
		const now = systemClock.now();
		const { deliveries, seen, seenAt, vain } = this.memory;
		const isJustSeen = now - seenAt < MINUTE_MS;
		if (isJustSeen && deliveries <= seen) return 0;
		if (now - laggedAt < MEMORY_MS) return PAUSES_MS.length;
		if (vain?.newest === newest && now - vain.at < MEMORY_MS) return AFTER_VAIN;
		return isJustSeen ? WHEN_REPEATED : PAUSES_MS.length;
	}

	/** Leaves it to the execution that waits already, if there is one. */
	private isLeftToOther(): boolean {
		const { waiting } = this.memory;
		if (!waiting || waiting === this || systemClock.now() - waiting.begun > SHARED_MS) return false;
		waiting.paused = 0;
		waiting.quietPauses = PAUSES_MS.length;
		return true;
	}

	/**
	 * Waits before the next look.
	 *
	 * @param newest of what is known, where nothing is new; `undefined` where something is missing for certain
	 * @returns `again` when it is time for it, `end` when there is to be none, `left` when another execution has it
	 */
	async pause(newest?: string): Promise<'again' | 'end' | 'left'> {
		if (newest !== undefined) this.quietPauses ??= this.pausesFor(newest);
		const most = newest === undefined ? PAUSES_MS.length : this.quietPauses!;
		if (most > 0 && this.isLeftToOther()) return 'left';
		const ms = this.paused < most ? PAUSES_MS[this.paused] : Infinity;
		// Requests wait for their turns as well.
		if (systemClock.now() - this.begun + ms > MINUTE_MS) {
			if (newest !== undefined && this.hasPaused) this.memory.vain = { newest, at: systemClock.now() };
			return 'end';
		}
		this.paused++;
		this.hasPaused = true;
		this.memory.waiting ??= this;
		await systemClock.sleep(ms);
		return 'again';
	}

	/** @param count changes that are seen for the first time */
	noteSeen(count: number): void {
		const now = systemClock.now();
		if (this.hasPaused) laggedAt = now;
		Object.assign(this.memory, { seen: this.memory.seen + count, seenAt: now, touchedAt: now });
	}

	/** To be called when the execution waits no more. */
	end(): void {
		if (this.memory.waiting === this) delete this.memory.waiting;
	}
}
