import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { README, withDerivedParts } from '../readme/derived.mjs';
import { built } from './built.mjs';

const root = new URL('../../', import.meta.url);
const load = createRequire(new URL('dist/index.js', root));

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, root), 'utf8');

const readme = readFileSync(README, 'utf8');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const packageJson = JSON.parse(read('package.json'));

/** Labels of n8n's own editor that the README names. */
const OF_N8N = [
	'Community nodes',
	'Execute step',
	'Execute workflow',
	'Fetch Test Event',
	'From file',
	'Import',
	'Install',
	'On Error',
	'Poll Times',
	'Predefined Credential Type',
	'Production URL',
	'Publish',
	'Remove Duplicates',
	'Remove Items Processed in Previous Executions',
	'Retry On Fail',
	'Send Email',
	'Settings',
	'Test URL',
	'Webhook URLs',
];

/** @param {string} markdown @returns {string} without its code blocks */
const prose = (markdown) => markdown.replace(/^```[\s\S]*?^```$/gm, '');

/** The anchors that GitHub gives to the headings. @param {string} markdown */
const anchorsOf = (markdown) =>
	[...prose(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);

/**
 * @param {import('n8n-workflow').INodePropertyOptions | import('n8n-workflow').INodeProperties | import('n8n-workflow').INodePropertyCollection} field
 * @returns {string[]}
 */
const labelsOf = (field) => [
	'displayName' in field ? field.displayName : field.name,
	...('options' in field ? (field.options ?? []) : []).flatMap(labelsOf),
];

/** Every label that the package's nodes and credentials show. */
function ownLabels() {
	const classes = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials].flatMap(
		(/** @type {string} */ file) => Object.values(load(`../${file}`)),
	);
	return classes.flatMap((Class) => {
		const type = new Class();
		const { displayName, properties } = type.description ?? type;
		return [displayName, ...properties.flatMap(labelsOf)];
	});
}

/** The sentences that the pipeline can answer a delivery with, `…` for what they fill in. */
function answers() {
	const folder = new URL('nodes/shared/webhook/', root);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.ts'),
	);
	const code = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
	const pattern =
		/(?:Rejection\(\d+,\s*|unauthorized\(\s*|return |answered\(source, )(['`])([A-Z](?:(?!\1)[^\n])* (?:(?!\1)[^\n])*\.)\1/g;
	return [...code.matchAll(pattern)].map(([, , sentence]) => sentence);
}

test('the README shows the events and the item that the code has', () => {
	expect(withDerivedParts(readme)).toBe(readme);
});

test('every bold term in the README is a label of the package or of n8n', () => {
	const labels = new Set([...ownLabels(), ...OF_N8N]);
	const bold = [...prose(readme).matchAll(/\*\*(.+?)\*\*/g)].map(([, term]) => term);
	expect(bold.filter((term) => !labels.has(term))).toEqual([]);
	expect(OF_N8N.filter((label) => !bold.includes(label))).toEqual([]);
});

test('the README names every field of the credential, and every parameter and filter', () => {
	/** @type {typeof import('../../nodes/Jofi/provider.js')} */
	const { jofi } = built('./Jofi/provider.js');
	const { TalentEventsWebhookApi } = load('./credentials/TalentEventsWebhookApi.credentials.js');
	const { JofiTrigger } = load('./nodes/Jofi/JofiTrigger.node.js');
	const { JofiPollingTrigger } = load('./nodes/Jofi/JofiPollingTrigger.node.js');
	/** @type {import('n8n-workflow').INodeProperties[]} */
	const parameters = [new JofiTrigger(), new JofiPollingTrigger()].flatMap(
		({ description }) => description.properties,
	);
	const settings = parameters.flatMap(({ name, options }) =>
		name === 'settings' ? (options ?? []) : [],
	);
	/** @type {import('n8n-workflow').INodeProperties[]} */
	const fields = new TalentEventsWebhookApi().properties;
	const shown = parameters.filter(({ type }) => !['callout', 'notice', 'hidden'].includes(type));
	const names = [...shown, ...fields].map(({ displayName }) => displayName);
	const expected = [
		...names,
		...settings.flatMap(labelsOf),
		...jofi.filters.map(({ label }) => label),
	];
	expect(expected.filter((label) => !readme.includes(`**${label}**`))).toEqual([]);
});

test('the README covers every sentence that a delivery can be answered with', () => {
	const sentences = answers();
	expect(sentences.length).toBeGreaterThan(15);
	const told = prose(readme);
	const missing = sentences.filter((sentence) => {
		const pattern = sentence
			.split(/\$\{.*?\}/)
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('\\S+');
		return !new RegExp(pattern).test(told);
	});
	expect(missing).toEqual([]);
});

test('the README names the n8n that the tests run', () => {
	expect(readme).toContain(
		`n8n ${JSON.parse(read('test/host/n8n/package.json')).dependencies.n8n}`,
	);
});

test('the links from the editor lead to headings of the README', () => {
	const documentation = packageJson.n8n.credentials.flatMap((/** @type {string} */ file) =>
		Object.values(load(`../${file}`)).map((Credential) => new Credential().documentationUrl),
	);
	const codexes = packageJson.n8n.nodes.map(
		(/** @type {string} */ file) =>
			JSON.parse(read(file.replace(/^dist/, '.').replace(/js$/, 'json'))).resources,
	);
	const linked = codexes.flatMap(
		(
			/** @type {Record<string, { url: string }[]>} */ {
				primaryDocumentation,
				credentialDocumentation,
			},
		) => [...primaryDocumentation, ...credentialDocumentation].map(({ url }) => url),
	);
	for (const url of [...documentation, ...linked]) {
		expect(url).toMatch(new RegExp(`^${packageJson.homepage}#`));
		if (!url.endsWith('#readme')) expect(anchorsOf(readme)).toContain(new URL(url).hash.slice(1));
	}
});

describe.each(documents)('%s', (file) => {
	const text = read(file);

	test('has no link that leads nowhere', () => {
		const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
		const lost = links.filter((link) => {
			if (/^https:\/\//.test(link)) return false;
			const [path, anchor] = link.split('#');
			if (path !== '' && !existsSync(new URL(path, root))) return true;
			return anchor !== undefined && !anchorsOf(path === '' ? text : read(path)).includes(anchor);
		});
		expect(lost).toEqual([]);
	});

	test('names only scripts that package.json has', () => {
		const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);
		expect(scripts.filter((script) => !(script in packageJson.scripts))).toEqual([]);
	});
});
