import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, posix } from 'node:path';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { verifySignature } from '#dist/nodes/shared/webhook/verification/verify.js';
import jestConfig from '../../jest.config.mjs';
import { checkCommands, checkKnown } from '../docs/checkCommands.mjs';
import { checkEvents } from '../docs/checkEvents.mjs';
import { checkCovered, checkLabels, checkSentences } from '../docs/checkLabels.mjs';
import { checkLinks, linkProblem } from '../docs/checkLinks.mjs';
import { checkSettings } from '../docs/checkSettings.mjs';
import {
	checkCounts,
	checkExamples,
	checkLength,
	checkText,
	checkVersion,
} from '../docs/checkText.mjs';
import { derivedDocuments, nodesOf, providers, withDerivedParts } from '../docs/derived.mjs';
import { documents, filesIn, read } from '../docs/documents.mjs';
import { parse } from '../docs/markdown.mjs';
import { N8N_LABELS } from '../docs/n8nLabels.mjs';
import { listed } from '../docs/n8nVariables.mjs';
import {
	answers,
	credentialMessages,
	credentials,
	deliveredTypes,
	EVENT_ALIASES,
	eventTypes,
	labelsOf,
	linksFromEditor,
	ownLabels,
	packageJson,
	shownLabels,
} from '../docs/package.mjs';
import { N8N_VERSION } from '../host/install.mjs';
import { REPOSITORY } from '../host/repository.mjs';
import { temporaryFolder } from '../host/temporary.mjs';

/** The documents are true: each check returns findings, and there are none. */

/** @typedef {import('../docs/markdown.mjs').Document} Document */

/** Hosts that links may name. Nothing is fetched, so that a page is still there is not checked. */
const HOSTS = [
	'docs.n8n.io',
	'keepachangelog.com',
	'n8n.io',
	'semver.org',
	'www.conventionalcommits.org',
	'www.jofiscore.com',
	'www.standardwebhooks.com',
];

/** Variables that the package's own tools read, and a file that shows it. */
const OWN_SETTINGS = {
	CHROMIUM_PATH: 'test/host/chromium.mjs',
	CI: 'test/host/test.mjs',
	DEBUG: 'test/host/main.mjs',
	NPM_TOKEN: '.github/workflows/publish.yml',
	TALENT_EVENTS_CACHE: 'test/host/cache.mjs',
	HOST: 'deploy/.env.example',
	POSTGRES_PASSWORD: 'deploy/.env.example',
	REDIS_PASSWORD: 'deploy/.env.example',
};

/** Pages for developers, who meet bold that is no label. */
const FOR_DEVELOPERS = ['docs/architecture.md', 'docs/adding-a-provider.md'];

/**
 * Every command that the documents show in a block, and how it is known to work: a test that runs
 * it, this one included, or why none does.
 *
 * @type {import('../docs/checkCommands.mjs').Known[]}
 */
const COMMANDS = [
	{ command: /^npm start( -- --once)?$/, test: '.ci/run' },
	{ command: /^npm (ci|run build)$/, test: 'test/host/prepare.mjs' },
	{ command: /^npm pack( --pack-destination deploy)?$/, test: 'test/host/pack.mjs' },
	{
		command: /^npm install --ignore-scripts --omit=peer n8n-nodes-talent-events$/,
		reason: 'the package is not on npm yet',
	},
	{
		command: /^docker run /,
		reason: 'tests have no Docker; its image and its variables are compared with the pinned n8n',
	},
	{
		command: /^docker compose up -d( --build| --scale worker=3)?$/,
		reason: 'tests have no Docker; test/unit/deploy.test.mjs checks the files that it reads',
	},
	{ command: /^cp \.env\.example \.env$/, test: 'test/unit/deploy.test.mjs' },
	{ command: /^(mkdir -p|cd|tar -xzf) /, test: 'test/unit/docs.test.mjs' },
	{ command: /^openssl (rand|dgst) /, test: 'test/unit/docs.test.mjs' },
	{ command: /^(printf|sed|curl) /, test: 'test/unit/docs.test.mjs' },
];

const settings = new Set([...listed.variables, ...Object.keys(OWN_SETTINGS)]);
const labels = new Set([...ownLabels, ...N8N_LABELS]);
const examples = filesIn('examples').filter((file) => file.endsWith('.json'));
const events = {
	types: eventTypes,
	sent: deliveredTypes,
	aliases: EVENT_ALIASES,
	providers: providers.map(({ source }) => source.provider.name),
};
const repository = {
	scripts: Object.keys(packageJson.scripts),
	projects: (jestConfig.projects ?? []).map((project) =>
		typeof project === 'string' ? project : String(project.displayName),
	),
	exists: (/** @type {string} */ path) => existsSync(join(REPOSITORY, path)),
	n8n: N8N_VERSION,
};
const world = {
	exists: repository.exists,
	anchors: (/** @type {string} */ path) => documents.find((each) => each.path === path)?.anchors,
	home: packageJson.homepage,
	hosts: HOSTS,
};

/** @param {string} path @returns {Document} */
const page = (path) => documents.find((each) => each.path === path) ?? parse(path, '');

const guides = documents.filter(
	({ path }) => /^(docs|examples|deploy)\//.test(path) || path === 'README.md',
);
const forUsers = guides.filter(({ path }) => !FOR_DEVELOPERS.includes(path));
/** Pages that say of all providers what is alike. */
const topics = ['verify-deliveries', 'reliability', 'self-hosting', 'troubleshooting'].map((name) =>
	page(`docs/${name}.md`),
);

describe.each(documents.map((document) => [document.path, document]))('%s', (path, document) => {
	test('has links that lead somewhere', () => {
		expect(checkLinks(document, world)).toEqual([]);
	});

	test('names only settings that exist', () => {
		expect(checkSettings(document, settings)).toEqual([]);
	});

	test('names only events that exist', () => {
		expect(checkEvents(document, events)).toEqual([]);
	});

	test('has commands that are known to work', () => {
		expect(checkCommands(document, repository, COMMANDS)).toEqual([]);
	});

	test('has right numbers, and nothing unfinished', () => {
		const counts = { examples: examples.length, providers: providers.length };
		expect([...checkText(document), ...checkCounts(document, counts)]).toEqual([]);
	});

	test('names the n8n that the tests run', () => {
		expect(checkVersion(document, N8N_VERSION)).toEqual([]);
	});
});

describe.each(forUsers.map((document) => [document.path, document]))('%s', (path, document) => {
	test('has bold labels of the package or of n8n only', () => {
		expect(checkLabels(document, labels)).toEqual([]);
	});
});

describe.each(derivedDocuments)('%s', (path) => {
	test('shows what the code has', () => {
		const { text } = page(path);
		expect(withDerivedParts(path, text)).toBe(text);
	});
});

describe('together, the documents', () => {
	test('are not too long, and not too few', () => {
		expect([
			...checkLength(page('README.md'), 1500),
			...checkLength(page('CONTRIBUTING.md'), 900),
		]).toEqual([]);
		expect(page('README.md').images.length).toBeGreaterThanOrEqual(3);
		const pages = documents.filter(({ path }) => path.startsWith('docs/'));
		expect(pages.length).toBeGreaterThanOrEqual(10);
	});

	test('name the tested n8n where people look for it', () => {
		expect(page('README.md').text).toContain(`n8n ${N8N_VERSION}`);
		expect(page('docs/self-hosting.md').text).toContain(`n8n ${N8N_VERSION}`);
	});

	test('need every label of n8n that is listed', () => {
		const bold = new Set(forUsers.flatMap((document) => document.bold));
		expect(N8N_LABELS.filter((label) => !bold.has(label))).toEqual([]);
	});

	test('have every sentence that a delivery can be answered with', () => {
		const sentences = answers();
		expect(sentences.length).toBeGreaterThan(25);
		const where = [page('docs/reliability.md'), page('docs/troubleshooting.md')];
		expect(checkSentences(where, sentences)).toEqual([]);
	});

	test("have every message about a secret that the webhook credential's test shows", () => {
		const where = [page('docs/verify-deliveries.md'), page('docs/troubleshooting.md')];
		expect(checkSentences(where, credentialMessages())).toEqual([]);
	});

	test('name every field of every credential', () => {
		const fields = credentials().flatMap(({ properties }) => shownLabels(properties).fields);
		const where = [page('docs/verify-deliveries.md'), ...providers.map((each) => page(each.page))];
		expect(checkCovered(where, fields)).toEqual([]);
	});

	test.each(providers.map(({ folder, page: path }) => [path, folder]))(
		'name in %s, or in a topic of all, every parameter of the triggers',
		(path, folder) => {
			const triggers = nodesOf(folder).filter(({ group }) => group.includes('trigger'));
			const shown = triggers.map(({ properties }) => shownLabels(properties));
			const where = [page(path), ...topics];
			const fields = shown.flatMap(({ fields }) => fields);
			// A choice that is a value, such as POST, may be in code.
			const code = new Set(where.flatMap((document) => document.code));
			const choices = shown.flatMap(({ choices }) => choices).filter((label) => !code.has(label));
			expect(checkCovered(where, [...fields, ...choices])).toEqual([]);
		},
	);

	test.each(providers.map(({ folder, page: path }) => [path, folder]))(
		"have a row in a table of %s for every event of the provider's triggers",
		(path, folder) => {
			const cells = page(path).tables.flatMap(({ rows }) => rows.flat().map(({ text }) => text));
			const missing = nodesOf(folder)
				.flatMap(({ properties }) => properties.find(({ name }) => name === 'events') ?? [])
				.flatMap(({ options }) => (options ?? []).flatMap(labelsOf))
				.filter((label) => label !== 'Any Event' && !cells.includes(label));
			expect(missing).toEqual([]);
		},
	);

	test('are all in the index', () => {
		const index = page('docs/README.md');
		const linked = index.links.map((link) => posix.join('docs', link.split('#')[0]));
		const lost = documents.filter(
			({ path }) => path.startsWith('docs/') && path !== index.path && !linked.includes(path),
		);
		expect(lost.map(({ path }) => path)).toEqual([]);
	});

	test('link to every example, and describe it', () => {
		const of = (/** @type {string} */ from) => (/** @type {string} */ link) =>
			posix.normalize(posix.join(posix.dirname(from), link));
		const index = 'examples/README.md';
		const missing = providers.flatMap(({ page: path, source }) => {
			const own = examples.filter((file) =>
				posix.basename(file).startsWith(`${source.provider.name}-`),
			);
			expect(own.length).toBeGreaterThan(0);
			return checkExamples(page(path), own, of(path));
		});
		expect([...checkExamples(page(index), examples, of(index)), ...missing]).toEqual([]);
	});

	test('have the headings that the editor and the code link to', () => {
		const links = linksFromEditor();
		expect(links.length).toBeGreaterThan(20);
		const lost = links.flatMap(({ file, link }) => {
			if (link === `${packageJson.homepage}.git`) return [];
			const problem = linkProblem(link, file, world);
			return problem === undefined ? [] : [`${file}: ${link} ${problem}`];
		});
		expect(lost).toEqual([]);
	});

	test('are linked from each node to the page of its provider', () => {
		for (const { folder, page: path } of providers) {
			for (const file of readdirSync(join(REPOSITORY, 'nodes', folder))) {
				if (!file.endsWith('.node.json')) continue;
				const { resources } = JSON.parse(read(`nodes/${folder}/${file}`));
				const [{ url }] = resources.primaryDocumentation;
				expect(url.split('#')[0]).toBe(`${packageJson.homepage}/blob/main/${path}`);
			}
		}
	});
});

describe('what the commands of the documents are compared with', () => {
	test('is the list of variables of the pinned n8n', () => {
		// That the list is complete is a test in e2e, where this n8n is installed.
		expect(listed.n8n).toBe(N8N_VERSION);
		expect(listed.variables.length).toBeGreaterThan(500);
	});

	test('is read by the package itself, where it is a setting of its own', () => {
		for (const [name, file] of Object.entries(OWN_SETTINGS)) expect(read(file)).toContain(name);
	});

	test('is needed, and says who runs it', () => {
		expect(checkKnown(documents, COMMANDS)).toEqual([]);
		for (const { test: file, reason } of COMMANDS) {
			expect([file, reason].filter(Boolean).length).toBe(1);
			if (file !== undefined) expect(repository.exists(file)).toBe(true);
		}
	});
});

/**
 * The block of commands that contains a text.
 *
 * @param {string} part
 * @returns {string}
 */
function blockWith(part) {
	const blocks = documents
		.flatMap((document) => document.blocks)
		.filter(({ lang, text }) => lang === 'sh' && text.includes(part));
	expect(blocks.length).toBeGreaterThan(0);
	return blocks[0].text;
}

/**
 * Runs commands as a reader does, in an empty folder.
 *
 * @param {string} script
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<string>} what they print
 */
async function run(script, { cwd, env = {} }) {
	const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
		cwd,
		env: { PATH: String(process.env.PATH), HOME: cwd, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [printed, problem] = ['', ''];
	child.stdout.on('data', (data) => (printed += data));
	child.stderr.on('data', (data) => (problem += data));
	const code = await new Promise((resolve) => child.once('close', resolve));
	if (code !== 0) throw new Error(`${script}\nended with ${code}: ${problem}`);
	return printed;
}

describe('a reader who copies the commands', () => {
	test('sends a delivery that the trigger verifies and knows', async () => {
		const secret = 'a secret of the test, with a space';
		const server = createServer();
		/** @type {Promise<{ headers: import('node:http').IncomingHttpHeaders, method?: string, body: Buffer }>} */
		const received = new Promise((resolve) => {
			server.on('request', (request, response) => {
				/** @type {Buffer[]} */
				const parts = [];
				request.on('data', (part) => parts.push(part));
				request.on('end', () => {
					response.end('{"message":"Accepted."}');
					const { headers, method } = request;
					resolve({ headers, method, body: Buffer.concat(parts) });
				});
			});
		});
		await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
		try {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			const script = blockWith('openssl dgst').replace(/^(URL|SECRET)=.*$/gm, '');
			const env = { URL: `http://127.0.0.1:${port}/`, SECRET: secret };
			expect(await run(script, { cwd: temporaryFolder('docs'), env })).toContain('Accepted.');
			const delivery = await received;
			const header = (/** @type {string} */ name) => String(delivery.headers[name] ?? '');
			const verification = {
				scheme: presets.github,
				secrets: [secret],
				toleranceSeconds: 300,
				now: Date.now(),
			};
			expect(verifySignature(delivery.body, header, verification)).toBeUndefined();
			expect(
				verifySignature(delivery.body, header, { ...verification, secrets: ['another secret'] }),
			).toBe('The signature does not match.');
			expect([delivery.method, header('content-type')]).toEqual(['POST', 'application/json']);
			expect(eventTypes).toContain(JSON.parse(delivery.body.toString()).type);
		} finally {
			server.close();
		}
	});

	test('makes a secret that is long enough', async () => {
		const secret = await run(blockWith('openssl rand'), { cwd: temporaryFolder('docs') });
		expect(secret.trim().length).toBeGreaterThanOrEqual(32);
	});

	test('unpacks the package where n8n looks for it', async () => {
		const home = temporaryFolder('docs');
		const clone = join(home, 'clone');
		mkdirSync(join(clone, 'package', 'dist'), { recursive: true });
		for (const file of ['package.json', 'dist/index.js'])
			writeFileSync(join(clone, 'package', file), file);
		// npm's part, of which the tests in a real n8n see that it makes the tarball.
		const npm =
			'npm() { if [ "$1" = pack ]; then tar -czf n8n-nodes-talent-events-0.1.0.tgz package; fi; }';
		await run(`${npm}\n${blockWith('tar -xzf')}`, { cwd: clone, env: { HOME: home } });
		const installed = join(home, '.n8n', 'nodes', 'node_modules', packageJson.name);
		expect(readFileSync(join(installed, 'dist', 'index.js'), 'utf8')).toBe('dist/index.js');
		expect(existsSync(join(installed, 'package.json'))).toBe(true);
	});
});

describe('a check finds', () => {
	/** @param {string} text */
	const written = (text) => parse('docs/made-up.md', text);

	test('a label that the editor does not show', () => {
		const document = written('Open **JOFI Trigger**, then **Acknowledge**.');
		expect(checkLabels(document, labels)).toEqual(['docs/made-up.md:1: "Acknowledge" is no label']);
	});

	test('a label that no page explains', () => {
		const document = written('**Method** and `Secret`');
		expect(checkCovered([document], ['Method', 'Secret'])).toEqual([
			'"Secret" is not bold anywhere in docs/made-up.md',
		]);
	});

	test('a sentence that no page has', () => {
		const document = written(
			'| The body holds more than … values. |\n| --- |\n| `Received before.` |',
		);
		const sentences = ['The body holds more than ${x} values.', 'Received before.', 'Not here.'];
		expect(checkSentences([document], sentences)).toEqual([
			'"Not here." is not in docs/made-up.md',
		]);
	});

	test.each([
		['Set `N8N_PROXY_HOP=1`.', 'N8N_PROXY_HOP'],
		['Set N8N_PROXY_HOP in plain words, and `N8N_PROXY_HOPS`.', 'N8N_PROXY_HOP'],
		['```sh\nexport N8N_WEBHOK_URL=https://n8n.example.com/\n```', 'N8N_WEBHOK_URL'],
		['```sh\ndocker run -e EXECUTION_MODE=queue\n```', 'EXECUTION_MODE'],
		['`DEBUGGING=1` and `DEBUG=1`', 'DEBUGGING'],
		['all of `QUEUE_BULL_REDIS_*` and of `QUEUE_BUL_*`', 'QUEUE_BUL_*'],
	])('a setting that does not exist: %s', (text, name) => {
		const [finding, ...others] = checkSettings(written(text), settings);
		expect(finding).toMatch(`: ${name} is no setting of n8n or of the package`);
		expect(others).toEqual([]);
	});

	test('no setting in the variables of a script', () => {
		const text =
			'```sh\nexport MY_SECRET=1\nDB_POSTGRESDB_PASSWORD_FILE=/run/password n8n\n```\n`$MY_SECRET`';
		expect(checkSettings(written(text), settings)).toEqual([]);
	});

	test.each([
		['`invitation.expired`', 'invitation.expired'],
		['`test_takers.created`', 'test_takers.created'],
		['`processStepChange`', 'processStepChange'],
		['`course_completion`', 'course_completion'],
		['`form_submitted` is not `form_submited`', 'form_submited'],
		['`jofi:test_taker.finished:12345`', 'test_taker.finished'],
		['```json\n{ "event": "user_created" }\n```', 'user_created'],
		['```sh\nBODY=\'{"type":"test_taker.finished"}\'\n```', 'test_taker.finished'],
		["| Event | Regpack's type |\n| --- | --- |\n| Left | `user_left` |", 'user_left'],
	])('an event that does not exist: %s', (text, type) => {
		expect(checkEvents(written(text), events)).toEqual([
			expect.stringMatching(`: there is no event ${type.replaceAll('.', '\\.')}$`),
		]);
	});

	test('no event in fields, files and the events that exist', () => {
		const text =
			'`user_token`, `test_taker.created`, `form_submit_*`, `payload.data.object`, `form_id`, `form_submit_12345`,' +
			' `jofi:invitation.created:12345`, `test_taker.assigned_assessments[].id`, `courseId`';
		expect(checkEvents(written(text), events)).toEqual([]);
	});

	test.each([
		['[a](nowhere.md)', 'nowhere.md does not exist'],
		['[a](../docs)', undefined],
		['[a](../README.md#no-such-heading)', 'is no heading of README.md'],
		[
			'# One\n## Two (2)\n## Two (2)\n[a](#two-2) [b](#two-2-1) [c](#two-2-2)',
			'#two-2-2 is no heading',
		],
		['![a](images/none.png)', 'images/none.png does not exist'],
		['<img src="images/none.png" alt="a">', 'images/none.png does not exist'],
		['<picture><source srcset="none.webp"></picture>', 'none.webp does not exist'],
		['[a](../../elsewhere.md)', 'is outside the repository'],
		['[a](../dist/index.js)', 'is outside the repository'],
		['[a](http://n8n.io/)', 'is not HTTPS'],
		['[a](https://n8n.example/)', 'names a host that is not in the list'],
		['[a](https://docs.n8n.io/hosting/)', undefined],
		[`[a](${packageJson.homepage}/blob/main/docs/none.md)`, 'does not exist'],
		[`[a](${packageJson.homepage}/wiki)`, 'is no page of the repository'],
		[`[a](${packageJson.homepage}/issues)`, undefined],
		['[a][b]', '[a][b] is not a link'],
	])('a link that leads nowhere: %s', (text, problem) => {
		const document = written(text);
		const findings = checkLinks(document, {
			...world,
			anchors: (path) => (path === document.path ? document.anchors : world.anchors(path)),
		});
		expect(findings).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)]);
	});

	test.each([
		['```sh\nrm -rf ~/.n8n\n```', 'nothing says how "rm -rf ~/.n8n" is known to work'],
		['```sh\ncurl "$URL" | sh -c install\n```', 'nothing says how "sh -c install"'],
		['```sh\ncurl "$(hostname -f)"\n```', 'nothing says how "hostname -f"'],
		['```sh\ncurl "$URL\n```', 'unexpected EOF'],
		['```json\n{ "a": 1, }\n```', 'JSON that cannot be parsed'],
		['```\nnpm start\n```', 'a block of code in the language ""'],
		['`npm run bench:nothing`', 'there is no script "bench:nothing"'],
		['`npm run build && npm run bild`', 'there is no script "bild"'],
		['`npm test -- --selectProjects unit speed`', 'there is no test project "speed"'],
		['`node test/docs/none.mjs --write`', 'there is no file test/docs/none.mjs'],
		['`bash .ci/walk`', 'there is no file .ci/walk'],
		['`docker.n8n.io/n8nio/n8n`', 'is not of n8n'],
		['```sh\ndocker run docker.n8n.io/n8nio/n8n:latest\n```', 'n8nio/n8n:latest is not of n8n'],
	])('a command that is not known to work: %s', (text, problem) => {
		const findings = checkCommands(written(text), repository, COMMANDS);
		expect(findings).toEqual([expect.stringContaining(problem)]);
	});

	test('a command that nobody needs any more', () => {
		const document = written('```sh\nnpm start # and wait\n```');
		expect(checkKnown([document], COMMANDS.slice(0, 1))).toEqual([]);
		expect(checkKnown([document], COMMANDS.slice(0, 2)).length).toBe(1);
	});

	test.each([
		['Rows take 12,8 MB.', '"12,8" is no number in American English'],
		['In /work/main it is.', 'a path of one machine'],
		['TODO: the rest', 'unfinished'],
	])('a text that is not for readers: %s', (text, problem) => {
		expect(checkText(written(text))).toEqual([expect.stringContaining(problem)]);
	});

	test('nothing in numbers as people write them', () => {
		expect(checkText(written('1,024 kB, 52,428, in 2026, 10, `1,2`, [work](/x)'))).toEqual([]);
	});

	test('a number that has changed', () => {
		const document = written('The twelve examples, 13 examples and other examples');
		expect(checkCounts(document, { examples: 12 })).toEqual([
			expect.stringContaining('"13 examples" should be 12'),
		]);
	});

	test('a version of n8n that was not tested', () => {
		const text = `n8n ${N8N_VERSION}, n8n 2.35 or n8n@1.2.3`;
		expect(checkVersion(written(text), N8N_VERSION).length).toBe(1);
	});

	test('a text that is too long', () => {
		expect(checkLength(written('one two\nthree'), 3)).toEqual([]);
		expect(checkLength(written('one two\nthree'), 2).length).toBe(1);
	});

	test('an example without a link or a description', () => {
		const document = written('- [a](a.json): what it does and why\n- [b](b.json)');
		const resolve = (/** @type {string} */ link) => link;
		expect(checkExamples(document, ['a.json', 'b.json', 'c.json'], resolve)).toEqual([
			'docs/made-up.md does not describe b.json',
			'docs/made-up.md does not link to c.json',
		]);
	});

	test('derived parts that are missing or belong to no page', () => {
		expect(() => withDerivedParts('README.md', '')).toThrow('lacks <!-- providers -->');
		expect(() => withDerivedParts('README.md', '<!-- events:jofi -->')).toThrow('of no part');
	});
});
