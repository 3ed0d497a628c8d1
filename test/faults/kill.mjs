import { setTimeout as sleep } from 'node:timers/promises';
import { between, oneOf, randomOf } from './random.mjs';

/** How long n8n lives between its kills. */
const LIFE_MS = /** @type {const} */ ([3_000, 8_000]);
/** How long events go on after a kill, and find nobody. */
const AFTER_MS = 1_000;

/**
 * Kills n8n again and again while events happen: both at moments that look random and are the same
 * in each run.
 *
 * @param {object} options
 * @param {{ name: string, n8n: import('../host/n8n.mjs').N8n, executes: boolean }[]} options.processes one of them is
 * killed each time
 * @param {readonly import('./play.mjs').Play[]} options.plays
 * @param {Pick<import('./options.mjs').Options, 'kills' | 'events' | 'seed'>} options.plan
 * @param {import('../host/progress.mjs').Progress} options.progress
 * @returns {Promise<import('./verdict.mjs').Kill[]>}
 */
export async function killUnderLoad({ processes, plays, plan, progress }) {
	const random = randomOf(plan.seed, 'kills');
	const moments = plays.map(({ mode }) => randomOf(plan.seed, mode.name));
	/** @type {import('./verdict.mjs').Kill[]} */
	const kills = [];
	const wait = progress.wait(`${plan.kills} kills`);
	// After the last kill there is a last round without one.
	for (let round = 0; round <= plan.kills; round++) {
		const life = between(random, ...LIFE_MS);
		const happening = plays.map(async (play, at) => {
			const due = Array.from({ length: shareOf(plan, round) }, () =>
				between(moments[at], 0, life + AFTER_MS),
			).sort((a, b) => a - b);
			let now = 0;
			for (const moment of due) {
				await sleep(moment - now);
				now = moment;
				play.happen();
			}
		});
		if (round < plan.kills) {
			const { name, n8n, executes } = oneOf(random, processes);
			await sleep(life);
			const at = Date.now();
			await n8n.kill();
			await n8n.restart();
			kills.push({ at, until: Date.now(), process: name, base: n8n.base, executes });
		}
		await Promise.all(happening);
		wait.tick(`${kills.length}`);
	}
	wait.done();
	return kills;
}

/**
 * @param {Pick<import('./options.mjs').Options, 'kills' | 'events'>} plan
 * @param {number} round from 0
 * @returns {number} the events of a round; all together are as many as planned
 */
function shareOf({ kills, events }, round) {
	const upTo = (/** @type {number} */ count) => Math.round((events * count) / (kills + 1));
	return upTo(round + 1) - upTo(round);
}
