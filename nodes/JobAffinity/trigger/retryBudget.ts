import { systemClock } from '../../shared/http/rateLimiter';

/** The pauses before each further reading, in milliseconds: four readings in 37 seconds. */
const PAUSES_MS = [2000, 5000, 10_000, 20_000];
/**
 * How many of them if a repeat is likely, and if waiting for the same change was in vain before.
 */
const PAUSES_IF_REPEATED = 2;
const PAUSES_IF_IN_VAIN = 1;

const MINUTE_MS = 60_000;
/** How long it counts that the API lagged, or that waiting was in vain. */
const MEMORY_MS = 10 * MINUTE_MS;
/**
 * An execution that started to wait this recently can also wait for another delivery, within a
 * minute.
 */
const SHARED_MS = 10_000;
const MAX_REMEMBERED = 1000;

/**
 * An application's recent deliveries in this process; forgotten after a quiet minute, except
 * `vain`.
 */
interface Memory {
	deliveries: number;
	/** Changes that were seen for the first time, including those that were filtered out. */
	seen: number;
	seenAt: number;
	touchedAt: number;
	/** The newest change when waiting was in vain, and when that was. */
	vain?: { newest: string; at: number };
	/** The execution that waits now. */
	waiting?: RetryBudget;
}

const memories = new Map<string, Memory>();

/**
 * When waiting last found something, for any application: the API lags behind its deliveries then.
 */
let laggedAt = -Infinity;

function memoryOf(name: string): Memory {
	const now = systemClock.now();
	const memory = memories.get(name) ?? {
		deliveries: 0,
		seen: 0,
		seenAt: -Infinity,
		touchedAt: now,
	};
	if (now - memory.touchedAt > MINUTE_MS) Object.assign(memory, { deliveries: 0, seen: 0 });
	memory.touchedAt = now;
	memories.delete(name);
	memories.set(name, memory);
	if (memories.size > MAX_REMEMBERED) memories.delete(memories.keys().next().value as string);
	return memory;
}

/**
 * How often one execution reads again until the API shows what its delivery announces. JobAffinity
 * documents neither that its API shows a change when it is delivered, nor how to distinguish a
 * repeat from a delivery that is ahead of the API. So:
 *
 * - The application is ahead of the list of changes, so something is certainly missing: four
 *   readings in 37 seconds.
 * - Nothing is new. If as many changes were seen in the last minute as deliveries arrived, this
 *   change came with an earlier delivery: no further reading. If the API lagged within the last ten
 *   minutes: four readings. Otherwise, if waiting for the same change was in vain within ten
 *   minutes: one reading in 2 seconds. Otherwise, if a change was seen in the last minute, it is
 *   most likely a repeat: two readings in 7 seconds. Otherwise the newest change is an old one,
 *   which nobody repeats: four readings in 37 seconds.
 * - Another execution in this process started to wait for the same application less than 10 seconds
 *   ago: it starts its pauses anew (47 seconds at most in all) and takes over this delivery; this
 *   execution ends.
 *
 * What the API shows even later comes with the application's next delivery, or by polling.
 */
export class RetryBudget {
	private readonly memory: Memory;
	private readonly startedAt = systemClock.now();
	private paused = 0;
	private hasPaused = false;
	private quietPauses: number | undefined;

	/** @param name identifies the application at this trigger */
	constructor(name: string) {
		this.memory = memoryOf(name);
		this.memory.deliveries++;
	}

	/** How many pauses a delivery without anything new is worth. */
	private pausesFor(newest: string): number {
		const now = systemClock.now();
		const { deliveries, seen, seenAt, vain } = this.memory;
		const isJustSeen = now - seenAt < MINUTE_MS;
		if (isJustSeen && deliveries <= seen) return 0;
		if (now - laggedAt < MEMORY_MS) return PAUSES_MS.length;
		if (vain?.newest === newest && now - vain.at < MEMORY_MS) return PAUSES_IF_IN_VAIN;
		return isJustSeen ? PAUSES_IF_REPEATED : PAUSES_MS.length;
	}

	/** Hands the delivery over to an execution that is already waiting, if there is one. */
	private handOver(): boolean {
		const { waiting } = this.memory;
		if (!waiting || waiting === this || systemClock.now() - waiting.startedAt > SHARED_MS)
			return false;
		waiting.paused = 0;
		waiting.quietPauses = PAUSES_MS.length;
		return true;
	}

	/**
	 * Waits before the next reading.
	 *
	 * @param newest the newest change, if nothing is new; `undefined` if something is certainly
	 * missing
	 * @returns `again` to read again, `end` to stop, `left` when another execution takes over
	 */
	async pause(newest?: string): Promise<'again' | 'end' | 'left'> {
		if (newest !== undefined) this.quietPauses ??= this.pausesFor(newest);
		const max = newest === undefined ? PAUSES_MS.length : this.quietPauses!;
		if (max > 0 && this.handOver()) return 'left';
		const ms = this.paused < max ? PAUSES_MS[this.paused] : Infinity;
		// Requests wait for their turn as well.
		if (systemClock.now() - this.startedAt + ms > MINUTE_MS) {
			if (newest !== undefined && this.hasPaused)
				this.memory.vain = { newest, at: systemClock.now() };
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

	/** Call it when the execution no longer waits. */
	close(): void {
		if (this.memory.waiting === this) delete this.memory.waiting;
	}
}
