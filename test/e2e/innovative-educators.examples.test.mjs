import { openSftp } from '../host/sftp.mjs';
import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
import { startThoughtIndustries } from '../providers/innovative-educators/thoughtIndustries.mjs';
import { openStage } from './stage.mjs';

/** On loopback no connection has the documented addresses. */
const LOOPBACK = '127.0.0.1, ::1';
const TRIGGER = 'Innovative Educators Trigger';
const OFTEN = { rule: { interval: [{ field: 'seconds', secondsInterval: 4 }] } };

/** @type {import('./stage.mjs').Stage} */
let stage;

beforeAll(async () => {
	stage = await openStage({ editor: false });
});

afterEach(() => stage.clear());

afterAll(async () => {
	await stage?.close();
});

it('the example with the API mails each completion once, whether a delivery or the API brought it', async () => {
	const ie = createInnovativeEducators({ factor: 1 });
	const site = await startThoughtIndustries({ completions: ie.completions });
	const data = { site: 'college.thoughtindustries.com', apiKey: site.key, baseUrl: site.base };
	const key = await stage.n8n.client.createCredential({
		name: 'Thought Industries',
		type: 'thoughtIndustriesApi',
		data,
	});
	const workflow = await stage.example('innovative-educators-webhook-with-api-backstop', [key], {
		[TRIGGER]: { ipAllowlist: LOOPBACK },
		'Every Hour': OFTEN,
	});
	const { [TRIGGER]: url } = await stage.n8n.client.publish(workflow);
	const [ada, bo, cy] = ie.learners;
	ie.webhook.configure({ url });
	ie.complete({ learner: ada });
	await ie.webhook.flush();
	// What happens from now on is lost.
	ie.webhook.configure({ url: 'http://127.0.0.1:9/' });
	ie.complete({ learner: bo });
	ie.complete({ learner: cy, at: Date.now() - 3 * 24 * 60 * 60_000 });
	await ie.close();
	await stage.mailed(2);
	const before = (await stage.n8n.client.executions(workflow.id)).length;
	await stage.n8n.client.waitForExecutions(workflow.id, { count: before + 2 });
	await stage.n8n.client.unpublish(workflow);
	await stage.settled(workflow);
	expect(stage.mails.map(({ subject }) => subject.replaceAll(/\s+/g, ' ')).sort()).toEqual([
		'Ada Learner completed New Student Orientation',
		'Bö O’Neil, "Jr" Bo completed New Student Orientation',
	]);
	expect(site.requests.every(({ status }) => status === 200)).toBe(true);
	await site.close();
});

it('the example with a roster mails the advisor of who is missing', async () => {
	const sftp = await openSftp();
	const server = await stage.n8n.client.createCredential({
		name: 'SFTP',
		type: 'sftp',
		data: sftp.credential,
	});
	const ie = createInnovativeEducators();
	ie.complete({ at: Date.parse('2026-03-04T17:00:00Z') });
	for (const day of ['2026-03-03', '2026-03-04'])
		sftp.push({ ...ie.nightlyFile(day, 'json'), modified: Date.now() });
	const workflow = await stage.example('innovative-educators-missing-learners-email', [server], {
		'Every Monday': OFTEN,
		'List files': { path: '/' },
	});
	await stage.n8n.client.publish(workflow);
	await stage.mailed(1);
	await stage.n8n.client.unpublish(workflow);
	await stage.settled(workflow);
	expect(stage.mails[0]).toMatchObject({
		to: ['advisor@college.example'],
		subject: 'Bo Learner has not completed the orientation',
	});
	expect(new Set(stage.mails.map(({ subject }) => subject)).size).toBe(1);
	await sftp.close();
});

describe('the credential Thought Industries API', () => {
	/** @type {Awaited<ReturnType<typeof startThoughtIndustries>>} */
	let site;
	beforeAll(async () => {
		site = await startThoughtIndustries();
	});
	afterAll(() => site.close());

	/** @param {Record<string, string>} data */
	const test = (data) =>
		stage.n8n.client.testCredential({
			name: 'Thought Industries',
			type: 'thoughtIndustriesApi',
			data: { site: 'college.thoughtindustries.com', apiKey: site.key, baseUrl: '', ...data },
		});

	it('accepts a key, and says that another is wrong', async () => {
		expect(await test({ baseUrl: site.base })).toMatchObject({ status: 'OK' });
		expect(await test({ baseUrl: site.base, apiKey: 'wrong' })).toEqual({
			status: 'Error',
			message: 'Thought Industries rejected this API key',
		});
	});

	it('sends the key to nobody else', async () => {
		const before = site.requests.length;
		for (const changes of /** @type {Record<string, string>[]} */ ([
			{ site: 'localhost' },
			{ site: '127.0.0.1:5678' },
			{ baseUrl: 'http://other.example.com/incoming/v2' },
		])) {
			const { status, message } = await test(changes);
			expect([status, message]).toEqual(['Error', expect.stringMatching(/internet|is for https/)]);
		}
		expect(site.requests).toHaveLength(before);
	});
});
