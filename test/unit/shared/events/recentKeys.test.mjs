import fc from 'fast-check';

import { RecentKeys, recentKeysOf } from '#dist/nodes/shared/events/recentKeys.js';
import { stoppedClock } from '../../clock.mjs';

/** @param {InstanceType<typeof RecentKeys>} keys @param {string} key @param {number} [limit] */
function claimed(keys, key, limit = 10) {
	const claim = keys.claim(key, limit);
	if (claim.state !== 'claimed') throw new Error(`${key} is ${claim.state}`);
	return claim.settle;
}

/** @param {InstanceType<typeof RecentKeys>} keys @param {string} key */
function outcomeOf(keys, key) {
	const claim = keys.claim(key, 10);
	if (claim.state !== 'pending') throw new Error(`${key} is ${claim.state}`);
	return claim.outcome;
}

test('a key is done once its event succeeded', () => {
	const keys = new RecentKeys();
	claimed(keys, 'a')('done');
	expect(keys.claim('a', 10).state).toBe('done');
});

test('a key is free again once its event failed', () => {
	const keys = new RecentKeys();
	claimed(keys, 'a')('failed');
	expect(keys.size).toBe(0);
	expect(keys.claim('a', 10).state).toBe('claimed');
});

test.each([true, false])('all who wait for a key learn its outcome: %s', async (succeeded) => {
	const keys = new RecentKeys();
	const settle = claimed(keys, 'a');
	const waiting = [outcomeOf(keys, 'a'), outcomeOf(keys, 'a')];
	settle(succeeded ? 'done' : 'failed');
	expect(await Promise.all(waiting)).toEqual([succeeded, succeeded]);
});

test('the oldest key is forgotten when the limit is passed', () => {
	const keys = new RecentKeys();
	for (const key of ['a', 'b', 'c']) claimed(keys, key, 2)('done');
	expect(keys.size).toBe(2);
	expect(keys.claim('b', 2).state).toBe('done');
	expect(keys.claim('c', 2).state).toBe('done');
	expect(keys.claim('a', 2).state).toBe('claimed');
});

test('a lower limit takes effect with the next key', () => {
	const keys = new RecentKeys();
	for (let number = 0; number < 10; number++) claimed(keys, `key ${number}`, 10)('done');
	claimed(keys, 'new', 3);
	expect(keys.size).toBe(3);
	expect(keys.claim('key 9', 3).state).toBe('done');
	expect(keys.claim('key 7', 3).state).toBe('claimed');
});

test('a key that was forgotten while pending does not come back when it settles', async () => {
	const keys = new RecentKeys();
	const settle = claimed(keys, 'a', 1);
	const waiting = outcomeOf(keys, 'a');
	claimed(keys, 'b', 1)('done');
	settle('done');
	expect(keys.size).toBe(1);
	expect(keys.claim('b', 1).state).toBe('done');
	expect(await waiting).toBe(true);
});

test('the late outcome of a forgotten claim leaves a newer claim of the same key alone', () => {
	const keys = new RecentKeys();
	const first = claimed(keys, 'a', 1);
	claimed(keys, 'b', 1)('done');
	const second = claimed(keys, 'a', 1);
	first('failed');
	expect(keys.claim('a', 1).state).toBe('pending');
	second('done');
	expect(keys.claim('a', 1).state).toBe('done');
});

test('settling twice changes nothing', () => {
	const keys = new RecentKeys();
	const settle = claimed(keys, 'a');
	settle('done');
	settle('failed');
	expect(keys.claim('a', 10).state).toBe('done');
});

describe('with a window', () => {
	const windowMs = 600_000;
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	/** @param {InstanceType<typeof RecentKeys>} keys */
	const stateOf = (keys) => keys.claim('a', 10, windowMs).state;

	test('a key is done for that long since it succeeded, and then free', () => {
		const keys = new RecentKeys();
		const settle = claimed(keys, 'a');
		clock.pass(windowMs);
		expect(stateOf(keys)).toBe('pending');
		settle('done');
		clock.pass(windowMs - 1);
		expect(stateOf(keys)).toBe('done');
		clock.pass(1);
		expect(stateOf(keys)).toBe('claimed');
	});

	test('checking does not extend the time', () => {
		const keys = new RecentKeys();
		claimed(keys, 'a')('done');
		for (let times = 0; times < 3; times++) {
			clock.pass(windowMs / 4);
			expect(stateOf(keys)).toBe('done');
		}
		clock.pass(windowMs / 4);
		expect(stateOf(keys)).toBe('claimed');
	});

	test('a key that is claimed again is among the newest', () => {
		const keys = new RecentKeys();
		for (const key of ['a', 'b', 'c']) claimed(keys, key, 3)('done');
		clock.pass(windowMs);
		expect(keys.claim('a', 3, windowMs).state).toBe('claimed');
		expect(keys.size).toBe(3);
		claimed(keys, 'd', 3);
		expect(keys.claim('a', 3, windowMs).state).toBe('pending');
		expect(keys.claim('c', 3).state).toBe('done');
		expect(keys.claim('b', 3).state).toBe('claimed');
	});

	test('a key whose outcome never comes is free again after an hour, and the late outcome changes nothing', () => {
		const keys = new RecentKeys();
		const late = claimed(keys, 'a');
		clock.pass(60 * 60_000 - 1);
		expect(keys.claim('a', 10).state).toBe('pending');
		clock.pass(1);
		const settle = claimed(keys, 'a');
		late('done');
		expect(keys.claim('a', 10).state).toBe('pending');
		settle('failed');
		expect(keys.claim('a', 10).state).toBe('claimed');
	});

	test('and without one, a key stays done for ever', () => {
		const keys = new RecentKeys();
		claimed(keys, 'a')('done');
		clock.pass(1000 * 365 * 24 * 60 * 60_000);
		expect(keys.claim('a', 10).state).toBe('done');
	});
});

describe('a key that was accepted', () => {
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	test('counts as done for ten seconds, and those who wait for it learn that', async () => {
		const keys = new RecentKeys();
		const settle = claimed(keys, 'a');
		const waiting = outcomeOf(keys, 'a');
		settle('accepted');
		expect(await waiting).toBe(true);
		clock.pass(9_999);
		expect(keys.claim('a', 10).state).toBe('done');
		clock.pass(1);
		expect(keys.claim('a', 10).state).toBe('claimed');
	});

	test('stays done once it is confirmed', () => {
		const keys = new RecentKeys();
		claimed(keys, 'a')('accepted');
		clock.pass(5_000);
		keys.confirm('a');
		clock.pass(365 * 24 * 60 * 60_000);
		expect(keys.claim('a', 10).state).toBe('done');
	});

	test('ends with its window also when it is confirmed', () => {
		const keys = new RecentKeys();
		claimed(keys, 'a')('accepted');
		keys.confirm('a');
		clock.pass(60_000);
		expect(keys.claim('a', 10, 60_000).state).toBe('claimed');
	});

	test('is not confirmed before it was accepted, nor when nobody claimed it', () => {
		const keys = new RecentKeys();
		keys.confirm('a');
		const settle = claimed(keys, 'a');
		keys.confirm('a');
		expect(keys.claim('a', 10).state).toBe('pending');
		settle('failed');
		expect(keys.claim('a', 10).state).toBe('claimed');
	});
});

describe('a key whose sender has gone', () => {
	/** @type {ReturnType<typeof stoppedClock>} */
	let clock;
	beforeEach(() => {
		clock = stoppedClock();
	});
	afterEach(() => clock.goOn());

	/** @param {InstanceType<typeof RecentKeys>} keys */
	function abandoned(keys) {
		const claim = keys.claim('a', 10);
		if (claim.state !== 'claimed') throw new Error(claim.state);
		claim.abandon();
		return claim.settle;
	}

	test('is free again after five minutes', () => {
		const keys = new RecentKeys();
		abandoned(keys);
		clock.pass(5 * 60_000 - 1);
		expect(keys.claim('a', 10).state).toBe('pending');
		clock.pass(1);
		expect(keys.claim('a', 10).state).toBe('claimed');
	});

	test('still gets its outcome', () => {
		const keys = new RecentKeys();
		abandoned(keys)('done');
		clock.pass(6 * 60_000);
		expect(keys.claim('a', 10).state).toBe('done');
	});
});

test('never more keys are held than the limit says', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(30), fc.boolean())),
			fc.integer({ min: 1, max: 20 }),
			(claims, limit) => {
				const keys = new RecentKeys();
				for (const [number, succeeded] of claims) {
					const claim = keys.claim(String(number), limit);
					if (claim.state === 'claimed') claim.settle(succeeded ? 'done' : 'failed');
					expect(keys.size).toBeLessThanOrEqual(limit);
				}
			},
		),
	);
});

test('any text may be a key', () => {
	const keys = new RecentKeys();
	for (const key of ['__proto__', 'constructor', 'toString', '', '\0']) {
		claimed(keys, key)('done');
		expect(keys.claim(key, 10).state).toBe('done');
	}
});

test('each trigger has its own keys', () => {
	claimed(recentKeysOf('workflow:node'), 'a')('done');
	expect(recentKeysOf('workflow:node').claim('a', 10).state).toBe('done');
	expect(recentKeysOf('workflow:other').claim('a', 10).state).toBe('claimed');
	expect(recentKeysOf('other:node').claim('a', 10).state).toBe('claimed');
});
