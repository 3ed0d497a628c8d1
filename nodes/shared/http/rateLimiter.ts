import { sleep } from 'n8n-workflow';

/** Time as a pace sees it, so that minutes can be tested in milliseconds. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** Nobody waits longer for the end of a hold; what is to last longer is a block. */
const LONGEST_HOLD_MS = 5 * 60_000;
/** How long a block lasts at most, whatever the provider said: it may have been a mistake, of a proxy say. */
const LONGEST_BLOCK_MS = 10 * 60_000;

/** The clock of all that waits in this process; tests put another's time in its place. */
export const systemClock: Clock = { now: () => Date.now(), sleep };

/**
 * Lets no more than `most` requests begin within any `windowMs`, in the order in which they ask. The
 * first ones go at once, so a few requests never wait.
 */
export class RateLimiter {
	/** When the latest requests began, oldest first, at most `most` of them. */
	private readonly begun: number[] = [];

	private heldUntil = 0;

	/** Until when requests fail at once, and until when the provider said that they would. */
	private blocked = { until: 0, said: 0 };

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

	/** Nobody begins for so long, because the provider says so; five minutes at most. */
	hold(ms: number): void {
		if (ms > 0) this.heldUntil = Math.max(this.heldUntil, this.clock.now() + Math.min(ms, LONGEST_HOLD_MS));
	}

	/**
	 * Whoever asks is to fail instead of waiting, because the provider says that it takes so long; after ten minutes it is
	 * tried again.
	 *
	 * @returns whether it was not blocked already
	 */
	block(ms: number): boolean {
		const now = this.clock.now();
		const isNew = this.blockedMs() === 0;
		if (ms > 0) this.blocked = { until: now + Math.min(ms, LONGEST_BLOCK_MS), said: now + ms };
		return isNew;
	}

	/** How long the provider said that it takes, while requests are to fail at once; otherwise 0. */
	blockedMs(): number {
		const now = this.clock.now();
		const { until, said } = this.blocked;
		return until > now && until - now <= LONGEST_BLOCK_MS ? said - now : 0;
	}

	private waitMs(): number {
		const now = this.clock.now();
		const held = this.heldUntil - now;
		// Where the clock was set back, times lie too far ahead: nobody waits for these.
		const isFull = this.begun.length >= this.most && this.begun[0] <= now;
		const free = isFull ? this.begun[0] + this.windowMs - now : 0;
		return Math.max(free, held <= LONGEST_HOLD_MS ? held : 0);
	}
}
