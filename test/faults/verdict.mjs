/** n8n's answer to everything while it migrates its database. */
const STARTING = 'n8n is starting up';
/** How long an execution may wait for a worker, and run there. */
const IN_QUEUE_MS = 15_000;
/** n8n's processes find a database that has come back one after the other (15 s were measured). */
const RECOVERY_MS = 20_000;
/** A request may be on its way when its sender is killed. */
const ON_ITS_WAY_MS = 200;

/**
 * Why an event that was answered 2xx did not run. `starting`: n8n answered it before it could take
 * it. `crashed`: its execution was killed before the effect, and n8n keeps what a retry needs.
 * `workerDied`: the same, but n8n keeps nothing, as of an execution that a worker had just taken
 * (measured on 2.41.1 in queue mode). `databaseAway`: its execution began while PostgreSQL was
 * away, of which n8n keeps nothing either (read and measured on 2.41.1: the worker cannot read it,
 * and n8n then saves an error in its place).
 *
 * @typedef {'starting' | 'crashed' | 'workerDied' | 'databaseAway' | 'other'} LostWhy
 */
/**
 * Why an event ran more than once. `afterEffect`: the process that ran it was killed after the first
 * effect. `answerLost`: the process that held the sender's connection was killed before the answer,
 * and another one ran it to its end. `retriedTwice`: the example that retries was killed after it
 * had asked for a retry, and asked again.
 *
 * @typedef {'afterEffect' | 'answerLost' | 'retriedTwice' | 'other'} DoubledWhy
 */
/**
 * @typedef {object} Kill
 * @property {number} at milliseconds since the epoch
 * @property {number} [until] when it was there again
 * @property {string} process
 * @property {string} base where it takes deliveries
 * @property {boolean} executes whether executions run in it
 * @property {boolean} [isDatabase] whether it is the database, which all processes need
 */
/**
 * @typedef {object} Verdict
 * @property {number} events
 * @property {number} delivered how many were answered 2xx
 * @property {number} run how many had their effect at least once
 * @property {Record<LostWhy, number>} lost answered 2xx and without effect
 * @property {Record<DoubledWhy, number>} doubled with more than one effect
 * @property {number} undelivered how many were answered 2xx never
 * @property {number} unanswered how many first deliveries got no answer in time
 * @property {number} hung how many repeats got no answer in time
 * @property {number} waited how many deliveries got no answer in time because the worker that ran
 * them was killed, or the database was away meanwhile; not counted in the two before
 * @property {number} crashed executions that n8n found crashed
 * @property {Record<string, string[]>} keys of what was lost, doubled and not delivered, at most
 * ten each; of what was lost with what n8n keeps of its executions, of what was doubled with the
 * times of the effects and all executions
 */

const MOST_KEYS = 10;

/**
 * What became of the events.
 *
 * @param {object} seen
 * @param {readonly import('./sender.mjs').Sent[]} seen.sent
 * @param {(key: string) => readonly number[]} seen.effectsOf
 * @param {readonly Kill[]} seen.kills
 * @param {readonly import('./executions.mjs').EndedExecution[]} seen.crashed
 * @param {readonly import('./executions.mjs').EndedExecution[]} [seen.others] that did not fail
 * @returns {Verdict}
 */
export function verdictOf({ sent, effectsOf, kills, crashed, others = [] }) {
	const delivered = sent.filter((each) => each.delivered);
	const lost = delivered.filter(({ key }) => effectsOf(key).length === 0);
	const doubled = sent.filter(({ key }) => effectsOf(key).length > 1);
	const undelivered = sent.filter((each) => !each.delivered);

	const executionsOf = (/** @type {string} */ key, executions = crashed) =>
		executions.filter(({ text }) => text.includes(`"${key}"`));

	/** @param {Pick<import('./sender.mjs').Attempt, 'at' | 'until'>} attempt */
	const killsDuring = ({ at, until }) =>
		kills.filter((kill) => kill.at <= until && (kill.until ?? kill.at) >= at);

	/** @param {Pick<import('./sender.mjs').Attempt, 'url' | 'at' | 'until'>} attempt */
	const wasWorkerKilled = (attempt) =>
		killsDuring(attempt).some(({ executes, base }) => executes && !attempt.url.startsWith(base));

	/** @param {Pick<import('./sender.mjs').Attempt, 'at' | 'until'>} attempt */
	const wasDatabaseAway = ({ at, until }) =>
		killsDuring({ at: at - RECOVERY_MS, until }).some(({ isDatabase }) => isDatabase);

	/** @param {import('./sender.mjs').Sent} each @returns {LostWhy} */
	const lostWhy = ({ key, delivered: last }) => {
		if (last?.text.includes(STARTING)) return 'starting';
		if (executionsOf(key).length > 0) return 'crashed';
		if (!last) return 'other';
		const inQueue = { ...last, until: last.until + IN_QUEUE_MS };
		if (wasWorkerKilled(inQueue)) return 'workerDied';
		return wasDatabaseAway(inQueue) ? 'databaseAway' : 'other';
	};

	/** @param {import('./sender.mjs').Sent} each @returns {DoubledWhy} */
	const doubledWhy = ({ key, attempts }) => {
		const [first, second] = effectsOf(key);
		if (kills.some(({ at, executes }) => executes && at >= first - ON_ITS_WAY_MS && at <= second))
			return 'afterEffect';
		const wasCut = attempts.some(({ url, at, until, outcome }) => {
			// If the sender gave up before the kill, the process alone knew that the event was running.
			const end = outcome === 'unanswered' ? second : until;
			return kills.some(
				(kill) => url.startsWith(kill.base) && kill.at <= end && (kill.until ?? kill.at) >= at,
			);
		});
		if (wasCut) return 'answerLost';
		// Both runs came after a kill.
		const delivery = attempts.at(-1)?.until ?? first;
		const isRetried = kills.some(({ at, executes }) => executes && at >= delivery && at <= first);
		return isRetried ? 'retriedTwice' : 'other';
	};

	const late = sent
		.flatMap(({ attempts }) =>
			attempts.map((attempt, index) => ({ ...attempt, isFirst: index === 0 })),
		)
		.filter(({ outcome }) => outcome === 'unanswered');
	const unanswered = late.filter(
		(attempt) => !wasWorkerKilled(attempt) && !wasDatabaseAway(attempt),
	);
	const keysOf = (/** @type {readonly { key: string }[]} */ events) =>
		events.slice(0, MOST_KEYS).map(({ key }) => key);
	return {
		events: sent.length,
		delivered: delivered.length,
		run: sent.filter(({ key }) => effectsOf(key).length > 0).length,
		lost: {
			starting: 0,
			crashed: 0,
			workerDied: 0,
			databaseAway: 0,
			other: 0,
			...countBy(lost, lostWhy),
		},
		doubled: {
			afterEffect: 0,
			answerLost: 0,
			retriedTwice: 0,
			other: 0,
			...countBy(doubled, doubledWhy),
		},
		undelivered: undelivered.length,
		unanswered: unanswered.filter(({ isFirst }) => isFirst).length,
		hung: unanswered.filter(({ isFirst }) => !isFirst).length,
		waited: late.length - unanswered.length,
		crashed: crashed.length,
		keys: {
			lost: keysOf(lost).map((key) =>
				[key, ...executionsOf(key).map(({ summary }) => summary)].join('; '),
			),
			doubled: keysOf(doubled).map((key) =>
				[
					key,
					...effectsOf(key).map((at) => new Date(at).toISOString()),
					...executionsOf(key, [...crashed, ...others]).map(({ summary }) => summary),
				].join('; '),
			),
			undelivered: keysOf(undelivered),
		},
	};
}

/**
 * @template T
 * @template {string} Why
 * @param {readonly T[]} values
 * @param {(value: T) => Why} why
 */
function countBy(values, why) {
	/** @type {Partial<Record<Why, number>>} */
	const counts = {};
	for (const value of values) counts[why(value)] = (counts[why(value)] ?? 0) + 1;
	return counts;
}

/**
 * What may happen in a mode; all else is a failure.
 *
 * @typedef {object} Allowed
 * @property {LostWhy[]} lost
 * @property {DoubledWhy[]} doubled
 */

/**
 * @param {Verdict} verdict
 * @param {Allowed} allowed
 * @returns {string[]} what was not kept, a sentence each
 */
export function failuresOf(verdict, allowed) {
	const count = (/** @type {Record<string, number>} */ counts, /** @type {string[]} */ fine) =>
		Object.entries(counts).filter(([why, number]) => number > 0 && !fine.includes(why));
	return [
		...count(verdict.lost, allowed.lost).map(([why, number]) => `${number} lost (${why})`),
		...count(verdict.doubled, allowed.doubled).map(([why, number]) => `${number} doubled (${why})`),
		...(verdict.doubled.afterEffect > verdict.crashed
			? [`${verdict.doubled.afterEffect} doubled, though only ${verdict.crashed} crashed`]
			: []),
		...(verdict.undelivered > 0 ? [`${verdict.undelivered} never answered 2xx`] : []),
		...(verdict.unanswered > 0 ? [`${verdict.unanswered} not answered in time`] : []),
		...(verdict.hung > 0 ? [`${verdict.hung} repeats not answered in time`] : []),
	];
}
