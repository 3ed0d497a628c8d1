import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../host/chromium.mjs';
import { openMailbox } from '../host/mailbox.mjs';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { expectNoSecrets } from '../host/secrets.mjs';
import { deliver, sampleOf } from '../providers/jofi/deliver.mjs';
import { openEditor } from './browser.mjs';

const EXAMPLE = fileURLToPath(
	new URL('../../examples/jofi-assessment-completed-email.json', import.meta.url),
);
const EVENT = 'test_taker.assessment_completed';
const PUBLIC = 'https://n8n.example.org';
const SECRET = 'agreed-with-the-representative';
/** Whose address the user enters to try the flow. */
const USER = 'user@example.org';
/** How often the connection of a credential is tried. */
const MOST_ATTEMPTS = 3;

const executablePath = await ensureChromium(createProgress());

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('the first flow, by mouse and keyboard', () => {
	/** @type {import('../host/n8n.mjs').N8n} */
	let n8n;
	/** @type {import('../host/mailbox.mjs').Mailbox} */
	let mailbox;
	/** @type {import('./browser.mjs').Editor} */
	let editor;
	/** @type {import('playwright-core').Page} */
	let page;
	/** @type {string} as the editor shows it */
	let productionUrl;

	beforeAll(async () => {
		const progress = createProgress();
		mailbox = await openMailbox();
		n8n = await startN8n({
			tarball: await packPackage(progress),
			webhookUrl: `${PUBLIC}/`,
			progress,
			atEnd: (userFolder) => expectNoSecrets(userFolder, [SECRET]),
		});
		await n8n.client.signIn();
		editor = await openEditor(String(executablePath), n8n.base);
		({ page } = editor);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await mailbox?.close();
	});

	/** @param {string} id */
	const byId = (id) => editor.byId(id);

	/** @param {string} name */
	const open = async (name) => {
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await byId('ndv').waitFor();
	};

	const close = async () => {
		await byId('ndv-close-button').click();
		await byId('ndv').waitFor({ state: 'hidden' });
	};

	/** Of the credential that is open. */
	const credential = () => byId('editCredential-modal');

	/**
	 * @param {string} name
	 * @param {string} value
	 */
	const fill = async (name, value) =>
		await credential().locator(`[data-test-id="parameter-input-${name}"] input`).fill(value);

	/** @param {string} name */
	const press = async (name) =>
		await credential().locator(`[data-test-id="parameter-input-${name}"]`).click();

	const saveCredential = () => byId('credential-save-button').click();

	const closeCredential = async () => {
		await page.locator('.el-dialog__headerbtn:visible').last().click();
		await credential().waitFor({ state: 'hidden' });
	};

	/** Saves a new credential: n8n closes its dialog once its test succeeds, as it may at a second try. */
	const connect = async () => {
		// n8n takes over what was typed a moment later.
		await page.waitForTimeout(500);
		await saveCredential();
		for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
			const hidden = credential().waitFor({ state: 'hidden', timeout: 10_000 });
			const failure = await hidden.catch((error) => error);
			if (!failure) return;
			await credential().getByRole('button', { name: 'Retry' }).click();
		}
		await credential().waitFor({ state: 'hidden' });
	};

	const deliverEvent = () =>
		deliver(productionUrl.replace(PUBLIC, n8n.base), sampleOf(EVENT), { secret: SECRET });

	it('the example is imported from its file', async () => {
		await page.goto(`${n8n.base}/workflow/new`);
		await byId('workflow-menu').first().click();
		await page.getByRole('menuitem', { name: 'Import', exact: true }).hover();
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			page.getByRole('menuitem', { name: 'From file', exact: true }).click(),
		]);
		await chooser.setFiles(EXAMPLE);
		await byId('sticky').getByText('Mail the recruiter').waitFor();
		await editor.screenshot('first-1-imported');
	});

	it('Send Email gets its credential, sender and recipient', async () => {
		await open('Send Email');
		await page.getByText('Connect to SMTP').click();
		await fill('host', '127.0.0.1');
		await fill('port', String(mailbox.port));
		await press('secure');
		await press('disableStartTls');
		await connect();
		// Before a field has the focus: n8n's tip about dragging would lie over the switch.
		await byId('toEmail-parameter-input-options-container')
			.getByRole('radio', { name: 'Fixed' })
			.click();
		await byId('parameter-input-toEmail').locator('input').fill(USER);
		await byId('parameter-input-fromEmail').locator('input').fill('hiring@example.org');
		await editor.screenshot('first-2-send-email');
		await close();
	});

	it('Execute workflow mails the sample, before there is a credential for JOFI', async () => {
		await byId('execute-workflow-button').last().click();
		const mail = await mailbox.waitForMessage();
		expect(mail).toMatchObject({
			from: 'hiring@example.org',
			to: [USER],
			subject: 'Linda Sample completed JOFI Thinking Skills, 1 of 3',
		});
		await page.getByText('Workflow executed successfully').first().waitFor();
		await editor.screenshot('first-3-executed');
	});

	it('JOFI Trigger takes a credential before anything is agreed', async () => {
		await open('JOFI Trigger');
		await page.getByText('Connect to JOFI Webhook').click();
		await credential().getByText('You can save this now.').waitFor();
		await saveCredential();
		await page.getByText('Credential successfully created').first().waitFor();
		await editor.screenshot('first-4-credential');
		await closeCredential();
	});

	it('its panel has the steps, the URL and the message', async () => {
		await page.getByText('Three steps to events from JOFI').waitFor();
		await page.getByTitle('Click to display webhook URLs').click();
		await byId('ndv').getByText('Production URL', { exact: true }).first().click();
		const shown = await byId('ndv').getByText(`${PUBLIC}/webhook/`).first().innerText();
		productionUrl = shown.replaceAll(/\s/g, '');
		expect(await byId('parameter-input-setUpMessage').locator('textarea').inputValue()).toContain(
			'[the Production URL, from Webhook URLs above]',
		);
		await editor.screenshot('first-5-trigger');
		await close();
	});

	it('is not published before it could accept anything, and says what is missing', async () => {
		await byId('workflow-open-publish-modal-button').click();
		await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).last().click();
		await page
			.getByText(/Not published: the credential '.*' says Not Agreed Yet/)
			.first()
			.waitFor();
		await editor.screenshot('first-6-not-published');
		await page.keyboard.press('Escape');
		expect((await deliverEvent()).status).not.toBe(200);
	});

	it('with the secret in the credential, it is published, and a signed delivery runs it', async () => {
		await open('JOFI Trigger');
		await byId('credential-edit-button').click();
		await credential().waitFor();
		await press('method');
		await page.getByRole('option', { name: 'Signature' }).click();
		await press('preset');
		await page.getByRole('option', { name: 'GitHub' }).click();
		await fill('secret', SECRET);
		await saveCredential();
		await credential().getByText('Connection tested successfully').waitFor();
		await closeCredential();
		await close();
		await byId('workflow-open-publish-modal-button').click();
		await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).last().click();
		// n8n says so only the first time, and takes what failed for published.
		while ((await deliverEvent()).status !== 200) await page.waitForTimeout(200);
		await editor.screenshot('first-7-published');
		while (mailbox.messages.length < 2) await page.waitForTimeout(100);
		expect(mailbox.messages.at(-1)?.to).toEqual([USER]);
	});

	it('and the run is in Executions', async () => {
		await byId('radio-button-executions').click();
		const list = byId('executions-sidebar');
		await list.getByText('Succeeded in').nth(1).waitFor();
		await editor.screenshot('first-8-executions');
	});
});
