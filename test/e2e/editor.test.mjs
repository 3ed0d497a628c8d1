import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../host/chromium.mjs';
import { OWNER } from '../host/client.mjs';
import { createProgress } from '../host/progress.mjs';
import { sampleOf } from '../providers/jofi/deliver.mjs';
import { deliver, startWithPackage } from './jofi.mjs';

/** @typedef {import('playwright-core').Page} Page */

const SCREENSHOTS = new URL('../screenshots/', import.meta.url).pathname;
const PUBLIC = 'https://n8n.example.org';

const executablePath = await ensureChromium(createProgress());

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('in the editor', () => {
	/** @type {Awaited<ReturnType<typeof startWithPackage>>} */
	let host;
	/** @type {import('playwright-core').Browser} */
	let browser;
	/** @type {Page} */
	let page;

	beforeAll(async () => {
		mkdirSync(SCREENSHOTS, { recursive: true });
		host = await startWithPackage({ webhookUrl: `${PUBLIC}/` });
		browser = await chromium.launch({
			executablePath,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
		});
		page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
		page.setDefaultTimeout(30_000);
		await page.goto(`${host.n8n.base}/signin`);
		await page.fill('input[type=email], input[name=emailOrLdapLoginId]', OWNER.email);
		await page.fill('input[type=password]', OWNER.password);
		await page.click('button:has-text("Sign in")');
		await page.waitForURL((url) => !url.pathname.includes('signin'));
	});

	afterAll(async () => {
		await browser?.close();
		await host?.n8n.stop();
	});

	/**
	 * JPEG, because the build copies every PNG it finds into `dist`.
	 *
	 * @param {string} name
	 */
	const screenshot = (name) => page.screenshot({ path: `${SCREENSHOTS}${name}.jpg` });

	/** @param {string} id */
	const byId = (id) => page.locator(`[data-test-id="${id}"]`);

	/** @param {'Test URL' | 'Production URL'} kind */
	async function shownUrl(kind) {
		await page.getByText(kind, { exact: true }).click();
		const path = kind === 'Test URL' ? '/webhook-test/' : '/webhook/';
		return (await page.getByText(`${PUBLIC}${path}`).first().innerText()).replaceAll(/\s/g, '');
	}

	it('the trigger is found by its provider and offers its events one by one', async () => {
		await page.goto(`${host.n8n.base}/workflow/new`);
		await page.locator('[data-test-id=canvas-add-button], [data-test-id=node-creator-plus-button]').first().click();
		await page.keyboard.type('jofi');
		await page.getByText('Starts the workflow when a JOFI').waitFor();
		await screenshot('1-found');
		await page.getByText('Starts the workflow when a JOFI').click();
		for (const event of ['any event', 'assessment completed', 'career navigation profile created', 'invitation accepted', 'invitation created', 'test taker created']) {
			await page.getByText(`On ${event}`, { exact: true }).waitFor();
		}
		await screenshot('2-events');
	});

	it('the panel shows the URL for JOFI and the message to its representative', async () => {
		await page.getByText('On assessment completed', { exact: true }).click();
		await byId('ndv').waitFor();
		expect(await byId('parameter-input-events').innerText()).toContain('Assessment Completed');
		await page.getByText('Webhook URLs', { exact: true }).click();
		expect(await shownUrl('Production URL')).toMatch(/^https:\/\/n8n\.example\.org\/webhook\/[\w-]+\/jofi$/);
		const message = await byId('parameter-input-setUpMessage').locator('textarea').inputValue();
		expect(message).toContain('Live webhook URL (HTTPS)');
		expect(await page.getByText('JOFI does not know this workflow yet').isVisible()).toBe(true);
		await screenshot('3-panel');
	});

	it('tells how to have live and test events apart', async () => {
		await page.getByText('When will this node trigger my flow?').click();
		await page.getByText('two workflows with a JOFI Trigger each').waitFor();
		await screenshot('4-help');
		await page.getByText('When will this node trigger my flow?').click();
	});

	it('a test event appears in the output panel', async () => {
		const url = await shownUrl('Test URL');
		await page.locator('button:has-text("Execute step")').last().click();
		await page.getByText('Waiting for an event at the test URL').first().waitFor();
		await screenshot('5-listening');
		const { pathname } = new URL(url);
		expect((await deliver(`${host.n8n.base}${pathname}`, sampleOf('test_taker.assessment_completed'))).status).toBe(200);
		await byId('output-panel').getByText('eventKey').first().waitFor();
		await byId('radio-button-json').last().click();
		await byId('output-panel').getByText('JOFI Thinking Skills').first().waitFor();
		await screenshot('6-output');
	});

	it('publishing says what to do next', async () => {
		await byId('ndv-close-button').click();
		await page.locator('button:has-text("Publish")').first().click();
		await screenshot('7-publish');
		await page.getByRole('dialog').locator('button:has-text("Publish")').last().click();
		await page.getByText('Now send the production URL of the JOFI Trigger').waitFor();
		await page.getByRole('button', { name: 'Got it' }).waitFor();
		await screenshot('8-published');
		await page.getByRole('button', { name: 'Got it' }).click();
	});

	it('the credential names what is weak in it', async () => {
		const { id } = await host.n8n.client.createCredential({
			name: 'Weak',
			type: 'talentEventsWebhookApi',
			data: { method: 'hmac', preset: 'github', secret: 'short' },
		});
		await page.goto(`${host.n8n.base}/home/credentials/${id}`);
		await page.getByText('More details').click();
		await page.getByText('A secret has fewer than 16 characters').first().waitFor();
		await screenshot('9-credential');
	});
});
