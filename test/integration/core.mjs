import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import core from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { ProcessedRow } from '../unit/executeContext.mjs';

/**
 * n8n's own execution engine (`n8n-core`) with the built package in it: what n8n does in a worker,
 * without its database and server.
 */

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** @typedef {'webhook' | 'manual' | 'retry' | 'trigger'} Mode */
/** @typedef {import('n8n-workflow').INode} INode */

/** @typedef {Awaited<ReturnType<typeof loadPackage>>} Loader */

/** Loads the package as n8n does, by its package.json. @param {string} [folder] */
export async function loadPackage(folder = REPOSITORY) {
	const loader = new core.PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

/** The package of this repository. */
export const loader = await loadPackage();

/** n8n's table `processed_data`: one row a workflow and node. */
class ProcessedData {
	/** @type {Map<string, ProcessedRow>} */
	rows = new Map();

	/**
	 * @param {string} scope
	 * @param {any} context
	 */
	row(scope, { workflow, node }) {
		const name = scope === 'workflow' ? workflow.id : `${workflow.id}:${node.id}`;
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
		return this.row(scope, context).check(items, scope, options);
	}

	/**
	 * @param {string[]} items
	 * @param {string} scope
	 * @param {any} context
	 */
	removeProcessed(items, scope, context) {
		return this.row(scope, context).remove(items);
	}
}

/** The table that the engine has: one in a process. */
export const processedData = new ProcessedData();
await core.DataDeduplicationService.init(/** @type {any} */ (processedData));

/**
 * @typedef {Record<string, Record<string, unknown>>} Credentials decrypted data by credential type
 */

/**
 * The types of the credentials that nodes have read, in order.
 *
 * @type {string[]}
 */
export const decrypted = [];

/**
 * What n8n's server does for the engine when a node asks for a credential: decrypt, and add it to
 * requests.
 *
 * @param {Loader} package
 * @param {Credentials} credentials
 */
function credentialsHelper({ credentialTypes }, credentials) {
	const typeOf = (/** @type {string} */ name) => credentialTypes[name].type;
	return {
		getParentTypes: () => [],
		getCredentialsProperties: (/** @type {string} */ name) => typeOf(name).properties,
		isCredentialUsableByNode: () => true,
		async getDecrypted(
			/** @type {unknown} */ _data,
			/** @type {unknown} */ _node,
			/** @type {string} */ name,
		) {
			decrypted.push(name);
			const defaults = typeOf(name).properties.map((property) => [property.name, property.default]);
			return { ...Object.fromEntries(defaults), ...credentials[name] };
		},
		preAuthentication: async () => undefined,
		async authenticate(
			/** @type {any} */ data,
			/** @type {string} */ name,
			/** @type {any} */ request,
		) {
			const { authenticate } = typeOf(name);
			return typeof authenticate === 'function' ? await authenticate(data, request) : request;
		},
	};
}

/**
 * A node: its type as the package names it, parameters and settings.
 *
 * @typedef {Partial<INode> & { type: string }} Draft
 */

/**
 * @typedef {object} Setting where a node is
 * @property {Draft} node
 * @property {Loader} [from] the package that has the node; default: the one of this repository
 * @property {Draft[]} [before] nodes that lead to it, of which the first begins the execution
 * @property {Draft[]} [beside] nodes of the workflow that it has nothing to do with
 * @property {Draft[]} [after] nodes to which it leads
 * @property {string} [destination] the node with which a test run ends
 * @property {Credentials} [credentials]
 * @property {Mode} [mode]
 * @property {string} [workflowId]
 * @property {string} [executionId]
 * @property {string} [retryOf] the execution that this one retries
 * @property {Record<string, unknown>} [staticData] what n8n's database holds of the workflow
 * @property {string} [webhookBaseUrl] where n8n's webhooks are
 */

/** The version that n8n gives a node that is added. @param {any} type */
const newest = ({ description }) => [description.version].flat().at(-1);

/**
 * A workflow of a node and those before it, and what n8n gives the engine with it.
 *
 * @param {Setting} setting
 */
function surroundings(setting) {
	const {
		from = loader,
		before = [],
		beside = [],
		after = [],
		credentials = {},
		mode = 'trigger',
		workflowId = randomUUID(),
		executionId = randomUUID(),
		retryOf,
		staticData,
		webhookBaseUrl = 'http://localhost/webhook',
	} = setting;
	const nodes = [...before, setting.node, ...after, ...beside].map(
		(draft, index) =>
			/** @type {INode} */ ({
				id: index === before.length ? 'trigger' : `node ${index}`,
				name: from.nodeTypes[draft.type].type.description.displayName,
				typeVersion: newest(from.nodeTypes[draft.type].type),
				position: [0, 0],
				parameters: {},
				credentials: Object.fromEntries(
					Object.keys(credentials).map((name) => [name, { id: name, name }]),
				),
				...draft,
			}),
	);
	const node = nodes[before.length];
	const typeOf = (/** @type {string} */ name) => from.nodeTypes[name].type;
	const workflow = new Workflow({
		id: workflowId,
		nodes,
		connections: {
			...Object.fromEntries(
				nodes
					.slice(0, before.length)
					.map(({ name }) => [name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
			),
			...(after.length > 0 && {
				[node.name]: {
					main: [
						nodes
							.slice(before.length + 1, before.length + 1 + after.length)
							.map(({ name }) => ({ node: name, type: /** @type {const} */ ('main'), index: 0 })),
					],
				},
			}),
		},
		active: true,
		nodeTypes: /** @type {any} */ ({ getByNameAndVersion: typeOf, getByName: typeOf }),
		staticData: /** @type {any} */ (structuredClone(staticData)),
		settings: { executionOrder: 'v1' },
	});
	const hooks = new core.ExecutionLifecycleHooks(
		/** @type {any} */ (mode),
		executionId,
		/** @type {any} */ ({ id: workflowId, name: 'test', nodes, connections: {} }),
		retryOf,
	);
	/** @type {any[]} */
	const sent = [];
	hooks.addHandler('sendResponse', (response) => void sent.push(response));
	const additionalData = /** @type {any} */ ({
		hooks,
		executionId,
		variables: {},
		webhookBaseUrl,
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		currentNodeExecutionIndex: 0,
		credentialsHelper: credentialsHelper(from, credentials),
	});
	return { node, first: nodes[0], sent, workflow, additionalData, mode: /** @type {any} */ (mode) };
}

/** @param {Setting} setting @returns {import('n8n-workflow').INodeType} */
const typeOf = ({ from = loader, node }) => /** @type {any} */ (from.nodeTypes[node.type].type);

/**
 * @typedef {Partial<Parameters<typeof runNode>[0]> & { onError?: import('n8n-workflow').OnError }} Changes
 */

/**
 * Executes a node with the given input items, which those before it get if there are any, as n8n
 * does in a worker.
 *
 * @param {Setting & { items?: import('n8n-workflow').INodeExecutionData[] }} setting
 */
export async function runNode({ items = [{ json: {} }], ...setting }) {
	const { node, first, sent, workflow, additionalData, mode } = surroundings(setting);
	const data = createRunExecutionData({
		...(setting.destination && {
			startData: { destinationNode: { nodeName: setting.destination, mode: 'inclusive' } },
		}),
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }],
		},
	});
	const run = await new core.WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	const { runData, error } = run.data.resultData;
	const last = runData[node.name]?.at(-1);
	return {
		status: run.status,
		error: /** @type {any} */ (error ?? last?.error),
		output: last?.data?.main[0] ?? [],
		/** What goes to the error output of On Error: Continue (using error output). */
		failed: last?.data?.main[1] ?? [],
		hints: last?.hints ?? [],
		/** What nodes sent to whoever waits for a reply. */
		sent,
		/**
		 * What n8n stores at the end of the execution; it does so only when it was changed (measured on
		 * 2.41.1).
		 */
		staticData: JSON.parse(JSON.stringify(workflow.staticData)),
	};
}

/**
 * What a node's `execute()` has as `this`, for what n8n's own nodes do with a credential.
 *
 * @param {Setting} setting
 * @returns {import('n8n-workflow').IExecuteFunctions}
 */
export function executeContext(setting) {
	const { node, workflow, additionalData, mode } = surroundings(setting);
	const input = [{ json: {} }];
	const executeData = { node, data: { main: [input] }, source: null };
	const run = createRunExecutionData({});
	return /** @type {any} */ (
		new core.ExecuteContext(
			workflow,
			node,
			additionalData,
			mode,
			run,
			0,
			input,
			{ main: [input] },
			executeData,
			[],
		)
	);
}

const HOUR_MS = 3_600_000;

/**
 * What a poll found, as if n8n's queue had held it for an hour: the head start of deliveries is over.
 *
 * @param {import('n8n-workflow').INodeExecutionData[]} items
 */
const waited = (items) =>
	items.map((item) => {
		const receivedAt = Date.parse(String(item.json.receivedAt)) - HOUR_MS;
		return { ...item, json: { ...item.json, receivedAt: new Date(receivedAt).toISOString() } };
	});

/**
 * A published polling trigger. `poll()` is one scheduled poll, whose items it then executes as n8n
 * does; the node's static data is kept from poll to poll. What n8n's database would hold is
 * `stored`; `restart` goes back to it.
 *
 * @param {Setting & { budgetMs?: number }} setting
 */
export function pollingNode({ budgetMs = 300_000, ...setting }) {
	/**
	 * n8n makes one context when the workflow is published, for all polls from then on (read in
	 * 2.41.1).
	 */
	function activate() {
		const { node, workflow, additionalData } = surroundings(setting);
		const context = /** @type {any} */ (
			new core.PollContext(workflow, node, additionalData, 'trigger', 'activate')
		);
		context.getPollBudgetMs = () => budgetMs;
		return { node, workflow, context };
	}
	let { node, workflow, context } = activate();
	let stored = '{}';
	const polled = async () => (await typeOf(setting).poll?.call(context)) ?? null;
	/** What the execution that this poll starts puts out; `null` when it starts none. */
	async function run() {
		const found = await polled();
		if (found === null) return null;
		stored = JSON.stringify(workflow.staticData);
		const items = waited(found[0]);
		const { output, error } = await runNode({ ...setting, mode: 'trigger', items });
		if (error) throw error;
		return output;
	}
	return {
		polled,
		run,
		/** The JSON of these items. */
		poll: async () => (await run())?.map(({ json }) => /** @type {any} */ (json)) ?? null,
		get stored() {
			return JSON.parse(stored);
		},
		/** The static data of this process, which may be ahead of what is stored. */
		get inMemory() {
			return JSON.parse(JSON.stringify(workflow.staticData));
		},
		/** n8n stores static data at activation, whatever the poll returned (measured on 2.41.1). */
		store() {
			stored = JSON.stringify(workflow.staticData);
		},
		/** @param {any} [staticData] what n8n's database holds */
		restart(staticData = JSON.parse(stored)) {
			({ node, workflow, context } = activate());
			workflow.staticData = staticData;
			stored = JSON.stringify(staticData);
		},
		/** @param {Record<string, unknown>} parameters from now on, as after publishing again */
		change(parameters) {
			node.parameters = /** @type {any} */ (parameters);
			setting = { ...setting, node: { ...setting.node, parameters: node.parameters } };
		},
	};
}

/**
 * Publishes a webhook trigger, as n8n does without its database.
 *
 * @param {Setting} setting
 * @returns {Promise<Record<string, any>>} the static data that n8n stores then
 */
export async function publishNode(setting) {
	const { node, workflow, additionalData, mode } = surroundings(setting);
	additionalData.webhookBaseUrl = 'https://n8n.example/webhook';
	const context = /** @type {any} */ (
		new core.HookContext(workflow, node, additionalData, mode, 'activate')
	);
	const { checkExists, create } = typeOf(setting).webhookMethods?.default ?? {};
	if (!(await checkExists?.call(context))) await create?.call(context);
	return JSON.parse(JSON.stringify(workflow.staticData));
}

/**
 * What a list of a resource locator shows.
 *
 * @param {Setting & { method: string, filter?: string, paginationToken?: string }} setting
 */
export async function searchList({ method, filter, paginationToken, ...setting }) {
	const search = typeOf(setting).methods?.listSearch?.[method];
	return await search?.call(listContext(setting), filter, paginationToken);
}

/**
 * What a list shows of which several can be chosen.
 *
 * @param {Setting & { method: string }} setting
 */
export async function loadChoices({ method, ...setting }) {
	return await typeOf(setting).methods?.loadOptions?.[method].call(listContext(setting));
}

/** @param {Setting} setting @returns {any} what the editor calls a list's method with */
function listContext(setting) {
	const { node, workflow, additionalData } = surroundings(setting);
	additionalData.currentNodeParameters = node.parameters;
	return new core.LoadOptionsContext(workflow, node, additionalData, '');
}

/**
 * Runs the second phase of the JOFI Trigger on the items that `webhook()` handed over.
 *
 * @param {Omit<Setting, 'node'> & { node?: Partial<INode>, items: import('n8n-workflow').INodeExecutionData[], parameters?: Record<string, unknown> }} options
 */
export async function runTrigger({ parameters = {}, node = {}, mode = 'webhook', ...options }) {
	const all = /** @type {any} */ ({ authentication: 'none', events: ['*'], ...parameters });
	return await runNode({
		...options,
		mode,
		node: { type: 'jofiTrigger', parameters: all, ...node },
	});
}

/**
 * Runs an operation of an action node.
 *
 * @param {Omit<Setting, 'node'>} setting
 * @param {string} type of the node
 * @param {string} name as `resource:operation`
 * @param {Record<string, unknown>} [parameters]
 * @param {Changes} [changes] of the setting
 */
export async function runOperation(
	setting,
	type,
	name,
	parameters = {},
	{ onError, ...changes } = {},
) {
	const [resource, operation] = name.split(':');
	const node = {
		type,
		parameters: /** @type {any} */ ({ resource, operation, ...parameters }),
		...(onError && { onError }),
	};
	const { output, ...run } = await runNode({ ...setting, node, ...changes });
	return { ...run, output, json: output.map(({ json }) => /** @type {any} */ (json)) };
}

/**
 * Runs a polling trigger as Fetch Test Event does.
 *
 * @param {Omit<Setting, 'node'>} setting
 * @param {string} type of the node
 * @param {Record<string, unknown>} parameters
 */
export async function fetchTestEvents(setting, type, parameters) {
	const node = { type, parameters: /** @type {any} */ (parameters) };
	const { output, ...run } = await runNode({ mode: 'manual', ...setting, node });
	return { ...run, output, items: output.map(({ json }) => /** @type {any} */ (json)) };
}
