import { randomUUID } from 'node:crypto';

import type { FunctionsBase, INode } from 'n8n-workflow';

import { within } from '../values/within';

/** Identifies this process: what it remembers, no other process knows, nor the next one. */
export const PROCESS_ID = randomUUID();

/**
 * How a claim ended.
 *
 * - `done`: what was claimed has succeeded.
 * - `accepted`: an execution is to do it, and whoever runs that confirms the key or forgets it. Until
 *   then it counts as done, but only for some seconds: in queue mode another process runs the
 *   execution, and nobody tells this one.
 * - `failed`: the key is free again.
 */
export type Outcome = 'done' | 'accepted' | 'failed';

/** A key that was free. */
export interface ClaimedKey {
	state: 'claimed';
	/** Must be called once. */
	settle(outcome: Outcome): void;
	/** The sender has gone and may never learn the outcome, but the work may go on. */
	abandon(): void;
}

/** The result of claiming a key. */
export type Claim =
	| ClaimedKey
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

/**
 * The same once the sender has gone. Its next attempt must not start the work again while that is
 * still going on; but if n8n never says so, the event must not wait for long.
 */
const MAX_ABANDONED_MS = 5 * 60_000;

/** How long an accepted key counts as done: longer than copies that are sent at once take. */
const MAX_ACCEPTED_MS = 10_000;

/** How long a copy waits for the outcome of the first one; senders wait at least as long. */
const MAX_WAIT_MS = 10_000;

/**
 * The outcome of what others process or have processed.
 *
 * @returns whether all succeeded; `undefined` if that is not known within ten seconds
 */
export async function outcomeOfClaims(claims: readonly Claim[]): Promise<boolean | undefined> {
	const outcomes = await within(
		MAX_WAIT_MS,
		Promise.all(claims.map((claim) => (claim.state === 'pending' ? claim.outcome : true))),
	);
	return outcomes?.value.every(Boolean);
}

/** A key that another request is processing. */
interface Pending {
	outcome: Promise<boolean>;
	/** When the claim ends, in milliseconds since 1970. */
	until: number;
}

/** A processed key. */
interface Processed {
	/** When, in milliseconds since 1970. */
	at: number;
	isConfirmed: boolean;
}

/** The newest keys that a process has seen, up to a limit; older ones are forgotten. */
export class RecentKeys {
	private readonly keys = new Map<string, Pending | Processed>();

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
		if (held && 'outcome' in held && now < held.until)
			return { state: 'pending', outcome: held.outcome };
		if (held && 'at' in held) {
			const doneMs = held.isConfirmed ? windowMs : Math.min(windowMs, MAX_ACCEPTED_MS);
			if (now - held.at < doneMs) return { state: 'done' };
		}
		this.keys.delete(key);

		let decide: (succeeded: boolean) => void = () => {};
		const pending = {
			outcome: new Promise<boolean>((resolve) => (decide = resolve)),
			until: now + MAX_CLAIM_MS,
		};
		this.keys.set(key, pending);
		this.dropOldest(limit);
		return {
			state: 'claimed',
			settle: (outcome) => {
				if (this.keys.get(key) === pending) {
					if (outcome === 'failed') this.keys.delete(key);
					else this.keys.set(key, { at: Date.now(), isConfirmed: outcome === 'done' });
				}
				decide(outcome !== 'failed');
			},
			abandon: () => {
				pending.until = Math.min(pending.until, Date.now() + MAX_ABANDONED_MS);
			},
		};
	}

	/** Whether a key is being processed, or was. */
	knows(key: string): boolean {
		return this.keys.has(key);
	}

	/** Says that the execution of an accepted key has done what it had to. */
	confirm(key: string): void {
		const held = this.keys.get(key);
		if (held && 'at' in held) held.isConfirmed = true;
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

/** The signed messages that this process has seen at one trigger. */
export const recentMessagesOf = (triggerId: string): RecentKeys =>
	recentKeysOf(`${triggerId}:messages`);
