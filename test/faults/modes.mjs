/**
 * A way to have events run, as data: what is set in the workflow, what stands beside it, and what
 * may happen to an event when n8n is killed.
 *
 * @typedef {object} Mode
 * @property {string} name as an option names it
 * @property {string} label
 * @property {Record<string, unknown>} trigger parameters of JOFI Trigger
 * @property {boolean} [polling] whether a JOFI Polling Trigger stands beside
 * @property {Pick<import('../host/workflow.mjs').WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>[]} [after]
 * nodes after the effect
 * @property {Example} [example] published beside
 * @property {number} [settleMs] after so long without another effect, nothing more is expected
 * @property {import('./verdict.mjs').Allowed} allowed
 */

/**
 * @typedef {object} Example one of `examples/`
 * @property {string} name
 * @property {(world: { main: string, others: string[] }) => Record<string, unknown>} settings what
 * its node Settings is to hold, by n8n's address and the IDs of the other modes' workflows
 */

/** @type {Example} */
const RETRY = {
	name: 'retry-crashed-executions',
	settings: ({ main, others }) => ({
		n8n: main,
		leaveOut: others.join(', '),
		// n8n is killed far more often than the example's three attempts are meant for.
		mostAttempts: 20,
	}),
};

/** @type {Mode[]} */
export const MODES = [
	{
		name: 'immediately',
		label: 'Immediately',
		trigger: { settings: { responseMode: 'onReceived' } },
		// It was answered when its execution was stored, and n8n runs no crashed execution again.
		allowed: { lost: ['crashed', 'workerDied', 'databaseAway'], doubled: [] },
	},
	{
		name: 'last-node',
		label: 'When Last Node Finishes',
		trigger: { settings: { responseMode: 'lastNode' } },
		allowed: { lost: [], doubled: ['afterEffect', 'answerLost'] },
	},
	{
		name: 'polling',
		label: 'Immediately, with polling',
		trigger: { settings: { responseMode: 'onReceived' } },
		polling: true,
		settleMs: 10_000,
		// The event was recorded before the crash, so that polling skips it.
		allowed: { lost: ['crashed', 'workerDied', 'databaseAway'], doubled: [] },
	},
	{
		name: 'retry',
		label: 'Immediately, with the retry example',
		trigger: { settings: { responseMode: 'onReceived' } },
		example: RETRY,
		settleMs: 90_000,
		// n8n keeps nothing of what a worker had just taken when it, or the database, went away.
		allowed: { lost: ['workerDied', 'databaseAway'], doubled: ['afterEffect', 'retriedTwice'] },
	},
	{
		name: 'retry-polling',
		label: 'Immediately, with the retry example and polling',
		trigger: { settings: { responseMode: 'onReceived' } },
		polling: true,
		example: RETRY,
		settleMs: 90_000,
		// What a worker had just taken was not recorded yet, so that polling brings it.
		allowed: { lost: [], doubled: ['afterEffect', 'retriedTwice'] },
	},
];
