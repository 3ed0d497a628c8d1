import { openReceiver } from '../../unit/providers/receiver.mjs';
import { deliver } from '../../unit/webhookContext.mjs';
import { runNode } from '../core.mjs';
import { keyOf } from './polling.mjs';

/** @typedef {import('./polling.mjs').Jofi} Jofi */

/** The score profile of the simulated account. */
export const scoreProfile = 'JOFI-001-XX';

/** What makes JOFI refuse at once: it asks for a longer wait than a request is repeated for. */
export const BUSY = { status: 503, headers: { 'retry-after': '60' } };

/**
 * A JOFI Trigger with both of its phases: what its first phase hands over is executed by n8n-core.
 *
 * @param {Jofi} jofi
 * @param {object} setting
 * @param {string} setting.workflowId
 * @param {string[]} setting.events
 * @param {string[]} [setting.fetch]
 * @param {Record<string, unknown>} [setting.parameters]
 * @param {Partial<import('n8n-workflow').INode>} [setting.node]
 * @param {'live' | 'test' | 'none'} [setting.key]
 */
export function webhookTrigger(jofi, { workflowId, events, fetch = [], key = 'live', ...setting }) {
	const parameters = /** @type {any} */ ({
		...{ authentication: 'none', events, fetch, scoreProfile },
		...setting.parameters,
	});
	return {
		/**
		 * A delivery, and what becomes of it.
		 *
		 * @param {object} payload
		 * @param {Partial<Parameters<typeof runNode>[0]>} [changes]
		 */
		async receive(payload, changes) {
			const { items } = await deliver({
				...{ workflowId, nodeId: 'trigger', events, parameters },
				body: JSON.stringify(payload),
			});
			if (items.length === 0)
				return { started: false, status: 'none', items: [], error: undefined };
			return await this.execute(items, changes);
		},

		/**
		 * The execution of what was handed over.
		 *
		 * @param {import('n8n-workflow').IDataObject[]} handedOver
		 * @param {Partial<Parameters<typeof runNode>[0]>} [changes]
		 */
		async execute(handedOver, changes) {
			const { output, status, error } = await runNode({
				workflowId,
				mode: 'webhook',
				credentials: key === 'none' ? {} : keyOf(jofi, key),
				node: { type: 'jofiTrigger', parameters, ...setting.node },
				items: handedOver.map((each) => ({ json: /** @type {any} */ (each) })),
				...changes,
			});
			const items = output.map((item) => /** @type {any} */ (item.json));
			return { started: true, status, items, error };
		},

		/** What the first phase hands over. @param {object} payload */
		handedOver: async (payload) =>
			(
				await deliver({
					...{ workflowId, nodeId: 'trigger', events, parameters },
					body: JSON.stringify(payload),
				})
			).items,
	};
}

/**
 * The live webhook of an account, which keeps the bodies that it is sent, in the order they come.
 *
 * @param {Jofi} jofi
 */
export async function bodiesOf({ webhooks }) {
	const { url, received, close } = await openReceiver();
	webhooks.configure({ live: url, verification: { user: 'jofi', password: 'secret' } });
	return {
		/** The bodies since the last time. */
		async taken() {
			await webhooks.flush();
			return received.splice(0).map(({ event }) => event);
		},
		async close() {
			await webhooks.flush();
			close();
		},
	};
}
