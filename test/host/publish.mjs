import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOf } from './workflow.mjs';

/** n8n tries a failing activation five times within 15 s before it says so. */
const PUBLISH_MS = 45_000;
const PAUSE_MS = 40;

/** @typedef {import('./workflow.mjs').Workflow} Workflow */
/**
 * @typedef {{ name: string, path: string, isFullPath?: boolean, restartWebhook?: boolean }} WebhookDescription
 */

/**
 * The calls that connect a workflow to its webhooks.
 *
 * @param {string} base
 * @param {import('./rest.mjs').Rest} rest
 */
export function publishing(base, rest) {
	/**
	 * @param {Workflow} workflow
	 * @returns {Promise<Record<string, string>>} the paths of its webhook nodes, by node name
	 */
	const webhookPaths = async (workflow) => {
		const nodes = workflow.nodes.filter(({ webhookId, disabled }) => webhookId && !disabled);
		const nodeInfos = nodes.map(({ type, typeVersion }) => ({ name: type, version: typeVersion }));
		/** @type {{ name: string, webhooks?: WebhookDescription[] }[]} */
		const types = nodes.length ? await rest('POST', '/node-types', { nodeInfos }) : [];
		/** @type {Record<string, string>} */
		const paths = {};
		for (const node of nodes) {
			const type = types.find(({ name }) => name === node.type || node.type.endsWith(`.${name}`));
			// A restart webhook belongs to a waiting execution, not to the workflow.
			const webhook = type?.webhooks?.find(
				({ name, restartWebhook }) => name === 'default' && !restartWebhook,
			);
			if (webhook) paths[node.name] = webhookPath(node, webhook);
		}
		return paths;
	};

	/**
	 * @param {string} id of a workflow
	 * @returns {Promise<{ status: string, triggers: { errorMessage: string | null }[] }>}
	 */
	const publicationStatus = (id) => rest('GET', `/workflows/${id}/publication-status`);

	return {
		/**
		 * Publishes the newest version and waits until n8n has carried it out and every webhook of it
		 * answers.
		 *
		 * @param {{ id: string }} published
		 * @returns {Promise<Record<string, string>>} the production URLs of its webhook nodes, by node
		 * name
		 * @throws {Error} with the nodes' own messages when publishing fails; n8n takes about 15 s to
		 * give up
		 */
		async publish({ id }) {
			/** @type {Workflow} */
			const workflow = await rest('GET', `/workflows/${id}`);
			await rest('POST', `/workflows/${id}/activate`, { versionId: workflow.versionId });
			await until(`publishing "${workflow.name}"`, async () => {
				const { status, triggers } = await publicationStatus(id);
				// Partial: some triggers work, of a workflow with several.
				if (status !== 'failed' && status !== 'partial') return status === 'published';
				throw new Error(
					`Publishing "${workflow.name}" failed: ${triggers
						.map(({ errorMessage }) => errorMessage)
						.filter(Boolean)
						.join('; ')}`,
				);
			});
			const urls = Object.entries(await webhookPaths(workflow)).map(([name, path]) => [
				name,
				`${base}/webhook/${path}`,
			]);
			for (const [, url] of urls) await until(`${url} to be served`, () => isServed(url));
			return Object.fromEntries(urls);
		},

		/**
		 * Unpublishes and waits until n8n has carried it out.
		 *
		 * @param {{ id: string }} workflow
		 */
		async unpublish({ id }) {
			await rest('POST', `/workflows/${id}/deactivate`, {});
			await until(
				`unpublishing workflow ${id}`,
				async () => (await publicationStatus(id)).status === 'not_published',
			);
		},

		/**
		 * Starts a test run at a trigger. A webhook trigger then takes one request at the returned URL.
		 *
		 * @param {Workflow} workflow
		 * @param {string} nodeName
		 * @param {{ isStep?: boolean }} [options] whether only the trigger runs, as with Execute step
		 * @returns {Promise<{ url?: string, executionId?: string }>} the test URL, or the execution of
		 * a trigger that ran at once
		 */
		async listen(workflow, nodeName, { isStep = false } = {}) {
			nodeOf(workflow, nodeName);
			const { executionId } = await rest('POST', `/workflows/${workflow.id}/run`, {
				...(isStep
					? { destinationNode: { nodeName, mode: 'inclusive' } }
					: { triggerToStartFrom: { name: nodeName } }),
			});
			const path = (await webhookPaths(await rest('GET', `/workflows/${workflow.id}`)))[nodeName];
			return { executionId, url: path && `${base}/webhook-test/${path}` };
		},

		/**
		 * @param {{ id: string }} workflow
		 */
		async stopListening({ id }) {
			await rest('DELETE', `/test-webhook/${id}`);
		},

		/**
		 * @param {Workflow} workflow as n8n returned it
		 * @param {string} nodeName
		 * @param {string} path the path in the node's description, e.g. `jofi`
		 * @returns {string} the production URL
		 */
		webhookUrl: (workflow, nodeName, path) =>
			`${base}/webhook/${nodeOf(workflow, nodeName).webhookId}/${path}`,
	};
}

/**
 * @param {import('./workflow.mjs').WorkflowNode} node
 * @param {WebhookDescription} webhook
 * @returns {string} as n8n builds it; expressions see the parameters that the workflow holds
 */
function webhookPath({ webhookId, parameters }, { path, isFullPath }) {
	const expression = /^=\{\{(.*)\}\}$/s.exec(path)?.[1];
	const own = expression
		? String(new Function('$parameter', `return ${expression}`)(parameters) ?? '')
		: path;
	if (isFullPath) return own || String(webhookId);
	return `${webhookId}/${own}`;
}

/**
 * Asks in a way that can start nothing: to an OPTIONS request with an origin n8n lists the methods
 * that the address takes, and lists only OPTIONS where nothing is registered.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function isServed(url) {
	const response = await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://localhost' } });
	await response.arrayBuffer();
	return /,/.test(response.headers.get('access-control-allow-methods') ?? '');
}

/**
 * @param {string} what
 * @param {() => Promise<boolean>} isSo
 */
async function until(what, isSo) {
	const end = Date.now() + PUBLISH_MS;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error(`Waited ${PUBLISH_MS / 1000} s for ${what}, in vain.`);
		await sleep(PAUSE_MS);
	}
}
