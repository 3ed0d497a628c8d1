import { ensureChromium } from '../host/chromium.mjs';
import { outputOf } from '../host/executions.mjs';
import { createProgress } from '../host/progress.mjs';
import { openEditor } from './browser.mjs';
import { deliver, downstream, jofiWorkflow, newEvent, startWithPackage } from './jofi.mjs';
import { formReply, trigger as regpackTrigger, workflowOf } from './regpack.mjs';

/** A public address that nobody can reach from here. */
const PUBLIC = 'https://n8n.invalid';

const executablePath = await ensureChromium(createProgress());

/** @typedef {import('./jofi.mjs').N8n} N8n */

/** What a test run ended with. @param {N8n} n8n @param {string} workflowId */
async function ended(n8n, workflowId) {
	const [{ id }] = await n8n.client.waitForExecutions(workflowId);
	return await n8n.client.execution(id);
}

describe('a test run of a webhook trigger', () => {
	/** @type {N8n} */
	let n8n;
	/** @type {import('../host/workflow.mjs').Credential} */
	let credential;

	beforeAll(async () => {
		({ n8n, credential } = await startWithPackage({ editor: false }));
	});

	afterAll(async () => {
		await n8n?.stop();
	});

	it('shows an event at once, and hands it on', async () => {
		const workflow = await n8n.client.createWorkflow(jofiWorkflow(credential, { events: ['*'] }));
		const { url } = await n8n.client.listen(workflow, 'JOFI Trigger');
		const run = await ended(n8n, workflow.id);
		expect([run.status, run.mode]).toEqual(['success', 'manual']);
		const [item] = outputOf(run, 'Downstream');
		expect(item).toMatchObject({ source: 'sample', event: 'test_taker.assessment_completed' });
		// n8n listens no longer.
		expect((await deliver(String(url), newEvent())).status).toBe(404);
	});

	it('does so at a trigger that has no credential yet, and one whose sender waits for the workflow', async () => {
		const chain = workflowOf(undefined, [
			[
				regpackTrigger({ events: 'form_preprocess' }),
				formReply({ moment: 'before', reply: 'pass' }),
			],
		]);
		const workflow = await n8n.client.createWorkflow({ ...chain, name: 'Form' });
		await n8n.client.listen(workflow, 'Regpack Trigger');
		const run = await ended(n8n, workflow.id);
		expect(run.status).toBe('success');
		expect(outputOf(run, 'Regpack Trigger')[0]).toMatchObject({ source: 'sample' });
	});

	it('waits for a delivery where the user wants that, and starts nothing for a made-up token', async () => {
		const workflow = await n8n.client.createWorkflow(
			jofiWorkflow(credential, { events: ['*'], whenTesting: 'delivery' }),
		);
		const { url } = await n8n.client.listen(workflow, 'JOFI Trigger');
		const forged = await fetch(String(url), {
			method: 'POST',
			headers: { 'talent-events-sample': 'a'.repeat(43) },
		});
		expect(forged.status).toBe(403);
		expect((await deliver(String(url), newEvent())).status).toBe(200);
		const [item] = outputOf(await ended(n8n, workflow.id), 'Downstream');
		expect(item).toMatchObject({ source: 'webhook', event: 'test_taker.created' });
	});

	it('is one run for a workflow with two triggers before the node that is tried', async () => {
		const { name: _, ...chain } = workflowOf(undefined, [
			[regpackTrigger({ events: 'user_complete' }, 'One'), downstream],
			[regpackTrigger({ events: 'user_complete' }, 'Two')],
		]);
		const both = {
			...chain,
			connections: {
				...chain.connections,
				Two: { main: [[{ node: 'Downstream', type: 'main', index: 0 }]] },
			},
		};
		const workflow = await n8n.client.createWorkflow({ ...both, name: 'Two triggers' });
		await n8n.client.rest('POST', `/workflows/${workflow.id}/run`, {
			destinationNode: { nodeName: 'Downstream', mode: 'inclusive' },
		});
		await ended(n8n, workflow.id);
		await new Promise((resolve) => setTimeout(resolve, 3000));
		expect(await n8n.client.executions(workflow.id)).toHaveLength(1);
	});
});

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('Execute step, in the editor', () => {
	/** @type {N8n} */
	let n8n;
	/** @type {import('./browser.mjs').Editor} */
	let editor;

	beforeAll(async () => {
		({ n8n } = await startWithPackage());
		editor = await openEditor(String(executablePath), n8n.base);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
	});

	it.each([
		{
			service: 'JOFI',
			opens: 'Starts the workflow when a JOFI',
			event: 'On assessment completed',
			shown: 'Linda Sample completed JOFI Thinking Skills, 1 of 3',
			message: 'Message to Your JOFI Representative, with your URL in it',
		},
		{
			service: 'JobAffinity',
			opens: 'Starts the workflow when a JobAffinity application',
			event: 'On step changed',
			shown: 'Lea Noir moved to Interview for Warehouse Lead',
			message: 'Message to JobAffinity Support, with your URL in it',
			hint: 'A delivery of JobAffinity holds only a link',
		},
		{
			service: 'Regpack',
			onTestUrl: 'calls the test URL only if you enter it there',
			opens: 'Starts the workflow when something happens in Regpack',
			event: 'On user complete',
			shown: 'Ada Sample completed all forms',
		},
		{
			service: 'Innovative Educators',
			opens: 'Starts the workflow when a learner completes a course',
			event: 'On course completed',
			shown: 'completed',
			message: 'Message to Innovative Educators, with your URL in it',
		},
	])(
		'of the $service Trigger shows the sample, and the message with the URL in it',
		async ({
			service,
			onTestUrl = 'never calls the test URL',
			opens,
			event,
			shown,
			message,
			hint,
		}) => {
			const { page, byId } = editor;
			await page.goto(`${n8n.base}/workflow/new`);
			await page
				.locator('[data-test-id=canvas-add-button], [data-test-id=node-creator-plus-button]')
				.first()
				.click();
			await byId('node-creator-search-bar').fill(service);
			await page.getByText(opens).click();
			await page.getByText(event, { exact: true }).click();
			await byId('ndv').waitFor();
			await page.getByText('Three steps to').waitFor();
			await page.getByText(`${service} ${onTestUrl}.`).waitFor();
			await editor.screenshot(`sample-1-panel-${service}`);
			await page.locator('button:has-text("Execute step")').last().click();
			const output = byId('output-panel');
			await output.getByText('This is a sample with made-up people').waitFor();
			await output.getByText(shown).first().waitFor();
			// The editor knows that n8n listens no longer.
			await byId('trigger-listening').waitFor({ state: 'hidden' });
			if (hint) await output.getByText(hint).waitFor();
			await editor.screenshot(`sample-2-shown-${service}`);
			if (message === undefined) return;
			await output.getByText(message).click();
			await output
				.getByText(/https?:\/\/[^ ]+\/webhook\/[\w-]+\//)
				.first()
				.waitFor();
			await editor.screenshot(`sample-3-message-${service}`);
		},
	);
});

describe('an n8n that cannot reach its public address', () => {
	it('goes on listening, and shows a sample once it knows its own port', async () => {
		const { n8n, credential } = await startWithPackage({ editor: false, webhookUrl: `${PUBLIC}/` });
		try {
			const create = () => n8n.client.createWorkflow(jofiWorkflow(credential, { events: ['*'] }));
			const first = await create();
			const { url } = await n8n.client.listen(first, 'JOFI Trigger');
			expect((await deliver(String(url), newEvent())).status).toBe(200);
			const [real] = outputOf(await ended(n8n, first.id), 'Downstream');
			expect(real).toMatchObject({ source: 'webhook' });
			const next = await create();
			await n8n.client.listen(next, 'JOFI Trigger');
			const [sample] = outputOf(await ended(n8n, next.id), 'Downstream');
			expect(sample).toMatchObject({ source: 'sample' });
		} finally {
			await n8n.stop();
		}
	});
});
