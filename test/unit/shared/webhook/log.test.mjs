import { logThrottled } from '#dist/nodes/shared/webhook/log.js';
import { sampleOf } from '../../../providers/jofi/deliver.mjs';
import { stoppedClock } from '../../clock.mjs';
import { deliver, webhookContext } from '../../webhookContext.mjs';

const MINUTE = 60_000;
const refused = 'JOFI delivery refused: The secret is missing.';
const credential = { method: 'header', headerName: 'x-secret', secret: 'not-a-real-secret' };

let nodes = 0;
const newNode = () => ({ nodeId: `logged ${++nodes}` });

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
});
afterEach(() => clock.goOn());

/**
 * The lines that so many deliveries leave in the log.
 *
 * @param {number} count
 * @param {import('../../webhookContext.mjs').Delivery} delivery
 */
async function linesOf(count, delivery) {
	const lines = [];
	for (let each = 0; each < count; each++)
		lines.push(...(await deliver(delivery)).log.map(({ message }) => message));
	return lines;
}

test('many refusals for one reason leave one line a minute, and the next says how many there were', async () => {
	const delivery = { credential, ...newNode() };
	expect(await linesOf(500, delivery)).toEqual([refused]);
	clock.pass(MINUTE - 1);
	expect(await linesOf(1, delivery)).toEqual([]);
	clock.pass(1);
	expect(await linesOf(2, delivery)).toEqual([
		`${refused} (500 more like it since the last such line)`,
	]);
	clock.pass(5 * MINUTE);
	expect(await linesOf(1, delivery)).toEqual([
		`${refused} (1 more like it since the last such line)`,
	]);
	clock.pass(5 * MINUTE);
	expect(await linesOf(1, delivery)).toEqual([refused]);
});

test('each reason and each trigger has its own line', async () => {
	const node = newNode();
	expect(await linesOf(2, { credential, ...node })).toEqual([refused]);
	const wrong = { credential, headers: { 'x-secret': 'wrong' } };
	expect(await linesOf(2, { ...wrong, ...node })).toEqual([
		'JOFI delivery refused: The secret is wrong.',
	]);
	expect(await linesOf(2, { credential, ...newNode() })).toEqual([refused]);
});

test.each([
	[
		'that differ from the documentation',
		(/** @type {number} */ at) => ({
			body: JSON.stringify({
				type: 'test_taker.created',
				id: `evt_${at}`,
				data: { object: { id: {}, [`email`]: at } },
			}),
		}),
		/^JOFI event test_taker\.created differs/,
	],
	[
		'that cannot be received',
		(/** @type {number} */ at) => ({ credential: new Error(`No credential ${at}`) }),
		/^JOFI delivery could not be received: No credential 0$/,
	],
])('many deliveries %s leave one line, whatever is in them', async (_, deliveryAt, line) => {
	const node = newNode();
	const lines = [];
	for (let at = 0; at < 20; at++) lines.push(...(await linesOf(1, { ...deliveryAt(at), ...node })));
	expect(lines).toEqual([expect.stringMatching(line)]);
});

test('only the latest thousand reasons are remembered', () => {
	const { context, log } = webhookContext(newNode());
	for (let reason = 0; reason < 1001; reason++) logThrottled(context, 'warn', `Reason ${reason}.`);
	expect(log).toHaveLength(1001);
	logThrottled(context, 'warn', 'Reason 1000.');
	expect(log).toHaveLength(1001);
	logThrottled(context, 'warn', 'Reason 0.');
	expect(log).toHaveLength(1002);
});

test('a clock that was set back does not silence the log', async () => {
	const delivery = { credential, ...newNode() };
	expect(await linesOf(1, delivery)).toEqual([refused]);
	clock.pass(-60 * MINUTE);
	expect(await linesOf(2, delivery)).toEqual([refused]);
});

describe('differences from the documentation', () => {
	/** An event whose `id` is no text. @param {string} type @param {number} id */
	const odd = (type, id) => JSON.stringify({ ...sampleOf(type), id });
	const CREATED = 'test_taker.created';

	/** @param {string} body @param {import('../../webhookContext.mjs').Delivery} delivery */
	const differencesIn = async (body, delivery) =>
		(await deliver({ body, settings: { skipDuplicates: false }, ...delivery })).log
			.map(({ message }) => message)
			.filter((message) => message.includes('differs'));

	test('are looked for once a second in each type of event', async () => {
		const node = newNode();
		expect(await differencesIn(JSON.stringify(sampleOf(CREATED)), node)).toEqual([]);
		expect(await differencesIn(odd(CREATED, 1), node)).toEqual([]);
		expect(await differencesIn(odd('invitation.created', 1), node)).toHaveLength(1);
		expect(await differencesIn(odd(CREATED, 1), newNode())).toHaveLength(1);
		clock.pass(1000);
		expect(await differencesIn(odd(CREATED, 1), node)).toHaveLength(1);
	});

	test('are not looked for in a duplicate', async () => {
		const delivery = { settings: {}, ...newNode() };
		await differencesIn(JSON.stringify(sampleOf(CREATED)), delivery);
		clock.pass(1000);
		expect(await differencesIn(odd(CREATED, 1), delivery)).toEqual([]);
	});
});
