import type { FunctionsBase } from 'n8n-workflow';

/** What has become of a key that a process was asked to claim. */
export type Claim =
	/** Nobody had it. `settle` must be called once: `true` keeps the key, `false` gives it back. */
	| { state: 'claimed'; settle: (succeeded: boolean) => void }
	/** Another request is working on it; `outcome` says whether that succeeded. */
	| { state: 'pending'; outcome: Promise<boolean> }
	/** It was done before. */
	| { state: 'done' };

/**
 * A request that is worked on for longer has no outcome any more: in queue mode n8n may lose one (measured
 * on 2.41.1), and lets no execution take longer where it limits their time (an hour at most unless changed).
 */
const LONGEST_CLAIM_MS = 60 * 60_000;

/** A key that another request is working on. */
interface Pending {
	outcome: Promise<boolean>;
	/** In milliseconds since 1970. */
	since: number;
}

/** The newest keys a process has seen, up to a limit; older ones are forgotten. */
export class RecentKeys {
	/** A key that is done has the time since when, in milliseconds since 1970. */
	private readonly keys = new Map<string, Pending | number>();

	/**
	 * Stands at the oldest key. It is kept, because each new iterator would walk over the holes that
	 * the deleted keys have left in the map.
	 */
	private oldest: Iterator<string> | undefined;

	/** Number of keys held now. */
	get size(): number {
		return this.keys.size;
	}

	/**
	 * @param limit how many keys to hold at most, this one included
	 * @param windowMs how long a key stays done
	 */
	claim(key: string, limit: number, windowMs = Infinity): Claim {
		const known = this.keys.get(key);
		const now = Date.now();
		if (typeof known === 'object' && now - known.since < LONGEST_CLAIM_MS) return { state: 'pending', outcome: known.outcome };
		if (typeof known === 'number' && now - known < windowMs) return { state: 'done' };
		this.keys.delete(key);

		let decide: (succeeded: boolean) => void = () => {};
		const pending = { outcome: new Promise<boolean>((resolve) => (decide = resolve)), since: now };
		this.keys.set(key, pending);
		this.dropOldest(limit);
		const settle = (succeeded: boolean): void => {
			if (this.keys.get(key) === pending) {
				if (succeeded) this.keys.set(key, Date.now());
				else this.keys.delete(key);
			}
			decide(succeeded);
		};
		return { state: 'claimed', settle };
	}

	/** Makes a key new again, as after a failure. */
	forget(key: string): void {
		this.keys.delete(key);
	}

	/** A `Map` keeps the order of insertion, so the first key is the oldest. */
	private dropOldest(limit: number): void {
		while (this.keys.size > limit) {
			this.oldest ??= this.keys.keys();
			const { value, done } = this.oldest.next();
			if (done) this.oldest = undefined;
			else this.keys.delete(value);
		}
	}
}

/** Tells one trigger from every other in this n8n; a renamed node stays the same. */
export const triggerIdOf = (context: Pick<FunctionsBase, 'getWorkflow' | 'getNode'>): string =>
	`${context.getWorkflow().id}:${context.getNode().id}`;

const byTrigger = new Map<string, RecentKeys>();

/**
 * The keys that this process has seen at one trigger. They live as long as the process and are
 * shared with no other; what must outlive it, `deduplicate` keeps in n8n's database.
 */
export function recentKeysOf(triggerId: string): RecentKeys {
	const known = byTrigger.get(triggerId) ?? new RecentKeys();
	byTrigger.set(triggerId, known);
	return known;
}
