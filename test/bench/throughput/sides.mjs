import { randomUUID } from 'node:crypto';
import { issueOf } from './gitHub.mjs';
import { templateOf } from '../deliveries.mjs';

/** @typedef {import('./options.mjs').Side} Side */
/** @typedef {import('../../host/workflow.mjs').Credential} Credential */
/** @typedef {import('../../host/workflow.mjs').WorkflowNode} WorkflowNode */
/**
 * @typedef {Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> & { credential?: Credential }} Draft
 */
/** @typedef {Record<'webhook' | 'crypto' | 'gitHub', Credential>} Credentials */

/** Signs all deliveries but GitHub's, which has the secret that n8n registered. */
export const SECRET = `bench-${randomUUID()}`;

const STARTED = { status: 200, text: '{"message":"Workflow was started"}' };
/** n8n's literal answer for a trigger that declares none. */
const UNDECLARED = { status: 200, text: 'firstEntryJson' };
const ACCEPTED = { status: 200, text: '{"message":"Accepted."}' };
const DUPLICATE = { status: 200, text: '{"message":"Received before."}' };
const REFUSED = { status: 401, text: '{"message":"The signature does not match."}' };

/** The path of a JOFI event's test taker, whose id makes each delivery an event of its own. */
const TAKER = 'data.object.id';

/** @param {object} [options] @returns {Draft} */
const webhook = (options = {}) => ({
	name: 'Trigger',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	parameters: { httpMethod: 'POST', path: randomUUID(), responseMode: 'onReceived', options },
});

/** The nodes of each side; all end in one that does nothing. */
const chains = {
	A: () => [webhook()],
	M: () => [
		{
			name: 'Trigger',
			type: 'n8n-nodes-smallest.smallestTrigger',
			typeVersion: 1,
			parameters: {},
		},
	],
	B: (/** @type {Credentials} */ credentials) => [
		{
			name: 'Trigger',
			type: 'n8n-nodes-talent-events.jofiTrigger',
			typeVersion: 2,
			parameters: { events: ['*'] },
			credential: credentials.webhook,
		},
	],
	C: (/** @type {Credentials} */ credentials) => [
		webhook({ rawBody: true }),
		{
			name: 'Crypto',
			type: 'n8n-nodes-base.crypto',
			typeVersion: 2,
			parameters: {
				action: 'hmac',
				type: 'SHA256',
				binaryData: true,
				binaryPropertyName: 'data',
				dataPropertyName: 'hmac',
				encoding: 'hex',
			},
			credential: credentials.crypto,
		},
		{
			name: 'If',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: randomUUID(),
							leftValue: '={{ "sha256=" + $json.hmac }}',
							rightValue: '={{ $json.headers["x-hub-signature-256"] }}',
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			},
		},
		{
			name: 'Remove Duplicates',
			type: 'n8n-nodes-base.removeDuplicates',
			typeVersion: 2,
			parameters: {
				operation: 'removeItemsSeenInPreviousExecutions',
				logic: 'removeItemsWithAlreadySeenKeyValues',
				dedupeValue: `={{ $json.body.${TAKER} }}`,
				// It fails once its history is full.
				options: { historySize: 1_000_000 },
			},
		},
		{
			name: 'Set',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: ['type', TAKER].map((path) => ({
						id: randomUUID(),
						name: path.replace('data.object.', ''),
						value: `={{ $json.body.${path} }}`,
						type: path === TAKER ? 'number' : 'string',
					})),
				},
				options: {},
			},
		},
	],
	D: (/** @type {Credentials} */ credentials) => [
		{
			name: 'Trigger',
			type: 'n8n-nodes-base.githubTrigger',
			typeVersion: 1,
			parameters: {
				authentication: 'accessToken',
				owner: { __rl: true, mode: 'name', value: 'octocat' },
				repository: { __rl: true, mode: 'name', value: 'hello' },
				events: ['issues'],
				options: {},
			},
			credential: credentials.gitHub,
		},
	],
};

export const LABELS = {
	A: "n8n's Webhook",
	M: 'the smallest community trigger',
	B: 'JOFI Trigger',
	C: 'Webhook, Crypto, If, Remove Duplicates, Set',
	D: "n8n's GitHub Trigger",
};

export const SIZES = { small: 3 * 1024, large: 64 * 1024 };
/** @typedef {keyof typeof SIZES} Size */

/** @param {(size: number) => import('../deliveries.mjs').Template} make */
const bothOf = (make) => ({ small: make(SIZES.small), large: make(SIZES.large) });

/**
 * What is delivered to one side.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {Side} side
 * @property {boolean} accepted
 * @property {boolean} forged whether another secret signs
 * @property {import('./load.mjs').Target['events']} events
 * @property {import('./load.mjs').Target['answer']} answer
 * @property {Record<Size, import('../deliveries.mjs').Template>} templates
 * @property {Record<string, string>} headers
 */

const events = bothOf(templateOf);
const plain = /** @type {const} */ ({
	accepted: true,
	forged: false,
	events: 'new',
	answer: STARTED,
	templates: events,
	headers: {},
});

/** @type {Case[]} */
const CASES = [
	{ ...plain, name: 'A', side: 'A' },
	{ ...plain, name: 'M', side: 'M', answer: UNDECLARED },
	{ ...plain, name: 'B', side: 'B', answer: ACCEPTED },
	{ ...plain, name: 'refused', side: 'B', accepted: false, forged: true, answer: REFUSED },
	{
		...plain,
		name: 'duplicate',
		side: 'B',
		accepted: false,
		events: 'repeated',
		answer: DUPLICATE,
	},
	{ ...plain, name: 'C', side: 'C' },
	{
		...plain,
		name: 'D',
		side: 'D',
		answer: UNDECLARED,
		templates: bothOf(issueOf),
		headers: { 'x-github-event': 'issues' },
	},
];

/** @param {readonly Side[]} sides */
export const casesOf = (sides) => CASES.filter(({ side }) => sides.includes(side));

/**
 * A side's workflow, published. Only failed executions are stored, unless all are to be seen.
 *
 * @param {import('../../host/client.mjs').Client} client
 * @param {Side} side
 * @param {Credentials} credentials
 * @param {'all' | 'none'} saved
 */
export async function publishSide(client, side, credentials, saved) {
	const idle = { name: 'Idle', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	/** @type {Draft[]} */
	const chain = [...chains[side](credentials), idle];
	const nodes = chain.map(({ credential, ...node }, at) => ({
		...node,
		id: randomUUID(),
		position: /** @type {[number, number]} */ ([at * 220, 0]),
		...(at === 0 && { webhookId: randomUUID() }),
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	}));
	const connections = Object.fromEntries(
		chain
			.slice(1)
			.map((node, at) => [
				chain[at].name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
	);
	const settings = {
		saveDataSuccessExecution: saved,
		saveDataErrorExecution: 'all',
		saveExecutionProgress: false,
	};
	const workflow = await client.createWorkflow({
		name: LABELS[side],
		nodes,
		connections,
		settings,
	});
	const { Trigger: url } = await client.publish(workflow);
	return { id: workflow.id, url };
}

/**
 * @param {import('../../host/client.mjs').Client} client
 * @param {{ url: string }} gitHub
 * @returns {Promise<Credentials>}
 */
export async function createCredentials(client, { url }) {
	return {
		webhook: await client.createCredential({
			name: 'JOFI webhook',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'github', secret: SECRET },
		}),
		crypto: await client.createCredential({
			name: 'Crypto',
			type: 'crypto',
			data: { hmacSecret: SECRET },
		}),
		gitHub: await client.createCredential({
			name: 'GitHub',
			type: 'githubApi',
			data: { server: url, user: 'octocat', accessToken: 'not-a-real-token' },
		}),
	};
}
