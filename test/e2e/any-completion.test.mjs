import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { regpack } from '#dist/nodes/Regpack/provider.js';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { sampleOf } from '../providers/jofi/deliver.mjs';
import { deliver, SECRET } from './jofi.mjs';
import { openStage } from './stage.mjs';

/** A step of the simulator's first process. */
const INTERVIEW = 21;

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {Awaited<ReturnType<typeof startJobAffinity>>} */
let ja;

beforeAll(async () => {
	stage = await openStage({ editor: false });
	ja = await startJobAffinity();
});

afterAll(async () => {
	await stage?.clear();
	await ja?.close();
	await stage?.close();
});

it('one email of field names alone says of each provider what happened, to whom and when', async () => {
	const login = await stage.n8n.client.createCredential({
		name: 'JobAffinity login',
		type: 'jobAffinityApi',
		data: { ...ja.login, baseUrl: ja.base },
	});
	const workflow = await stage.example('any-completion-email', [login], {
		'Innovative Educators Trigger': { ipAllowlist: '127.0.0.1, ::1' },
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
	await deliver(urls['Regpack Trigger'], userComplete);
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
