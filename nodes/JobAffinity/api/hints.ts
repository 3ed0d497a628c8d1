import type { IExecuteFunctions } from 'n8n-workflow';

import { rateLimitWaits, REQUESTS_PER_MINUTE } from './transport';

/** Nobody notices a shorter wait. */
const NOTICEABLE_MS = 5000;

/** Explains in the editor why the node took so long. */
export function addRateLimitHint(context: IExecuteFunctions): void {
	const ms = rateLimitWaits(context);
	if (ms < NOTICEABLE_MS) return;
	const message = `Waited ${Math.round(ms / 1000)} s to stay within JobAffinity's ${REQUESTS_PER_MINUTE} requests per minute.`;
	context.addExecutionHints({ type: 'info', location: 'outputPane', message });
}
