import type { IWebhookFunctions } from 'n8n-workflow';

import type { ClaimedKey, Outcome } from '../events/recentKeys';

/** What to do when a delivery is answered, or its sender has gone before. */
export interface ResponseListener {
	/** Called once, with the status that n8n answers. */
	onEnd(status: number): void;
	/** Called when the connection closes before that. `onEnd` may still follow. */
	onAbort(): void;
}

/**
 * Listens to what n8n answers. That is 200 also for a run that starts to wait, whose outcome nobody
 * learns then (measured on n8n 2.41.1). If the caller has gone by then, n8n ends the response all
 * the same, so `end` is what sees every case, except those in queue mode that n8n never ends.
 */
export function onResponse(context: IWebhookFunctions, { onEnd, onAbort }: ResponseListener): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	let isEnded = false;
	response.end = ((...args: unknown[]) => {
		if (!isEnded) {
			isEnded = true;
			onEnd(response.statusCode);
		}
		return end(...args);
	}) as typeof response.end;
	response.once('close', () => {
		if (!isEnded) onAbort();
	});
}

/**
 * Settles claims by the answer to their delivery.
 *
 * @param success what an answer of 2xx means
 */
export const settleByResponse = (
	context: IWebhookFunctions,
	claims: readonly ClaimedKey[],
	success: Outcome,
): void =>
	onResponse(context, {
		onEnd: (status) => claims.forEach((claim) => claim.settle(status < 300 ? success : 'failed')),
		onAbort: () => claims.forEach((claim) => claim.abandon()),
	});
