/**
 * How many deliveries each trigger of this process has in work. n8n starts as many executions as
 * are asked for; beyond what it can carry, memory and answers grow without an end (n8n 2.41.1).
 */

/**
 * After this time a delivery no longer counts, so that one of which n8n never tells the end does
 * not hold its place for ever, in milliseconds.
 */
const MAX_IN_WORK_MS = 5 * 60_000;

/** By trigger: the deliveries in work, oldest first, and since when, in milliseconds since 1970. */
const byTrigger = new Map<string, Map<number, number>>();

let deliveries = 0;

/** Whether executions that deliveries started have run in this process. */
let runsExecutions = false;

/** A place among the deliveries in work. */
export interface Place {
	/** Identifies the delivery in this process. */
	delivery: number;
	/**
	 * The delivery was answered. Where executions run in this process, it stays in work until its
	 * execution has processed it.
	 *
	 * @param isStarted whether there is an execution that has yet to do so
	 */
	answered(isStarted: boolean): void;
}

/** How many deliveries a trigger has in work. */
export function inWork(triggerId: string): number {
	const held = byTrigger.get(triggerId);
	if (!held) return 0;
	const oldest = Date.now() - MAX_IN_WORK_MS;
	for (const [delivery, since] of held) {
		if (since > oldest) break;
		held.delete(delivery);
	}
	return held.size;
}

/** Takes a delivery into work. */
export function takePlace(triggerId: string): Place {
	const held = byTrigger.get(triggerId) ?? new Map<number, number>();
	byTrigger.set(triggerId, held);
	const delivery = ++deliveries;
	held.set(delivery, Date.now());
	return {
		delivery,
		answered(isStarted) {
			if (!isStarted || !runsExecutions) held.delete(delivery);
		},
	};
}

/** The execution has processed the delivery. In queue mode that is in another process. */
export function leavePlace(triggerId: string, delivery: number | undefined): void {
	if (delivery === undefined) return;
	runsExecutions = true;
	byTrigger.get(triggerId)?.delete(delivery);
}
