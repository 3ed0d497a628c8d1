import { readFileSync } from 'node:fs';
import { outputOf } from '../host/executions.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { jofiWorkflow, SECRET } from './jofi.mjs';
import { openStage } from './stage.mjs';

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {Awaited<ReturnType<typeof startJofi>>} */
let jofi;
/** @type {import('../host/workflow.mjs').Credential} */
let key;

beforeAll(async () => {
	stage = await openStage({ editor: false });
});

beforeEach(async () => {
	jofi = await startJofi();
	const data = { apiKey: jofi.keys.live, baseUrl: jofi.base };
	key = await stage.n8n.client.createCredential({ name: 'JOFI key', type: 'jofiApi', data });
});

afterEach(async () => {
	await stage.clear();
	await jofi.close();
});

afterAll(async () => {
	await stage?.close();
});

/** @param {string} name @param {Record<string, Record<string, unknown>>} [changes] */
const example = (name, changes) => stage.example(name, [key], changes);

/** Participants with three open assessments each. @param {number} count */
const participants = (count) =>
	Array.from({ length: count }, () => jofi.account.accept(jofi.account.invite().id));

/** @param {ReturnType<typeof participants>} testTakers */
function completeEverything(testTakers) {
	for (const { id, assigned_assessments } of testTakers) {
		for (const { assessment } of assigned_assessments) jofi.account.complete(id, assessment.id);
	}
	return testTakers.flatMap(({ first_name, last_name, assigned_assessments }) =>
		assigned_assessments.map(
			({ assessment }, index, { length }) =>
				`${first_name} ${last_name} completed ${assessment.display_name}, ${index + 1} of ${length}`,
		),
	);
}

describe('the example with a webhook and a polling backstop', () => {
	it('mails once for each event, whether its delivery was suppressed, came once or came twice', async () => {
		const workflow = await example('jofi-webhook-with-polling-backstop');
		const testTakers = participants(8);
		const urls = await stage.n8n.client.publish(workflow);
		jofi.webhooks.configure({
			live: urls['JOFI Trigger'],
			enabled: true,
			verification: { secret: SECRET },
		});
		let events = 0;
		jofi.webhooks.copies = () => [0, 1, 2][events++ % 3];
		const expected = completeEverything(testTakers).sort();

		const answers = await jofi.webhooks.flush();
		expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
		// What was suppressed may have come with another delivery: its payload shows all that is
		// complete.
		const mailed = await stage.mailed(16);
		expect(expected).toEqual(expect.arrayContaining(mailed));
		expect(new Set(mailed).size).toBe(mailed.length);
		await stage.settled(workflow);
		await stage.pollNow(workflow);
		expect(await stage.mailed(24)).toEqual(expected);

		await stage.pollNow(workflow);
		await stage.settled(workflow);
		expect(await stage.mailed(24)).toEqual(expected);
	});

	it('loses nothing that came while n8n was killed, and doubles nothing', async () => {
		const workflow = await example('jofi-webhook-with-polling-backstop');
		const [first, second] = participants(2);
		const urls = await stage.n8n.client.publish(workflow);
		jofi.webhooks.configure({
			live: urls['JOFI Trigger'],
			enabled: true,
			verification: { secret: SECRET },
		});
		const before = completeEverything([first]);
		await jofi.webhooks.flush();
		expect(await stage.mailed(3)).toHaveLength(3);
		await stage.settled(workflow);

		await stage.n8n.kill();
		const meanwhile = completeEverything([second]);
		expect((await jofi.webhooks.flush()).map(({ status }) => status)).toEqual([0, 0, 0]);
		await stage.n8n.restart();
		expect(await stage.mailed(6)).toEqual([...before, ...meanwhile].sort());
		await stage.pollNow(workflow);
		await stage.settled(workflow);
		expect(stage.mails).toHaveLength(6);
	});
});

describe('the example that polls', () => {
	it('mails on schedule what was completed since it was published, and not what was before', async () => {
		const workflow = await example('jofi-polling-email', {
			'JOFI Polling Trigger': { pollTimes: { item: [{ mode: 'everyMinute' }] } },
		});
		const [before, after] = participants(2);
		completeEverything([before]);
		await stage.n8n.client.publish(workflow);
		const expected = completeEverything([after]);
		expect(await stage.mailed(3, 75_000)).toEqual(expected.sort());
		expect(stage.mails[0].to).toEqual([jofi.account.users[0].email]);
		const [{ mode, status }] = await stage.n8n.client.waitForExecutions(workflow.id);
		expect({ mode, status }).toEqual({ mode: 'trigger', status: 'success' });
	});

	it('says at publishing why JOFI does not let it look, and goes on from where it was', async () => {
		const workflow = await example('jofi-polling-email');
		const testTakers = participants(1);
		await stage.n8n.client.publish(workflow);
		await stage.n8n.client.unpublish(workflow);
		const expected = completeEverything(testTakers);
		const withdraw = jofi.fail({
			match: 'GET /test-takers/',
			status: 404,
			body: { error: 'Account not found for API key' },
			times: Infinity,
		});
		await expect(stage.n8n.client.publish(workflow)).rejects.toThrow(
			'The API key was not accepted',
		);
		withdraw();
		await stage.pollNow(workflow);
		expect(await stage.mailed(3)).toEqual(expected.sort());
	});
});

it('the example that invites a list hears when each has completed everything', async () => {
	const workflow = await example('jofi-invite-list-and-email-on-completion', {
		Invite: { inviter: { __rl: true, mode: 'id', value: jofi.account.users[0].email } },
	});
	await stage.n8n.client.publish(workflow);
	const { executionId } = await stage.n8n.client.listen(workflow, 'Start');
	await stage.n8n.client.waitForExecutions(workflow.id, { status: 'success' });
	const invited = outputOf(await stage.n8n.client.execution(String(executionId)), 'Invite');
	expect(invited).toMatchObject([
		{ mode: 'live', result: 'invited', firstName: 'Linda', isGuardComplete: true },
		{ mode: 'live', result: 'invited', firstName: 'Omar', isGuardComplete: true },
	]);
	expect(jofi.account.invitations).toMatchObject([
		{ person_id: 'P-001', custom_id: 'REQ-9' },
		{ person_id: 'P-002', custom_id: 'REQ-9' },
	]);

	const [linda, omar] = invited.map(({ invitationId }) => jofi.account.accept(invitationId));
	completeEverything([linda]);
	jofi.account.complete(omar.id, omar.assigned_assessments[0].assessment.id);
	await stage.pollNow(workflow);
	await stage.settled(workflow);
	expect(await stage.mailed(1)).toEqual(['Linda Sample completed all 3 JOFI assessments']);
	expect(stage.mails[0].text).toContain('Linda Sample (P-001) has completed');
});

it('a webhook mails the scorecard once somebody has completed everything', async () => {
	const { client } = stage.n8n;
	const chosen = { id: '', name: '' };
	const draft = jofiWorkflow(
		/** @type {any} */ (chosen),
		{
			events: ['derived.all_assessments_completed'],
			fetch: ['scorecard'],
			scoreProfile: { __rl: true, mode: 'id', value: jofi.account.scoreProfiles[0].short_name },
		},
		[
			/** @type {any} */ ({
				name: 'Send Email',
				type: 'n8n-nodes-base.emailSend',
				typeVersion: 2.1,
				parameters: {
					fromEmail: 'n8n@example.com',
					toEmail: '={{ $json.owner.email }}',
					subject: '={{ $json.title }}',
					emailFormat: 'both',
					text: '={{ $json.details.scorecard.text }}',
					html: '={{ $json.details.scorecard.html }}',
					options: { appendAttribution: false },
				},
				credentials: { smtp: chosen },
			}),
		],
	);
	Object.assign(/** @type {any} */ (draft.nodes[0]).credentials, { jofiApi: chosen });
	const workflow = await stage.add(draft, [key]);
	const urls = await client.publish(workflow);
	jofi.webhooks.configure({
		live: urls['JOFI Trigger'],
		enabled: true,
		verification: { secret: SECRET },
	});
	jofi.webhooks.copies = () => 2;
	const [testTaker] = participants(1);
	completeEverything([testTaker]);
	const answers = await jofi.webhooks.flush();
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	const name = `${testTaker.first_name} ${testTaker.last_name}`;
	expect(await stage.mailed(1)).toEqual([`${name} completed all 3 JOFI assessments`]);
	await stage.settled(workflow);
	expect(stage.mails).toHaveLength(1);
	const [{ to, text, html }] = stage.mails;
	expect(to).toEqual([jofi.account.users[0].email]);
	expect(text).toMatch(
		new RegExp(
			`^Scorecard of ${name}: Sample Occupation Group Zone 3\\s+Thinking Skills\\s+Overall: \\d`,
		),
	);
	expect(html).toContain(`<h3>Scorecard of ${name}: Sample Occupation Group Zone 3</h3>`);
	expect(jofi.requests.filter(({ path }) => path.includes('/scorecard'))).toHaveLength(1);
});

describe('the credential JOFI API', () => {
	/** @param {Record<string, string>} data */
	const test = (data) =>
		stage.n8n.client.testCredential({
			name: 'JOFI key',
			type: 'jofiApi',
			data: { baseUrl: jofi.base, ...data },
		});

	it.each(/** @type {const} */ (['live', 'test']))('accepts a %s key', async (kind) => {
		expect(await test({ apiKey: jofi.keys[kind] })).toMatchObject({ status: 'OK' });
	});

	it('says that JOFI does not know a wrong key', async () => {
		expect(await test({ apiKey: 'sk_live_wrong' })).toEqual({
			status: 'Error',
			message:
				'JOFI does not know this API key. Compare it with the one your JOFI representative gave you.',
		});
	});

	it('sends the key to nobody else', async () => {
		const apiKey = jofi.keys.live;
		const { status, message } = await test({ apiKey, baseUrl: 'http://jofi.example.com/api/v2' });
		expect({ status, message }).toEqual({
			status: 'Error',
			message:
				'The JOFI API key is for https://www.jofiscore.com only, not for http://jofi.example.com',
		});
	});
});

it("no key of JOFI's API is in n8n's log", () => {
	const log = readFileSync(stage.n8n.logFile, 'utf8');
	expect(log).not.toContain(jofi.keys.live);
	expect(log).not.toMatch(/sk_(live|test)_/);
});
