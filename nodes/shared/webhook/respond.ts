import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

/**
 * n8n's `responseData` for either acknowledgement, evaluated by n8n before `webhook()` runs.
 * Immediately: empty, so that the answer is what `webhook()` returns. When Last Node Finishes:
 * `noData`, because otherwise a workflow that rightly ends with no item would answer 500 and the
 * provider would repeat a run that succeeded (both measured on n8n 2.41.1).
 */
export const RESPONSE_DATA = '={{$parameter["responseMode"]==="onReceived"?"":"noData"}}';

/** When the caller is told that its delivery was taken: n8n's response modes, as they are offered. */
const acknowledgements = {
	onReceived: {
		name: 'Immediately',
		description: 'Answer 200 as soon as n8n has stored the execution, whatever becomes of it',
	},
	lastNode: {
		name: 'When Last Node Finishes',
		description:
			'Answer 200 only if the workflow succeeds and 500 if it fails, so that a sender that repeats failed deliveries runs it again. A run that n8n puts on hold, as with a Wait node, is answered 200 when it begins to wait.',
	},
};

/**
 * The parameter Respond. `deadline` says, without a full stop, how long the provider waits;
 * `replyingNode` is the node that replies, for events whose sender waits for a reply.
 */
export function respondProperty(deadline: string, replyingNode?: string): INodeProperties {
	const offered = Object.entries(acknowledgements).map(([value, texts]) => ({ value, ...texts }));
	const replying = {
		value: 'responseNode',
		name: `Using ${replyingNode} Node`,
		description: `Answer what a ${replyingNode} node of the workflow replies`,
	};
	return {
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		default: 'onReceived',
		description: `When to tell the sender that its delivery was taken. ${deadline}.`,
		options: replyingNode === undefined ? offered : [...offered, replying],
	};
}

/**
 * Calls back once with the status that n8n answers, which is 200 for a run that begins to wait as well:
 * nobody learns then what becomes of it (measured on n8n 2.41.1). Also when the caller has gone by then: n8n
 * finishes the response all the same, and only `end` sees both cases.
 */
export function onResponse(context: IWebhookFunctions, callback: (status: number) => void): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	let told = false;
	response.end = ((...args: unknown[]) => {
		if (!told) {
			told = true;
			callback(response.statusCode);
		}
		return end(...args);
	}) as typeof response.end;
}
