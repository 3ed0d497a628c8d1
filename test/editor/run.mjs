/**
 * How a person gets on in n8n's editor, by mouse and keyboard: `npm run test:editor`. It counts what
 * it takes to see a mail with sample data and to publish, beside n8n's own Webhook node; and shows
 * what the editor says when something is not as it should be, in light, in dark and in a small
 * window. Screenshots go to `test/screenshots`; the last line is JSON. `-- --short` for one provider in
 * one window.
 */
import { parseArgs } from 'node:util';
import { ensureChromium } from '../host/chromium.mjs';
import { N8N_VERSION } from '../host/install.mjs';
import { openMailbox } from '../host/mailbox.mjs';
import { runAsProgram } from '../host/main.mjs';
import { startN8n } from '../host/n8n.mjs';
import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';
import { openEditor } from '../e2e/browser.mjs';
import { jofiWorkflow } from '../e2e/jofi.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { tableOf } from '../faults/report.mjs';
import { CASES, LOCALHOST } from './cases.mjs';
import { barePublishFlow, bareSampleFlow, publishFlow, sampleFlow } from './flows.mjs';
import { createHand } from './hand.mjs';
import { newSecret, PROVIDERS } from './providers.mjs';

/** @typedef {import('./flows.mjs').Stage} Stage */
/** @typedef {import('./hand.mjs').Counts} Counts */
/** @typedef {{ provider: string, to: string, by: string, subject: string | null } & Counts} Result */

/** A workflow needs a public address to be published. */
const PUBLIC = 'https://n8n.example.org/';

/** A step of the simulator's first process. */
const INTERVIEW = 21;

const LARGE = { width: 1500, height: 1000 };

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
const WINDOWS = {
	light: { viewport: LARGE, colorScheme: 'light' },
	dark: { viewport: LARGE, colorScheme: 'dark' },
	small: { viewport: { width: 1024, height: 768 }, colorScheme: 'light' },
};

/**
 * @typedef {object} Flow
 * @property {string} to
 * @property {string} by
 * @property {(stage: Stage, provider: import('./providers.mjs').Provider) => Promise<import('../host/mailbox.mjs').Mail | undefined>} run
 * @property {Partial<Counts>} [most] what a person may have to do at most
 */

/** Before there is any credential of a provider. @type {Flow[]} */
const SAMPLE_FLOWS = [
	{
		to: 'sample mail',
		by: 'package',
		run: sampleFlow,
		most: { clicks: 12, drags: 3, decisions: 2, typed: 1, programs: 0 },
	},
	{ to: 'sample mail', by: 'Webhook node', run: bareSampleFlow },
];

/** With a login of JobAffinity, without which there is nothing in its events. @type {Flow[]} */
const PUBLISH_FLOWS = [
	{ to: 'published', by: 'package', run: publishFlow, most: { clicks: 20, programs: 0 } },
	{ to: 'published', by: 'Webhook node', run: barePublishFlow },
];

/** @type {(keyof Counts)[]} */
const COLUMNS = ['clicks', 'drags', 'decisions', 'typed', 'searches', 'programs'];

/**
 * @param {Stage} stage
 * @param {readonly Flow[]} flows
 * @param {readonly import('./providers.mjs').Provider[]} providers
 * @param {string[]} failures gets what is not kept
 * @returns {Promise<Result[]>}
 */
async function countFlows(stage, flows, providers, failures) {
	/** @type {Result[]} */
	const results = [];
	for (const provider of providers) {
		for (const { to, by, run, most = {} } of flows) {
			const name = `${provider.name}, ${to}, ${by}`;
			try {
				const mail = await run(stage, provider);
				const counts = stage.hand.counted();
				const subject = mail?.subject ?? null;
				results.push({ provider: provider.name, to, by, subject, ...counts });
				if (run === sampleFlow && subject !== provider.subject)
					failures.push(`${name}: the mail's subject is ${subject}`);
				for (const what of COLUMNS)
					if (counts[what] > (most[what] ?? Infinity))
						failures.push(
							`${name}: ${counts[what]} ${what}, where ${most[what]} are meant at most`,
						);
			} catch (error) {
				failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
			}
			await stage.editor.screenshot(`editor-${name}`);
		}
	}
	return results;
}

await runAsProgram(import.meta.url, async () => {
	const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
	const providers = values.short ? PROVIDERS.slice(0, 1) : PROVIDERS;
	const windows = values.short ? ['light'] : Object.keys(WINDOWS);
	const progress = createProgress();
	const chromium = await ensureChromium(progress);
	if (!chromium) throw new Error('Without a browser there is nothing to click on.');
	const tarball = await packPackage(progress);
	const mailbox = await openMailbox();
	const jobaffinity = await startJobAffinity();
	jobaffinity.account.move(jobaffinity.account.apply().id, INTERVIEW);
	/** @type {string[]} */
	const failures = [];
	/** @type {Result[]} */
	let flows = [];
	/** @type {string[]} */
	const shown = [];

	/**
	 * @param {import('../host/n8n.mjs').N8n} n8n
	 * @param {string} window
	 * @param {(stage: Stage) => Promise<void>} run
	 */
	async function inWindow(n8n, window, run) {
		const editor = await openEditor(String(chromium), n8n.base, WINDOWS[window]);
		try {
			await run({ n8n, mailbox, editor, hand: await createHand(editor) });
		} finally {
			await editor.close();
		}
	}

	/** @param {import('../host/n8n.mjs').N8n} n8n @param {import('./cases.mjs').Case[]} cases */
	async function showCases(n8n, cases) {
		for (const window of windows)
			await inWindow(n8n, window, async (stage) => {
				for (const { name, run } of cases) {
					progress.say(`${name}, ${window}`);
					try {
						await run(stage);
						shown.push(`${name}, ${window}`);
					} catch (error) {
						failures.push(`${name}, ${window}: ${error instanceof Error ? error.message : error}`);
					}
					// Messages slide in.
					await stage.editor.page.waitForTimeout(700);
					await stage.editor.screenshot(`editor-${name}, ${window}`);
				}
			});
	}

	const n8n = await startN8n({ tarball, webhookUrl: PUBLIC, progress });
	try {
		await n8n.client.signIn();
		await showOwnPort(n8n);
		await n8n.client.createCredential({ name: 'Mail', type: 'smtp', data: mailbox.credential });
		await inWindow(n8n, 'light', async (stage) => {
			flows = await countFlows(stage, SAMPLE_FLOWS, providers, failures);
			const { login, base } = jobaffinity;
			await n8n.client.createCredential({
				name: 'JobAffinity login',
				type: 'jobAffinityApi',
				data: { ...login, baseUrl: base },
			});
			flows.push(...(await countFlows(stage, PUBLISH_FLOWS, providers, failures)));
		});
		await showCases(n8n, CASES);
	} finally {
		await n8n.stop();
	}
	const local = await startN8n({ tarball, progress });
	try {
		await local.client.signIn();
		await showCases(local, [LOCALHOST]);
	} finally {
		await local.stop();
		await jobaffinity.close();
		await mailbox.close();
	}

	const rows = flows.map((result) => [
		...[result.provider, result.to, result.by],
		...COLUMNS.map((what) => String(result[what])),
		result.subject ?? 'no mail',
	]);
	console.log(
		`\n${tableOf([['provider', 'to', 'by', ...COLUMNS, 'subject of the mail'], ...rows])}\n`,
	);
	for (const { name, bare } of providers)
		if (bare.lacks) console.log(`${name}, Webhook node: without ${bare.lacks}.`);
	for (const failure of failures) console.log(`Not kept: ${failure}.`);
	const kept = failures.length === 0;
	console.log(JSON.stringify({ editor: flows, cases: shown, failures, n8n: N8N_VERSION, kept }));
	process.exitCode = kept ? 0 : 1;
});

/**
 * Sends n8n a delivery. Only the tests' n8n needs it: it has a public URL at which it cannot reach
 * itself, and not the default port, by which a trigger tries next.
 *
 * @param {import('../host/n8n.mjs').N8n} n8n
 */
async function showOwnPort({ client, base }) {
	const credential = await client.createCredential({
		name: 'First',
		type: 'jofiWebhookApi',
		data: { method: 'basic', user: 'n8n', secret: newSecret() },
	});
	const workflow = await client.createWorkflow(jofiWorkflow(credential, { events: ['*'] }));
	const { 'JOFI Trigger': url } = await client.publish(workflow);
	await fetch(base + new URL(url).pathname, { method: 'POST' });
	await client.unpublish(workflow);
	await client.deleteWorkflow(workflow);
	await client.rest('DELETE', `/credentials/${credential.id}`);
}
