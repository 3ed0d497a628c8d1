import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../host/chromium.mjs';
import { openMailbox } from '../host/mailbox.mjs';
import { createProgress } from '../host/progress.mjs';
import { TRIGGERS } from '../docs/pins.mjs';
import { openEditor } from './browser.mjs';
import { startWithPackage } from './jofi.mjs';

const folder = new URL('../../examples/', import.meta.url);

/**
 * What each example does with its pinned samples, before any of the provider's credentials exists:
 * the mails' subjects, or the last node.
 *
 * @type {Record<string, { subjects: string[], last: string }>}
 */
const RUNS = {
	'any-completion-email': {
		subjects: ['Linda Sample completed JOFI Thinking Skills, 1 of 3'],
		last: 'Send Email',
	},
	'innovative-educators-completion-email-by-course': {
		subjects: ['Release the registration hold of 000123456'],
		last: 'Mail the registrar',
	},
	'innovative-educators-webhook-with-api-backstop': {
		subjects: ['Ada Learner completed New Student Orientation'],
		last: 'Send Email',
	},
	'innovative-educators-webhook-with-nightly-file': {
		subjects: ['Ada Learner completed New Student Orientation'],
		last: 'Send Email',
	},
	'jobaffinity-alert-failed-webhook-calls': {
		subjects: [
			'JobAffinity could not deliver to a webhook',
			'The JobAffinity API version in use ends or has a successor',
		],
		last: 'Send Email',
	},
	'jobaffinity-step-change-email-with-cv': {
		subjects: ['Lea Noir moved to Interview for Warehouse Lead'],
		last: 'Send Email',
	},
	'jobaffinity-webhook-with-polling-backstop': {
		subjects: ['Lea Noir moved to Interview for Warehouse Lead'],
		last: 'Send Email',
	},
	'jofi-assessment-completed-email': {
		subjects: ['Linda Sample completed JOFI Thinking Skills, 1 of 3'],
		last: 'Send Email',
	},
	'jofi-invite-list-and-email-on-completion': {
		subjects: ['Linda Sample completed all 3 JOFI assessments'],
		last: 'Send Email',
	},
	'jofi-polling-email': {
		subjects: ['Linda Sample completed JOFI Thinking Skills, 1 of 3'],
		last: 'Send Email',
	},
	'jofi-webhook-with-polling-backstop': {
		subjects: ['Linda Sample completed JOFI Thinking Skills, 1 of 3'],
		last: 'Send Email',
	},
	'regpack-block-form-when-field-is-missing': { subjects: [], last: 'Stop the form' },
	'regpack-complete-welcome-email': { subjects: ['Welcome, Ada!'], last: 'Send Email' },
	'regpack-payment-email': {
		subjects: ['Thank you for your payment, Ada Sample'],
		last: 'Send Email',
	},
	'regpack-status-changes-to-table': { subjects: [], last: 'Add row' },
};

const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({
		name: file.replace(/\.json$/, ''),
		/** @type {import('../host/workflow.mjs').WorkflowDraft} */
		workflow: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
	}))
	.filter(({ workflow }) => workflow.nodes.some(({ type }) => TRIGGERS[type]));

const executablePath = await ensureChromium(createProgress());

test('every example with a trigger of the package is run', () => {
	expect(Object.keys(RUNS).sort()).toEqual(examples.map(({ name }) => name).sort());
});

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('with a mail server alone', () => {
	/** @type {import('../host/n8n.mjs').N8n} */
	let n8n;
	/** @type {import('../host/mailbox.mjs').Mailbox} */
	let mailbox;
	/** @type {import('./browser.mjs').Editor} */
	let editor;

	beforeAll(async () => {
		mailbox = await openMailbox();
		({ n8n } = await startWithPackage());
		// The editor chooses it for the nodes whose credential has this name.
		await n8n.client.createCredential({ name: 'Mail', type: 'smtp', data: mailbox.credential });
		editor = await openEditor(String(executablePath), n8n.base);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await mailbox?.close();
	});

	/** Imports an example as its user does. @param {string} file */
	async function imported(file) {
		const { page, byId } = editor;
		await page.goto(`${n8n.base}/workflow/new`);
		await byId('workflow-menu').first().click();
		await page.getByRole('menuitem', { name: 'Import', exact: true }).hover();
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			page.getByRole('menuitem', { name: 'From file', exact: true }).click(),
		]);
		await chooser.setFiles(file);
		await byId('sticky').first().waitFor();
	}

	it.each(examples)(
		'$name does what its note says with its pinned samples',
		async ({ name, workflow }) => {
			const { page, byId } = editor;
			await imported(fileURLToPath(new URL(`${name}.json`, folder)));

			const button = byId('execute-workflow-button').last();
			await button.waitFor();
			// n8n shortens a long name in the middle.
			const [start, end = ''] = (await button.innerText())
				.replaceAll(/\s+/g, ' ')
				.trim()
				.split('…');
			const named = startNamedIn(workflow);
			expect(named.startsWith(start) && named.endsWith(end)).toBe(true);

			const { subjects, last } = RUNS[name];
			const before = mailbox.messages.length;
			await button.click();
			await page.getByText('Workflow executed successfully').first().waitFor();
			await editor.screenshot(`pinned-${name}`);
			expect(mailbox.messages.slice(before).map(({ subject }) => subject)).toEqual(subjects);
			await page
				.locator(`[data-test-id="canvas-node"][data-node-name="${last}"]`)
				.locator('[data-test-id="canvas-node-status-success"]')
				.waitFor();
		},
	);
});

/** What an example's note says to click. @param {import('../host/workflow.mjs').WorkflowDraft} workflow */
function startNamedIn({ nodes }) {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
	return /\*\*(Execute workflow[^*]*)\*\*/.exec(String(note?.parameters.content))?.[1] ?? '';
}
