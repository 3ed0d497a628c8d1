import { sleep } from 'n8n-workflow';

/** Time as a pace sees it, so that minutes can be tested in milliseconds. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** The clock of all that waits in this process; tests put another's time in its place. */
export const systemClock: Clock = { now: () => Date.now(), sleep };

/**
 * Lets no more than `most` requests begin within any `windowMs`, in the order in which they ask. The
 * first ones go at once, so a few requests never wait.
 */
export class Pace {
	/** When the latest requests began, oldest first, at most `most` of them. */
	private readonly begun: number[] = [];

	private heldUntil = 0;

	private tail: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly most: number,
		private readonly windowMs: number,
		private readonly clock: Clock = systemClock,
	) {}

	/** Resolves when the next request may begin, with the milliseconds that it waited for that. */
	async turn(): Promise<number> {
		const asked = this.clock.now();
		const turn = this.tail.then(async () => {
			// A hold may come while this one is waiting.
			for (let wait = this.waitMs(); wait > 0; wait = this.waitMs()) await this.clock.sleep(wait);
			this.begun.push(this.clock.now());
			if (this.begun.length > this.most) this.begun.shift();
		});
		this.tail = turn;
		await turn;
		return this.clock.now() - asked;
	}

	/** Nobody begins for so long, because the provider says so. */
	hold(ms: number): void {
		this.heldUntil = Math.max(this.heldUntil, this.clock.now() + ms);
	}

	private waitMs(): number {
		const isFull = this.begun.length >= this.most;
		const free = isFull ? this.begun[0] + this.windowMs : 0;
		return Math.max(free, this.heldUntil) - this.clock.now();
	}
}
