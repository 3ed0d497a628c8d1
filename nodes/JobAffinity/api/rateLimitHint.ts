import type { IExecuteFunctions } from 'n8n-workflow';

import { rateLimitWaits } from './transport';

/** Shorter waits are no reason to wonder. */
const NOTICEABLE_MS = 5000;

/** Says at the editor why the node took so long. */
export function addRateLimitHint(context: IExecuteFunctions): void {
	const ms = rateLimitWaits(context);
	if (ms < NOTICEABLE_MS) return;
	const message = `Waited ${Math.round(ms / 1000)} s to keep to JobAffinity's 45 requests a minute.`;
	context.addExecutionHints({ type: 'info', location: 'outputPane', message });
}
