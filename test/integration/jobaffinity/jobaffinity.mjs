import { randomUUID } from 'node:crypto';
import { systemClock } from '#dist/nodes/shared/http/rateLimiter.js';
import { startJobAffinity } from '../../providers/jobaffinity/server.mjs';
import { openReceiver } from '../../unit/providers/receiver.mjs';
import { webhookContext } from '../../unit/webhookContext.mjs';
import { fetchTestEvents, loader, pollingNode, publishNode, runNode } from '../core.mjs';

/** @typedef {import('../../providers/jobaffinity/server.mjs').JobAffinity} JobAffinity */
/** @typedef {import('../../providers/jobaffinity/settings.mjs').Settings} Settings */

/**
 * @typedef {{ mode?: import('../core.mjs').Mode, executionId?: string, retryOf?: string, credentials?: Record<string, Record<string, string>> }} RunOptions
 */

/** What the triggers of JobAffinity need to be tried out against a simulated JobAffinity. */

export const STEP_CHANGED = 'ProcessStepChange';
export const RECEIVED = 'application.received';
export const ENDED = 'application.end_step_reached';
export const CALL_FAILED = 'webhook.call_failed';
export const VERSION_EXPIRING = 'api.version_expiring';

/** Steps of the process of the first two jobs; `NEW` is where an application begins. */
export const NEW = 20;
export const INTERVIEW = 21;
export const OFFER = 22;
export const HIRED = 25;
export const REJECTED = 26;

/** @type {(() => unknown)[]} */
const closing = [];

/**
 * A simulated JobAffinity that ends with the test. Each has a port of its own, so that no test
 * waits for the pace that the nodes keep with a host.
 *
 * @param {Partial<Settings>} [options]
 */
export async function jobAffinityForTest(options) {
	const ja = await startJobAffinity({ rateLimit: Infinity, ...options });
	closing.push(ja.close);
	return ja;
}

const { now, sleep } = systemClock;

/**
 * A clock on which the nodes' pauses take no time: whoever sleeps moves it on. A simulator that is
 * to lag gets it as its `clock`. The end of the test gives the real one back.
 */
export function hurriedClock() {
	let slept = 0;
	systemClock.now = () => now() + slept;
	systemClock.sleep = async (ms) => {
		const until = systemClock.now() + ms;
		// Others that sleep shorter wake first.
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
		slept = Math.max(slept, until - now());
	};
	closing.push(() => Object.assign(systemClock, { now, sleep }));
	return {
		now: () => systemClock.now(),
		/** @param {number} ms */
		pass: (ms) => void (slept += ms),
		/** Milliseconds that were slept, or let pass. */
		get slept() {
			return slept;
		},
	};
}

/** A webhook of the account, at a server that ends with the test. @param {JobAffinity} ja */
export async function webhookOf({ webhooks }) {
	const { url, received, close } = await openReceiver();
	closing.push(close);
	webhooks.configure({ url });
	return {
		/** The bodies that were delivered, in the order in which they came. */
		async delivered() {
			await webhooks.flush();
			return received.map(({ event }) => event);
		},
	};
}

export const endOfTest = async () =>
	void (await Promise.all(closing.splice(0).map((close) => close())));

/** @param {JobAffinity} ja @param {Record<string, string>} [changed] */
export const loginOf = ({ login, base }, changed) => ({
	jobAffinityApi: { ...login, baseUrl: base, ...changed },
});

/**
 * What the vendor's samples show of a delivery.
 *
 * @param {string | number} application an ID or a link
 */
export const deliveryOf = (application, event = STEP_CHANGED) => ({
	event,
	application: {
		_self: typeof application === 'number' ? `/restapi/v1/application/${application}` : application,
	},
});

/** n8n's answer to a failure of a request, without the pause before the next attempt. */
export const AT_ONCE = { headers: { 'retry-after': '0' }, times: Infinity };

/**
 * What stands in the way to a whole outage.
 *
 * @param {JobAffinity} ja
 * @param {number} [status]
 * @param {number} [times]
 */
export const failAll = (ja, status = 500, times = Infinity) =>
	ja.fail({ match: /./, status, ...AT_ONCE, times });

/**
 * A JobAffinity Trigger of a workflow.
 *
 * @param {JobAffinity} ja
 * @param {object} [setting]
 * @param {Record<string, unknown>} [setting.parameters]
 * @param {Record<string, unknown>} [setting.node] its settings, such as Retry On Fail
 * @param {Record<string, Record<string, string>>} [setting.credentials] without any, none is chosen
 * @param {string} [setting.workflowId]
 */
export function triggerOf(
	ja,
	{ parameters = {}, node = {}, credentials = loginOf(ja), workflowId = randomUUID() } = {},
) {
	/** @type {Record<string, unknown>} */
	const all = { authentication: 'none', events: ['*'], ...parameters };
	const setting = {
		credentials,
		workflowId,
		node: {
			id: 'webhook',
			type: 'jobAffinityTrigger',
			parameters: /** @type {any} */ (all),
			...node,
		},
	};
	/** @type {Record<string, any>} */
	let staticData = {};

	const trigger = {
		workflowId,

		/** @param {'trigger' | 'manual'} [mode] */
		async publish(mode = 'trigger') {
			staticData = await publishNode({ ...setting, mode, staticData });
		},

		/** What is kept since publishing. */
		get published() {
			return staticData['node:JobAffinity Trigger'] ?? {};
		},

		/**
		 * @param {Record<string, unknown>} changed from the next publishing on; to be followed by it
		 */
		change(changed) {
			Object.assign(all, changed);
		},

		/** The first phase. @param {unknown} body text is sent as it is */
		async receive(body) {
			const delivery = {
				parameters: all,
				nodeId: `${workflowId}:webhook`,
				body: typeof body === 'string' ? body : JSON.stringify(body),
			};
			const { context, response, log } = webhookContext(delivery);
			const { webhook } = /** @type {import('n8n-workflow').INodeType} */ (
				loader.nodeTypes.jobAffinityTrigger.type
			);
			const result = await webhook?.call(context);
			if (result?.webhookResponse) response.status(200).json(result.webhookResponse);
			return {
				status: response.statusCode,
				answer: response.body,
				items: result?.workflowData?.[0],
				log,
			};
		},

		/**
		 * Both phases, and what the node puts out.
		 *
		 * @param {unknown} body
		 * @param {RunOptions} [options]
		 */
		async run(body, { mode = 'webhook', ...options } = {}) {
			const { items } = await trigger.receive(body);
			if (!items) throw new Error('The delivery started nothing');
			const before = JSON.stringify(staticData);
			const run = await runNode({ ...setting, staticData, ...options, mode, items });
			// The whole column, where something was changed; what another execution stored meanwhile is
			// overwritten.
			if (JSON.stringify(run.staticData) !== before) staticData = run.staticData;
			return run;
		},

		/**
		 * The items of a run, which must not fail.
		 *
		 * @param {unknown} body
		 * @param {RunOptions} [options]
		 * @returns {Promise<any[]>}
		 */
		async deliver(body, options) {
			const { output, error } = await trigger.run(body, options);
			if (error) throw error;
			return output.map(({ json }) => json);
		},
	};
	return trigger;
}

/** The same, published. @param {JobAffinity} ja @param {Parameters<typeof triggerOf>[1]} [setting] */
export async function publishedTriggerOf(ja, setting) {
	const trigger = triggerOf(ja, setting);
	await trigger.publish();
	return trigger;
}

/**
 * A published JobAffinity Polling Trigger.
 *
 * @param {JobAffinity} ja
 * @param {{ events?: string[], parameters?: Record<string, unknown>, workflowId?: string, budgetMs?: number }} [setting]
 */
export const pollingOf = (ja, { events = [STEP_CHANGED], parameters = {}, ...setting } = {}) =>
	pollingNode({
		workflowId: randomUUID(),
		...setting,
		credentials: loginOf(ja),
		node: {
			type: 'jobAffinityPollingTrigger',
			parameters: /** @type {any} */ ({ events, ...parameters }),
		},
	});

/**
 * Fetch Test Event.
 *
 * @param {JobAffinity} ja
 * @param {{ events: string[], parameters?: Record<string, unknown> }} setting
 */
export async function testEvents(ja, { events, parameters }) {
	const { error, ...run } = await fetchTestEvents(
		{ credentials: loginOf(ja) },
		'jobAffinityPollingTrigger',
		{ events, ...parameters },
	);
	if (error) throw error;
	return run;
}

/**
 * The requests that something makes, without the root.
 *
 * @param {JobAffinity} ja
 * @param {() => Promise<unknown>} work
 */
export async function requestsOf({ requests }, work) {
	const before = requests.length;
	await work();
	return requests.slice(before).map(({ path }) => path.replace('/restapi/v1', ''));
}

/** @param {JobAffinity} ja */
export const idsOf = ({ account }) => account.stepChanges.map(({ change_id }) => change_id);

/** @param {{ eventKey: string }[] | null} items */
export const keysOf = (items) => (items ?? []).map(({ eventKey }) => eventKey);

/** The key of a step change. @param {{ applicationId: number, change_id: number }} change */
export const keyOf = ({ applicationId, change_id }) =>
	`jobaffinity:${STEP_CHANGED}:${applicationId}:${change_id}`;

/** The names of the steps that items tell of. @param {any[] | null} items */
export const stepsOf = (items) => (items ?? []).map(({ application }) => application.stage);

/**
 * Generations of the reference and forms of links, of which it is not known which JobAffinity has.
 */
export const EDITIONS = /** @type {const} */ ([
	{ generation: 'new', links: 'relative' },
	{ generation: 'new', links: 'absolute' },
	{ generation: 'old', links: 'relative' },
	{ generation: 'old', links: 'absolute' },
]);
