import type { FunctionsBase, INode } from 'n8n-workflow';

/** The result of claiming a key. */
export type Claim =
	/**
	 * The key was free. `settle` must be called once: `true` keeps the key, `false` gives it back.
	 */
	| { state: 'claimed'; settle: (succeeded: boolean) => void }
	/** Another request is processing it; `outcome` says whether that succeeded. */
	| { state: 'pending'; outcome: Promise<boolean> }
	/** It was processed before. */
	| { state: 'done' };

/**
 * A claim ends after this time without an outcome: in queue mode n8n may lose one (measured on
 * 2.41.1), and where it limits the time of executions, none takes longer (an hour at most by
 * default).
 */
const MAX_CLAIM_MS = 60 * 60_000;

/** A key that another request is processing. */
interface Pending {
	outcome: Promise<boolean>;
	/** In milliseconds since 1970. */
	since: number;
}

/** The newest keys that a process has seen, up to a limit; older ones are forgotten. */
export class RecentKeys {
	/** A processed key has the time when it was done, in milliseconds since 1970. */
	private readonly keys = new Map<string, Pending | number>();

	/**
	 * Points at the oldest key. It is kept, because each new iterator would step over the holes that
	 * deleted keys leave in the map.
	 */
	private oldest: Iterator<string> | undefined;

	/** How many keys are held. */
	get size(): number {
		return this.keys.size;
	}

	/**
	 * @param limit how many keys to hold at most, this one included
	 * @param windowMs how long a key stays done
	 */
	claim(key: string, limit: number, windowMs = Infinity): Claim {
		const held = this.keys.get(key);
		const now = Date.now();
		if (typeof held === 'object' && now - held.since < MAX_CLAIM_MS)
			return { state: 'pending', outcome: held.outcome };
		if (typeof held === 'number' && now - held < windowMs) return { state: 'done' };
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

type NodeContext = Pick<FunctionsBase, 'getWorkflow' | 'getNode'>;

const nodes = new WeakMap<NodeContext, INode>();

/** The node that runs. n8n copies all of it each time it is asked (read in 2.41.1). */
export function nodeOf(context: NodeContext): INode {
	const node = nodes.get(context) ?? context.getNode();
	nodes.set(context, node);
	return node;
}

/** Identifies a trigger in this n8n; it stays the same when the node is renamed. */
export const triggerIdOf = (context: NodeContext): string =>
	`${context.getWorkflow().id}:${nodeOf(context).id}`;

const byTrigger = new Map<string, RecentKeys>();

/**
 * The keys that this process has seen at one trigger. They live as long as the process, which
 * shares them with no other; what must outlive it, `deduplicate` keeps in n8n's database.
 */
export function recentKeysOf(triggerId: string): RecentKeys {
	const held = byTrigger.get(triggerId) ?? new RecentKeys();
	byTrigger.set(triggerId, held);
	return held;
}
