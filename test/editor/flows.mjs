/**
 * The flows whose clicks are counted, with the package and with n8n's own Webhook node. All begin at
 * an empty canvas, with a mail server's credential there.
 *
 * @typedef {object} Stage
 * @property {import('../host/n8n.mjs').N8n} n8n
 * @property {import('../host/mailbox.mjs').Mailbox} mailbox
 * @property {import('../e2e/browser.mjs').Editor} editor
 * @property {import('./hand.mjs').Hand} hand
 */

/** @typedef {import('./providers.mjs').Provider} Provider */

const SENDER = 'n8n@example.com';

/** @param {Stage} stage */
async function openNodePanel({ n8n, editor: { page, byId }, hand }) {
	await page.goto(`${n8n.base}/workflow/new`);
	await byId('canvas-add-button').waitFor();
	hand.reset();
	await hand.click(byId('canvas-add-button'));
}

/** @param {Stage} stage */
const execute = ({ editor: { byId }, hand }) => hand.click(byId('node-execute-button').last());

/** @param {Stage} stage */
async function closeNode({ editor: { byId }, hand }) {
	await hand.click(byId('ndv-close-button'));
	await byId('ndv').waitFor({ state: 'hidden' });
}

/** Adds a Send Email node. @param {Stage} stage @param {string} node after which */
async function addMail({ editor: { page }, hand }, node) {
	const place = page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`);
	await hand.click(place.locator('[data-test-id="canvas-handle-plus"]'));
	await hand.add('send email', 'Send Email', 'Send an Email');
}

/** Names the sender, and runs the open node alone on the data of the one before. @param {Stage} stage */
async function sendMail(stage) {
	const { editor, hand, mailbox } = stage;
	await hand.type(editor.byId('parameter-input-fromEmail').locator('input'), SENDER);
	const before = mailbox.messages.length;
	await execute(stage);
	while (mailbox.messages.length === before) await editor.page.waitForTimeout(50);
	return mailbox.messages[before];
}

/** @param {Stage} stage @param {Provider} provider */
async function showSample(stage, { search, items }) {
	await openNodePanel(stage);
	await stage.hand.add(search, ...items);
	await execute(stage);
	await stage.editor.byId('output-panel').getByText('eventKey').first().waitFor();
}

/** @param {Stage} stage */
async function mapSample(stage) {
	const { hand } = stage;
	await hand.drag('person.email', 'toEmail');
	await hand.drag('title', 'subject');
	await hand.drag('occurredOn', 'html');
	return await sendMail(stage);
}

/** To the mail of a test run. @param {Stage} stage @param {Provider} provider */
export async function sampleFlow(stage, provider) {
	await showSample(stage, provider);
	await closeNode(stage);
	await addMail(stage, provider.trigger);
	return await mapSample(stage);
}

/** Publishes the workflow; n8n then says what to do next. @param {Stage} stage */
async function publish({ editor: { page, byId }, hand }) {
	await hand.click(byId('workflow-open-publish-modal-button'));
	await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Publish' }).last());
	await page.getByRole('button', { name: 'Got it' }).waitFor();
}

/**
 * To a published workflow, with what the provider needs copied and the credential filled in.
 *
 * @param {Stage} stage
 * @param {Provider} provider
 */
export async function publishFlow(stage, provider) {
	await showSample(stage, provider);
	const copied = await provider.copy(stage);
	if (!copied.includes('/webhook/')) throw new Error(`What was copied has no URL: ${copied}`);
	await provider.agree(stage);
	await closeNode(stage);
	await addMail(stage, provider.trigger);
	const mail = await mapSample(stage);
	await closeNode(stage);
	await publish(stage);
	return mail;
}

/**
 * With n8n's own Webhook node to the mail of a test run; without a mail where a delivery holds
 * nothing to make one of.
 *
 * @param {Stage} stage
 * @param {Provider} provider
 */
export async function bareSampleFlow(stage, { bare }) {
	const { editor, hand, n8n } = stage;
	const { page, byId } = editor;
	await openNodePanel(stage);
	await hand.add('webhook', 'Webhook');
	await hand.click(byId('parameter-input-httpMethod').locator('input'));
	await hand.click(page.getByRole('option', { name: 'POST', exact: true }));
	await execute(stage);
	const { headers, body } = bare.delivery();
	await page.getByText('Listening for test event').waitFor();
	await hand.program(async () => {
		const url = await page.getByText('/webhook-test/').first().innerText();
		const { pathname } = new URL(url.replaceAll(/\s/g, ''));
		// The editor says so before n8n does it.
		while (!(await fetch(n8n.base + pathname, { method: 'POST', headers, body })).ok)
			await page.waitForTimeout(50);
	});
	await byId('output-panel').getByText('webhookUrl').first().waitFor();
	if (!bare.to) return undefined;
	await closeNode(stage);
	await addMail(stage, 'Webhook');
	await hand.drag(bare.to, 'toEmail');
	for (const field of bare.subject) await hand.drag(field, 'subject');
	await hand.drag(bare.subject[0], 'html');
	return await sendMail(stage);
}

/** The same to a published workflow, unverified, with its URL copied. @param {Stage} stage @param {Provider} provider */
export async function barePublishFlow(stage, provider) {
	const { page, byId } = stage.editor;
	const mail = await bareSampleFlow(stage, provider);
	if (!mail) return undefined;
	await closeNode(stage);
	await stage.hand.open('Webhook');
	await stage.hand.click(byId('ndv').getByText('Production URL', { exact: true }).first());
	await stage.hand.click(byId('ndv').getByText('/webhook/').first());
	await closeNode(stage);
	await stage.hand.click(byId('workflow-open-publish-modal-button'));
	await stage.hand.click(page.getByRole('dialog').getByRole('button', { name: 'Publish' }).last());
	return mail;
}
