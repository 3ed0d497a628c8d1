/**
 * @typedef {object} WorkflowNode
 * @property {string} id
 * @property {string} name
 * @property {string} type e.g. `n8n-nodes-base.webhook`
 * @property {number} typeVersion
 * @property {[number, number]} position
 * @property {Record<string, unknown>} parameters
 * @property {string} [webhookId] n8n adds one to a webhook node that has none
 * @property {boolean} [disabled]
 * @property {Record<string, { id: string | null, name: string }>} [credentials] by credential type
 */

/**
 * What an exported workflow holds; extra keys are passed on.
 *
 * @typedef {object} WorkflowDraft
 * @property {string} name
 * @property {WorkflowNode[]} nodes
 * @property {Record<string, unknown>} connections
 * @property {Record<string, unknown>} [settings]
 * @property {Record<string, unknown[]>} [pinData] items by node name, which test runs in the editor
 * use
 */

/**
 * @typedef {WorkflowDraft & { id: string, versionId: string }} Workflow a workflow that n8n keeps
 */

/**
 * @typedef {{ id: string, name: string, type: string }} Credential a credential that n8n keeps; its
 * data is not shown
 */

/** The webhook triggers of this package. */
const WEBHOOK_TRIGGER = /^n8n-nodes-talent-events\.(?!.*Polling).*Trigger$/;

/**
 * Nodes as somebody sets them who tries things out: webhook triggers may be published although their
 * address is on this machine, unless they say otherwise.
 *
 * @template {{ type: string, parameters: Record<string, unknown> }} N
 * @param {N[]} nodes
 * @returns {N[]}
 */
export const onThisMachine = (nodes) =>
	nodes.map((node) =>
		WEBHOOK_TRIGGER.test(node.type)
			? {
					...node,
					parameters: {
						...node.parameters,
						settings: {
							allowNonPublicUrl: true,
							.../** @type {object | undefined} */ (node.parameters.settings),
						},
					},
				}
			: node,
	);

/**
 * @template {WorkflowDraft} W
 * @param {W} workflow e.g. an example of this repository, whose credentials are placeholders
 * @param {Credential[]} created
 * @returns {W} the workflow with each placeholder replaced by the created credential of its type
 * @throws {Error} when a type has no created credential
 */
export function withCredentials(workflow, created) {
	/** @param {[type: string, placeholder: { name: string }]} entry */
	const fill = ([type, { name }]) => {
		const credential = created.find((candidate) => candidate.type === type);
		if (!credential)
			throw new Error(
				`The workflow "${workflow.name}" needs a credential of type ${type} (${name}).`,
			);
		return [type, { id: credential.id, name: credential.name }];
	};
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.credentials
				? { ...node, credentials: Object.fromEntries(Object.entries(node.credentials).map(fill)) }
				: node,
		),
	};
}

/**
 * @param {WorkflowDraft} workflow
 * @param {string} nodeName
 * @returns {WorkflowNode}
 * @throws {Error} when there is none of that name
 */
export function nodeOf(workflow, nodeName) {
	const node = workflow.nodes.find(({ name }) => name === nodeName);
	if (node) return node;
	throw new Error(
		`The workflow "${workflow.name}" has no node "${nodeName}", only ${workflow.nodes.map(({ name }) => `"${name}"`).join(', ')}.`,
	);
}
