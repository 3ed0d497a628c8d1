/**
 * What benchmarks of a provider's API share: a clock that only waiting moves, a network on it, and
 * what a node sees of n8n.
 */
import { request } from 'undici';
import { systemClock } from '#dist/nodes/shared/http/rateLimiter.js';
import { report } from './measure.mjs';

/** What one request takes: to a server far away that has to think. */
export const LATENCY_MS = 300;

/** Turns of the event loop in which everything goes on that need not wait. */
const TURNS = 5;

/**
 * A clock that stands still while anything is done, and moves on to whoever is to wake next when
 * all wait. It replaces the clock of the rate limit.
 */
export function simulatedClock() {
	let now = Date.now();
	let busy = 0;
	/** @type {{ at: number, wake: () => void }[]} */
	let sleeping = [];
	let isTurning = false;

	async function turn() {
		if (isTurning) return;
		isTurning = true;
		while (sleeping.length > 0) {
			for (let count = 0; count < TURNS; count++)
				await new Promise((resolve) => setImmediate(resolve));
			if (busy > 0) continue;
			now = Math.max(now, Math.min(...sleeping.map(({ at }) => at)));
			const due = sleeping.filter(({ at }) => at <= now);
			sleeping = sleeping.filter(({ at }) => at > now);
			for (const { wake } of due) wake();
		}
		isTurning = false;
	}

	const clock = {
		now: () => now,
		/** @param {number} ms */
		sleep: (ms) =>
			/** @type {Promise<void>} */ (
				new Promise((resolve) => {
					sleeping.push({ at: now + ms, wake: () => resolve() });
					void turn();
				})
			),
		/**
		 * Takes no time on this clock.
		 *
		 * @template T
		 * @param {() => Promise<T>} work
		 */
		async work(work) {
			busy++;
			try {
				return await work();
			} finally {
				busy--;
			}
		},
	};
	Object.assign(systemClock, { now: clock.now, sleep: clock.sleep });
	return clock;
}

/**
 * What a node sees of n8n: a poll if there is static data, else an execution.
 *
 * @param {object} setting
 * @param {string} setting.type of the node
 * @param {Record<string, unknown>} setting.parameters
 * @param {Record<string, unknown>} setting.credential
 * @param {() => Record<string, string>} setting.authentication headers
 * @param {{ json: object }[]} [setting.items]
 * @param {ReturnType<typeof simulatedClock>} [setting.clock] on which each request takes
 * {@link LATENCY_MS}; otherwise it takes as long as it takes
 * @param {(bytes: number) => void} [setting.onRead]
 */
export function n8nFor({ type, parameters, credential, authentication, items, clock, onRead }) {
	/** @type {{ cursor?: unknown }} */
	const staticData = {};
	const count = { reads: 0, requests: 0 };
	const id = String(Math.random());
	const node = { id, name: type, type, credentials: {} };

	/** @param {{ url: string, method?: string, qs?: Record<string, string>, body?: object }} options */
	async function send({ url, method = 'GET', qs, body: sent }) {
		count.requests++;
		const { statusCode, headers, body } = await request(url, {
			method: /** @type {'GET'} */ (method),
			query: qs,
			headers: { ...authentication(), ...(sent && { 'content-type': 'application/json' }) },
			...(sent && { body: JSON.stringify(sent) }),
		});
		const text = await body.text();
		onRead?.(text.length);
		return { statusCode, headers, body: JSON.parse(text) };
	}

	const context = {
		getNode: () => node,
		getWorkflow: () => ({ id }),
		getTimezone: () => 'UTC',
		getWorkflowStaticData: () => staticData,
		async getCredentials() {
			count.reads++;
			return credential;
		},
		getNodeParameter(/** @type {string} */ name, /** @type {unknown[]} */ ...rest) {
			const [index, other] = items ? rest : [0, rest[0]];
			const value = parameters[name] ?? other;
			return typeof value === 'function' ? value(index) : value;
		},
		...(items && { getInputData: () => items }),
		continueOnFail: () => false,
		addExecutionHints() {},
		logger: { info() {}, warn() {} },
		helpers: {
			async httpRequestWithAuthentication(
				/** @type {string} */ _credential,
				/** @type {Parameters<typeof send>[0]} */ options,
			) {
				if (!clock) return await send(options);
				await clock.sleep(LATENCY_MS);
				return await clock.work(async () => await send(options));
			},
		},
	};
	return { context: /** @type {any} */ (context), count, staticData };
}

/**
 * Prints requests, credential reads and time beside the least that the data allow.
 *
 * @param {{ requests: number, reads: number }} count
 * @param {{ requests: number, seconds?: number }} least
 * @param {number} [seconds] on the simulated clock
 */
export function reportCost({ requests, reads }, least, seconds) {
	report('requests', String(requests), {
		target: `exactly ${least.requests}`,
		kept: requests === least.requests,
	});
	report('readings of the credential', String(reads), { target: 'exactly 1', kept: reads === 1 });
	if (seconds === undefined || least.seconds === undefined) return;
	report('seconds, simulated', seconds.toFixed(1), {
		target: `at most 5 % above ${least.seconds.toFixed(1)}`,
		kept: seconds <= least.seconds * 1.05,
	});
}
