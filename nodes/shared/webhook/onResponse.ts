import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * Calls back once with the status that n8n answers. That is 200 also for a run that starts to wait,
 * whose outcome nobody learns then (measured on n8n 2.41.1). If the caller has gone by then, n8n
 * ends the response all the same, so `end` is what sees every case.
 */
export function onResponse(context: IWebhookFunctions, callback: (status: number) => void): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	let isEnded = false;
	response.end = ((...args: unknown[]) => {
		if (!isEnded) {
			isEnded = true;
			callback(response.statusCode);
		}
		return end(...args);
	}) as typeof response.end;
}
