import { createHash } from 'node:crypto';

/** @typedef {() => number} Random at least 0 and below 1, as `Math.random` */

/**
 * Numbers that look random and are the same in each run.
 *
 * @param {...(string | number)} seed what they depend on
 * @returns {Random} mulberry32
 */
export function randomOf(...seed) {
	let state = createHash('sha256').update(seed.join('\0')).digest().readUInt32LE();
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** @param {Random} random @param {number} least @param {number} most */
export const between = (random, least, most) => least + random() * (most - least);

/** @template T @param {Random} random @param {readonly T[]} values */
export const oneOf = (random, values) => values[Math.floor(random() * values.length)];
