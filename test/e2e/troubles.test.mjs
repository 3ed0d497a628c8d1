import { randomUUID } from 'node:crypto';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { deliver, jofiWorkflow, newEvent, SECRET } from './jofi.mjs';
import { failing } from './regpack.mjs';
import { openStage } from './stage.mjs';

/** The example that mails once a day what went wrong. */

const SCHEDULE = 'Every Morning';
/** How many of the newest invitations JOFI lists here. */
const LISTED = 3;

const SELDOM = { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 5 }] } };
const EVERY_MINUTE = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
/** Stands for the credential that a test run adds. */
const NONE = /** @type {any} */ ({ id: '', name: '' });

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {Awaited<ReturnType<typeof startJofi>>} */
let jofi;
/** @type {Awaited<ReturnType<typeof startJobAffinity>>} */
let ja;
/** @type {import('../host/workflow.mjs').Credential[]} */
let credentials;
/** @type {import('../host/workflow.mjs').Workflow} */
let daily;
let application = 0;

beforeAll(async () => {
	stage = await openStage({ editor: false });
	jofi = await startJofi({ caps: { invitations: LISTED } });
	ja = await startJobAffinity();
	application = ja.account.apply().id;
	const { client } = stage.n8n;
	credentials = [
		await client.createCredential({
			...{ name: 'JOFI key', type: 'jofiApi' },
			data: { apiKey: jofi.keys.live, baseUrl: jofi.base },
		}),
		await client.createCredential({
			...{ name: 'JobAffinity login', type: 'jobAffinityApi' },
			data: { ...ja.login, baseUrl: ja.base },
		}),
	];
	daily = await stage.example('daily-trouble-email', credentials);
	await client.publish(daily);
});

afterAll(async () => {
	await stage?.clear();
	await stage?.close();
	await jofi?.close();
	await ja?.close();
});

/** Two nodes that send what a trigger itself reports to the example, as its note says. */
const reporting = () => [
	{
		name: 'Own Events',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				combinator: 'and',
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: randomUUID(),
						leftValue: "={{ ['delivery.refused', 'polling.gap'].includes($json.event) }}",
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
			},
			options: {},
		},
	},
	{
		name: 'Report',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: {
			workflowId: { __rl: true, mode: 'id', value: daily.id },
			options: {},
		},
	},
];

/**
 * A published workflow of the user, with the example as its error workflow.
 *
 * @param {import('../host/workflow.mjs').WorkflowDraft} draft
 */
async function published(draft) {
	const settings = { ...draft.settings, errorWorkflow: daily.id };
	const workflow = await stage.add({ ...draft, settings }, credentials);
	return { workflow, urls: await stage.n8n.client.publish(workflow) };
}

/** @param {string} name of the workflow @param {Record<string, unknown>} parameters */
function pollingDraft(name, parameters) {
	const draft = jofiWorkflow(NONE, parameters, reporting());
	const [{ webhookId: _, ...trigger }, ...others] = draft.nodes;
	const polling = {
		...trigger,
		type: 'n8n-nodes-talent-events.jofiPollingTrigger',
		typeVersion: 1,
		credentials: { jofiApi: { id: '', name: '' } },
	};
	return { ...draft, name, nodes: [polling, ...others] };
}

/** Until the example has written down so many. @param {number} count */
async function writtenDown(count) {
	const { client } = stage.n8n;
	const all = await client.waitForExecutions(daily.id, { count, timeoutMs: 100_000 });
	expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['success']));
}

/** A call of a webhook, in the history of JobAffinity. @param {number} response_status */
const recordCall = (response_status) =>
	ja.account.recordTask({
		...{ event: 'ProcessStepChange', at: ja.account.now(), response_body: '' },
		...{ response_status, applicationId: application },
	});

/** The mail of a morning; `undefined` if there is none. */
async function morning() {
	const { client } = stage.n8n;
	const before = stage.mails.length;
	const { executionId = '' } = await client.listen(daily, SCHEDULE);
	await stage.settled(daily);
	const { status, data } = await client.execution(executionId);
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	const mails = stage.mails.slice(before);
	expect(mails.length).toBeLessThanOrEqual(1);
	return mails[0];
}

it('a day of every kind of trouble is one mail that names each, and then only what goes on', async () => {
	const { client } = stage.n8n;
	const refusing = await published({
		...jofiWorkflow(NONE, { events: ['delivery.refused'] }, reporting()),
		name: 'Refuses',
	});
	const failed = await published({
		...jofiWorkflow(NONE, { events: ['*'] }, [failing]),
		name: 'Fails',
	});
	const gaps = await published(
		pollingDraft('Misses', { events: ['invitation.created', 'polling.gap'], ...SELDOM }),
	);
	const polling = await published(
		pollingDraft('Polls', { events: ['career_navigation_profile.created'], ...EVERY_MINUTE }),
	);

	const { status } = await deliver(refusing.urls['JOFI Trigger'], newEvent(), { secret: 'old' });
	expect(status).toBe(401);
	for (let count = 0; count < 2; count++) await deliver(failed.urls['JOFI Trigger'], newEvent());
	for (let count = 0; count < LISTED + 2; count++) jofi.account.invite();
	await stage.pollNow(gaps.workflow);
	await writtenDown(4);
	const withdraw = jofi.fail({
		match: 'GET /career-navigation-profiles',
		status: 404,
		body: { error: 'Account not found for API key' },
		times: Infinity,
	});
	await writtenDown(5);
	withdraw();
	await client.unpublish(polling.workflow);
	for (let count = 0; count < 5; count++) recordCall(503);

	const mail = await morning();
	expect([mail.to, mail.subject]).toEqual([
		['automation@example.com'],
		'6 things to look at in n8n',
	]);
	expect(mail.text.trim().split(/\n\n/).sort()).toEqual(
		[
			/^1 JOFI delivery was refused: the signature does not match\njofi, [-\d]+ [\d:]+$/,
			/^Broken on purpose \(2 times\)\nFails, [-\d]+ [\d:]+\nhttp.*\/executions\/\d+$/,
			/^Events of JOFI were missed\. JOFI .*: 2 more were missed\.\njofi, [-\d]+ [\d:]+$/,
			/^JOFI webhook: Webhooks are not enabled for this account.*\njofi, [-\d]+ [\d:]+$/,
			/^JobAffinity webhook: .*suspended.*\njobaffinity, [-\d]+ [\d:]+$/,
			// n8n names no execution of a poll that failed.
			/^The API key was not accepted\nPolls, [-\d]+ [\d:]+$/,
		].map((each) => expect.stringMatching(each)),
	);

	recordCall(200);
	expect((await morning()).text).toMatch(
		/^JOFI webhook: Webhooks are not enabled.*\njofi, [-\d]+ [\d:]+\s*$/,
	);
	jofi.webhooks.configure({
		...{ live: refusing.urls['JOFI Trigger'], enabled: true, verification: { secret: SECRET } },
	});
	expect(await morning()).toBeUndefined();
});

it('a provider that cannot be asked is trouble, too, and keeps nothing else from being mailed', async () => {
	const withdraw = [jofi, ja].map((site) =>
		site.fail({ match: /./, status: 403, times: Infinity }),
	);
	const { subject, text } = await morning();
	for (const each of withdraw) each();
	expect(subject).toBe('2 things to look at in n8n');
	expect(text).toMatch(/^JOFI webhook: The API key was not accepted$/m);
	expect(text).toMatch(/^JobAffinity webhook: The API user may not see this$/m);
	expect(await morning()).toBeUndefined();
});
