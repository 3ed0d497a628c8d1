import { setTimeout as sleep } from 'node:timers/promises';

const PAGE = 100;
/** n8n's words for executions that did not end as they should, and for those that go on. */
export const FAILED = ['crashed', 'error'];
const UNFINISHED = ['new', 'running'];

/**
 * @param {import('../host/client.mjs').Client} client
 * @param {string} workflowId
 * @param {string[]} status
 * @returns {Promise<string[]>} their ids
 */
async function idsOf({ rest }, workflowId, status) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
	/** @type {string[]} */
	const ids = [];
	for (let cursor = ''; ; ) {
		const { results, nextCursor } = await rest(
			'GET',
			`/executions?limit=${PAGE}&filter=${filter}${cursor && `&cursor=${cursor}`}`,
		);
		ids.push(...results.map((/** @type {{ id: string }} */ { id }) => id));
		if (!nextCursor) return ids;
		cursor = encodeURIComponent(nextCursor);
	}
}

/**
 * @typedef {object} EndedExecution
 * @property {string} id
 * @property {string} summary what became of it, in n8n's words
 * @property {string} text what n8n keeps of it
 */

/**
 * The executions of a workflow that ended.
 *
 * @param {import('../host/client.mjs').Client} client
 * @param {string} workflowId
 * @param {string[]} status how, in n8n's words
 * @returns {Promise<EndedExecution[]>}
 */
export async function endedExecutions(client, workflowId, status) {
	/** @type {EndedExecution[]} */
	const ended = [];
	for (const id of await idsOf(client, workflowId, status)) {
		const execution = await client.rest('GET', `/executions/${id}`);
		const { mode, startedAt, stoppedAt, retryOf, retrySuccessId, data } = execution;
		const retries = `retry of ${retryOf ?? 'none'}, retried well by ${retrySuccessId ?? 'none'}`;
		ended.push({
			id,
			summary: `${id}: ${mode} ${execution.status}, ${startedAt ?? 'never started'} to ${stoppedAt ?? 'now'}, ${retries}`,
			text: data,
		});
	}
	return ended;
}

/**
 * Waits until nothing of a workflow runs any more.
 *
 * @param {import('../host/client.mjs').Client} client
 * @param {string} workflowId
 * @param {number} ms at most
 * @returns {Promise<number>} how many executions go on all the same
 */
export async function untilSettled(client, workflowId, ms) {
	const end = Date.now() + ms;
	for (;;) {
		const { length } = await idsOf(client, workflowId, UNFINISHED);
		if (length === 0 || Date.now() > end) return length;
		await sleep(250);
	}
}
