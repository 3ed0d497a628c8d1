/**
 * A case of `hostile.mjs` in a process of its own: receives and processes the body in a file, as
 * the named trigger, and prints the milliseconds it took and the megabytes by which the process
 * grew at most, and how it was answered.
 */
import { existsSync, readFileSync } from 'node:fs';

import { deliver, sources } from './hostile-delivery.mjs';

const STATUS = '/proc/self/status';

/**
 * The most that this process has taken. What Node tells includes what the one that started it held
 * then.
 */
function mostBytes() {
	const [, kilobytes] = existsSync(STATUS)
		? (/^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8')) ?? [])
		: [];
	return Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}

const [, , path, name, headers, warm] = process.argv;
const source = sources[name];
const body = readFileSync(path);
const sample = Buffer.from(JSON.stringify(source.provider.events[0].sample));
for (let round = 0; round < Number(warm); round++) await deliver(source, sample);
/** @type {() => void} */ (globalThis.gc)();
const before = process.memoryUsage.rss();
const result = await deliver(source, body, JSON.parse(headers));
const megabytes = Math.max(0, mostBytes() - before) / 1e6;
console.log(JSON.stringify({ ...result, megabytes }));
