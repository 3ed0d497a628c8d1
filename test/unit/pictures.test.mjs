import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../docs/images/', import.meta.url);

/** Bytes, so that the README opens fast and the clone stays small. */
const MOST_EACH = 80 * 1024;
const MOST_TOGETHER = 500 * 1024;

const names = ['executions', 'flow', 'output', 'trigger'].flatMap((name) => [
	`${name}.dark.webp`,
	`${name}.light.webp`,
]);
const read = (/** @type {string} */ name) => readFileSync(new URL(name, folder));

test('each picture is there in light and in dark, and nothing else is', () => {
	expect(readdirSync(folder).sort()).toEqual(names);
});

// The build copies every PNG of the clone into dist, which is published.
test.each(names)('%s is WebP', (name) => {
	const bytes = read(name);
	expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
	expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
	expect(bytes.toString('latin1', 8, 12)).toBe('WEBP');
});

test('they are small', () => {
	const sizes = names.map((name) => read(name).length);
	sizes.forEach((size) => expect(size).toBeLessThanOrEqual(MOST_EACH));
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_TOGETHER);
});
