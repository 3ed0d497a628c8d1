import { openDemo } from '../host/open-demo.mjs';
import { expectNoSecrets } from '../host/secrets.mjs';
import { logged } from './jofi.mjs';

describe('the example jofi-assessment-completed-email', () => {
	/** @type {import('../host/open-demo.mjs').Demo} */
	let demo;
	beforeAll(async () => {
		demo = await openDemo(logged, { showLog: console.log, atEnd: expectNoSecrets });
	});
	afterAll(async () => {
		await demo?.close();
	});

	it('turns a signed delivery into an e-mail to who invited the participant', async () => {
		const { mail } = await demo.deliver({ timeoutMs: 30_000 });
		expect(mail.to).toEqual(['jane.recruiter@example.com']);
		expect(mail.subject).toBe('Linda Sample completed JOFI Thinking Skills, 1 of 3');
		expect(mail.text).toContain(
			'Linda Sample (linda.sample@example.com) completed JOFI Thinking Skills.',
		);
		expect(mail.text).toContain('Still open: JOFI Personality Traits, JOFI Career Interests');
		expect(mail.text).toContain(
			'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		);
	});
});
