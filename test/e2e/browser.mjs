import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { OWNER } from '../host/client.mjs';

const SCREENSHOTS = new URL('../screenshots/', import.meta.url).pathname;

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

/**
 * n8n's editor in a real browser, with its owner signed in.
 *
 * @param {string} executablePath of the browser
 * @param {string} base of n8n
 * @param {import('playwright-core').BrowserContextOptions} [options] of the window
 */
export async function openEditor(executablePath, base, options) {
	mkdirSync(SCREENSHOTS, { recursive: true });
	const browser = await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	const page = await browser.newPage({ viewport: { width: 1500, height: 1000 }, ...options });
	page.setDefaultTimeout(30_000);
	await page.goto(`${base}/signin`);
	await page.fill('input[type=email], input[name=emailOrLdapLoginId]', OWNER.email);
	await page.fill('input[type=password]', OWNER.password);
	await page.click('button:has-text("Sign in")');
	await page.waitForURL((url) => !url.pathname.includes('signin'));

	/** @param {string} id */
	const byId = (id) => page.locator(`[data-test-id="${id}"]`);
	return {
		page,
		byId,
		/**
		 * JPEG, because the build copies every PNG it finds into `dist`.
		 *
		 * @param {string} name
		 */
		screenshot: (name) => page.screenshot({ path: `${SCREENSHOTS}${name}.jpg` }),
		/**
		 * Opens a node of a workflow as its user does.
		 *
		 * @param {string} workflowId
		 * @param {string} node
		 */
		async openNode(workflowId, node) {
			await page.goto(`${base}/workflow/${workflowId}`);
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
			await byId('ndv').waitFor();
		},
		close: () => browser.close(),
	};
}
