import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import core from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { ProcessedRow } from '../unit/executeContext.mjs';

/**
 * n8n's own execution engine (`n8n-core`) with the built package in it: what n8n does in a worker, without
 * its database and server.
 */

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** @typedef {'webhook' | 'manual' | 'retry' | 'trigger'} Mode */
/** @typedef {import('n8n-workflow').INode} INode */

/** Loads the package as n8n does, by its package.json. */
export async function loadPackage() {
	const loader = new core.PackageDirectoryLoader(REPOSITORY);
	await loader.loadAll();
	return loader;
}

/** n8n's table `processed_data`: one row a workflow and node. */
class ProcessedData {
	/** @type {Map<string, ProcessedRow>} */
	rows = new Map();

	/** @param {any} context */
	row({ workflow, node }) {
		const name = `${workflow.id}:${node.id}`;
		const row = this.rows.get(name) ?? new ProcessedRow();
		this.rows.set(name, row);
		return row;
	}

	/**
	 * @param {string[]} items
	 * @param {string} scope
	 * @param {any} context
	 * @param {{ mode: string, maxEntries: number }} options
	 */
	checkProcessedAndRecord(items, scope, context, options) {
		return this.row(context).check(items, scope, options);
	}

	/**
	 * @param {string[]} items
	 * @param {string} _scope
	 * @param {any} context
	 */
	removeProcessed(items, _scope, context) {
		return this.row(context).remove(items);
	}
}

/**
 * Runs a workflow of the given nodes, one after the other, from the items that `webhook()` handed over.
 *
 * @param {object} options
 * @param {Awaited<ReturnType<typeof loadPackage>>} options.loader
 * @param {import('n8n-workflow').INodeExecutionData[]} options.items
 * @param {Record<string, unknown>} [options.parameters] of the trigger
 * @param {Partial<INode>} [options.node] its settings, such as `retryOnFail`
 * @param {Mode} [options.mode]
 * @param {string} [options.workflowId]
 * @param {string} [options.executionId]
 */
export async function runTrigger({ loader, items, parameters = {}, node = {}, mode = 'webhook', workflowId = randomUUID(), executionId = randomUUID() }) {
	/** @type {INode} */
	const trigger = {
		id: 'trigger',
		name: 'JOFI Trigger',
		type: 'jofiTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: /** @type {any} */ ({ authentication: 'none', events: ['*'], ...parameters }),
		...node,
	};
	const workflow = new Workflow({
		id: workflowId,
		nodes: [trigger],
		connections: {},
		active: true,
		nodeTypes: /** @type {any} */ ({
			getByNameAndVersion: (/** @type {string} */ name) => loader.nodeTypes[name].type,
			getByName: (/** @type {string} */ name) => loader.nodeTypes[name].type,
		}),
		settings: { executionOrder: 'v1' },
	});
	const hooks = new core.ExecutionLifecycleHooks(/** @type {any} */ (mode), executionId, /** @type {any} */ ({ id: workflowId, name: 'test', nodes: [trigger], connections: {} }));
	const additionalData = /** @type {any} */ ({
		hooks,
		executionId,
		variables: {},
		webhookBaseUrl: 'http://localhost/webhook',
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		currentNodeExecutionIndex: 0,
		credentialsHelper: {},
	});
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: trigger, data: { main: [items] }, source: null }],
		},
	});
	const run = await new core.WorkflowExecute(additionalData, /** @type {any} */ (mode), data).processRunExecutionData(workflow);
	const { runData, error } = run.data.resultData;
	const last = runData['JOFI Trigger']?.at(-1);
	return { status: run.status, error: error ?? last?.error, output: last?.data?.main[0] ?? [], hints: last?.hints ?? [] };
}

/** Gives the engine a table `processed_data`; a process has one. */
export async function initDeduplication() {
	const processedData = new ProcessedData();
	await core.DataDeduplicationService.init(/** @type {any} */ (processedData));
	return processedData;
}
