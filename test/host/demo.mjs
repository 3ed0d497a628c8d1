/**
 * `npm start`: from a signed JOFI delivery to an e-mail, in a real n8n. `--once` ends after the
 * e-mail.
 */
import { parseArgs } from 'node:util';
import { installHost } from './install.mjs';
import { runAsProgram } from './main.mjs';
import { prepare } from './prepare.mjs';
import { createProgress, seconds } from './progress.mjs';

const MAIL_MS = 60_000;

await runAsProgram(import.meta.url, async () => {
	const { once } = parseArgs({ options: { once: { type: 'boolean', default: false } } }).values;
	const progress = createProgress();
	await prepare(progress);
	await installHost(progress);
	// Only now are the libraries there that the rest is made with.
	const { openDemo } = await import('./open-demo.mjs');
	const demo = await openDemo(progress);
	try {
		const { mail, tookMs } = await demo.deliver({ timeoutMs: MAIL_MS });
		console.log(`
The e-mail arrived ${seconds(tookMs)} after the delivery:

  From:    ${mail.from}
  To:      ${mail.to.join(', ')}
  Subject: ${mail.subject}

${mail.text.replace(/^/gm, '  ')}
`);
		if (once) return;
		console.log(`n8n is open at ${demo.editor}
  e-mail   ${demo.account.email}
  password ${demo.account.password}

Every mail that its workflows send to the credential "Mail" arrives here. Ctrl-C ends it and removes its data.`);
		demo.onMail(({ to, subject }) =>
			console.log(`\nAn e-mail to ${to.join(', ')} arrived: ${subject}`),
		);
		await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
	} finally {
		progress.say('stopping n8n');
		await demo.close();
	}
});
