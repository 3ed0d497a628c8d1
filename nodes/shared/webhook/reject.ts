import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { logThrottled } from './log';

/** Why a delivery is not accepted, thrown by any step of the first phase. */
export class Rejection extends Error {
	/**
	 * @param status 4xx, or 503 when the same delivery may succeed later
	 * @param message one plain sentence for the caller; it repeats nothing that the caller sent
	 * @param challenge value of `WWW-Authenticate`
	 */
	constructor(
		readonly status: number,
		message: string,
		readonly challenge?: string,
	) {
		super(message);
	}
}

/**
 * Logs why a delivery is not accepted. What is not a `Rejection` is a fault, and the delivery may
 * succeed later.
 */
function logged(context: IWebhookFunctions, label: string, error: unknown): Rejection {
	const meta = { workflowId: context.getWorkflow().id, node: context.getNode().name };
	if (error instanceof Rejection) {
		logThrottled(context, 'warn', `${label} delivery refused: ${error.message}`, {
			...meta,
			status: error.status,
		});
		return error;
	}
	const reason = `${label} delivery could not be received:`;
	logThrottled(context, 'error', `${reason} ${error instanceof Error ? error.message : error}`, {
		...meta,
		reason,
	});
	return new Rejection(503, 'The delivery could not be received. Please send it again.');
}

/**
 * Answers that the delivery is not accepted, and starts no execution. n8n would overwrite a status
 * that is merely set, so the response is ended here.
 */
export function reject(
	context: IWebhookFunctions,
	label: string,
	error: unknown,
): IWebhookResponseData {
	const { status, message, challenge } = logged(context, label, error);
	const response = context.getResponseObject();
	response.status(status);
	if (challenge) response.setHeader('WWW-Authenticate', challenge);
	response.json({ message });
	return { noWebhookResponse: true };
}
