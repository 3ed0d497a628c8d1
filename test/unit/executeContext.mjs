import { setImmediate as nextTurn } from 'node:timers/promises';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { PROCESS_ID } from '#dist/nodes/shared/events/recentKeys.js';

/** @typedef {import('n8n-workflow').IExecuteFunctions} IExecuteFunctions */

/**
 * n8n's deduplication record of one node: read, changed and written without a lock, entries beyond
 * `maxEntries` dropped from the oldest (n8n 2.41.1, `deduplication-helper`).
 */
export class ProcessedRow {
	/** @type {string[] | undefined} `undefined` until the first call inserts the row */
	entries = undefined;
	calls = 0;

	/**
	 * @param {string[]} ids
	 * @param {string} scope
	 * @param {{ mode: string, maxEntries: number }} options
	 */
	async check(ids, scope, options) {
		this.calls++;
		const read = this.entries;
		await nextTurn();
		const recorded = new Set(read);
		const fresh = ids.filter((id) => !recorded.has(id));
		await nextTurn();
		this.entries = [...(read ?? []), ...fresh].slice(-options.maxEntries);
		return { new: fresh, processed: ids.filter((id) => recorded.has(id)) };
	}

	/** @param {string[]} ids */
	async remove(ids) {
		const read = this.entries;
		await nextTurn();
		this.entries = read?.filter((entry) => !ids.includes(entry));
	}
}

/**
 * What `execute()` sees of n8n.
 *
 * @typedef {object} Execution
 * @property {ProcessedRow} row
 * @property {string} [id]
 * @property {string} [nodeId]
 * @property {string} [workflowId] default: one for each node
 * @property {string} [mode]
 * @property {string} [retryOf] the execution that this one retries
 * @property {Record<string, unknown>} [parameters]
 * @property {Record<string, unknown>[]} [items]
 * @property {string[]} [hints] that came with the first item
 * @property {string} [message] the key of the signed message that they came in
 * @property {number} [delivery] what identifies it in the process that received it
 * @property {string} [receivedBy] the process that received it; default: this one
 * @property {boolean} [saysItsEnd] whether n8n lets a node know when its execution ends
 * @property {Record<string, object>} [beside] the workflow's other nodes, by name
 */

/** @param {Execution} execution */
export function executeContext({
	row,
	id = '1',
	nodeId = 'node',
	workflowId = `of-${nodeId}`,
	mode = 'webhook',
	retryOf,
	parameters = {},
	items = [],
	hints: sentences = [],
	message,
	delivery,
	receivedBy = PROCESS_ID,
	beside = {},
	saysItsEnd = true,
}) {
	/** @type {unknown[]} */
	const hints = [];
	/** @type {string[]} */
	const warnings = [];
	/** @type {((run: { status: string }) => void)[]} */
	const onEnd = [];
	const context = {
		workflow: { nodes: beside },
		additionalData: {
			hooks: {
				retryOf,
				...(saysItsEnd && {
					addHandler: (/** @type {string} */ name, /** @type {typeof onEnd[number]} */ handler) => {
						if (name === 'workflowExecuteAfter') onEnd.push(handler);
					},
				}),
			},
		},
		logger: { warn: (/** @type {string} */ message) => warnings.push(message) },
		getWorkflow: () => ({ id: workflowId }),
		getNode: () => ({ id: nodeId, name: 'JOFI Trigger', type: 'jofiTrigger' }),
		getExecutionId: () => id,
		getMode: () => mode,
		getTimezone: () => 'America/New_York',
		getInputData: () =>
			items.map((json, index) => ({
				json,
				...(index === 0 && { handover: { hints: sentences, message, delivery, receivedBy } }),
			})),
		getNodeParameter: (
			/** @type {string} */ name,
			/** @type {number} */ _item,
			/** @type {unknown} */ other,
		) => parameters[name] ?? other,
		addExecutionHints: (/** @type {unknown} */ hint) => hints.push(hint),
		helpers: {
			checkProcessedAndRecord: (/** @type {Parameters<ProcessedRow['check']>} */ ...call) =>
				row.check(...call),
			removeProcessed: (/** @type {Parameters<ProcessedRow['remove']>} */ ...call) =>
				row.remove(...call),
		},
	};
	return {
		context: /** @type {IExecuteFunctions} */ (/** @type {unknown} */ (context)),
		hints,
		warnings,
		end: (/** @type {string} */ status) => onEnd.forEach((handler) => handler({ status })),
	};
}

/**
 * A JOFI event as `webhook()` hands it over.
 *
 * @param {string} eventKey
 * @param {object} [more]
 */
export const received = (eventKey, more) => ({
	eventKey,
	provider: 'jofi',
	event: 'invitation.created',
	source: 'webhook',
	receivedAt: '2026-02-03T12:41:36.000Z',
	unprocessed: true,
	payload: jofi.events[0].sample,
	...more,
});
