/**
 * How large items are: `node test/host/with-build.mjs test/bench/items.mjs`. The simulated providers
 * make 100 deliveries each, about different people, and the built triggers turn them into items with
 * the options that a new trigger has. `--before <commit>` builds that commit in a folder of its own
 * and gives it the same deliveries at the same moments.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { request } from 'undici';
import { REPOSITORY } from '../host/repository.mjs';
import { removeFolder, temporaryFolder } from '../host/temporary.mjs';
import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { executeContext, ProcessedRow } from '../unit/executeContext.mjs';
import { webhookContext } from '../unit/webhookContext.mjs';

/** @typedef {{ method: string, url: string, headers: Record<string, any>, body: Buffer }} Delivery */
/** @typedef {{ label: string, folder: string }} Build */

const COUNT = 100;

/** Of an item: leaves without `payload`, and of these without `details`. */
const COLUMNS = ['bytes', 'leaves', 'no payload', 'nor details', 'at most'];

const FIRST_NAMES = ['Linda', 'Omar', 'Zoë', 'Jean-Baptiste', 'Bo', 'Олена', '美咲', 'Ana María'];
const LAST_NAMES = ['Sample', 'Ng', 'O’Neil', 'García Márquez', 'Müller-Lüdenscheidt', 'Li', 'Roy'];

/** Somebody whom no other number gives. @param {number} number */
function person(number) {
	const first_name = FIRST_NAMES[number % FIRST_NAMES.length];
	const last_name = LAST_NAMES[number % LAST_NAMES.length];
	return {
		first_name,
		last_name,
		email: `${'applicant.'.repeat(number % 3)}${number}@example.org`,
	};
}

/** Where the simulated providers deliver. */
async function openReceiver() {
	/** @type {Delivery[]} */
	const received = [];
	const server = createServer(async (incoming, response) => {
		const { method = '', url = '', headers } = incoming;
		received.push({ method, url, headers, body: await buffer(incoming) });
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/webhook/1`,
		take: () => received.splice(0),
		close: () => server.close(),
	};
}

/**
 * Each provider, and what happens to one person there: a pause after each event, in which it is
 * delivered and turned into items.
 */
const PROVIDERS = [
	{
		label: 'JOFI',
		node: 'Jofi/JofiTrigger',
		parametersOf: () => ({ events: ['*'] }),
		/** @param {string} url */
		async open(url) {
			const jofi = await startJofi();
			jofi.webhooks.configure({ live: url, verification: { secret: 'any' } });
			const { account } = jofi;
			return {
				...jofi,
				/** @param {number} number */
				*lifeOf(number) {
					const custom_id = number % 2 === 0 ? `REQ-${number}` : null;
					const phone = number % 3 === 0 ? '5550100200' : null;
					const { id } = account.invite({
						...person(number),
						...{ person_id: `P-${number}`, custom_id, phone },
						created_by_user_email: account.users[number % account.users.length].email,
						team_id: account.teams[number % account.teams.length].id,
						assessments_to_assign: [6, 7, 8].map((test_id) => ({ test_id })),
					});
					yield;
					const testTaker = account.accept(id);
					yield;
					for (const { assessment } of testTaker.assigned_assessments) {
						account.complete(testTaker.id, assessment.id);
						yield;
					}
					account.createProfile(testTaker.id);
					yield;
				},
				flush: () => jofi.webhooks.flush(),
			};
		},
	},
	{
		label: 'JobAffinity',
		node: 'JobAffinity/JobAffinityTrigger',
		parametersOf: () => ({ events: ['*'] }),
		/** @param {string} url */
		async open(url) {
			const ja = await startJobAffinity({ rateLimit: Infinity });
			ja.webhooks.configure({ url });
			const { account } = ja;
			const credential = { ...ja.login, baseUrl: ja.base };
			return {
				...ja,
				credentials: { jobAffinityApi: credential },
				/** @param {number} number */
				*lifeOf(number) {
					const { id: candidateId } = account.addCandidate(person(number));
					const job = account.jobs[number % account.jobs.length];
					const { id } = account.apply({ candidateId, jobId: job.id });
					yield;
					const [, ...steps] = account.get('process', job.processId).steps;
					for (const step of steps) {
						account.move(id, step.id);
						yield;
					}
				},
				flush: () => ja.webhooks.flush(),
			};
		},
	},
	{
		label: 'Regpack',
		node: 'Regpack/RegpackTrigger',
		/** The trigger has one URL for each event, which ends with it. @param {Delivery} delivery */
		parametersOf({ url }) {
			const [event, formId] = /(form_submit_)?([^/]+)$/.exec(url)?.slice(1).reverse() ?? [];
			return formId ? { events: 'form_submit_*', formId: event } : { events: event };
		},
		/** @param {string} url */
		async open(url) {
			const regpack = await startRegpack();
			const { account } = regpack;
			const forms = [12345, 12346];
			for (const event of [
				...['user_registered', 'form_submitted', 'user_complete', 'status_update'],
				...['user_order_updated', 'payment_event', ...forms.map((form) => `form_submit_${form}`)],
			])
				regpack.webhooks.configure({ event, url: `${url}/${event}` });
			const status = account.statuses.find(({ groupId }) => groupId === account.groupId)?.id ?? 0;
			return {
				...regpack,
				/** @param {number} number */
				*lifeOf(number) {
					const { email: main_email, ...names } = person(number);
					const { cloginId } = account.register({ ...names, main_email });
					yield;
					for (const form of forms) {
						account.completeForm(cloginId, form);
						yield;
					}
					account.order(cloginId, { q: 1 + (number % 3) });
					yield;
					account.pay(cloginId, 19.99 * (1 + (number % 4)));
					yield;
					account.setStatus(cloginId, status);
					yield;
				},
				flush: () => regpack.webhooks.flush(),
			};
		},
	},
	{
		label: 'Innovative Educators',
		node: 'InnovativeEducators/InnovativeEducatorsTrigger',
		parametersOf: () => ({ events: ['*'] }),
		/** @param {string} url */
		async open(url) {
			const ie = createInnovativeEducators({ factor: 1 });
			ie.webhook.configure({ url });
			return {
				...ie,
				/** @param {number} number */
				*lifeOf(number) {
					const { first_name: firstName, last_name: lastName, email } = person(number);
					const known = ie.learners[number % ie.learners.length];
					const learner = { ...known, id: randomUUID(), firstName, lastName, email };
					for (const course of ie.courses) {
						ie.complete({ learner, course });
						yield;
					}
				},
				flush: () => ie.webhook.flush(),
			};
		},
	},
];

/** @typedef {typeof PROVIDERS[number]} Provider */

/**
 * A trigger of a build, as it is when it is added to a workflow.
 *
 * @param {Build} build
 * @param {Provider} provider
 * @param {Record<string, object>} credentials
 */
function triggerOf({ folder }, { label, node, parametersOf }, credentials = {}) {
	const load = createRequire(join(folder, 'package.json'));
	const [, className] = node.split('/');
	/** @type {import('n8n-workflow').INodeType} */
	const trigger = new (load(`./dist/nodes/${node}.node.js`)[className])();
	const { systemClock } = load('./dist/nodes/shared/http/rateLimiter.js');
	const { now } = systemClock;
	let slept = 0;
	// The pace that is kept with a provider changes no item.
	systemClock.now = () => now() + slept;
	systemClock.sleep = async (/** @type {number} */ ms) => void (slept += ms);
	const row = new ProcessedRow();
	const own = {
		id: randomUUID(),
		name: `${label} Trigger`,
		type: trigger.description.name,
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { name }])),
	};
	const workflowId = randomUUID();
	const staticData = {};

	return {
		/**
		 * What n8n has after the first node. @param {Delivery} delivery
		 * @returns {Promise<Record<string, any>[]>}
		 */
		async itemsOf(delivery) {
			const parameters = {
				...Object.fromEntries(
					trigger.description.properties.map((property) => [property.name, property.default]),
				),
				...{ authentication: 'none', responseMode: 'onReceived', ...parametersOf(delivery) },
			};
			const { context, response } = webhookContext({
				...delivery,
				source: /** @type {any} */ ({ provider: { label }, credential: { name: '' } }),
				...{ isRead: true, nodeId: own.id, workflowId, parameters },
			});
			const { workflowData } = (await trigger.webhook?.call(context)) ?? {};
			if (!workflowData)
				throw new Error(`${label} did not start: ${JSON.stringify(response.body)}`);
			response.end();
			const execution = executeContext({ row, id: randomUUID(), workflowId, parameters }).context;
			Object.assign(execution, {
				getInputData: () => workflowData[0],
				getNode: () => own,
				getWorkflowStaticData: () => staticData,
				logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
				getCredentials: async (/** @type {string} */ name) => credentials[name],
			});
			Object.assign(execution.helpers, { httpRequestWithAuthentication: sendWith(credentials) });
			const output = await trigger.execute?.call(execution);
			return /** @type {any[][]} */ (output)[0].map(({ json }) => json);
		},
	};
}

/** How n8n sends a request with HTTP Basic. @param {Record<string, any>} credentials */
const sendWith =
	(credentials) =>
	async (
		/** @type {string} */ name,
		/** @type {{ url: string, method?: 'GET' }} */ { url, method },
	) => {
		const { login, password } = credentials[name];
		const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
		const { statusCode, headers, body } = await request(url, {
			method,
			headers: { authorization },
		});
		return { statusCode, headers, body: await body.json() };
	};

/** @param {unknown} value @returns {number} of texts, numbers, booleans and nulls */
const leavesOf = (value) =>
	typeof value === 'object' && value !== null
		? Object.values(value).reduce((sum, each) => sum + leavesOf(each), 0)
		: 1;

/** @param {unknown} value */
const bytesOf = (value) => Buffer.byteLength(JSON.stringify(value));

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** @param {string} name @param {(number | string)[]} cells */
const printRow = (name, cells) =>
	console.log(
		name.padEnd(38) +
			cells
				.map((cell) => (typeof cell === 'number' ? Math.round(cell).toLocaleString('en') : cell))
				.map((cell) => cell.padStart(12))
				.join(''),
	);

/** @param {string} name @param {Record<string, any>[]} items */
function printItems(name, items) {
	const beside = items.map(({ payload: _, ...rest }) => leavesOf(rest));
	const own = items.map(({ payload: _, details: __, ...rest }) => leavesOf(rest));
	printRow(`  ${name}`, [
		...[mean(items.map(bytesOf)), mean(items.map(leavesOf))],
		...[mean(beside), mean(own), Math.max(...own)],
	]);
}

/** @param {Provider} provider @param {Build[]} builds */
async function bench(provider, builds) {
	const receiver = await openReceiver();
	const site = await provider.open(receiver.url);
	const credentials = 'credentials' in site ? site.credentials : undefined;
	const triggers = builds.map((build) => triggerOf(build, provider, credentials));
	/** @type {Record<string, any>[][]} */
	const items = builds.map(() => []);
	let count = 0;
	for (let number = 0; count < COUNT; number++) {
		for (const _ of site.lifeOf(number)) {
			await site.flush();
			for (const delivery of receiver.take().slice(0, COUNT - count)) {
				count++;
				for (const [index, trigger] of triggers.entries())
					items[index].push(...(await trigger.itemsOf(delivery)));
			}
			if (count === COUNT) break;
		}
	}
	printRow(`\n${provider.label}: ${count} deliveries`, COLUMNS);
	for (const [index, { label }] of builds.entries())
		printItems(`${items[index].length} items, ${label}`, items[index]);
	const payloads = items.at(-1)?.map(({ payload }) => payload) ?? [];
	printRow('  payload alone', [mean(payloads.map(bytesOf)), mean(payloads.map(leavesOf))]);
	await site.close();
	receiver.close();
}

/**
 * Builds a commit in a folder of its own, with the packages that are installed here.
 *
 * @param {string} commit
 * @param {(build: Build) => Promise<void>} use
 */
async function withBuildOf(commit, use) {
	const folder = join(temporaryFolder('before'), 'work');
	const git = (/** @type {string[]} */ ...args) =>
		execFileSync('git', ['-C', REPOSITORY, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
	const id = git('rev-parse', '--short', commit);
	git('worktree', 'add', '--detach', folder, id);
	try {
		symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
		execFileSync(process.execPath, ['node_modules/typescript/bin/tsc'], { cwd: folder });
		await use({ label: id, folder });
	} finally {
		git('worktree', 'remove', '--force', folder);
		removeFolder(join(folder, '..'));
	}
}

/** @param {Build[]} builds */
async function benchAll(builds) {
	for (const provider of PROVIDERS) await bench(provider, builds);
}

const { before } = parseArgs({ options: { before: { type: 'string' } } }).values;
const present = { label: 'this build', folder: REPOSITORY };
if (before) await withBuildOf(before, (build) => benchAll([build, present]));
else await benchAll([present]);
