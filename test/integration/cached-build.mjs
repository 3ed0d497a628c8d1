/**
 * A program for `host-cache.test.mjs`: builds one folder of a cache, slowly, and prints where it
 * is.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cached } from '../host/cache.mjs';
import { createProgress } from '../host/progress.mjs';

const [root, milliseconds] = process.argv.slice(2);

const folder = await cached({
	root,
	name: 'thing',
	parts: ['pin 1'],
	progress: createProgress({ write: () => true }),
	async build(aside) {
		appendFileSync(join(root, 'builds.log'), 'begun\n');
		writeFileSync(join(aside, 'first'), '1');
		await sleep(Number(milliseconds));
		writeFileSync(join(aside, 'last'), '2');
	},
});
console.log(folder);
