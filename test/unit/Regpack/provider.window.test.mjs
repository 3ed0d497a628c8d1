import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { stoppedClock } from '../clock.mjs';
import { executeContext, ProcessedRow } from '../executeContext.mjs';
import { deliver } from '../webhookContext.mjs';

const MINUTE = 60_000;
const WINDOW = 10;

let triggers = 0;

/** A trigger that drops duplicates; both phases run in this process. */
function trigger() {
	const row = new ProcessedRow();
	const workflowId = `windows ${++triggers}`;
	const nodeId = 'trigger';
	let executions = 0;
	const settings = { skipDuplicates: true, duplicateWindowMinutes: WINDOW };
	const body = JSON.stringify({ user_info: { clogin_id: '200001' }, meta_info: {} });
	return {
		row,
		/** Whether a delivery, always the same, comes out of the node. */
		async puts() {
			const { items } = await deliver({
				source: regpackWebhooks,
				events: 'login_success',
				body,
				settings,
				workflowId,
				nodeId,
			});
			const { context } = executeContext({
				row,
				workflowId,
				nodeId,
				id: String(++executions),
				parameters: { settings, responseMode: 'onReceived' },
				items,
			});
			return items.length > 0 && (await processEvents(context, regpackWebhooks))[0].length > 0;
		},
	};
}

/** @type {ReturnType<typeof stoppedClock>} */
let clock;
beforeEach(() => {
	clock = stoppedClock();
});
afterEach(() => clock.goOn());

test.each([
	['within the window', [0, 1, 5, 9.9], [true, false, false, false]],
	['after twice the window', [0, 20, 40], [true, true, true]],
	['in a window that began late', [9.9, 10.1, 19.8, 30.1], [true, false, false, true]],
	[
		'by a repeat that the database alone still knows, which begins no new window',
		[0, 11, 20],
		[true, false, true],
	],
	[
		'by many repeats, none of which makes the time longer',
		[0, 5, 9, 11, 15, 19, 20, 25, 29, 31, 40],
		[true, false, false, false, false, false, true, false, false, false, true],
	],
])('what equals an earlier delivery is dropped or not: %s', async (_, minutes, expected) => {
	const regpackTrigger = trigger();
	let now = 0;
	const got = [];
	for (const minute of minutes) {
		clock.pass((minute - now) * MINUTE);
		now = minute;
		got.push(await regpackTrigger.puts());
	}
	expect(got).toEqual(expected);
});
