import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../host/repository.mjs';

const FOLDER = join(REPOSITORY, 'docs', 'images');

/** Of 100. Text stays sharp, and a picture stays below 80 kB. */
const QUALITY = 70;
/** Pixels of a picture for each of the window: sharp on every screen. */
const SCALE = 2;

/** @typedef {{ x: number, y: number, width: number, height: number }} Box in CSS pixels */

/**
 * Takes a picture as WebP, which Playwright's own screenshots cannot be. Not as PNG: the build
 * copies every PNG of the clone into `dist`, and `dist` is published.
 *
 * @param {import('playwright-core').Page} page
 * @param {Box} box what of the window to show
 * @param {string} name
 */
export async function capture(page, box, name) {
	const session = await page.context().newCDPSession(page);
	const { data } = await session.send('Page.captureScreenshot', {
		format: 'webp',
		quality: QUALITY,
		clip: { ...box, scale: SCALE },
	});
	await session.detach();
	const bytes = Buffer.from(data, 'base64');
	mkdirSync(FOLDER, { recursive: true });
	const file = join(FOLDER, `${name}.webp`);
	writeFileSync(file, bytes);
	return { file, bytes: bytes.length };
}
