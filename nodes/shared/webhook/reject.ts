import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** An answer to a caller whose delivery is not accepted. */
export interface Rejection {
	/** 4xx, or 503 when the same delivery may succeed later. */
	status: number;
	/** One plain sentence; it repeats nothing the caller sent. */
	sentence: string;
	/** Value of `WWW-Authenticate`. */
	challenge?: string;
}

/**
 * Answers with the refusal and starts no execution. n8n would overwrite a status that is merely
 * set, so the response is finished here.
 */
export function reject(context: IWebhookFunctions, refusal: Rejection): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(refusal.status);
	if (refusal.challenge) response.setHeader('WWW-Authenticate', refusal.challenge);
	response.json({ message: refusal.sentence });
	return { noWebhookResponse: true };
}
