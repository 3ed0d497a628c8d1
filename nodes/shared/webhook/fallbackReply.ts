import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

/** What a sender that waits for the workflow's reply gets when there is none. */
export interface Fallback {
	body: IDataObject;
	/** How long the workflow has, in seconds. */
	seconds: number;
}

/**
 * Whether n8n's answer is not a node's reply: a failure, or nothing (200 and no body, measured on
 * 2.41.1).
 */
const isNoReply = (status: number, chunk: unknown): boolean =>
	status >= 500 ||
	(status === 200 &&
		(chunk === undefined || chunk === null || (chunk as string | Buffer).length === 0));

/**
 * Makes sure that a sender who waits for the workflow's reply gets a usable one in time. When the
 * workflow fails, ends without a reply or takes too long, it gets the fallback with 200. A later
 * reply goes nowhere. Call it once the delivery is accepted, because rejections must go out as they
 * are.
 */
export function ensureReply(context: IWebhookFunctions, { body, seconds }: Fallback): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	let isAnswered = false;

	const sendFallback = (reason: string): void => {
		context.logger.warn(
			`No reply to a delivery: ${reason}. The sender got the trigger's fallback.`,
			{
				workflowId: context.getWorkflow().id,
				node: context.getNode().name,
			},
		);
		const text = JSON.stringify(body);
		response.statusCode = 200;
		response.removeHeader('ETag');
		response.setHeader('Content-Type', 'application/json; charset=utf-8');
		response.setHeader('Content-Length', Buffer.byteLength(text));
		end(text);
	};

	response.end = ((...args: unknown[]) => {
		if (isAnswered) return response;
		isAnswered = true;
		if (response.headersSent || !isNoReply(response.statusCode, args[0])) return end(...args);
		sendFallback(
			response.statusCode >= 500 ? 'the workflow failed' : 'the workflow ended without one',
		);
		return response;
	}) as typeof response.end;

	void sleep(seconds * 1000).then(() => {
		// A reply that is already being sent, such as a file, is in time.
		if (isAnswered || response.headersSent) return;
		isAnswered = true;
		sendFallback(`the workflow took more than ${seconds} s`);
		// n8n's later answer must not fail because headers were sent, nor must a file wait to be read.
		response.setHeader = response.setHeaders = () => response;
		response.removeHeader = () => undefined;
		response.write = () => true;
	});
}
