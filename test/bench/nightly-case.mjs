/**
 * One case of `nightly.mjs`: reads a nightly file, and prints how many items came out, the seconds it took, and the
 * megabytes that were alive at most and at the end, beside what was before. Looking at memory takes time, so a case is
 * about the one or the other.
 */
import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import set from 'lodash/set.js';

import { built } from '../unit/built.mjs';

/** @type {typeof import('../../nodes/InnovativeEducators/resources/nightlyExport/parse.js')} */
const { parse } = built('./InnovativeEducators/resources/nightlyExport/parse.js');
/** @type {typeof import('../../nodes/InnovativeEducators/provider.js')} */
const { innovativeEducators } = built('./InnovativeEducators/provider.js');
/** @type {typeof import('../../nodes/shared/events/filter.js')} */
const { passesFilters } = built('./shared/events/filter.js');
/** @type {typeof import('../../nodes/shared/events/identify.js')} */
const { identify } = built('./shared/events/identify.js');
/** @type {typeof import('../../nodes/shared/events/item.js')} */
const { toItem } = built('./shared/events/item.js');

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const [, , path, format, way, course, what] = process.argv;
const filters = course === '' ? {} : { courses: [course] };
const collectGarbage = /** @type {() => void} */ (globalThis.gc);

/** Bytes that are alive. */
function alive() {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

let highest = 0;

/** Looks at the memory now, in the cases that are about it. */
function sample() {
	if (what === 'memory') highest = Math.max(highest, alive());
}

/** The operation, with a file that n8n has stored. */
async function inPieces() {
	const { size } = statSync(path);
	async function* stored(/** @type {number} */ highWaterMark) {
		let read = 0;
		let pieces = 0;
		for await (const bytes of createReadStream(path, { highWaterMark })) {
			yield bytes;
			read += bytes.length;
			if (pieces++ % 50 === 0 || read === size) sample();
		}
	}
	/** @type {Record<string, unknown>} */
	const parameters = { filters };
	const context = /** @type {import('n8n-workflow').IExecuteFunctions} */ (
		/** @type {unknown} */ ({
			getNode: () => ({ name: 'Innovative Educators' }),
			getNodeParameter: (/** @type {string} */ name, /** @type {number} */ _index, /** @type {unknown} */ other) => parameters[name] ?? other,
			helpers: {
				assertBinaryData: () => ({ id: 'stored', data: '', mimeType: '' }),
				getBinaryStream: async (/** @type {string} */ _id, /** @type {number} */ piece) => stored(piece),
			},
		})
	);
	return /** @type {Payload[]} */ (await parse.run(context, 0, Object.assign(console.error, { partial: console.error })));
}

/** CSV as far as splitting it can read it: fields that are quoted come out wrong. @param {string} text @returns {Payload[]} */
function splitWhole(text) {
	const [header, ...lines] = text.split('\r\n').filter((line) => line !== '');
	const names = header.split(',');
	return lines.map((line) => {
		/** @type {Payload} */
		const payload = {};
		for (const [index, value] of line.split(',').entries()) set(payload, names[index], value || null);
		return payload;
	});
}

/** What one would write without thinking of size. */
async function asWhole() {
	const text = await readFile(path, 'utf8');
	sample();
	/** @type {Payload[]} */
	const payloads = format === 'json' ? JSON.parse(text) : splitWhole(text);
	sample();
	/** @type {Payload[]} */
	const items = [];
	for (const [index, payload] of payloads.entries()) {
		const event = 'courseCompletion';
		if (passesFilters({ event, payload }, innovativeEducators.filters, filters)) {
			items.push(toItem(innovativeEducators, identify(innovativeEducators, { type: event, payload })));
		}
		if (index % 50_000 === 0 || index === payloads.length - 1) sample();
	}
	return items;
}

const before = alive();
const start = performance.now();
const items = way === 'pieces' ? await inPieces() : await asWhole();
const seconds = (performance.now() - start) / 1000;
const [most, end] = [highest, alive()].map((bytes) => (bytes - before) / 1e6);
console.log(JSON.stringify({ items: items.length, seconds, most, end }));
