import { failuresOf, verdictOf } from '../../faults/verdict.mjs';

/** What the runs that kill n8n make of what they saw. */

const BASE = 'http://127.0.0.1:1';
const URL_ = `${BASE}/webhook/1/jofi`;

/**
 * @param {Partial<import('../../faults/sender.mjs').Attempt>} attempt
 * @returns {import('../../faults/sender.mjs').Attempt}
 */
const attemptOf = (attempt) => ({
	url: URL_,
	at: 1_000,
	until: 1_050,
	outcome: 'answered',
	status: 200,
	text: '{"message":"Accepted."}',
	...attempt,
});

/** @param {Partial<import('../../faults/sender.mjs').Attempt>[]} attempts */
function sentOf(...attempts) {
	const all = attempts.map(attemptOf);
	return { key: 'a', attempts: all, delivered: all.find(({ status }) => status === 200) };
}

const cut = { outcome: /** @type {const} */ ('cut'), status: 0, text: '' };
const late = { outcome: /** @type {const} */ ('unanswered'), status: 0, text: '' };
/** @param {number} at */
const kill = (at) => ({ at, process: 'n8n', base: BASE, executes: true });
/** @param {number} at */
const workerKill = (at) => ({ at, process: 'worker', base: 'http://127.0.0.1:2', executes: true });

/**
 * @param {import('../../faults/sender.mjs').Sent} sent
 * @param {{ effects?: number[], kills?: import('../../faults/verdict.mjs').Kill[], crashed?: string[] }} [seen]
 * `crashed`: what n8n keeps of each execution
 */
const judge = (sent, { effects = [], kills = [], crashed = [] } = {}) =>
	verdictOf({
		sent: [sent],
		effectsOf: () => effects,
		kills,
		crashed: crashed.map((text, at) => ({ id: `${at}`, summary: `${at}: crashed`, text })),
	});

const NONE = { starting: 0, crashed: 0, workerDied: 0, databaseAway: 0, other: 0 };
const ONCE = { afterEffect: 0, answerLost: 0, retriedTwice: 0, other: 0 };

test('an event that was delivered and had its effect once is neither lost nor doubled', () => {
	const verdict = judge(sentOf({}), { effects: [1_300] });
	expect(verdict).toMatchObject({ events: 1, delivered: 1, run: 1, lost: NONE, doubled: ONCE });
	expect(failuresOf(verdict, { lost: [], doubled: [] })).toEqual([]);
});

test('an event without effect that a worker may have taken when it was killed is told apart', () => {
	const lostAfter = (/** @type {number} */ at) =>
		judge(sentOf({}), { kills: [workerKill(at)] }).lost;
	expect(lostAfter(3_000)).toEqual({ ...NONE, workerDied: 1 });
	expect(lostAfter(60_000)).toEqual({ ...NONE, other: 1 });
	expect(judge(sentOf({}), { kills: [kill(3_000)] }).lost).toEqual({ ...NONE, other: 1 });
});

test('a delivery that waits for a worker that was killed is not counted as unanswered', () => {
	const waiting = sentOf({ ...late, until: 16_000 });
	const seen = { effects: [20_000], kills: [workerKill(3_000)] };
	expect(judge(waiting, seen)).toMatchObject({ unanswered: 0, hung: 0, waited: 1 });
	expect(judge(waiting)).toMatchObject({ unanswered: 1, hung: 0, waited: 0 });
});

test('a delivery that waits while the database is away, or n8n has not found it again, is not counted as unanswered', () => {
	const away = { at: 3_000, until: 13_000, process: 'postgres', base: 'http', executes: false };
	const kills = [{ ...away, isDatabase: true }];
	const waiting = sentOf({ ...late, until: 16_000 });
	expect(judge(waiting, { kills })).toMatchObject({ unanswered: 0, hung: 0, waited: 1 });
	const after = sentOf({ ...late, at: 34_000, until: 49_000 });
	expect(judge(after, { kills })).toMatchObject({ unanswered: 1, hung: 0, waited: 0 });
	expect(judge(sentOf({ at: 4_000 }), { kills }).lost).toEqual({ ...NONE, databaseAway: 1 });
	expect(judge(sentOf({ at: 24_000 }), { kills }).lost).toEqual({ ...NONE, databaseAway: 1 });
	expect(judge(sentOf({ at: 34_000 }), { kills }).lost).toEqual({ ...NONE, other: 1 });
});

describe('an event without effect is lost', () => {
	test.each([
		['starting', { text: 'n8n is starting up. Please wait' }, [], 'a'],
		['crashed', {}, ['[{"eventKey":"1"},"a"]'], 'a; 0: crashed'],
		['other', {}, ['[{"eventKey":"1"},"ab"]'], 'a'],
	])('because of: %s', (why, attempt, crashed, known) => {
		const verdict = judge(sentOf(attempt), { crashed });
		expect(verdict.lost).toEqual({ ...NONE, [why]: 1 });
		expect(verdict.keys.lost).toEqual([known]);
		expect(failuresOf(verdict, { lost: [], doubled: [] })).toEqual([`1 lost (${why})`]);
	});

	test('only if it was answered 2xx; else it is not delivered', () => {
		const verdict = judge(sentOf(cut, { status: 503 }));
		expect(verdict).toMatchObject({ delivered: 0, undelivered: 1, lost: NONE });
		expect(failuresOf(verdict, { lost: [], doubled: [] })).toEqual(['1 never answered 2xx']);
	});
});

describe('an event with two effects is doubled', () => {
	const twice = [1_300, 3_300];
	test.each([
		['afterEffect', [kill(1_310)], [cut, { at: 3_000, until: 3_400 }]],
		['answerLost', [kill(1_020)], [cut, { at: 3_000, until: 3_400 }]],
		[
			'answerLost',
			[{ ...kill(1_310), executes: false, until: 3_100 }],
			[
				{ until: 4_000, ...cut },
				{ at: 5_000, until: 5_400 },
			],
		],
		[
			'answerLost',
			[{ ...kill(1_310), executes: false }],
			[
				{ until: 1_200, ...late },
				{ at: 3_000, until: 3_400 },
			],
		],
		['other', [{ ...kill(1_310), executes: false }], [{}]],
		['retriedTwice', [kill(1_060)], [{}]],
		['other', [], [{}]],
		['other', [kill(9_000)], [{}]],
	])('because of: %s', (why, kills, attempts) => {
		const verdict = judge(sentOf(...attempts), { effects: twice, kills });
		expect(verdict.doubled).toEqual({ ...ONCE, [why]: 1 });
	});

	test('and never more often than executions crashed', () => {
		const seen = { effects: twice, kills: [kill(1_310)] };
		const allowed = { lost: [], doubled: [/** @type {const} */ ('afterEffect')] };
		const failures = (/** @type {string[]} */ crashed) =>
			failuresOf(judge(sentOf(cut, {}), { ...seen, crashed }), allowed);
		expect(failures(['"a"'])).toEqual([]);
		expect(failures([])).toEqual(['1 doubled, though only 0 crashed']);
	});
});

test('what is not answered in time counts as unanswered at first and as hung when repeated', () => {
	const verdict = judge(sentOf(late, late, late, {}), { effects: [1_300] });
	expect(verdict).toMatchObject({ unanswered: 1, hung: 2, delivered: 1 });
	expect(failuresOf(verdict, { lost: [], doubled: [] })).toEqual([
		'1 not answered in time',
		'2 repeats not answered in time',
	]);
});
