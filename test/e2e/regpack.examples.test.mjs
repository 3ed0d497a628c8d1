import { chromium } from 'playwright-core';
import { ensureChromium } from '../host/chromium.mjs';
import { outputOf } from '../host/executions.mjs';
import { createProgress } from '../host/progress.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { entered, idle, secretInQuery, workflowOf } from './regpack.mjs';
import { openStage } from './stage.mjs';

const APPLICATION = 12345;
const SURVEY = 12346;
const ACCEPTED = 70001;
const WAITLISTED = 70002;

const filled = {
	first_name: 'Ada',
	last_name: 'Sample',
	main_email: 'ada.sample@example.com',
	guardian_phone: '+1 555 0100',
};

const executablePath = await ensureChromium(createProgress());

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;
/** @type {import('../providers/regpack/server.mjs').Regpack} */
let regpack;

beforeAll(async () => {
	stage = await openStage({ editor: false });
	credential = await secretInQuery(stage.n8n.client);
});

afterEach(async () => {
	await stage.clear();
	await regpack.close();
});

afterAll(async () => {
	await stage?.close();
});

/**
 * Publishes an example and enters its URL in Regpack.
 *
 * @param {string} name
 * @param {string} event
 */
async function published(name, event) {
	const workflow = await stage.example(name, [credential]);
	const { 'Regpack Trigger': url } = await stage.n8n.client.publish(workflow);
	regpack.webhooks.configure({ event, url: entered(url) });
	return workflow;
}

describe('the example that blocks a form', () => {
	const example = () =>
		published('regpack-block-form-when-field-is-missing', 'form_preprocess_12345');

	it('stops it with the cursor in the missing field, and lets it pass once it is there', async () => {
		regpack = await startRegpack({ preprocessDoc: true });
		await example();
		const { cloginId: person } = regpack.account.register();
		const blocked = await regpack.form.submit({
			person,
			formId: APPLICATION,
			values: { ...filled, guardian_phone: '' },
		});
		expect(blocked).toMatchObject({
			stopped: true,
			submitted: false,
			focus: 'guardian_phone',
			problems: [],
			messages: [{ text: 'Please give the phone number of a guardian.', type: 'error' }],
		});
		const passed = await regpack.form.submit({ person, formId: APPLICATION, values: filled });
		expect(passed).toMatchObject({ stopped: false, submitted: true, messages: [], problems: [] });
	});

	(executablePath ? it : it.skip)(
		'is seen by an applicant in a browser: message, cursor, and the form goes through at last',
		async () => {
			regpack = await startRegpack({ preprocessDoc: true });
			await example();
			const { cloginId: person } = regpack.account.register({
				values: { ...filled, guardian_phone: '' },
			});
			const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
			try {
				const page = await browser.newPage();
				await page.goto(regpack.formUrl(APPLICATION, person));
				await page.click('button');
				await page
					.locator('.msg-error', { hasText: 'Please give the phone number of a guardian.' })
					.waitFor();
				expect(
					await page
						.locator('input[name=guardian_phone]')
						.evaluate((input) => input === document.activeElement),
				).toBe(true);
				await page.keyboard.type(filled.guardian_phone);
				await page.click('button');
				await page.locator('body[data-state=submitted]').waitFor();
				expect(await page.locator('.msg-error').count()).toBe(0);
			} finally {
				await browser.close();
			}
		},
	);

	it('keeps nobody from submitting where Regpack does not send the values', async () => {
		regpack = await startRegpack();
		await example();
		const { cloginId: person } = regpack.account.register();
		expect(
			await regpack.form.submit({
				person,
				formId: APPLICATION,
				values: { ...filled, guardian_phone: '' },
			}),
		).toMatchObject({ submitted: true, problems: [] });
	});
});

it.each(/** @type {const} */ (['json', 'form', 'brackets', 'jsonAsForm']))(
	'the example that welcomes mails once all forms are complete, of deliveries as %s',
	async (encoding) => {
		regpack = await startRegpack({ encoding });
		await published('regpack-complete-welcome-email', 'user_complete');
		const { cloginId: person } = regpack.account.register();
		await regpack.form.submit({ person, formId: APPLICATION, values: filled });
		await regpack.form.submit({ person, formId: SURVEY, values: { heard_from: ['The web'] } });
		expect(
			(await regpack.webhooks.flush()).map(({ event, status, text }) => ({ event, status, text })),
		).toEqual([{ event: 'user_complete', status: 200, text: '{}' }]);
		expect(await stage.mailed(1)).toEqual([expect.stringMatching(/^Welcome, .+!$/)]);
	},
);

describe('the example that mails the payer', () => {
	/** Publishes it with a login for the project. */
	async function paying() {
		const login = { ...regpack.credential, baseUrl: regpack.base };
		const { id, name } = await stage.n8n.client.createCredential({
			name: 'Regpack',
			type: 'regpackApi',
			data: login,
		});
		const workflow = await stage.example('regpack-payment-email', [
			credential,
			{ id, name, type: 'regpackApi' },
		]);
		const { 'Regpack Trigger': url } = await stage.n8n.client.publish(workflow);
		regpack.webhooks.configure({ event: 'payment_issued', url: entered(url) });
	}

	it("writes to the address that only Regpack's API has", async () => {
		regpack = await startRegpack();
		await paying();
		const { cloginId } = regpack.account.register({
			first_name: 'Ada',
			main_email: 'ada.sample@example.com',
		});
		regpack.account.order(cloginId);
		regpack.account.pay(cloginId, 20);
		const [{ status, payload }] = await regpack.webhooks.flush();
		expect(status).toBe(200);
		expect(JSON.stringify(payload)).not.toContain('ada.sample@example.com');
		expect(await stage.mailed(1)).toEqual(['Thank you for your payment, Ada']);
		expect(stage.mails[0].to).toEqual(['ada.sample@example.com']);
		expect(stage.mails[0].text).toContain('Still to pay: 100.00.');
		expect(regpack.requests.map(({ action }) => action)).toEqual(['get_info']);
	});

	it('writes to the parent of a child who pays', async () => {
		regpack = await startRegpack({ system: 'family' });
		await paying();
		const { cloginId } = regpack.account.register({ main_email: 'parent@example.com' });
		const { cloginId: child } = regpack.account.addChild(cloginId, { first_name: 'Bea' });
		regpack.account.pay(child, 20);
		await regpack.webhooks.flush();
		expect(await stage.mailed(1)).toEqual(['Thank you for your payment, Bea']);
		expect(stage.mails[0].to).toEqual(['parent@example.com']);
	});

	it('tells the office what is missing when the API refuses the login', async () => {
		regpack = await startRegpack();
		await paying();
		const { cloginId } = regpack.account.register();
		regpack.fail({ match: 'get_info', status: 401, body: { success: false, msg: 'No access' } });
		regpack.account.pay(cloginId, 20);
		await regpack.webhooks.flush();
		await stage.mailed(1);
		expect(stage.mails[0].to).toEqual(['office@example.com']);
		expect(stage.mails[0].text).toMatch(/For the office: .*were not fetched\..*No access\./);
	});
});

it('a poll sees among 5,000 users the one that the API made, and who changed', async () => {
	regpack = await startRegpack();
	regpack.account.populate(5000);
	const { cloginId: ada } = regpack.account.register();
	const { client } = stage.n8n;
	const login = await client.createCredential({
		name: 'Regpack',
		type: 'regpackApi',
		data: { ...regpack.credential, baseUrl: regpack.base },
	});
	expect(
		await client.testCredential({
			...login,
			data: { ...regpack.credential, baseUrl: regpack.base },
		}),
	).toMatchObject({ status: 'OK' });
	const polling = {
		name: 'Polling',
		type: 'n8n-nodes-talent-events.regpackPollingTrigger',
		typeVersion: 1,
		parameters: {
			events: ['*'],
			pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 5 }] },
		},
	};
	const draft = workflowOf(credential, [[polling, idle]]);
	draft.nodes[0] = {
		...draft.nodes[0],
		credentials: /** @type {any} */ ({ regpackApi: { id: login.id, name: login.name } }),
	};
	const workflow = await client.createWorkflow(draft);
	await client.publish(workflow);
	const first = regpack.requests.length;
	regpack.account.add({
		groupId: Number(regpack.credential.groupId),
		values: { first_name: 'Made', last_name: 'By API' },
	});
	regpack.account.setStatus(ada, ACCEPTED);
	regpack.account.pay(ada, 20);
	await stage.pollNow(workflow);
	const [{ id }] = await client.waitForExecutions(workflow.id, { status: 'success' });
	const items = outputOf(await client.execution(id), 'Nothing');
	expect(items.map(({ event, person }) => `${event}: ${person.name}`).sort()).toEqual([
		expect.stringMatching(/^balance_changed/),
		expect.stringMatching(/^status_changed/),
		'user_added: Made By API',
	]);
	// The first page and 101 more, once at publishing and once at the poll.
	expect(regpack.requests.length - first).toBeLessThanOrEqual(105);
	const { staticData } = await client.rest('GET', `/workflows/${workflow.id}`);
	expect(JSON.stringify(staticData).length).toBeLessThan(250_000);
	await client.unpublish(workflow);
});

it('the example that lists status changes makes one row for each applicant of a group', async () => {
	regpack = await startRegpack({ groupMeta: 'array' });
	const workflow = await published('regpack-status-changes-to-table', 'status_update');
	const people = [1, 2, 3].map(
		(number) => regpack.account.register({ values: { first_name: `Person ${number}` } }).cloginId,
	);
	regpack.account.setStatus(people, ACCEPTED);
	await regpack.webhooks.flush();
	await stage.n8n.client.waitForExecutions(workflow.id, { status: 'success' });
	regpack.account.setStatus(people[0], WAITLISTED);
	await regpack.webhooks.flush();
	const [{ id: latest }, { id: first }] = await stage.n8n.client.waitForExecutions(workflow.id, {
		count: 2,
		status: 'success',
	});
	const rows = outputOf(await stage.n8n.client.execution(first), 'Add row');
	expect(rows.map(({ user, status }) => ({ user, status }))).toEqual(
		people.map((person) => ({ user: String(person), status: 'Accepted' })),
	);
	expect(outputOf(await stage.n8n.client.execution(latest), 'Add row')).toMatchObject([
		{ user: String(people[0]), status: 'Waitlisted' },
	]);
});
