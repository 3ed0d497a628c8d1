/**
 * One case of `nightly.mjs`: reads a nightly file and prints the number of items, the seconds, and
 * the megabytes in use at the peak and at the end, beyond those at the start. Measuring memory
 * takes time, so a case measures one of them.
 */
import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import set from 'lodash/set.js';

import { parse } from '#dist/nodes/InnovativeEducators/resources/nightlyExport/parse.js';
import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { passesFilters } from '#dist/nodes/shared/events/filter.js';
import { identify } from '#dist/nodes/shared/events/identify.js';
import { toItem } from '#dist/nodes/shared/events/item.js';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const [, , path, format, way, course, measure] = process.argv;
const filters = course === '' ? {} : { courses: [course] };
const collectGarbage = /** @type {() => void} */ (globalThis.gc);

function usedBytes() {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

let peakBytes = 0;

function sampleMemory() {
	if (measure === 'memory') peakBytes = Math.max(peakBytes, usedBytes());
}

/** Runs the operation on a file that n8n has stored. */
async function readInChunks() {
	const { size } = statSync(path);
	async function* stored(/** @type {number} */ highWaterMark) {
		let read = 0;
		let chunks = 0;
		for await (const bytes of createReadStream(path, { highWaterMark })) {
			yield bytes;
			read += bytes.length;
			if (chunks++ % 50 === 0 || read === size) sampleMemory();
		}
	}
	/** @type {Record<string, unknown>} */
	const parameters = { filters };
	const context = /** @type {import('n8n-workflow').IExecuteFunctions} */ (
		/** @type {unknown} */ ({
			getNode: () => ({ name: 'Innovative Educators' }),
			getTimezone: () => 'UTC',
			getNodeParameter: (
				/** @type {string} */ name,
				/** @type {number} */ _index,
				/** @type {unknown} */ other,
			) => parameters[name] ?? other,
			helpers: {
				assertBinaryData: () => ({ id: 'stored', data: '', mimeType: '' }),
				getBinaryStream: async (/** @type {string} */ _id, /** @type {number} */ chunkBytes) =>
					stored(chunkBytes),
			},
		})
	);
	return /** @type {Payload[]} */ (
		await parse.run(context, 0, Object.assign(console.error, { partial: console.error }))
	);
}

/**
 * Parses CSV by splitting it, which breaks quoted fields.
 *
 * @param {string} text
 * @returns {Payload[]}
 */
function splitWhole(text) {
	const [header, ...lines] = text.split('\r\n').filter((line) => line !== '');
	const names = header.split(',');
	return lines.map((line) => {
		/** @type {Payload} */
		const payload = {};
		for (const [index, value] of line.split(',').entries())
			set(payload, names[index], value || null);
		return payload;
	});
}

/** The obvious way, which ignores the size of the file. */
async function readWhole() {
	const text = await readFile(path, 'utf8');
	sampleMemory();
	/** @type {Payload[]} */
	const payloads = format === 'json' ? JSON.parse(text) : splitWhole(text);
	sampleMemory();
	/** @type {Payload[]} */
	const items = [];
	for (const [index, payload] of payloads.entries()) {
		const event = 'courseCompletion';
		if (passesFilters({ event, payload }, innovativeEducators.filters, filters)) {
			items.push(
				toItem(innovativeEducators, identify(innovativeEducators, { type: event, payload }), {
					source: 'nightlyFile',
					receivedAt: new Date().toISOString(),
					timezone: 'America/New_York',
				}),
			);
		}
		if (index % 50_000 === 0 || index === payloads.length - 1) sampleMemory();
	}
	return items;
}

const before = usedBytes();
const start = performance.now();
const items = way === 'chunks' ? await readInChunks() : await readWhole();
const seconds = (performance.now() - start) / 1000;
const [peak, end] = [peakBytes, usedBytes()].map((bytes) => (bytes - before) / 1e6);
console.log(JSON.stringify({ items: items.length, seconds, peak, end }));
