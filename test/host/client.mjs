import { executionCalls } from './executions.mjs';
import { publishing } from './publish.mjs';
import { createRest } from './rest.mjs';
import { secretsOf } from './secrets.mjs';
import { onThisMachine } from './workflow.mjs';

/** @typedef {import('./workflow.mjs').Workflow} Workflow */
/** @typedef {import('./workflow.mjs').WorkflowDraft} WorkflowDraft */
/** @typedef {import('./workflow.mjs').Credential} Credential */
/** @typedef {{ email: string, password: string }} Account */

/**
 * The owner of every n8n that is started here; it listens on loopback only and holds nothing of
 * worth.
 */
export const OWNER = { email: 'owner@example.org', password: 'Talent-events-1' };

/** @typedef {ReturnType<typeof createClient>} Client */

/**
 * A client for what n8n's editor does. Sign in first. Every call rejects with method, path, status
 * and n8n's message.
 *
 * @param {string} base e.g. `http://127.0.0.1:5678`
 */
export function createClient(base) {
	const rest = createRest(base);
	/** @type {string[]} */
	const secrets = [];
	return {
		/** What must stay in the credentials that were made or tested here. */
		secrets,

		/** Any other call, e.g. `rest('GET', '/workflows')`. */
		rest,

		/**
		 * Logs in, or creates the owner of an n8n that has none.
		 *
		 * @param {Account} [account]
		 */
		async signIn({ email, password } = OWNER) {
			try {
				await rest('POST', '/login', { emailOrLdapLoginId: email, password });
			} catch (error) {
				const owner = { email, password, firstName: 'Olivia', lastName: 'Owner' };
				// n8n refuses it where there is an owner; then the password was wrong.
				await rest('POST', '/owner/setup', owner).catch(() => Promise.reject(error));
			}
		},

		/**
		 * A login for any browser: n8n ties it to the browser that logs in only if that one says which
		 * it is.
		 *
		 * @param {Account} [account]
		 * @returns {Promise<string>} the cookie, as n8n sets it
		 */
		async loginCookie({ email, password } = OWNER) {
			const response = await fetch(`${base}/rest/login`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ emailOrLdapLoginId: email, password }),
			});
			const cookies = response.headers.getSetCookie();
			const cookie = cookies.find((value) => value.startsWith('n8n-auth='));
			if (cookie) return cookie;
			throw new Error(`n8n refused the login of ${email} with ${response.status}.`);
		},

		/**
		 * @param {{ name: string, type: string, data: object }} credential
		 * @returns {Promise<Credential>}
		 */
		async createCredential({ name, type, data }) {
			secrets.push(...secretsOf(data));
			const { id } = await rest('POST', '/credentials', { name, type, data });
			return { id, name, type };
		},

		/**
		 * What the editor does after a credential is saved.
		 *
		 * @param {{ id?: string, name: string, type: string, data: object }} credential
		 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
		 */
		testCredential({ id = '', name, type, data }) {
			secrets.push(...secretsOf(data));
			return rest('POST', '/credentials/test', { credentials: { id, name, type, data } });
		},

		/**
		 * @param {WorkflowDraft} workflow
		 * @returns {Promise<Workflow>} with the `webhookId`s that n8n added
		 */
		createWorkflow: ({ name, nodes, connections, settings, pinData }) =>
			rest('POST', '/workflows', {
				name,
				nodes: onThisMachine(nodes),
				connections,
				pinData,
				settings: { executionOrder: 'v1', ...settings },
			}),

		/**
		 * Saves changes; publish again to carry them out.
		 *
		 * @param {Workflow} workflow
		 * @returns {Promise<Workflow>}
		 */
		updateWorkflow: ({ id, name, nodes, connections, settings, versionId }) =>
			rest('PATCH', `/workflows/${id}`, {
				name,
				nodes: onThisMachine(nodes),
				connections,
				settings,
				versionId,
			}),

		/** @param {{ id: string }} workflow unpublish it first: n8n does so too late by itself */
		async deleteWorkflow({ id }) {
			await rest('POST', `/workflows/${id}/archive`, {});
			await rest('DELETE', `/workflows/${id}`);
		},

		/**
		 * @param {{ name: string, version: number }[]} types e.g. `{ name: 'n8n-nodes-base.webhook',
		 * version: 2 }`
		 * @returns {Promise<Record<string, any>[]>} their descriptions as the editor gets them
		 */
		nodeTypes: (types) => rest('POST', '/node-types', { nodeInfos: types }),

		...publishing(base, rest),
		...executionCalls(rest),
	};
}
