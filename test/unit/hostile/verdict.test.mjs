import {
	failuresOf,
	isAccepted,
	problemOfAnswer,
	problemOfItems,
	sourceOf,
} from '../../hostile/verdict.mjs';

/** What the hostile run makes of answers, executions and figures. */

const stranger = {
	isAuthenticated: false,
	answersEmpty: false,
	isN8nsToRefuse: false,
	isMultipart: false,
	hidden: ['mark1', 'the-secret'],
};
const friend = { ...stranger, isAuthenticated: true };
/** @param {number} status @param {string} message */
const answered = (status, message) => ({ status, text: JSON.stringify({ message }) });
const refused = answered(401, 'The signature does not match.');
const accepted = answered(200, 'Accepted.');

describe('an answer is fine', () => {
	test.each([
		['that refuses a stranger', refused, stranger],
		['that accepts a friend', accepted, friend],
		['that has a number in it', answered(413, 'The body is larger than 1024 kB.'), stranger],
		[
			'that asks to come again',
			answered(503, 'Too many deliveries at once. Please send it again later.'),
			friend,
		],
		['that is empty, to Regpack', { status: 200, text: '{}' }, { ...friend, answersEmpty: true }],
	])('%s', (_, answer, sent) => {
		expect(problemOfAnswer(answer, sent)).toBeUndefined();
		expect(sourceOf(answer, sent)).toBe('trigger');
	});
});

describe("an answer is n8n's own", () => {
	test.each([
		['422', answered(422, 'Failed to parse request body'), stranger],
		[
			'500 to a body that is too large',
			{ status: 500, text: '{"code":0}' },
			{ ...stranger, isN8nsToRefuse: true },
		],
		[
			'400 to a broken form',
			{ status: 400, text: '{"code":400}' },
			{ ...stranger, isMultipart: true },
		],
		['400 to a head that is none', { status: 400, text: '' }, stranger],
		['431 to a head that is too large', { status: 431, text: '' }, stranger],
	])('%s', (_, answer, sent) => {
		expect(sourceOf(answer, sent)).toBe('n8n');
		expect(problemOfAnswer(answer, sent)).toBeUndefined();
	});
});

describe('an answer is a problem', () => {
	test.each([
		['500', { status: 500, text: '{"code":0}' }, stranger, /500 is not documented/],
		[
			'500 to a multipart form',
			{ status: 500, text: '' },
			{ ...stranger, isMultipart: true },
			/500/,
		],
		['502', answered(502, 'Accepted.'), friend, /502 is not documented/],
		[
			'503 for a fault',
			answered(503, 'The delivery could not be received. Please send it again.'),
			friend,
			/could not be received/,
		],
		['that no page lists', answered(400, 'Something is wrong.'), friend, /not documented/],
		['whose status is another', answered(400, 'The secret is wrong.'), stranger, /not documented/],
		['that is no JSON', { status: 401, text: 'The secret is wrong.' }, stranger, /not documented/],
		[
			'with more than a sentence',
			{ status: 401, text: '{"message":"The secret is wrong.","a":1}' },
			stranger,
			/not documented/,
		],
		['that is empty, not to Regpack', { status: 200, text: '{}' }, friend, /not documented/],
		['with a sentence, to Regpack', accepted, { ...friend, answersEmpty: true }, /not documented/],
		['that accepts a stranger', accepted, stranger, /not authenticated was answered 200/],
		['that repeats what was sent', answered(401, 'mark1 is wrong.'), stranger, /repeats/],
		['that tells a secret', { status: 422, text: 'the-secret' }, friend, /a secret/],
	])('%s', (_, answer, sent, problem) => {
		expect(problemOfAnswer(answer, sent)).toMatch(problem);
	});
});

test('only Accepted, and an empty answer to Regpack, promise an execution', () => {
	const empty = { status: 200, text: '{}' };
	const [ordinary, regpack] = [{ answersEmpty: false }, { answersEmpty: true }];
	expect(isAccepted(accepted, ordinary)).toBe(true);
	expect(isAccepted(answered(200, 'Received before.'), ordinary)).toBe(false);
	expect(isAccepted(refused, ordinary)).toBe(false);
	expect(isAccepted(empty, regpack)).toBe(true);
	expect(isAccepted({ ...empty, status: 400 }, regpack)).toBe(false);
});

describe('what starts', () => {
	const item = { event: 'a', payload: { id: 1 } };
	const good = { answer: accepted, isAuthenticated: true, answersEmpty: false, items: [item] };

	test('the events of a valid delivery, and nothing of a refused one, are fine', () => {
		expect(problemOfItems({ ...good, events: [item] })).toBeUndefined();
		const none = { ...good, answer: refused, isAuthenticated: false, items: undefined };
		expect(problemOfItems(none)).toBeUndefined();
	});

	test.each([
		['by a stranger', { isAuthenticated: false }, /not authenticated started an execution/],
		['by a delivery that was refused', { answer: refused }, /answered 401 started/],
		['without an item', { items: [] }, /without an item/],
		['although it was received before', { answer: answered(200, 'Received before.') }, /1 items/],
		['not, although it was accepted', { items: undefined }, /no items/],
		['with one event too few', { events: [item, item] }, /1 events instead of its 2/],
		['with another type', { events: [{ ...item, event: 'b' }] }, /or others/],
		['with another payload', { events: [{ ...item, payload: { id: 2 } }] }, /or others/],
	])('%s, is a problem', (_, change, problem) => {
		expect(problemOfItems({ ...good, ...change })).toMatch(problem);
	});
});

describe('the run', () => {
	const seen = {
		leaks: /** @type {string[]} */ ([]),
		inProcess: { deliveries: 10, problems: [] },
		overHttp: {
			...{ requests: 10, unanswered: 0, answers: { 200: 2, 401: 8 }, answeredByN8n: 0 },
			...{ accepted: 2, executions: 2, slowestMs: 900, problems: [] },
		},
		slow: { connections: 3, answers: { 408: 3 }, heldMs: 10_050, isServing: true, executions: 0 },
		flood: {
			...{ requests: 10, answers: { 401: 10 }, good: 2, accepted: 2, executions: 2 },
			...{ slowestMs: 100, megabytesBefore: 400, megabytesAfter: 450 },
		},
	};
	const checked = { checksMemory: true };

	test('keeps its targets, with slow bodies and without', () => {
		expect(failuresOf(seen, checked)).toEqual([]);
		expect(failuresOf({ ...seen, slow: undefined }, checked)).toEqual([]);
	});

	test.each([
		[
			'inProcess',
			{ problems: ['a prototype was changed'] },
			'In process: a prototype was changed.',
		],
		['overHttp', { problems: ['a'] }, 'Over HTTP: a.'],
		['overHttp', { unanswered: 1 }, 'Over HTTP, 1 of 10 requests got no answer.'],
		[
			'overHttp',
			{ executions: 3 },
			'Over HTTP, 2 deliveries were accepted, but there were 3 executions.',
		],
		['overHttp', { slowestMs: 5_001 }, 'Over HTTP, an answer took 5001 ms, more than 5000.'],
		[
			'slow',
			{ answers: { 408: 1, 200: 1, none: 1 } },
			'Of the slow deliveries, not all were answered 408: 1 200, 1 none.',
		],
		['slow', { heldMs: 13_001 }, 'A slow delivery was held for 13001 ms, more than 13000.'],
		['slow', { isServing: false }, 'Beside the slow deliveries, good ones were not accepted.'],
		['slow', { executions: 2 }, '2 slow deliveries started executions.'],
		['flood', { answers: { 401: 9, 503: 1 } }, 'Of the flood, not all were answered 401: 1 503.'],
		[
			'flood',
			{ accepted: 1, executions: 1 },
			'During the flood, 1 of 2 good deliveries were accepted.',
		],
		[
			'flood',
			{ executions: 3 },
			'During the flood, 2 deliveries were accepted, but there were 3 executions.',
		],
		['flood', { slowestMs: 6_000 }, 'During the flood, an answer took 6000 ms, more than 5000.'],
		['flood', { megabytesAfter: 451 }, 'n8n kept 51 MB more after the flood, more than 50.'],
	])('says in a sentence what it missed: %s %j', (part, change, sentence) => {
		const missed = { ...seen, [part]: { .../** @type {any} */ (seen)[part], ...change } };
		expect(failuresOf(missed, checked)).toEqual([sentence]);
	});

	test('names where n8n left a secret', () => {
		expect(failuresOf({ ...seen, leaks: ['n8n.log', 'crash.log'] }, checked)).toEqual([
			'n8n left a secret in n8n.log, crash.log.',
		]);
	});

	test('does not judge the memory of a short one', () => {
		const flood = { ...seen.flood, megabytesAfter: 900 };
		expect(failuresOf({ ...seen, flood }, { checksMemory: false })).toEqual([]);
	});
});
