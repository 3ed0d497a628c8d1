import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { receiveDelivery } from '#dist/nodes/shared/webhook/receive.js';
import { processEvents } from '#dist/nodes/shared/events/process.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { applicationIdOf } from '#dist/nodes/JobAffinity/api/stepChanges.js';
import { executeContext, ProcessedRow } from '../unit/executeContext.mjs';

/** @typedef {import('../../nodes/shared/webhook/source.js').WebhookSource} WebhookSource */

/** @type {Record<string, WebhookSource>} */
export const sources = {
	jofi: jofiWebhooks,
	'innovative-educators': innovativeEducatorsWebhooks,
	// Enriching reads the link of a delivery first.
	jobaffinity: { ...jobaffinityWebhooks, enrich: undefined },
	regpack: regpackWebhooks,
};

const N8N_LIMIT = 16 * 1024 * 1024;
const PIECE = 65_536;
const silent = () => {};

/**
 * A request as n8n hands it on: unread, and able to read itself up to n8n's own limit.
 *
 * @param {Buffer} body
 * @param {Record<string, string>} headers
 */
function requestOf(body, headers) {
	/** @type {Buffer[]} */
	const pieces = [];
	for (let at = 0; at < body.length; at += PIECE) pieces.push(body.subarray(at, at + PIECE));
	const stream = Readable.from(pieces, { objectMode: false });
	return Object.assign(stream, {
		method: 'POST',
		url: '/webhook/1',
		headers,
		query: {},
		ip: '203.0.113.7',
		rawBody: /** @type {Buffer | undefined} */ (undefined),
		async readRawBody() {
			const source = headers['content-encoding'] === 'gzip' ? stream.pipe(createGunzip()) : stream;
			/** @type {Buffer[]} */
			const read = [];
			let length = 0;
			for await (const piece of source) {
				length += piece.length;
				if (length > N8N_LIMIT)
					throw Object.assign(new Error('request entity too large'), { status: 413 });
				read.push(piece);
			}
			this.rawBody = Buffer.concat(read);
		},
	});
}

let count = 0;

/**
 * Receives and processes a body, and says how long it took.
 *
 * @param {WebhookSource} source
 * @param {Buffer} body
 * @param {Record<string, string>} [headers]
 */
export async function deliver(source, body, headers = {}) {
	const response = {
		statusCode: 200,
		status: (/** @type {number} */ code) => ((response.statusCode = code), response),
		setHeader: silent,
		json: () => response.end(),
		end: () => response,
		once: silent,
	};
	const node = { id: `node ${++count}`, name: 'Trigger' };
	/** @type {Record<string, unknown>} */
	const parameters = {
		authentication: 'none',
		events: source.dedupe.by === 'content' ? 'status_update' : ['*', 'test_notification'],
		filters: {},
		settings: { skipDuplicates: true },
	};
	const request = requestOf(body, headers);
	const context = {
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ other) =>
			parameters[name] ?? other,
		getRequestObject: () => request,
		getResponseObject: () => response,
		getMode: () => 'webhook',
		getNode: () => node,
		getWorkflow: () => ({ id: 'hostile' }),
		logger: { debug: silent, info: silent, warn: silent, error: silent },
	};
	const start = performance.now();
	const cpu = process.cpuUsage();
	const { workflowData } = await receiveDelivery(/** @type {any} */ (context), source);
	response.end();
	const items = workflowData?.[0] ?? [];
	if (items.length > 0) {
		if (source.provider.name === 'jobaffinity')
			applicationIdOf(/** @type {any} */ (items[0].json.payload));
		const { context: execution } = executeContext({
			row: new ProcessedRow(),
			parameters,
			items: items.map(({ json }) => json),
		});
		await processEvents(execution, source);
	}
	const { user, system } = process.cpuUsage(cpu);
	// On a busy machine it waits, and on an idle one others collect the garbage meanwhile.
	return {
		milliseconds: Math.min(performance.now() - start, (user + system) / 1000),
		status: response.statusCode,
		items: items.length,
	};
}
