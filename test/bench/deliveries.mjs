import { receiveDelivery } from '#dist/nodes/shared/webhook/receive.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';

/** @typedef {import('n8n-workflow').IWebhookFunctions} IWebhookFunctions */

const secret = 'not-a-real-secret';
const credential = { method: 'hmac', preset: 'github', secret };
const silent = () => {};

/**
 * The id of the test taker in a template, which each delivery overwrites to be an event of its own.
 */
const ID = 1_000_000_000;
let id = ID;

/**
 * A JOFI assessment_completed event of about `size` bytes: in small ones assigned assessments make
 * up the size, in large ones half of it is keys that the package does not know.
 *
 * @param {number} size
 */
export function templateOf(size) {
	const sample = jofi.events.find(({ type }) => type === 'test_taker.assessment_completed')?.sample;
	if (!sample) throw new Error('JOFI has no test_taker.assessment_completed');
	const { data, ...event } = structuredClone(sample);
	const { object } =
		/** @type {{ object: Record<string, unknown> & { assigned_assessments: object[] } }} */ (data);
	const [open, done] = object.assigned_assessments;
	const taker = { ...object, id: ID, assigned_assessments: [done] };
	/** @type {object[]} */
	const answers = [];
	const text = () =>
		JSON.stringify({
			...event,
			data: { object: { ...taker, ...(answers.length > 0 && { answers }) } },
		});
	const missing = size - text().length;
	const assessments = Math.floor(
		(size > 10_000 ? missing / 2 : missing) / (JSON.stringify(open).length + 1),
	);
	for (let number = 0; number < assessments; number++)
		taker.assigned_assessments.push({ ...open, id: 50_000 + number });
	for (let number = 0, left = size - text().length; size > 10_000 && left > 0; number++) {
		const answer = {
			question: `question-${number}`,
			answer: 'Somewhat agree',
			seconds: number % 60,
			tags: ['a', 'b'],
		};
		answers.push(answer);
		left -= JSON.stringify(answer).length + 1;
	}
	const body = Buffer.from(text());
	return { body, at: body.indexOf(String(ID)) };
}

/** @typedef {ReturnType<typeof templateOf>} Template */

/**
 * Signed deliveries, each of its own event, and what n8n gives to `webhook()` for them.
 *
 * @param {Template} template
 * @param {number} count
 * @param {{ nodeId: string, eventsToRemember?: number }} node
 */
export function deliveriesOf({ body, at }, count, { nodeId, eventsToRemember = 5000 }) {
	/** @type {Record<string, unknown>} */
	const parameters = {
		authentication: 'credential',
		events: ['*'],
		filters: {},
		settings: { eventsToRemember },
	};
	const node = { id: nodeId, name: 'JOFI Trigger' };
	const workflow = { id: 'bench' };
	const logger = { debug: silent, info: silent, warn: silent, error: silent };
	return Array.from({ length: count }, () => {
		const rawBody = Buffer.from(body);
		rawBody.write(String(++id), at);
		const headers = {
			'content-type': 'application/json',
			...signDelivery({ body: rawBody, id: '', timestamp: '' }, presets.github, [secret]),
		};
		const request = { headers, query: {}, ip: '203.0.113.7', rawBody, readRawBody: async () => {} };
		const response = { statusCode: 200, end: () => response, once: silent };
		const context = {
			getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
				parameters[name] ?? other,
			getCredentials: async () => credential,
			getRequestObject: () => request,
			getResponseObject: () => response,
			getMode: () => 'webhook',
			getNode: () => node,
			getWorkflow: () => workflow,
			logger,
		};
		return {
			context: /** @type {IWebhookFunctions} */ (/** @type {unknown} */ (context)),
			response,
		};
	});
}

/**
 * Receives deliveries one after another and answers each.
 *
 * @param {ReturnType<typeof deliveriesOf>} deliveries
 * @returns {Promise<number>} microseconds a delivery
 */
export async function receiveAll(deliveries) {
	let started = 0;
	const start = process.hrtime.bigint();
	for (const { context, response } of deliveries) {
		const { workflowData } = await receiveDelivery(context, jofiWebhooks);
		response.end();
		if (workflowData) started++;
	}
	const took = Number(process.hrtime.bigint() - start) / 1000;
	if (started !== deliveries.length)
		throw new Error(`Only ${started} of ${deliveries.length} deliveries started`);
	return took / deliveries.length;
}
