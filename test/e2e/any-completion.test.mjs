import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import omit from 'lodash/omit.js';
import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { regpack } from '#dist/nodes/Regpack/provider.js';
import { openSftp } from '../host/sftp.mjs';
import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
import { startThoughtIndustries } from '../providers/innovative-educators/thoughtIndustries.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { sampleOf } from '../providers/jofi/deliver.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { deliver, SECRET } from './jofi.mjs';
import { entered, secretInQuery } from './regpack.mjs';
import { openStage } from './stage.mjs';

/** A step of the simulator's first process. */
const INTERVIEW = 21;

/** Forms of the simulator, which are all that an applicant has. */
const FORMS = [12345, 12346];

/** On loopback no connection has the documented addresses. */
const LOOPBACK = { authentication: 'address', ipAllowlist: '127.0.0.1, ::1' };
const OFTEN = { rule: { interval: [{ field: 'seconds', secondsInterval: 4 }] } };
const SELDOM = { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 5 }] } };

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

it('one email of field names alone says of each provider what happened, to whom and when', async () => {
	const workflow = await stage.example('any-completion-email', [login], {
		'Innovative Educators Trigger': LOOPBACK,
	});
	const [{ parameters }] = workflow.nodes.filter(({ name }) => name === 'Send Email');
	const expressions = [...JSON.stringify(parameters).matchAll(/\{\{(.*?)\}\}/g)];
	expect(expressions.length).toBeGreaterThan(5);
	for (const [, expression] of expressions)
		expect(expression).toMatch(/^ \$json(\.[a-zA-Z]+){1,2} $/);

	const urls = await stage.n8n.client.publish(workflow);
	ja.webhooks.configure({
		url: urls['JobAffinity Trigger'],
		verification: { secret: SECRET },
		retries: [],
	});
	const { id } = ja.account.apply();
	await ja.webhooks.flush();
	await stage.mailed(1);
	ja.account.move(id, INTERVIEW);
	await ja.webhooks.flush();
	const userComplete = regpack.events.find(({ type }) => type === 'user_complete')?.sample;
	await deliver(urls['JOFI Trigger'], sampleOf('test_taker.assessment_completed'));
	await deliver(entered(urls['Regpack Trigger']), userComplete);
	await deliver(urls['Innovative Educators Trigger'], innovativeEducators.events[0].sample);

	const [candidate] = ja.account.candidates;
	const [job] = ja.account.jobs;
	const name = `${candidate.first_name} ${candidate.last_name}`;
	expect(await stage.mailed(5)).toEqual(
		[
			`${name} moved to New for ${job.title}`,
			`${name} moved to Interview for ${job.title}`,
			'Linda Sample completed JOFI Thinking Skills, 1 of 3',
			'Ada Sample completed all forms',
			'Ada Learner completed New Student Orientation',
		].sort(),
	);
	/** What a mail says under a heading. @param {string} subject @param {string} heading */
	const said = (subject, heading) => {
		const text = stage.mails.find((mail) => mail.subject.startsWith(subject))?.text ?? '';
		return new RegExp(`^${heading}:(.*)$`, 'm').exec(text)?.[1].trim();
	};
	expect(['Linda', 'Ada Sample', 'Ada Learner', name].map((who) => said(who, 'Email'))).toEqual([
		'linda.sample@example.com',
		'ada.sample@example.com',
		'ada.learner@college.example',
		candidate.email,
	]);
	expect(said('Linda', 'When')).toMatch(/^Feb 3, 2026, \d+:05 [AP]M$/);
	expect(said(name, 'When')).toMatch(/^[A-Z][a-z]{2} \d+, \d{4}$/);
	expect(said('Linda', 'Scorecard')).toMatch(/^https:\/\/www\.jofiscore\.com\//);
	// What a provider does not say stays empty.
	expect([said('Ada Sample', 'When'), said('Ada Learner', 'Scorecard')]).toEqual(['', '']);
	for (const { text } of stage.mails) expect(text).not.toMatch(/null|undefined|\[object/);
});

/** @param {string} name @returns {import('../host/workflow.mjs').WorkflowDraft} */
const exampleOf = (name) =>
	JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), 'utf8'));

/**
 * The backstops of examples and other triggers, all of which lead to the **Send Email** of the
 * example for any provider.
 *
 * @param {string[]} names
 * @param {import('../host/workflow.mjs').WorkflowNode[]} others
 * @returns {import('../host/workflow.mjs').WorkflowDraft}
 */
function backstopsOf(names, others = []) {
	const examples = names.map(exampleOf);
	const [sendEmail] = exampleOf('any-completion-email').nodes.filter(
		({ name }) => name === 'Send Email',
	);
	// The triggers by webhook and the emails have one.
	const nodes = examples
		.flatMap((example) => example.nodes)
		.filter(({ type, webhookId }) => !webhookId && type !== 'n8n-nodes-base.stickyNote')
		.map((node) => ({
			...node,
			parameters: {
				...node.parameters,
				...(node.type === 'n8n-nodes-base.scheduleTrigger' && OFTEN),
				...('pollTimes' in node.parameters && SELDOM),
			},
		}));
	const toSendEmail = { main: [[{ node: sendEmail.name, type: 'main', index: 0 }]] };
	const all = Object.assign(
		Object.fromEntries(others.map(({ name }) => [name, toSendEmail])),
		...examples.map(({ connections }) => connections),
	);
	const kept = [...nodes, ...others, sendEmail];
	return {
		name: `Backstops ${randomUUID()}`,
		nodes: kept,
		connections: Object.fromEntries(
			Object.entries(all).filter(([from]) => kept.some(({ name }) => name === from)),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** What a mail says, by heading. @param {import('../host/mailbox.mjs').Mail} mail */
const sayings = ({ subject, text }) => ({
	subject,
	...Object.fromEntries(
		[...text.matchAll(/^(\w+):(.*)$/gm)].map(([, heading, said]) => [heading, said.trim()]),
	),
});

/** Mails by provider. @param {import('../host/mailbox.mjs').Mail[]} mails */
const byProvider = (mails) =>
	Object.fromEntries(
		mails
			.map(sayings)
			.map((/** @type {Record<string, string>} */ mail) => [mail.Event.split(':', 1)[0], mail]),
	);

/**
 * What a backstop says in other words than the webhook. Regpack's list of users tells that somebody
 * has completed more forms, which is another event.
 *
 * @type {Record<string, string[]>}
 */
const DIFFERENT = {
	jofi: [],
	jobaffinity: [],
	regpack: ['subject', 'Event'],
	'innovative-educators': [],
};

it('the same email says the same of what no webhook brought', async () => {
	const { client } = stage.n8n;
	const jofi = await startJofi();
	const regpack = await startRegpack();
	const ie = createInnovativeEducators({ factor: 1 });
	const sftp = await openSftp();
	const site = await startThoughtIndustries({ completions: ie.completions });
	const regpackLogin = await client.createCredential({
		name: 'Regpack',
		type: 'regpackApi',
		data: { ...regpack.credential, baseUrl: regpack.base },
	});
	const credentials = [
		login,
		regpackLogin,
		await client.createCredential({
			name: 'JOFI key',
			type: 'jofiApi',
			data: { apiKey: jofi.keys.live, baseUrl: jofi.base },
		}),
		await client.createCredential({ name: 'SFTP', type: 'sftp', data: sftp.credential }),
		await client.createCredential({
			name: 'Thought Industries',
			type: 'thoughtIndustriesApi',
			data: { site: 'college.thoughtindustries.com', apiKey: site.key, baseUrl: site.base },
		}),
	];
	// All of them are known before anything happens.
	const testTaker = jofi.account.accept(jofi.account.invite().id);
	const application = ja.account.apply();
	const { cloginId: person } = regpack.account.register();

	// The form that is submitted last has no address, so that the webhook's item has it from the API.
	const added = await stage.example('any-completion-email', credentials, {
		'Regpack Trigger': { fetchUserDetails: true },
		'Innovative Educators Trigger': LOOPBACK,
	});
	const secret = await secretInQuery(client);
	const webhooks = await client.updateWorkflow({
		...added,
		nodes: added.nodes.map((node) =>
			node.name === 'Regpack Trigger'
				? { ...node, credentials: { regpackWebhookApi: secret, regpackApi: regpackLogin } }
				: node,
		),
	});
	const backstops = await stage.add(
		backstopsOf(
			[
				'jofi-webhook-with-polling-backstop',
				'jobaffinity-webhook-with-polling-backstop',
				'innovative-educators-webhook-with-nightly-file',
			],
			[
				{
					id: randomUUID(),
					name: 'Regpack Polling Trigger',
					type: 'n8n-nodes-talent-events.regpackPollingTrigger',
					typeVersion: 1,
					position: [0, 400],
					parameters: { events: ['forms_progressed'], ...SELDOM },
					credentials: { regpackApi: { id: '', name: 'Regpack' } },
				},
			],
		),
		credentials,
	);
	const urls = await client.publish(webhooks);
	await client.publish(backstops);
	const verification = { secret: SECRET };
	jofi.webhooks.configure({ live: urls['JOFI Trigger'], enabled: true, verification });
	ja.webhooks.configure({ url: urls['JobAffinity Trigger'], verification, retries: [] });
	regpack.webhooks.configure({ event: 'user_complete', url: entered(urls['Regpack Trigger']) });
	ie.webhook.configure({ url: urls['Innovative Educators Trigger'] });

	jofi.account.complete(testTaker.id, testTaker.assigned_assessments[0].assessment.id);
	ja.account.move(application.id, INTERVIEW);
	for (const form of FORMS) regpack.account.completeForm(person, form);
	ie.complete();
	for (const { flush } of [jofi.webhooks, ja.webhooks, regpack.webhooks, ie.webhook]) await flush();
	await stage.mailed(4);
	await stage.settled(webhooks);
	await client.unpublish(webhooks);
	const byWebhook = byProvider(stage.mails);
	expect(Object.keys(byWebhook).sort()).toEqual(Object.keys(DIFFERENT).sort());
	expect(stage.mails).toHaveLength(4);

	const day = new Date(ie.completions[0].timestamp).toLocaleDateString('en-CA', {
		timeZone: 'America/New_York',
	});
	sftp.push({ ...ie.nightlyFile(day, 'csv'), modified: Date.now() });
	await stage.pollNow(backstops);
	await stage.mailed(8);
	await client.unpublish(backstops);
	await stage.settled(backstops);
	const byBackstop = byProvider(stage.mails.slice(4));
	expect(stage.mails).toHaveLength(8);

	for (const [provider, different] of Object.entries(DIFFERENT)) {
		const [delivered, found] = [byWebhook[provider], byBackstop[provider]];
		expect(omit(found, different)).toEqual(omit(delivered, different));
		for (const heading of different) expect(found[heading]).not.toBe(delivered[heading]);
		expect(found).toMatchObject({
			Name: expect.stringMatching(/./),
			Email: expect.stringMatching(/@/),
			ID: expect.stringMatching(/./),
		});
	}
	expect([byWebhook.regpack.subject, byBackstop.regpack.subject]).toEqual([
		`${byWebhook.regpack.Name} completed all forms`,
		`${byWebhook.regpack.Name} completed 2 of 2 forms`,
	]);

	const fromApi = await stage.add(
		backstopsOf(['innovative-educators-webhook-with-api-backstop']),
		credentials,
	);
	await client.publish(fromApi);
	await stage.mailed(9);
	await client.unpublish(fromApi);
	await stage.settled(fromApi);
	const [, ...more] = stage.mails.slice(8);
	expect(more).toEqual([]);
	expect(sayings(stage.mails[8])).toEqual(byWebhook['innovative-educators']);

	for (const each of [jofi, regpack, ie, sftp, site]) await each.close();
});
