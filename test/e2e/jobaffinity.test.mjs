import { outputOf } from '../host/executions.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { SECRET } from './jofi.mjs';
import { openStage } from './stage.mjs';

/** Steps of the simulator's first process. */
const INTERVIEW = 21;
const OFFER = 22;

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {Awaited<ReturnType<typeof startJobAffinity>>} */
let ja;
/** @type {import('../host/workflow.mjs').Credential} */
let login;

beforeAll(async () => {
	stage = await openStage({ editor: false });
});

beforeEach(async () => {
	ja = await startJobAffinity();
	login = await stage.n8n.client.createCredential({
		name: 'JobAffinity login',
		type: 'jobAffinityApi',
		data: { ...ja.login, baseUrl: ja.base },
	});
});

afterEach(async () => {
	await stage.clear();
	await ja.close();
});

afterAll(async () => {
	await stage?.close();
});

/** Publishes an example and has JobAffinity call its trigger. @param {string} name */
async function published(name) {
	const workflow = await stage.example(name, [login]);
	const urls = await stage.n8n.client.publish(workflow);
	ja.webhooks.configure({
		url: urls['JobAffinity Trigger'],
		verification: { secret: SECRET },
		retries: [],
	});
	return workflow;
}

describe('the example that mails step changes with the CV', () => {
	it('names candidate, job and step, and attaches the CV, once for five deliveries', async () => {
		const workflow = await published('jobaffinity-step-change-email-with-cv');
		const application = ja.account.apply();
		await ja.webhooks.flush();
		await stage.mailed(1);
		ja.webhooks.copies = () => 5;
		ja.account.move(application.id, INTERVIEW);
		expect((await ja.webhooks.flush()).map(({ status }) => status)).toEqual([
			200, 200, 200, 200, 200,
		]);
		await stage.mailed(2);
		await stage.settled(workflow);

		const candidate = ja.account.candidates[0];
		const job = ja.account.jobs[0];
		expect(await stage.mailed(2)).toContain(
			`${candidate.first_name} ${candidate.last_name} moved to Interview for ${job.title}`,
		);
		expect(stage.mails).toHaveLength(2);
		for (const { attachments } of stage.mails)
			expect(attachments).toEqual([
				{ name: expect.stringMatching(/\.pdf$/), size: expect.any(Number) },
			]);
		expect(stage.mails[1].attachments[0].size).toBeGreaterThan(0);
		const [{ id }] = await stage.n8n.client.waitForExecutions(workflow.id);
		expect((await stage.n8n.client.execution(id)).data.resultData.error).toBeUndefined();
		expect(ja.storage.requests.length).toBeGreaterThan(0);
		for (const { headers } of ja.storage.requests)
			expect(headers).not.toHaveProperty('authorization');
	});

	it('says so in the mail of an application without a CV', async () => {
		await published('jobaffinity-step-change-email-with-cv');
		ja.account.apply({ cv: null });
		await ja.webhooks.flush();
		await stage.mailed(1);
		expect(stage.mails).toMatchObject([
			{
				attachments: [],
				text: expect.stringContaining('No CV is attached: The application has none.'),
			},
		]);
	});

	it('tells A→B→A as three', async () => {
		const workflow = await published('jobaffinity-step-change-email-with-cv');
		const { id } = ja.account.apply();
		for (const step of [INTERVIEW, OFFER, INTERVIEW]) ja.account.move(id, step);
		await ja.webhooks.flush();
		const subjects = await stage.mailed(4);
		await stage.settled(workflow);
		expect(subjects.filter((subject) => subject.includes('Interview'))).toHaveLength(2);
		expect(subjects.filter((subject) => subject.includes('Offer'))).toHaveLength(1);
		expect(stage.mails).toHaveLength(4);
	});

	it('tells of a change without details when the API is down, and answers the delivery all the same', async () => {
		const workflow = await published('jobaffinity-webhook-with-polling-backstop');
		const { id } = ja.account.apply();
		await ja.webhooks.flush();
		await stage.mailed(1);
		ja.fail({ match: 'GET ', status: 503, times: Infinity });
		ja.account.move(id, INTERVIEW);
		expect((await ja.webhooks.flush()).map(({ status }) => status)).toEqual([200]);
		expect(await stage.mailed(2)).toContain(`Application ${id} moved to another step`);
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(workflow.id, {
			count: 2,
		});
		const [item] = outputOf(await stage.n8n.client.execution(executionId), 'JobAffinity Trigger');
		expect(item).toMatchObject({
			details: { status: 'not fetched' },
			application: { id: String(id) },
		});
		expect(item.details.error).toContain('JobAffinity is not available at the moment');
	});
});

it('the example with a polling backstop brings everything that came while n8n was down, once', async () => {
	const workflow = await published('jobaffinity-webhook-with-polling-backstop');
	const applications = Array.from({ length: 8 }, () => ja.account.apply());
	await ja.webhooks.flush();
	await stage.mailed(8);
	await stage.settled(workflow);
	await stage.n8n.kill();
	for (let round = 0; round < 5; round++) {
		for (const { id } of applications) ja.account.move(id, round % 2 === 0 ? INTERVIEW : OFFER);
	}
	expect((await ja.webhooks.flush()).every(({ status }) => status === 0)).toBe(true);
	await stage.n8n.restart();
	expect(await stage.mailed(48)).toHaveLength(48);
	ja.webhooks.resume();
	for (const { id } of applications.slice(0, 2)) ja.account.move(id, OFFER);
	await ja.webhooks.flush();
	await stage.mailed(50);
	await stage.pollNow(workflow);
	await stage.settled(workflow);
	expect(stage.mails).toHaveLength(50);
});

it('the example that alerts mails each failed call once', async () => {
	const workflow = await stage.example('jobaffinity-alert-failed-webhook-calls', [login]);
	await stage.n8n.client.publish(workflow);
	ja.webhooks.configure({ url: 'http://127.0.0.1:9/gone', retries: [] });
	ja.account.apply();
	await ja.webhooks.flush();
	await stage.pollNow(workflow);
	expect(await stage.mailed(1)).toHaveLength(1);
	expect(stage.mails[0].subject).toContain('JobAffinity could not deliver to a webhook');
	await stage.pollNow(workflow);
	await stage.settled(workflow);
	expect(stage.mails).toHaveLength(1);
});
