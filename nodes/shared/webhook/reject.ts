import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { logThrottled } from './log';

/** Why a delivery is not accepted, thrown by any step of the first phase. */
export class Rejection extends Error {
	/**
	 * @param status 4xx, or 503 when the same delivery may succeed later
	 * @param message one plain sentence for the caller; it repeats nothing that the caller sent
	 * @param headers of the answer, such as `WWW-Authenticate` or `Retry-After`
	 */
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

/** When a sender should try again, in seconds. */
const RETRY_AFTER = 10;

/** Refuses a delivery that may succeed soon. */
export const notNow = (message: string): Rejection =>
	new Rejection(503, message, { 'Retry-After': String(RETRY_AFTER) });

const FAULT = 'The delivery could not be received. Please send it again.';

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
	return notNow(FAULT);
}

/** Why a delivery was refused, as its sender learned it, and the status of the answer. */
export interface Refusal {
	reason: string;
	status: number;
}

/** What an error means to the sender. */
export const refusalOf = (error: unknown): Refusal =>
	error instanceof Rejection
		? { reason: error.message, status: error.status }
		: { reason: FAULT, status: 503 };

/**
 * Answers that the delivery is not accepted, and starts no execution. n8n would overwrite a status
 * that is merely set, so the response is ended here.
 */
export function reject(
	context: IWebhookFunctions,
	label: string,
	error: unknown,
): IWebhookResponseData {
	const { status, message, headers } = logged(context, label, error);
	const response = context.getResponseObject();
	response.status(status);
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	response.json({ message });
	return { noWebhookResponse: true };
}
