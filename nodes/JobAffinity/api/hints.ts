import type { IExecuteFunctions } from 'n8n-workflow';

import { JOBAFFINITY_CREDENTIAL, rateLimitWaits, REQUESTS_PER_MINUTE } from './transport';

/** Nobody notices a shorter wait. */
const NOTICEABLE_MS = 5000;

/** Explains in the editor why the node took so long. */
export function addRateLimitHint(context: IExecuteFunctions): void {
	const ms = rateLimitWaits(context);
	if (ms < NOTICEABLE_MS) return;
	const message = `Waited ${Math.round(ms / 1000)} s to stay within JobAffinity's ${REQUESTS_PER_MINUTE} requests per minute.`;
	context.addExecutionHints({ type: 'info', location: 'outputPane', message });
}

/** Says above the output why it has no candidate: it lacks what only the API knows. */
export function addMissingLoginHint(context: IExecuteFunctions): void {
	if (context.getNodeParameter('fetchDetails', 0, true) !== true) return;
	if (context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL]) return;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message:
			'A delivery of JobAffinity holds only a link, so real events have no candidate, job or step yet: choose a JobAffinity API credential in this node, or turn off Fetch Application Details.',
	});
}
