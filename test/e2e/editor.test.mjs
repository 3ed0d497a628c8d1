import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { resources } from '#dist/nodes/Jofi/resources/index.js';
import { ensureChromium } from '../host/chromium.mjs';
import { createProgress } from '../host/progress.mjs';
import { nodeOf } from '../host/workflow.mjs';
import { sampleOf } from '../providers/jofi/deliver.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { openEditor } from './browser.mjs';
import { deliver, jofiWorkflow, startWithPackage } from './jofi.mjs';

const PUBLIC = 'https://n8n.example.org';

const executablePath = await ensureChromium(createProgress());

// Without a browser there is nothing to look at; on CI a missing one is an error before this line.
(executablePath ? describe : describe.skip)('in the editor', () => {
	/** @type {Awaited<ReturnType<typeof startWithPackage>>} */
	let host;
	/** @type {import('./browser.mjs').Editor} */
	let editor;
	/** @type {import('playwright-core').Page} */
	let page;

	beforeAll(async () => {
		host = await startWithPackage({ webhookUrl: `${PUBLIC}/` });
		editor = await openEditor(String(executablePath), host.n8n.base);
		({ page } = editor);
	});

	afterAll(async () => {
		await editor?.close();
		await host?.n8n.stop();
	});

	/** @param {string} id */
	const byId = (id) => editor.byId(id);

	/** @param {string} name */
	const screenshot = (name) => editor.screenshot(name);

	/** @param {'Test URL' | 'Production URL'} kind */
	async function shownUrl(kind) {
		await page.getByText(kind, { exact: true }).first().click();
		const path = kind === 'Test URL' ? '/webhook-test/' : '/webhook/';
		return (await page.getByText(`${PUBLIC}${path}`).first().innerText()).replaceAll(/\s/g, '');
	}

	it('every operation has its output schema served for the editor', async () => {
		for (const { value: resource, operations } of resources) {
			for (const { value: operation } of operations) {
				const answer = await fetch(
					`${host.n8n.base}/schemas/n8n-nodes-talent-events.jofi/1/${resource}/${operation}.json`,
				);
				expect({ resource, operation, status: answer.status }).toEqual({
					resource,
					operation,
					status: 200,
				});
				const committed = new URL(
					`../../nodes/Jofi/__schema__/v1.0.0/${resource}/${operation}.json`,
					import.meta.url,
				);
				expect(await answer.json()).toEqual(JSON.parse(readFileSync(committed, 'utf8')));
			}
		}
	});

	/** Types into the search of the node panel. @param {string} words */
	async function searchNodes(words) {
		await page.goto(`${host.n8n.base}/workflow/new`);
		await page
			.locator('[data-test-id=canvas-add-button], [data-test-id=node-creator-plus-button]')
			.first()
			.click();
		await byId('node-creator-search-bar').fill(words);
	}

	it.each([
		['assessment completed', 'Starts the workflow when a JOFI'],
		['assessment completed', 'Checks JOFI on a schedule'],
		['recruiting', 'Starts the workflow when a JOFI'],
		['ATS', 'Starts the workflow when a JobAffinity application'],
		['new applicant', 'Checks JobAffinity on a schedule'],
		['form submitted', 'Starts the workflow when something happens in Regpack'],
		['payment received', 'Checks Regpack on a schedule'],
		['course completion', 'Starts the workflow when a learner completes a course'],
		['learner', 'Starts the workflow when a learner completes a course'],
	])('searching for "%s" finds the node that says "%s"', async (words, description) => {
		await searchNodes(words);
		await page.getByText(description).waitFor();
	});

	it('the trigger is found by its provider and offers its events one by one', async () => {
		await searchNodes('jofi');
		await page.getByText('Starts the workflow when a JOFI').waitFor();
		await screenshot('1-found');
		await page.getByText('Starts the workflow when a JOFI').click();
		for (const event of [
			'any event',
			'assessment completed',
			'career navigation profile created',
			'invitation accepted',
			'invitation created',
			'test taker created',
		]) {
			await page.getByText(`On ${event}`, { exact: true }).waitFor();
		}
		await screenshot('2-events');
	});

	it('the panel shows the URL for JOFI and the message to its representative', async () => {
		await page.getByText('On assessment completed', { exact: true }).click();
		await byId('ndv').waitFor();
		expect(await byId('parameter-input-events').innerText()).toContain('Assessment Completed');
		await page.getByText('Webhook URLs', { exact: true }).first().click();
		expect(await shownUrl('Production URL')).toMatch(
			/^https:\/\/n8n\.example\.org\/webhook\/[\w-]+\/jofi$/,
		);
		const message = await byId('parameter-input-setUpMessage').locator('textarea').inputValue();
		expect(message).toContain('1. URL: [the Production URL, from Webhook URLs above]');
		expect(await page.getByText('Three steps to events from JOFI').isVisible()).toBe(true);
		await screenshot('3-panel');
	});

	it('tells how to have live and test events apart', async () => {
		await page.getByText('When will this node trigger my flow?').click();
		await page.getByText('two workflows with a JOFI Trigger each').waitFor();
		await screenshot('4-help');
		await page.getByText('When will this node trigger my flow?').click();
	});

	it('a test event appears in the output panel', async () => {
		await byId('parameter-input-whenTesting').click();
		await page.getByRole('option', { name: 'Wait for a Real Delivery' }).click();
		await page.getByText('JOFI never calls the test URL. While n8n listens').waitFor();
		const url = await shownUrl('Test URL');
		await page.locator('button:has-text("Execute step")').last().click();
		await byId('trigger-listening').waitFor();
		await screenshot('5-listening');
		const { pathname } = new URL(url);
		expect(
			(await deliver(`${host.n8n.base}${pathname}`, sampleOf('test_taker.assessment_completed')))
				.status,
		).toBe(200);
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
		await page.getByText('Now email your JOFI representative').waitFor();
		await page.getByRole('button', { name: 'Got it' }).waitFor();
		await screenshot('8-published');
		await page.getByRole('button', { name: 'Got it' }).click();
	});

	it('a credential that is weak but works is not red', async () => {
		const { id } = await host.n8n.client.createCredential({
			name: 'Weak',
			type: 'jofiWebhookApi',
			data: { method: 'hmac', preset: 'github', secret: 'short' },
		});
		await page.goto(`${host.n8n.base}/home/credentials/${id}`);
		await page.getByText('Connection tested successfully').waitFor();
		expect(await page.getByText('connect with these settings').isVisible()).toBe(false);
		await screenshot('9-credential');
	});

	describe("with JOFI's API", () => {
		/** @type {Awaited<ReturnType<typeof startJofi>>} */
		let jofi;
		/** @type {string} */
		let workflowId;
		/** @type {string} */
		let credentialId;

		beforeAll(async () => {
			jofi = await startJofi();
			for (let count = 0; count < 3; count++) jofi.account.accept(jofi.account.invite().id);
			const data = { apiKey: jofi.keys.live, baseUrl: jofi.base };
			const credential = await host.n8n.client.createCredential({
				name: 'JOFI key',
				type: 'jofiApi',
				data,
			});
			credentialId = credential.id;
			const credentials = { jofiApi: { id: credential.id, name: credential.name } };
			/**
			 * @type {(name: string, type: string, parameters: Record<string, unknown>) => import('../host/workflow.mjs').WorkflowNode}
			 */
			const node = (name, type, parameters) => ({
				id: randomUUID(),
				name,
				type,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials,
			});
			const workflow = await host.n8n.client.createWorkflow({
				name: 'JOFI by hand',
				nodes: [
					{
						...node('JOFI Polling Trigger', 'n8n-nodes-talent-events.jofiPollingTrigger', {
							events: ['test_taker.created', 'test_taker.assessment_completed'],
						}),
						position: [0, 0],
					},
					{
						...node('Scorecard', 'n8n-nodes-talent-events.jofi', { operation: 'getScorecard' }),
						position: [300, 0],
					},
					{
						id: randomUUID(),
						name: 'Next',
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						position: [600, 0],
						parameters: {},
					},
				],
				connections: {
					'JOFI Polling Trigger': { main: [[{ node: 'Scorecard', type: 'main', index: 0 }]] },
					Scorecard: { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
				},
			});
			workflowId = workflow.id;
		});

		afterAll(async () => {
			await jofi?.close();
		});

		it('the canvas names events and operations by their labels', async () => {
			await page.goto(`${host.n8n.base}/workflow/${workflowId}`);
			/** @param {string} name */
			const node = (name) => page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
			await node('JOFI Polling Trigger')
				.getByText('Test Taker Created, Assessment Completed')
				.waitFor();
			await node('Scorecard').getByText('Get Scorecard: Test Taker').waitFor();
		});

		it('Fetch Test Event brings a real record, and a sample where there is none', async () => {
			await editor.openNode(workflowId, 'JOFI Polling Trigger');
			await page.locator('button:has-text("Fetch Test Event")').last().click();
			await page.getByText('those items are made-up samples, whose source is sample').waitFor();
			await byId('radio-button-json').last().click();
			const output = byId('output-panel');
			await output.getByText('Avery Stone 31003 became a JOFI test taker').first().waitFor();
			await screenshot('10-polling');
		});

		it('the node after it shows what will come out before anything has run', async () => {
			await editor.openNode(workflowId, 'Next');
			await page.getByText('Usually outputs the following fields').waitFor();
			await byId('ndv-input-panel').getByText('score_profile').first().waitFor();
			await screenshot('11-preview');
		});

		it('test takers and score profiles are chosen from lists', async () => {
			await editor.openNode(workflowId, 'Scorecard');
			await byId('parameter-input-testTaker').locator('input').last().click();
			await page.getByText('Avery Stone 31002 (31002@example.org)').first().click();
			await byId('parameter-input-scoreProfile').locator('input').last().click();
			await page.getByText('Sample Occupation Group Zone 3').first().click();
			await screenshot('12-lists');
		});

		it('the scorecard comes simplified, by scale', async () => {
			await page.locator('button:has-text("Execute step")').last().click();
			await byId('radio-button-json').last().click();
			await byId('output-panel').getByText('facetOf').first().waitFor();
			await screenshot('13-scorecard');
		});

		it('the credential tells a live key from a test key', async () => {
			await page.goto(`${host.n8n.base}/home/credentials/${credentialId}`);
			const key = page.locator('input[type=password]').first();
			await key.fill(jofi.keys.test);
			await page.getByText('This is a test key').waitFor();
			await screenshot('14-test-key');
			await key.fill(jofi.keys.live);
			await page.getByText('This is a live key').waitFor();
		});
	});

	it('the fields of a sample are dragged into an email, without an expression being written', async () => {
		const example = JSON.parse(
			readFileSync(new URL('../../examples/any-completion-email.json', import.meta.url), 'utf8'),
		);
		const trigger = 'JOFI Trigger';
		const { connections, ...draft } = jofiWorkflow(host.credential, { events: ['*'] }, [
			{
				name: 'Send Email',
				type: 'n8n-nodes-base.emailSend',
				typeVersion: 2.1,
				parameters: { fromEmail: 'n8n@example.com' },
			},
		]);
		const workflow = await host.n8n.client.createWorkflow({
			...draft,
			connections,
			pinData: { [trigger]: example.pinData[trigger] },
		});
		await editor.openNode(workflow.id, 'Send Email');
		const input = byId('ndv-input-panel');
		/** @param {string} path */
		const shown = (path) =>
			input.locator(`[data-target="mappable"][data-value="{{ $json.${path} }}"]`);
		await page.getByText('Schema', { exact: true }).first().waitFor();
		for (const path of ['title', 'person', 'person.name', 'person.email', 'owner.email'])
			await shown(path).waitFor();

		/** Drags a field of the input with the mouse. @param {string} path @param {string} parameter */
		async function drag(path, parameter) {
			await shown(path).hover();
			await page.mouse.down();
			const target = byId(`parameter-input-${parameter}`);
			const { x, y, width, height } = /** @type {any} */ (await target.boundingBox());
			await page.mouse.move(x + width / 2, y + height / 2, { steps: 20 });
			await page.mouse.up();
			await target.getByText(`{{ $json.${path} }}`).waitFor();
		}
		await drag('title', 'subject');
		await drag('person.email', 'toEmail');
		await screenshot('18-dragged');

		// The editor saves a change by itself, a moment later.
		const end = Date.now() + 20_000;
		/** @type {Record<string, unknown>} */
		let parameters = {};
		while (!parameters.toEmail && Date.now() < end) {
			await sleep(200);
			const { nodes } = await host.n8n.client.rest('GET', `/workflows/${workflow.id}`);
			({ parameters } = nodeOf({ ...draft, connections, nodes }, 'Send Email'));
		}
		expect(parameters).toMatchObject({
			subject: '={{ $json.title }}',
			toEmail: '={{ $json.person.email }}',
		});
	});

	it('the further secrets of the webhook credential are hidden, one in each line, and each opens', async () => {
		const older = ['an older secret with blanks', 'the-oldest-secret'];
		const data = { method: 'header', headerName: 'X-Secret', secret: 'the-current-secret' };
		const credential = await host.n8n.client.createCredential({
			name: 'Rotated',
			type: 'jofiWebhookApi',
			data,
		});
		await page.goto(`${host.n8n.base}/home/credentials/${credential.id}`);
		const secrets = byId('parameter-input-previousSecrets').locator('textarea');
		await secrets.fill(older.join('\n'));
		expect(await secrets.inputValue()).toBe(older.join('\n'));
		expect(
			await secrets.evaluate((field) =>
				getComputedStyle(field).getPropertyValue('-webkit-text-security'),
			),
		).toBe('disc');
		await byId('credential-save-button').click();
		await page.getByText('Connection tested successfully').waitFor();
		await screenshot('15-further-secrets');

		const workflow = await host.n8n.client.createWorkflow(
			jofiWorkflow(credential, { events: ['*'] }),
		);
		const url = (await host.n8n.client.publish(workflow))['JOFI Trigger'].replace(
			PUBLIC,
			host.n8n.base,
		);
		const statusFor = async (/** @type {string} */ secret) =>
			(await deliver(url, sampleOf('test_taker.created'), { headers: { 'x-secret': secret } }))
				.status;
		for (const secret of [data.secret, ...older]) expect(await statusFor(secret)).toBe(200);
		for (const secret of ['an', 'blanks', older.join('\n').replace('\n', ' ')])
			expect(await statusFor(secret)).toBe(401);
	});

	it('the JobAffinity Trigger shows the URL and the message for its support, and what details need', async () => {
		const workflow = await host.n8n.client.createWorkflow({
			name: 'JobAffinity by hand',
			nodes: [
				{
					id: randomUUID(),
					name: 'JobAffinity Trigger',
					type: 'n8n-nodes-talent-events.jobAffinityTrigger',
					typeVersion: 2,
					position: [0, 0],
					webhookId: randomUUID(),
					parameters: { events: ['ProcessStepChange'] },
				},
			],
			connections: {},
		});
		await editor.openNode(workflow.id, 'JobAffinity Trigger');
		expect(await byId('parameter-input-setUpMessage').locator('textarea').inputValue()).toContain(
			'Events: ProcessStepChange',
		);
		expect(await page.getByText('Three steps to events from JobAffinity').isVisible()).toBe(true);
		await screenshot('15-jobaffinity');
		await byId('parameter-input-fetchDetails').click();
		await page.getByText('repeated deliveries run again').waitFor();
	});

	it('the Regpack Trigger shows what to enter in Regpack: a URL that ends with the event, the form ID filled in', async () => {
		await searchNodes('regpack');
		await page.getByText('Starts the workflow when something happens in Regpack').click();
		await page.getByText('On form being submitted (one form)', { exact: true }).click();
		await byId('ndv').waitFor();
		await byId('parameter-input-formId').locator('input').fill('12345');
		await page.getByText('Webhook URLs', { exact: true }).first().click();
		expect(await shownUrl('Production URL')).toMatch(
			/^https:\/\/n8n\.example\.org\/webhook\/[\w-]+\/form_preprocess_12345$/,
		);
		expect(await byId('parameter-input-responseMode').locator('input').inputValue()).toBe(
			'Using Regpack Node',
		);
		expect(await page.getByText('Three steps to events from Regpack').isVisible()).toBe(true);
		await screenshot('16-regpack');
	});

	it('replying with the Regpack node offers what Regpack allows at that moment', async () => {
		const workflow = await host.n8n.client.createWorkflow({
			name: 'Regpack by hand',
			nodes: [
				{
					id: randomUUID(),
					name: 'Regpack',
					type: 'n8n-nodes-talent-events.regpack',
					typeVersion: 1,
					position: [0, 0],
					parameters: { resource: 'form', operation: 'reply', moment: 'opened' },
				},
			],
			connections: {},
		});
		await editor.openNode(workflow.id, 'Regpack');
		await byId('parameter-input-reply').click();
		await page.getByRole('option', { name: 'Redirect' }).waitFor();
		expect(await page.getByRole('option', { name: 'Stop the Submission' }).count()).toBe(0);
		await screenshot('17-reply');
	});
});
