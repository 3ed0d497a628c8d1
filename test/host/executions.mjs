import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';

const WAIT_MS = 20_000;
const PAUSE_MS = 50;

/** n8n's words for an execution that goes on. */
const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * @typedef {object} ExecutionSummary
 * @property {string} id
 * @property {string} status `success`, `error`, `crashed`, `canceled`, or one of {@link UNFINISHED}
 * @property {string} mode `webhook`, `trigger` or `manual`
 * @property {string} startedAt ISO 8601
 * @property {string | null} stoppedAt ISO 8601
 */

/**
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status
 * @property {string} mode
 * @property {{ resultData: ResultData }} data
 */

/**
 * @typedef {object} ResultData
 * @property {Record<string, NodeRun[]>} runData by node name; absent nodes did not run
 * @property {string} [lastNodeExecuted]
 * @property {{ message: string, description?: string | null }} [error]
 */

/**
 * @typedef {{ data?: { main: ({ json: Record<string, any> }[] | null)[] }, error?: { message: string } }} NodeRun
 */

/**
 * The calls about executions.
 *
 * @param {import('./rest.mjs').Rest} rest
 */
export function executionCalls(rest) {
	/**
	 * @param {string} workflowId
	 * @param {number} [limit]
	 * @returns {Promise<ExecutionSummary[]>} newest first, at most `limit` (100)
	 */
	const executions = async (workflowId, limit = 100) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await rest('GET', `/executions?limit=${limit}&filter=${filter}`)).results;
	};

	return {
		executions,

		/**
		 * @param {string} id
		 * @returns {Promise<Execution>}
		 */
		async execution(id) {
			const { data, ...summary } = await rest('GET', `/executions/${id}`);
			return { ...summary, data: parse(data) };
		},

		/**
		 * Waits until a workflow has at least `count` finished executions (of one status, if given).
		 *
		 * @param {string} workflowId
		 * @param {{ count?: number, status?: string, timeoutMs?: number }} [options] one, of any
		 * status, within 20,000 ms
		 * @returns {Promise<ExecutionSummary[]>} all that are finished (and of that status), newest
		 * first
		 * @throws {Error} that says what there was instead
		 */
		async waitForExecutions(workflowId, { count = 1, status, timeoutMs = WAIT_MS } = {}) {
			const end = Date.now() + timeoutMs;
			for (;;) {
				const all = await executions(workflowId);
				const finished = all.filter(
					(one) => !UNFINISHED.includes(one.status) && (!status || one.status === status),
				);
				if (finished.length >= count) return finished;
				if (Date.now() > end) {
					const seen = all.map((one) => one.status).join(', ') || 'none';
					throw new Error(
						`Waited ${timeoutMs / 1000} s for ${count} finished ${status ?? ''} execution(s) of workflow ${workflowId}; there were: ${seen}.`,
					);
				}
				await sleep(PAUSE_MS);
			}
		},
	};
}

/**
 * @param {Execution} execution
 * @param {string} nodeName
 * @returns {Record<string, any>[]} the items (their `json`) that the node's last run gave at its
 * first output
 * @throws {Error} when the node did not run; the message lists those that did
 */
export function outputOf({ id, data }, nodeName) {
	const run = data.resultData.runData[nodeName]?.at(-1);
	if (!run)
		throw new Error(
			`In execution ${id} the node "${nodeName}" did not run, only ${Object.keys(data.resultData.runData).join(', ') || 'none'}.`,
		);
	return (run.data?.main[0] ?? []).map(({ json }) => json);
}
