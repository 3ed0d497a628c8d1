import { setTimeout as sleep } from 'node:timers/promises';
import { formReply } from '../e2e/regpack.mjs';
import { failuresOf } from '../faults/verdict.mjs';
import { openCounted } from './counted.mjs';

/** Between two deliveries: what two cores carry with all of n8n's processes on them. */
const PAUSE_MS = 120;

/** @typedef {import('./triggers.mjs').Trigger} Trigger */
/**
 * @typedef {import('../faults/verdict.mjs').Verdict & { case: string, stuck: number, wrong: number, failures: string[] }} Result
 * wrong: how many were answered with other than what was expected
 */
/**
 * @typedef {object} Stage
 * @property {import('../host/cluster.mjs').Cluster} cluster
 * @property {Awaited<ReturnType<typeof import('./triggers.mjs').openTriggers>>['triggers']} triggers
 * @property {string} [proxy] the address of the proxy of deploy/, if there can be one
 * @property {number} events of each case
 */

/** Nothing is lost, and nothing runs twice. @type {import('../faults/verdict.mjs').Allowed} */
const NOTHING = { lost: [], doubled: [] };

/** @type {Record<string, string>} */
const RESPOND = {
	onReceived: 'Immediately',
	lastNode: 'When Last Node Finishes',
	responseNode: 'Using Regpack Node',
};

/** What a form gets, by the reply in the workflow. @type {[Record<string, unknown>, object][]} */
const REPLIES = [
	[
		{ reply: 'stop', message: 'No', focusOn: 'phone' },
		{ msg: 'No', focus_on: 'phone', msg_type: 'error' },
	],
	[
		{ reply: 'message', message: 'Nearly full', messageType: 'warning' },
		{ msg: 'Nearly full', msg_type: 'warning' },
	],
	[
		{
			reply: 'fill',
			fields: { field: [{ name: 'level', value: 'Gold' }] },
			messageWithIt: 'Filled in',
		},
		{ jdoc: { level: 'Gold' }, msg: 'Filled in', msg_type: 'information' },
	],
	[
		{ reply: 'redirect', redirectUrl: 'https://www.example.com/next' },
		{ redirect: 'https://www.example.com/next' },
	],
	[{ reply: 'pass' }, {}],
];

/**
 * Runs a case with a workflow of its own.
 *
 * @param {string} name
 * @param {Parameters<typeof openCounted>[0]} options
 * @param {(counted: import('./counted.mjs').Counted) => Promise<number | void>} play gives how many
 * answers were wrong
 * @param {import('../faults/verdict.mjs').Allowed} [allowed]
 * @returns {Promise<Result>}
 */
async function counting(name, options, play, allowed = NOTHING) {
	const counted = await openCounted(options);
	try {
		const wrong = (await play(counted)) ?? 0;
		const verdict = await counted.end();
		const failures = failuresOf(verdict, allowed);
		if (wrong > 0) failures.push(`${wrong} answered with something else`);
		return { case: name, ...verdict, wrong, failures };
	} finally {
		await counted.close();
	}
}

/**
 * Events one after the other, to the webhook processes by turns.
 *
 * @param {number} count
 * @param {(at: number) => Promise<boolean>} send whether it was answered as expected
 */
async function inTurn(count, send) {
	/** @type {Promise<boolean>[]} */
	const sent = [];
	for (let at = 0; at < count; at++) {
		sent.push(send(at));
		await sleep(PAUSE_MS);
	}
	return (await Promise.all(sent)).filter((right) => !right).length;
}

/**
 * Each trigger in each of its ways to respond.
 *
 * @param {Stage} stage
 * @returns {{ name: string, run: () => Promise<Result> }[]}
 */
const triggerCases = ({ cluster, triggers, events }) =>
	Object.values(triggers)
		.filter((trigger) => trigger !== triggers.regpackForm)
		.flatMap((trigger) =>
			(trigger.responds.length > 0 ? trigger.responds : [undefined]).map((respond) => {
				const name = `${trigger.label}, ${RESPOND[respond ?? 'onReceived']}`;
				const run = async () =>
					await counting(name, { cluster, trigger, respond }, async (counted) => {
						await inTurn(events, async (at) => !!(await counted.send(trigger.next(), at)));
					});
				return { name, run };
			}),
		);

/** @param {Stage} stage */
const replyCases = ({ cluster, triggers: { regpackForm: trigger }, events }) =>
	REPLIES.map(([parameters, expected]) => {
		const name = `${trigger.label}, reply ${parameters.reply}`;
		const options = { cluster, trigger, respond: 'responseNode', after: [formReply(parameters)] };
		const run = async () =>
			await counting(
				name,
				options,
				async (counted) =>
					await inTurn(Math.ceil(events / 2), async (at) => {
						const { delivered } = await counted.send(trigger.next(), at);
						return sameJson(delivered?.text, expected);
					}),
			);
		return { name, run };
	});

/** @typedef {import('../faults/verdict.mjs').DoubledWhy} DoubledWhy */

/**
 * Copies of an event, each of which the proxy may pass on as it likes. Straight at the processes,
 * two of them may run it: n8n's record has no lock, so that of two workers that look at the same
 * moment, both may see nothing; and of a run that is answered at its end, only the processes that
 * took and ran it know (docs/reliability).
 *
 * @type {{ respond: 'lastNode' | 'onReceived', copies: number, isProxied: boolean, doubled: DoubledWhy[] }[]}
 */
const COPIES = [
	{ respond: 'lastNode', copies: 1, isProxied: true, doubled: [] },
	{ respond: 'onReceived', copies: 1, isProxied: true, doubled: [] },
	{ respond: 'onReceived', copies: 10, isProxied: true, doubled: [] },
	{ respond: 'lastNode', copies: 1, isProxied: false, doubled: ['other'] },
	{ respond: 'onReceived', copies: 1, isProxied: false, doubled: ['other'] },
];

/**
 * The same event at all webhook processes at once, and once more at each when it has run.
 *
 * @param {Stage} stage
 */
const duplicateCases = ({ cluster, proxy, triggers: { jofi: trigger }, events }) =>
	COPIES.filter(({ isProxied }) => proxy || !isProxied).map(
		({ respond, copies, isProxied, doubled }) => {
			const [what, where] = [
				copies === 1 ? 'in pairs' : `${2 * copies} copies`,
				isProxied ? 'through the proxy' : 'straight at two processes',
			];
			const name = `The same event ${where}, ${RESPOND[respond]}, ${what}`;
			const bases = isProxied ? [String(proxy)] : undefined;
			const run = async () =>
				await counting(
					name,
					{ cluster, bases, trigger, respond },
					async (counted) => {
						const made = Array.from({ length: Math.ceil(events / copies) }, trigger.next);
						const everywhere = async (
							/** @type {ReturnType<Trigger['next']>} */ event,
							times = 1,
						) =>
							await Promise.all(
								Array.from({ length: times * 2 }, (_, at) => counted.send(event, at)),
							);
						/** @type {Promise<unknown>[]} */
						const sent = [];
						for (const event of made) {
							sent.push(everywhere(event, copies));
							await sleep(PAUSE_MS * copies);
						}
						await Promise.all(sent);
						await counted.settled();
						for (const event of made) await everywhere(event);
					},
					{ lost: [], doubled },
				);
			return { name, run };
		},
	);

/** @param {Stage} stage */
export const calmCases = (stage) => [
	...triggerCases(stage),
	...replyCases(stage),
	...duplicateCases(stage),
];

/** @param {string | undefined} text @param {object} expected */
function sameJson(text, expected) {
	try {
		return JSON.stringify(sorted(JSON.parse(text ?? ''))) === JSON.stringify(sorted(expected));
	} catch {
		return false;
	}
}

/** @param {object} value */
const sorted = (value) => Object.fromEntries(Object.entries(value).sort());
