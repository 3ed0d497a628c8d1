import { sleep } from 'n8n-workflow';

/** The time and a way to wait, so that tests need not wait for minutes. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** The longest pause; for longer ones there is `failFast`. */
const MAX_PAUSE_MS = 5 * 60_000;
/**
 * The longest that requests fail fast, whatever the provider asks for: it may be a mistake, such as
 * a proxy's.
 */
const MAX_FAIL_FAST_MS = 10 * 60_000;

/** The clock of everything in this process that waits; tests replace its functions. */
export const systemClock: Clock = { now: () => Date.now(), sleep };

/**
 * Lets at most `maxRequests` requests start within any `windowMs`, first come, first served. The
 * first ones start at once, so a few requests never wait.
 */
export class RateLimiter {
	/** When the latest requests started, oldest first, at most `maxRequests` of them. */
	private readonly startTimes: number[] = [];

	private pausedUntil = 0;

	/**
	 * Until when requests fail at once, and from when the provider accepts them again, as it says.
	 */
	private failing = { until: 0, retryAt: 0 };

	private queue: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly maxRequests: number,
		private readonly windowMs: number,
		private readonly clock: Clock = systemClock,
	) {}

	/** Resolves when the next request may start, with the milliseconds that it had to wait. */
	async acquire(): Promise<number> {
		const queuedAt = this.clock.now();
		const slot = this.queue.then(async () => {
			// A pause may start while this request is waiting.
			for (let wait = this.waitMs(); wait > 0; wait = this.waitMs()) await this.clock.sleep(wait);
			this.startTimes.push(this.clock.now());
			if (this.startTimes.length > this.maxRequests) this.startTimes.shift();
		});
		this.queue = slot;
		await slot;
		return this.clock.now() - queuedAt;
	}

	/** Lets no request start for this long, as the provider asks for it; five minutes at most. */
	pause(ms: number): void {
		if (ms > 0)
			this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + Math.min(ms, MAX_PAUSE_MS));
	}

	/**
	 * Makes requests fail instead of waiting, as the provider accepts none for this long; after ten
	 * minutes they are tried again.
	 *
	 * @returns whether requests were still accepted until now
	 */
	failFast(ms: number): boolean {
		const now = this.clock.now();
		const isNew = this.failFastMs() === 0;
		if (ms > 0) this.failing = { until: now + Math.min(ms, MAX_FAIL_FAST_MS), retryAt: now + ms };
		return isNew;
	}

	/** While requests fail fast, how long the provider accepts none, as it says; otherwise 0. */
	failFastMs(): number {
		const now = this.clock.now();
		const { until, retryAt } = this.failing;
		return until > now && until - now <= MAX_FAIL_FAST_MS ? retryAt - now : 0;
	}

	private waitMs(): number {
		const now = this.clock.now();
		const paused = this.pausedUntil - now;
		// After the clock was set back, times are too far ahead and do not count.
		const isFull = this.startTimes.length >= this.maxRequests && this.startTimes[0] <= now;
		const limited = isFull ? this.startTimes[0] + this.windowMs - now : 0;
		return Math.max(limited, paused <= MAX_PAUSE_MS ? paused : 0);
	}
}
