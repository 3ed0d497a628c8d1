import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

/** What a sender gets that waits for a reply of the workflow, when there is none. */
export interface Fallback {
	body: IDataObject;
	/** How long the workflow has, in seconds. */
	seconds: number;
}

/** Whether n8n answers what no node replied: a failure, or nothing (200 and no body, measured on 2.41.1). */
const isNoReply = (status: number, chunk: unknown): boolean =>
	status >= 500 || (status === 200 && (chunk === undefined || chunk === null || (chunk as string | Buffer).length === 0));

/**
 * Sees to it that a sender who waits for the workflow's reply gets one it can use, in time: when the
 * workflow fails, ends without a reply or takes too long, the fallback with 200. A reply that comes later
 * goes nowhere. To be called once the delivery is accepted, as refusals must go out as they are.
 */
export function ensureReply(context: IWebhookFunctions, { body, seconds }: Fallback): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	let isOver = false;

	const fallBack = (reason: string): void => {
		context.logger.warn(`No reply to a delivery: ${reason}. It was answered as the trigger says.`, {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
		});
		const text = JSON.stringify(body);
		response.statusCode = 200;
		response.removeHeader('ETag');
		response.setHeader('Content-Type', 'application/json; charset=utf-8');
		response.setHeader('Content-Length', Buffer.byteLength(text));
		end(text);
	};

	response.end = ((...args: unknown[]) => {
		if (isOver) return response;
		isOver = true;
		if (response.headersSent || !isNoReply(response.statusCode, args[0])) return end(...args);
		fallBack(response.statusCode >= 500 ? 'the workflow failed' : 'the workflow ended without one');
		return response;
	}) as typeof response.end;

	void sleep(seconds * 1000).then(() => {
		// A reply that is under way, as that of a file can be, has come in time.
		if (isOver || response.headersSent) return;
		isOver = true;
		fallBack(`the workflow took more than ${seconds} s`);
		// What n8n answers later must not fail on headers that are sent, nor a file wait to be taken.
		response.setHeader = response.setHeaders = () => response;
		response.removeHeader = () => undefined;
		response.write = () => true;
	});
}
