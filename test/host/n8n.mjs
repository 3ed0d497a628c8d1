import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child.mjs';
import { createClient, OWNER } from './client.mjs';
import { plainEnvironment } from './environment.mjs';
import { installHost } from './install.mjs';
import { placePackage } from './pack.mjs';
import { freePorts } from './ports.mjs';
import { createProgress } from './progress.mjs';
import { excerptOf } from './run.mjs';
import { placeFirstData } from './template.mjs';
import { removeFolder, temporaryFolder } from './temporary.mjs';

/** It would fetch a list of MCP servers. */
const ALWAYS_OFF = ['mcp-registry'];
/** Nothing here uses these parts of n8n, and a start without them takes a fifth less. */
const OFF_WITHOUT_EDITOR = [
	'agents',
	'breaking-changes',
	'chat-hub',
	'dynamic-credentials',
	'external-secrets',
	'favorites',
	'insights',
	'instance-ai',
	'instance-version-history',
	'ldap',
	'log-streaming',
	'mcp',
	'n8n-packages',
	'oauth-jwe',
	'oauth-server',
	'otel',
	'provisioning',
	'quick-connect',
	'source-control',
	'sso-oidc',
	'sso-saml',
	'token-exchange',
	'workflow-builder',
	'workflow-reviews',
];

/** On two idle cores it takes 5 s, and 10 s where a database is to be migrated. */
const START_MS = 180_000;
/** n8n lets running executions end before it stops. */
const STOP_MS = 40_000;
/** Less when whoever started it is gone. */
const ORPHAN_MS = 10_000;

/**
 * @typedef {object} StartOptions
 * @property {string | string[]} [tarball] packed packages to place before the start
 * @property {string} [userFolder] kept at the end; default: a temporary one, in which {@link OWNER}
 * is set up already, removed at the end
 * @property {number} [port] default: a free one
 * @property {string} [webhookUrl] the public address that n8n shows and hands to nodes, e.g.
 * `https://n8n.example.org/`
 * @property {boolean} [editor] false starts n8n without its editor, which takes two thirds of the
 * time; default: true
 * @property {Record<string, string>} [env] settings of n8n, added last
 * @property {string[]} [command] n8n's command; default `['start']`, others e.g. `['webhook']`,
 * `['worker']`
 * @property {(log: string) => boolean} [isReady] for commands without a readiness address: looks at
 * the log
 * @property {import('./progress.mjs').Progress} [progress]
 * @property {(excerpt: string) => void} [showLog] gets the end of n8n's log when it is stopped
 * @property {(userFolder: string, secrets: string[]) => Promise<void>} [atEnd] looks at what n8n
 * left when it is stopped, knowing the secrets of all credentials that the client made
 */

/**
 * @typedef {object} N8n
 * @property {string} base e.g. `http://127.0.0.1:5678`, without a slash at the end
 * @property {number} port
 * @property {number} pid of the process that runs now
 * @property {() => boolean} isRunning false once it was killed or gave up by itself
 * @property {string} userFolder holds `.n8n` with the database
 * @property {string} logFile what n8n printed
 * @property {import('./client.mjs').Client} client stays valid over restarts
 * @property {() => Promise<void>} stop lets n8n end; returns when all its processes are gone
 * @property {() => Promise<void>} kill SIGKILL to all its processes, data kept, as in a power cut;
 * n8n does not pause before its next start, as it does after a crash
 * @property {() => Promise<void>} restart stops it if it runs and starts it with the same data,
 * port and settings
 */

/**
 * Starts the pinned n8n on loopback and waits until it is ready. It ends with this process.
 *
 * @param {StartOptions} [options]
 * @returns {Promise<N8n>}
 * @throws {Error} with the end of n8n's log when it ends or is not ready in time
 */
export async function startN8n(options = {}) {
	const {
		tarball,
		webhookUrl,
		editor = true,
		env,
		command = ['start'],
		isReady,
		showLog,
		atEnd,
		progress = createProgress(),
	} = options;
	const host = await installHost(progress);
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	const [freePort, broker] = await freePorts(2);
	const port = options.port ?? freePort;
	const base = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	if (!options.userFolder) await setUp({ userFolder, host, progress });
	for (const each of [tarball ?? []].flat()) placePackage(each, userFolder);

	const launch = async () => {
		const child = startChild({
			node: host.node,
			args: [host.n8n, ...command],
			cwd: userFolder,
			env: plainEnvironment({
				...settings({ userFolder, port, broker, webhookUrl, editor }),
				...env,
			}),
			logFile,
			graceMs: ORPHAN_MS,
		});
		try {
			await waitUntilReady({ child, base, command, logFile, isReady, progress });
		} catch (error) {
			await child.stop(0);
			throw error;
		}
		return child;
	};

	let child = await launch();
	const client = createClient(base);
	return {
		base,
		port,
		userFolder,
		logFile,
		client,
		get pid() {
			return child.pid;
		},
		isRunning: () => child.isRunning(),
		async stop() {
			await child.stop(STOP_MS);
			showLog?.(excerptOf(logFile));
			try {
				await atEnd?.(userFolder, client.secrets);
			} finally {
				if (!options.userFolder) removeFolder(userFolder);
			}
		},
		async kill() {
			await child.stop(0);
			// n8n would find this at its next start, and wait ten seconds so as not to crash in a loop.
			rmSync(join(userFolder, '.n8n', 'crash.journal'), { force: true });
		},
		async restart() {
			await child.stop(STOP_MS);
			child = await launch();
		},
	};
}

/**
 * What n8n does at its first start, and a person who sets up the owner.
 *
 * @param {{ userFolder: string, host: import('./install.mjs').Host, progress: import('./progress.mjs').Progress }} options
 */
async function setUp({ userFolder, host, progress }) {
	await placeFirstData({
		userFolder,
		// The folder's name says which n8n it is.
		parts: [basename(host.folder), JSON.stringify(OWNER)],
		progress,
		async firstStart(folder) {
			progress.say('starting n8n for the first time, to keep its database');
			const n8n = await startN8n({ userFolder: folder, editor: false, progress });
			await n8n.client.signIn();
			await n8n.stop();
		},
	});
}

/**
 * n8n on loopback that asks nothing of the outside world.
 *
 * @param {{ userFolder: string, port: number, broker: number, webhookUrl: string | undefined, editor: boolean }} options
 */
function settings({ userFolder, port, broker, webhookUrl, editor }) {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(broker),
		// The login cookie over plain HTTP.
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		N8N_WEBHOOK_URL: webhookUrl,
		N8N_DISABLE_UI: String(!editor),
		N8N_DISABLED_MODULES: (editor ? ALWAYS_OFF : [...ALWAYS_OFF, ...OFF_WITHOUT_EDITOR]).join(','),
	};
}

/**
 * @param {object} options
 * @param {import('./child.mjs').Child} options.child
 * @param {string} options.base
 * @param {string[]} options.command
 * @param {string} options.logFile
 * @param {((log: string) => boolean) | undefined} options.isReady
 * @param {import('./progress.mjs').Progress} options.progress
 */
async function waitUntilReady({ child, base, command, logFile, isReady, progress }) {
	const what = `n8n ${command.join(' ')} at ${base}`;
	const wait = progress.wait(what);
	const end = Date.now() + START_MS;
	while (child.isRunning()) {
		if (
			isReady ? isReady(readFileSync(logFile, 'utf8')) : await answers(`${base}/healthz/readiness`)
		)
			return wait.done();
		if (Date.now() > end)
			throw new Error(`${what} was not ready after ${START_MS / 1000} s. ${excerptOf(logFile)}`);
		wait.tick();
		await Promise.race([sleep(100), child.ended]);
	}
	throw new Error(
		`${what} ended with ${await child.ended} before it was ready. ${excerptOf(logFile)}`,
	);
}

/** @param {string} url */
async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
