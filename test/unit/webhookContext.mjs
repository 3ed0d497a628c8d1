import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';

import { receiveDelivery } from '#dist/nodes/shared/webhook/receive.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';

/** @typedef {import('n8n-workflow').IWebhookFunctions} IWebhookFunctions */
/** @typedef {import('n8n-workflow').IWebhookResponseData} IWebhookResponseData */

/** @typedef {import('../../nodes/shared/webhook/source.js').WebhookSource} WebhookSource */

/**
 * One HTTP request as n8n hands it to `webhook()`, and the node's settings.
 *
 * @typedef {object} Delivery
 * @property {WebhookSource} [source] JOFI's webhooks by default
 * @property {string} [method]
 * @property {string} [url] from the path on
 * @property {string | Uint8Array} [body] none was sent when it is absent
 * @property {boolean} [isRead] whether n8n has read the body, as it does with JSON, other text and
 * forms
 * @property {Record<string, string | string[]>} [parts] of a multipart form, which n8n has read
 * @property {Record<string, string | string[] | undefined>} [headers]
 * @property {Record<string, unknown>} [query] that of the URL unless said otherwise
 * @property {string} [address]
 * @property {Error} [bodyError] with which reading the body ends
 * @property {Record<string, unknown> | Error} [credential] an error is thrown; absent: deliveries
 * are not verified
 * @property {string} [credentialId]
 * @property {() => void} [onCredentialRead]
 * @property {string | string[]} [events]
 * @property {Record<string, unknown>} [filters]
 * @property {Record<string, unknown>} [settings]
 * @property {Record<string, unknown>} [parameters] that only one provider's trigger has
 * @property {'webhook' | 'manual'} [mode]
 * @property {string} [productionUrl] that of the trigger
 * @property {string} [nodeId] deliveries with the same one, in the same workflow, meet the same
 * memory
 * @property {string} [workflowId]
 * @property {number} [localPort] at which n8n was called
 * @property {object} [staticData] that of the node, as a test run's hooks left it
 */

/** The part of express's response that the node and n8n use. */
class Response extends EventEmitter {
	statusCode = 200;
	ended = false;
	/** @type {unknown} */
	body = undefined;
	/** @type {Record<string, string>} */
	headers = {};

	/** @param {number} code */
	status(code) {
		this.statusCode = code;
		return this;
	}

	/** @param {string} name @param {string} value */
	setHeader(name, value) {
		this.headers[name.toLowerCase()] = value;
	}

	/** @param {unknown} body */
	json(body) {
		this.body = body;
		this.end();
	}

	removeHeader() {}

	/** @param {unknown} [chunk] */
	end(chunk) {
		this.ended = true;
		if (typeof chunk === 'string') this.body = JSON.parse(chunk);
		return this;
	}
}

let nodes = 0;

/** @param {Delivery} delivery */
export function webhookContext(delivery) {
	const { source = jofiWebhooks, method = 'POST', url = '/webhook/1' } = delivery;
	const response = new Response();
	/** @type {{ level: string, message: string, meta: unknown }[]} */
	const log = [];
	/** @param {string} level */
	const write = (level) => (/** @type {string} */ message, /** @type {unknown} */ meta) => {
		log.push({ level, message, meta });
	};
	/** As n8n leaves what is neither JSON nor another text nor a form. */
	const unread = new Readable({
		read() {
			if (delivery.bodyError) return void this.destroy(delivery.bodyError);
			if (delivery.body !== undefined && delivery.body.length > 0)
				this.push(Buffer.from(delivery.body));
			this.push(null);
		},
	});
	const request = Object.assign(unread, {
		method,
		url,
		headers:
			delivery.headers ??
			(delivery.parts ? { 'content-type': 'multipart/form-data; boundary=x' } : {}),
		query: delivery.query ?? Object.fromEntries(new URL(url, 'http://localhost').searchParams),
		ip: delivery.address ?? '203.0.113.7',
		socket: { localPort: delivery.localPort },
		rawBody: /** @type {Buffer | undefined} */ (
			delivery.isRead ? Buffer.from(delivery.body ?? '') : undefined
		),
		body: delivery.parts && { data: delivery.parts, files: {} },
	});
	if (delivery.parts) Object.defineProperty(request, 'readableDidRead', { value: true });
	/** @type {Record<string, unknown>} */
	const parameters = {
		authentication: delivery.credential ? 'credential' : 'none',
		events: delivery.events ?? ['*'],
		filters: delivery.filters ?? {},
		settings: delivery.settings ?? {},
		...delivery.parameters,
	};
	const nodeId = delivery.nodeId ?? `node ${++nodes}`;
	const context = {
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
			parameters[name] ?? other,
		async getCredentials() {
			delivery.onCredentialRead?.();
			if (delivery.credential instanceof Error) throw delivery.credential;
			return delivery.credential;
		},
		getRequestObject: () => request,
		getResponseObject: () => response,
		getMode: () => delivery.mode ?? 'webhook',
		getNodeWebhookUrl: () => delivery.productionUrl ?? 'https://n8n.example/webhook/1/jofi',
		getNode: () => ({
			id: nodeId,
			name: `${source.provider.label} Trigger`,
			credentials: {
				[source.credential.name]: { id: delivery.credentialId ?? 'credential', name: 'Webhook' },
			},
		}),
		getWorkflow: () => ({ id: delivery.workflowId ?? 'workflow' }),
		getWorkflowStaticData: () => delivery.staticData ?? {},
		logger: {
			debug: write('debug'),
			info: write('info'),
			warn: write('warn'),
			error: write('error'),
		},
	};
	return {
		context: /** @type {IWebhookFunctions} */ (/** @type {unknown} */ (context)),
		response,
		log,
	};
}

/**
 * Receives a delivery and leaves the answer open, as n8n does while it stores or runs the
 * execution.
 *
 * @param {Delivery} delivery
 */
export async function receive(delivery) {
	const { context, response, log } = webhookContext(delivery);
	const result = await receiveDelivery(context, delivery.source ?? jofiWebhooks);
	if (result.noWebhookResponse && !response.ended) throw new Error('The caller hangs');
	return {
		/** The item that the execution starts with; none when there is no execution. */
		started: result.workflowData?.[0]?.[0]?.json,
		items: (result.workflowData?.[0] ?? []).map(({ json }) => json),
		/** What identifies the delivery to its execution, if that ends its work. */
		delivery: /** @type {any} */ (result.workflowData?.[0]?.[0])?.handover?.delivery,
		/** For the person who is testing. */
		hints: /** @type {any} */ (result.workflowData?.[0]?.[0])?.handover?.hints ?? [],
		response,
		log,
		/** @param {number} status as n8n answers */
		answer(status) {
			response.status(status).json(result.webhookResponse);
		},
	};
}

/**
 * Receives a delivery and answers it as n8n does when all goes well.
 *
 * @param {Delivery} delivery
 */
export async function deliver(delivery) {
	const received = await receive(delivery);
	if (!received.response.ended) received.answer(200);
	const { started, items, hints, response, log } = received;
	return {
		started,
		items,
		hints,
		log,
		status: response.statusCode,
		body: response.body,
		headers: response.headers,
	};
}
