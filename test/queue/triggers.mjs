import { events as nightly } from '#dist/nodes/InnovativeEducators/events/definitions.js';
import { events as regpack } from '#dist/nodes/Regpack/events/definitions.js';
import { newEvent, SECRET } from '../e2e/jofi.mjs';
import { secretInQuery } from '../e2e/regpack.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';

const PACKAGE = 'n8n-nodes-talent-events';

/** @typedef {import('../host/workflow.mjs').Credential} Credential */
/** @typedef {import('../host/workflow.mjs').WorkflowNode} WorkflowNode */
/**
 * A webhook trigger, and what is delivered to it.
 *
 * @typedef {object} Trigger
 * @property {string} label
 * @property {string} type
 * @property {Record<string, unknown>} parameters
 * @property {Credential[]} credentials
 * @property {string[]} responds the values of Respond; none where it has no Respond
 * @property {string} query of the URL
 * @property {import('../providers/shared/deliver.mjs').Verification} verification
 * @property {string} key an expression for what tells its events apart
 * @property {() => { key: string, event: unknown }} next an event that is sent once
 */

let last = 700_000;

/** @param {readonly { type: string, sample: object }[]} events @param {string} type */
const sampleOf = (events, type) =>
	structuredClone(/** @type {any} */ (events.find((event) => event.type === type)?.sample));

/** @param {string} event of Regpack */
const regpackEvent = (event) => () => {
	const key = String(++last);
	const sample = sampleOf(regpack, event);
	sample.user_info.clogin_id = key;
	return { key, event: sample };
};

/**
 * The webhook triggers of the package, with their credentials in an n8n, and JobAffinity's API,
 * which its trigger asks for details.
 *
 * @param {import('../host/client.mjs').Client} client
 */
export async function openTriggers(client) {
	const jobAffinity = await startJobAffinity();
	// The test delivers by itself.
	jobAffinity.account.onStepChange = undefined;
	const [jofiSecret, jobAffinitySecret] = await Promise.all(
		['jofiWebhookApi', 'jobAffinityWebhookApi'].map(
			async (type) =>
				await client.createCredential({
					name: 'Webhook',
					type,
					data: { method: 'hmac', preset: 'github', secret: SECRET },
				}),
		),
	);
	const login = await client.createCredential({
		name: 'JobAffinity login',
		type: 'jobAffinityApi',
		data: { ...jobAffinity.login, baseUrl: jobAffinity.base },
	});
	const query = await secretInQuery(client);
	const signed = { query: '', verification: { secret: SECRET } };
	const regpackTrigger = {
		type: `${PACKAGE}.regpackTrigger`,
		credentials: [query],
		query: `?token=${SECRET}`,
		verification: {},
		key: '={{ $json.payload.user_info.clogin_id }}',
	};
	/** @satisfies {Record<string, Trigger>} */
	const triggers = {
		jofi: {
			label: 'JOFI Trigger',
			type: `${PACKAGE}.jofiTrigger`,
			parameters: { events: ['test_taker.created'] },
			credentials: [jofiSecret],
			responds: ['onReceived', 'lastNode'],
			...signed,
			key: '={{ String($json.payload.data.object.id) }}',
			next() {
				const event = newEvent();
				return { key: String(event.data.object.id), event };
			},
		},
		jobAffinity: {
			label: 'JobAffinity Trigger',
			type: `${PACKAGE}.jobAffinityTrigger`,
			parameters: { events: ['ProcessStepChange'] },
			credentials: [jobAffinitySecret, login],
			responds: [],
			...signed,
			key: '={{ $json.payload.application._self }}',
			next() {
				const _self = `/restapi/v1/application/${jobAffinity.account.apply().id}`;
				return { key: _self, event: { event: 'ProcessStepChange', application: { _self } } };
			},
		},
		regpack: {
			label: 'Regpack Trigger',
			...regpackTrigger,
			parameters: { events: 'user_registered' },
			responds: ['onReceived', 'lastNode'],
			next: regpackEvent('user_registered'),
		},
		regpackForm: {
			label: 'Regpack Trigger (form)',
			...regpackTrigger,
			parameters: { events: 'form_preprocess_*', formId: '12345' },
			responds: ['responseNode'],
			next: regpackEvent('form_preprocess_*'),
		},
		innovativeEducators: {
			label: 'Innovative Educators Trigger',
			type: `${PACKAGE}.innovativeEducatorsTrigger`,
			parameters: {
				authentication: 'address',
				ipAllowlist: '127.0.0.1, ::1',
				events: ['courseCompletion'],
			},
			credentials: [],
			responds: ['onReceived', 'lastNode'],
			query: '',
			verification: {},
			key: '={{ $json.payload.id }}',
			next() {
				const key = `completion-${++last}`;
				return { key, event: { ...sampleOf(nightly, 'courseCompletion'), id: key } };
			},
		},
	};
	return { triggers, close: jobAffinity.close };
}
