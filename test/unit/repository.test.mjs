import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What the repository offers to those who report and contribute, and the habits that CI holds. */

const ROOT = new URL('../../', import.meta.url);

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, ROOT), 'utf8');

const packageJson = JSON.parse(read('package.json'));
const tracked = execFileSync(
	'git',
	['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
	{
		cwd: ROOT,
		encoding: 'utf8',
	},
)
	.split('\0')
	.filter((file) => file !== '' && existsSync(new URL(file, ROOT)));

describe('every text file', () => {
	// Pictures and other binary files have no lines; fixtures of hostile or foreign text keep theirs.
	const texts = tracked.filter((file) => /\.(ts|mjs|json|md|ya?ml|svg)$|^\.[a-z]+$/.test(file));

	test('ends with a newline and has no space at the end of a line, as .editorconfig says', () => {
		const untidy = texts.filter((file) => {
			const text = read(file);
			return !text.endsWith('\n') || /[ \t]$/m.test(text) || text.includes('\r\n');
		});
		expect(texts.length).toBeGreaterThan(300);
		expect(untidy).toEqual([]);
	});
});

describe('continuous integration', () => {
	const ci = read('.ci/run');
	/** @type {{ jobs: Record<string, { steps: { run?: string, with?: Record<string, unknown> }[] }> }} */
	const workflow = parse(read('.github/workflows/ci.yml'));
	const [{ steps }] = Object.values(workflow.jobs);

	test('runs what a contributor runs', () => {
		for (const command of ['npm test', 'npm run lint', 'npm run lint:commits', 'npm run scan'])
			expect(ci).toMatch(new RegExp(`^section \\w+ ${command}$`, 'm'));
		expect(steps.map(({ run }) => run)).toContain('bash .ci/run');
	});

	test('checks the formatting with the lint', () => {
		expect(packageJson.scripts.lint).toContain('prettier --check');
	});

	test('has all commits, whose subjects it checks', () => {
		expect(steps.some((step) => step.with?.['fetch-depth'] === 0)).toBe(true);
	});
});

describe('dependency updates', () => {
	/** @type {{ updates: Record<string, any>[] }} */
	const { updates } = parse(read('.github/dependabot.yml'));
	const ofNpm = updates.filter((update) => update['package-ecosystem'] === 'npm');

	test('cover every package.json with dependencies, and the actions of the workflows', () => {
		const folders = tracked
			.filter((file) => file.endsWith('package.json') && read(file).includes('ependencies"'))
			.map((file) => `/${file.replace(/\/?package\.json$/, '')}`);
		const covered = ofNpm.flatMap(({ directory, directories = [] }) => [directory, ...directories]);
		expect(covered.filter(Boolean).sort()).toEqual(folders.sort());
		expect(updates.map((update) => update['package-ecosystem'])).toContain('github-actions');
	});

	test('leave alone what n8n provides at run time', () => {
		const ignored = ofNpm[0].ignore.map(
			(/** @type {Record<string, string>} */ rule) => rule['dependency-name'],
		);
		expect(ignored).toEqual(expect.arrayContaining(['zod', 'lodash', 'luxon']));
		expect(Object.keys(packageJson.devDependencies)).toEqual(expect.arrayContaining(ignored));
	});
});

describe('templates', () => {
	const folder = '.github/ISSUE_TEMPLATE/';
	const forms = readdirSync(new URL(folder, ROOT)).filter((file) => file !== 'config.yml');

	test.each(forms)('%s is a form that GitHub can show', (file) => {
		const { name, description, body } = parse(read(folder + file));
		expect([typeof name, typeof description]).toEqual(['string', 'string']);
		const fields = body.filter((/** @type {{ type: string }} */ { type }) => type !== 'markdown');
		const ids = fields.map((/** @type {{ id: string }} */ { id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { type, attributes } of fields) {
			expect(['dropdown', 'input', 'textarea', 'checkboxes']).toContain(type);
			expect(attributes.label).toMatch(/\S/);
			if (type === 'dropdown') expect(attributes.options.length).toBeGreaterThan(1);
		}
	});

	test('a bug report names every provider and asks for no secrets', () => {
		const form = read(`${folder}bug.yml`);
		for (const provider of ['JOFI', 'JobAffinity', 'Regpack', 'Innovative Educators'])
			expect(form).toContain(provider);
		expect(form).toContain('leave out secrets');
	});

	test('vulnerabilities are reported privately', () => {
		const { contact_links: links } = parse(read(`${folder}config.yml`));
		const advisories = `${packageJson.homepage}/security/advisories/new`;
		expect(links.map((/** @type {{ url: string }} */ { url }) => url)).toContain(advisories);
		expect(read('SECURITY.md')).toContain(advisories);
	});

	test('a pull request names commands that package.json has', () => {
		const scripts = [...read('.github/pull_request_template.md').matchAll(/npm run ([\w:]+)/g)];
		expect(scripts.length).toBeGreaterThan(0);
		for (const [, script] of scripts) expect(packageJson.scripts).toHaveProperty(script);
	});
});
