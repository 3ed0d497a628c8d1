import { chromium } from 'playwright-core';
import { ensureChromium } from '../host/chromium.mjs';
import { openDemo } from '../host/open-demo.mjs';
import { createProgress } from '../host/progress.mjs';
import { expectNoSecrets } from '../host/secrets.mjs';
import { logged } from './jofi.mjs';

const executablePath = await ensureChromium(createProgress());

/** @type {import('../host/open-demo.mjs').Demo} */
let demo;

/** @param {import('../host/demo-options.mjs').ProviderName} provider */
async function open(provider) {
	demo = await openDemo(logged, { provider, showLog: console.log, atEnd: expectNoSecrets });
	return await demo.deliver({ timeoutMs: 30_000 });
}

afterEach(async () => {
	await demo?.close();
});

describe('npm start', () => {
	it('turns a signed delivery of JOFI into an email to who invited the participant, and shows both in the browser', async () => {
		const { mail, execution } = await open('jofi');
		expect(mail.to).toEqual(['jane.recruiter@example.com']);
		expect(mail.subject).toBe('Linda Sample completed JOFI Thinking Skills, 1 of 3');
		expect(mail.text).toContain(
			'Linda Sample (linda.sample@example.com) completed JOFI Thinking Skills.',
		);
		expect(mail.text).toContain('Still open: JOFI Personality Traits, JOFI Career Interests');
		expect(mail.text).toContain(
			'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		);
		// Without a browser there is nothing to look at; on CI a missing one is an error before this.
		if (!executablePath) return;
		const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
		try {
			const page = await browser.newPage();
			await page.goto(demo.mailbox);
			await page.getByText(mail.subject).click();
			await page.getByText('Still open: JOFI Personality Traits').waitFor();
			await page.goto(demo.signedIn);
			expect(page.url()).toBe(execution);
			const nodes = page.locator('[data-test-id="canvas-node"]');
			await nodes.filter({ hasText: 'Send Email' }).waitFor();
			await page.locator('[data-test-id="canvas-node-status-success"]').nth(1).waitFor();
			// n8n's overview counts it some seconds later, and is not told of it.
			const counted = page.getByText('Prod. executions').first().locator('xpath=../..');
			do await page.goto(new URL('/home/workflows', execution).href);
			while (!/^Prod\. executions\s+1$/.test(await counted.innerText()));
		} finally {
			await browser.close();
		}
	});

	it('plays a step change of JobAffinity, whose details come from the API and its CV with it', async () => {
		const { mail } = await open('jobaffinity');
		expect(mail.subject).toMatch(/ moved to Interview for /);
		expect(mail.attachments).toEqual([
			{ name: expect.stringMatching(/\.pdf$/), size: expect.any(Number) },
		]);
	});

	it('plays forms of Regpack that an applicant has completed', async () => {
		const { mail } = await open('regpack');
		expect(mail.subject).toMatch(/^Welcome, .+!$/);
	});

	it('plays a completed course of Innovative Educators, from one of the documented addresses', async () => {
		const { mail } = await open('innovative-educators');
		expect(mail).toMatchObject({
			to: ['registrar@example.edu'],
			subject: 'Release the registration hold of 000123456',
		});
	});
});
