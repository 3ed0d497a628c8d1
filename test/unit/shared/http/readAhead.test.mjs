import { setTimeout as sleep } from 'node:timers/promises';

import { readAhead } from '#dist/nodes/shared/http/readAhead.js';

/**
 * Work that takes as many milliseconds as its value says, and is counted while it runs.
 *
 * @param {number[]} [failing] values whose work fails
 */
function startWork(failing = []) {
	let running = 0;
	let most = 0;
	/** @type {number[]} */
	const started = [];
	return {
		started,
		most: () => most,
		running: () => running,
		async work(/** @type {number} */ value) {
			started.push(value);
			most = Math.max(most, ++running);
			await sleep(value);
			running--;
			if (failing.includes(value)) throw new Error(`No ${value}`);
			return `done ${value}`;
		},
	};
}

/**
 * The results, as a consumer gets them that awaits one after the other.
 *
 * @param {AsyncGenerator<readonly [number, Promise<string>]>} reading
 */
async function resultsOf(reading) {
	/** @type {string[]} */
	const results = [];
	for await (const [, result] of reading) results.push(await result);
	return results;
}

const VALUES = [30, 5, 20, 1, 10, 0, 15];

test.each([1, 2, 4, 100])('keeps the order, with %d at once', async (limit) => {
	const { work, started, most } = startWork();
	const results = await resultsOf(readAhead(VALUES, limit, work));
	expect(results).toEqual(VALUES.map((value) => `done ${value}`));
	expect(started).toEqual(VALUES);
	expect(most()).toBe(Math.min(limit, VALUES.length));
});

test('gives a failure in its turn, to a consumer that may go on', async () => {
	const { work } = startWork([20, 1]);
	/** @type {string[]} */
	const results = [];
	for await (const [value, result] of readAhead(VALUES, 4, work))
		results.push(await result.catch((error) => `${value}: ${error.message}`));
	expect(results).toEqual([
		'done 30',
		'done 5',
		'20: No 20',
		'1: No 1',
		'done 10',
		'done 0',
		'done 15',
	]);
});

test('starts nothing after a failure that ends it, and leaves nothing running', async () => {
	const { work, started, running } = startWork([5, 1]);
	await expect(resultsOf(readAhead(VALUES, 3, work))).rejects.toThrow('No 5');
	expect(started).toEqual([30, 5, 20, 1]);
	expect(running()).toBe(0);
});

test('takes a value only when its work starts, so what the results say can end it', async () => {
	const { work, started } = startWork();
	let isEnough = false;
	function* values() {
		for (const value of VALUES) {
			if (isEnough) return;
			yield value;
		}
	}
	const results = [];
	for await (const [value, result] of readAhead(values(), 2, work)) {
		results.push(await result);
		isEnough = value === 5;
	}
	expect(started).toEqual([30, 5, 20]);
	expect(results).toEqual(['done 30', 'done 5', 'done 20']);
});

test('has nothing to give for no values', async () => {
	expect(await resultsOf(readAhead([], 4, startWork().work))).toEqual([]);
});
