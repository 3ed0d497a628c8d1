/**
 * `npm start`: from a provider's delivery to an email, in a real n8n. `--provider` names whose event
 * is played, and `--once` ends after the email.
 */
import { optionsOf } from './demo-options.mjs';
import { installHost } from './install.mjs';
import { runAsProgram } from './main.mjs';
import { prepare } from './prepare.mjs';
import { createProgress, seconds } from './progress.mjs';

const MAIL_MS = 60_000;

await runAsProgram(import.meta.url, async () => {
	const { once, provider } = optionsOf(process.argv.slice(2));
	const progress = createProgress();
	await prepare(progress);
	await installHost(progress);
	// Only now are the libraries there that the rest is made with.
	const { openDemo } = await import('./open-demo.mjs');
	const demo = await openDemo(progress, { provider });
	try {
		const { mail, tookMs, execution } = await demo.deliver({ timeoutMs: MAIL_MS });
		console.log(`
The email arrived ${seconds(tookMs)} after the event:

  From:    ${mail.from}
  To:      ${mail.to.join(', ')}
  Subject: ${mail.subject}
${mail.attachments.map(({ name, size }) => `  File:    ${name}, ${size} bytes\n`).join('')}
${mail.text.replace(/^/gm, '  ')}
`);
		if (once) return;
		console.log(`Open these in your browser:

  The run in n8n, signed in:  ${demo.signedIn}
  The mailbox:                ${demo.mailbox}

The same run, where you sign in yourself: ${execution}
  email    ${demo.account.email}
  password ${demo.account.password}

Every mail that n8n's workflows send to the credential "Mail" arrives in this mailbox. Ctrl-C ends it all and removes its data.`);
		demo.onMail(({ to, subject }) =>
			console.log(`\nAn email to ${to.join(', ')} arrived: ${subject}`),
		);
		await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
	} finally {
		progress.say('stopping n8n');
		await demo.close();
	}
});
