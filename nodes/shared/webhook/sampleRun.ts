import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
	sleep,
	type IDataObject,
	type IHookFunctions,
	type INodeProperties,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import uniq from 'lodash/uniq';

import { sendOnce } from '../http/request';
import { urlScope } from './publicUrl';
import { headerOf, readRequest } from './request';
import { toSampleRequest } from './showSample';
import { RESULT_HEADER } from './testEvent';
import { isTestRun } from './testRun';

/**
 * A test run of a webhook trigger shows an event at once. n8n starts such a run only by a request to
 * the trigger's test URL, so the trigger sends one to itself. The request holds no event: `execute()`
 * reads or makes up what is shown. It is accepted for a token that is made for this one test run, so
 * that it needs no credential and nobody else can send it.
 */

/** The parameter When Testing. */
export const whenTestingProperty = (label: string): INodeProperties => ({
	displayName: 'When Testing',
	name: 'whenTesting',
	type: 'options',
	noDataExpression: true,
	default: 'sample',
	description: 'What Execute step does in the editor. A published workflow always waits.',
	options: [
		{
			name: 'Show a Sample at Once',
			value: 'sample',
			description:
				"The newest real record if the trigger has a credential for the provider's API, otherwise made-up people",
		},
		{
			name: 'Wait for a Real Delivery',
			value: 'delivery',
			description: `Until something calls the test URL; ${label} calls only the URL that it was given`,
		},
	],
});

/** The header with the token; in production nobody reads it. */
const SAMPLE_HEADER = 'talent-events-sample';

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What this trigger's test run keeps; n8n forgets it when the listening ends. */
interface SampleState {
	/** The SHA-256 digest of the token, in hex. */
	sampleDigest?: string;
}

/** The most digests of used tokens that are remembered; n8n ends the listening with the first use. */
const MAX_USED = 100;
const used = new Set<string>();

/** Whether the token is that of this test run; it then counts no more. */
function redeem(state: SampleState, token: string): boolean {
	const digest = digestOf(token);
	const expected = Buffer.from(state.sampleDigest ?? '');
	const isOwn = expected.length === digest.length && timingSafeEqual(expected, Buffer.from(digest));
	if (!isOwn || used.has(digest)) return false;
	used.add(digest);
	const [oldest] = used;
	if (used.size > MAX_USED) used.delete(oldest);
	return true;
}

/** n8n's default port, unless a request has shown another. */
let localPort = 5678;

/** The newest test run of each workflow whose sample is on its way: a workflow gets one. */
const newest = new Map<string, string>();

/**
 * The answer to the request that this trigger sends to itself in a test run; `undefined` for any
 * other. One with a wrong token starts nothing, and n8n goes on listening.
 */
export function sampleRun(context: IWebhookFunctions): IWebhookResponseData | undefined {
	localPort = context.getRequestObject().socket?.localPort ?? localPort;
	if (!isTestRun(context)) return undefined;
	const token = headerOf(readRequest(context), SAMPLE_HEADER);
	if (token === '') {
		// Somebody was quicker: the test run shows that delivery.
		newest.delete(String(context.getWorkflow().id));
		return undefined;
	}
	const response = context.getResponseObject();
	if (!redeem(context.getWorkflowStaticData('node') as SampleState, token)) {
		response.status(403).json({ message: 'This test run has ended.' });
		return { noWebhookResponse: true };
	}
	response.setHeader(RESULT_HEADER, 'accepted');
	// At once, as nobody waits for the workflow.
	response.status(200).json({ message: 'Accepted.' });
	const productionUrl = context.getNodeWebhookUrl('default') ?? '';
	return {
		noWebhookResponse: true,
		workflowData: [toSampleRequest(productionUrl)],
	};
}

/** How long the editor has to learn that n8n listens; it takes no event before. */
const FIRST_WAIT_MS = 400;
/** How often to try: n8n may take a while to listen. */
const MAX_ROUNDS = 5;
const TIMEOUT_MS = 3_000;

/** The addresses by which n8n may reach itself; a private name or a proxy may keep it from some. */
function ownAddresses(testUrl: string): string[] {
	const { pathname } = new URL(testUrl);
	const local = `http://localhost:${localPort}${pathname}`;
	return uniq(urlScope(new URL(testUrl)) === 'loopback' ? [testUrl, local] : [local, testUrl]);
}

/** What became of the request at one address. */
interface Attempt {
	isAccepted: boolean;
	/** Whether it was an n8n that does not listen: not yet, or no longer. */
	isReached: boolean;
	/** Where it went, and how it ended. */
	result: string;
}

async function send(
	context: IHookFunctions,
	method: 'GET' | 'POST',
	url: string,
	token: string,
): Promise<Attempt> {
	const isRead = method === 'GET';
	const request = {
		method,
		url,
		headers: { [SAMPLE_HEADER]: token },
		...(!isRead && { body: {} }),
		timeout: TIMEOUT_MS,
	};
	const { status, headers, networkCode } = await sendOnce(context, null, request).catch(
		// n8n itself refuses the address.
		({ message }: Error) => ({ status: 0, headers: undefined, networkCode: message }),
	);
	const how = status === 0 ? `failed with ${networkCode}` : `answered ${status}`;
	return {
		isAccepted: headers?.[RESULT_HEADER] === 'accepted',
		isReached: status === 404,
		result: `${new URL(url).origin} ${how}`,
	};
}

async function sendSample(
	context: IHookFunctions,
	testUrl: string,
	method: 'GET' | 'POST',
	token: string,
): Promise<void> {
	const workflowId = String(context.getWorkflow().id);
	newest.set(workflowId, token);
	const attempts: Attempt[] = [];
	try {
		for (let round = 0; round < MAX_ROUNDS; round++) {
			await sleep(FIRST_WAIT_MS * 2 ** round);
			for (const url of ownAddresses(testUrl)) {
				if (newest.get(workflowId) !== token) return;
				const attempt = await send(context, method, url, token);
				if (attempt.isAccepted) return;
				attempts.push(attempt);
			}
		}
		if (attempts.some(({ isReached }) => isReached)) return;
		const results = uniq(attempts.map(({ result }) => result)).join('; ');
		context.logger.warn(
			`${context.getNode().name} has no sample to show, because n8n did not reach its own test URL: ${results}`,
		);
	} finally {
		if (newest.get(workflowId) === token) newest.delete(workflowId);
	}
}

/**
 * Has the test run that begins show a sample, if the user wants it. The request follows later, as
 * n8n does not listen before the hook has returned; if n8n cannot reach itself, it goes on listening.
 */
export function offerSample(context: IHookFunctions): void {
	if (context.getMode() !== 'manual') return;
	if (context.getNodeParameter('whenTesting', 'sample') !== 'sample') return;
	const testUrl = context.getNodeWebhookUrl('default') ?? '';
	if (!URL.canParse(testUrl)) return;
	const { httpMethod } = context.getNodeParameter('settings', {}) as IDataObject;
	const token = randomBytes(32).toString('base64url');
	const state = context.getWorkflowStaticData('node') as SampleState;
	state.sampleDigest = digestOf(token);
	sendSample(context, testUrl, httpMethod === 'GET' ? 'GET' : 'POST', token).catch((error: Error) =>
		context.logger.warn(`The sample could not be sent: ${error.message}`),
	);
}
