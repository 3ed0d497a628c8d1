import type { IWebhookFunctions } from 'n8n-workflow';

import type { Payload } from './define';
import type { Refusal } from './refuse';

/** What the pipeline reads of an HTTP request. */
export interface DeliveryRequest {
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** The caller's address as n8n knows it; behind a proxy `N8N_PROXY_HOPS` decides which that is. */
	address: string;
}

/** A request whose body n8n has not touched, or has kept in `rawBody`. */
type RawRequest = { rawBody?: Buffer; readRawBody(): Promise<void> };

/** n8n and its databases walk items recursively; a deeper body could not be stored. */
const MAX_DEPTH = 200;

/** The parts of the request that stand before its body. */
export function readRequest(context: IWebhookFunctions): DeliveryRequest {
	const request = context.getRequestObject();
	return {
		headers: request.headers,
		query: request.query as Record<string, unknown>,
		address: request.ip ?? '',
	};
}

/** The body's bytes as they were sent; n8n undoes gzip and deflate first. */
export async function readBody(context: IWebhookFunctions): Promise<Buffer | Refusal> {
	const request = context.getRequestObject() as unknown as RawRequest;
	try {
		if (!request.rawBody) await request.readRawBody();
	} catch (error) {
		context.logger.debug(`Body of a delivery could not be read: ${(error as Error).message}`);
		return (error as { status?: number }).status === 413
			? { status: 413, sentence: 'The body is larger than this n8n accepts.' }
			: { status: 400, sentence: 'The body could not be read.' };
	}
	return request.rawBody ?? Buffer.alloc(0);
}

/** Whether any value lies deeper than `limit` arrays and objects; walks without recursion. */
function isDeeperThan(limit: number, root: object): boolean {
	let level: object[] = [root];
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > limit) return true;
		const next: object[] = [];
		for (const parent of level) {
			for (const value of Object.values(parent)) {
				if (typeof value === 'object' && value !== null) next.push(value);
			}
		}
		level = next;
	}
	return false;
}

/** The JSON object in the bytes. Events are objects; anything else is refused. */
export function parseBody(body: Buffer): { payload: Payload } | Refusal {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
	} catch {
		return { status: 400, sentence: 'The body is not JSON.' };
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		return { status: 400, sentence: 'The body is not a JSON object.' };
	}
	if (isDeeperThan(MAX_DEPTH, parsed)) {
		return { status: 400, sentence: `The body is nested more than ${MAX_DEPTH} levels deep.` };
	}
	return { payload: parsed as Payload };
}
