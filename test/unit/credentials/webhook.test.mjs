import { createRequire } from 'node:module';
import { NodeHelpers } from 'n8n-workflow';
import { join } from 'node:path';
import { REPOSITORY } from '../../host/repository.mjs';
import { nodesOf, providers } from '../../docs/derived.mjs';

const load = createRequire(join(REPOSITORY, 'package.json'));

/** What each provider can do, as its facts say. @type {Record<string, string[]>} */
const METHODS = {
	Jofi: ['notAgreed', 'basic', 'hmac', 'header', 'query'],
	JobAffinity: ['notAgreed', 'basic', 'hmac', 'header', 'query', 'address'],
	Regpack: ['query'],
	InnovativeEducators: ['address', 'query', 'hmac'],
};

/** @param {string} folder @returns {import('n8n-workflow').ICredentialType} */
function credentialOf(folder) {
	const name = `${folder}WebhookApi`;
	return new (load(`./dist/credentials/${name}.credentials.js`)[name])();
}

/** @param {string} folder @param {string} name */
const fieldsNamed = (folder, name) =>
	credentialOf(folder).properties.filter((field) => field.name === name);

describe.each(providers)('the webhook credential of $source.provider.label', (each) => {
	const { folder, source } = each;

	it('is named after the provider, and has its icon', () => {
		const { name, displayName, icon } = credentialOf(folder);
		expect(name).toBe(source.credential.name);
		expect(displayName).toBe(`${source.provider.label} Webhook API`);
		const [node] = nodesOf(folder);
		expect(icon).toEqual({
			light: String(/** @type {any} */ (node.icon).light).replace('../../', '../'),
			dark: String(/** @type {any} */ (node.icon).dark).replace('../../', '../'),
		});
	});

	it('is the one that its nodes use, and no other', () => {
		const used = nodesOf(folder)
			.flatMap(({ credentials = [] }) => credentials.map(({ name }) => name))
			.filter((name) => name.endsWith('WebhookApi'));
		expect(used).toEqual([source.credential.name, source.credential.name]);
	});

	it('offers what the provider can do', () => {
		const [method] = fieldsNamed(folder, 'method');
		const offered = method.options?.map((option) => 'value' in option && option.value);
		expect(offered ?? [method.default]).toEqual(METHODS[folder]);
	});

	it('is named as the provider is', () => {
		expect(source.credential.label).toBe(source.provider.label);
	});

	it('has no field of a method that it does not offer', () => {
		for (const { displayOptions, displayName } of credentialOf(folder).properties) {
			const methods = /** @type {string[] | undefined} */ (displayOptions?.show?.method);
			const isOffered = !methods || methods.some((method) => METHODS[folder].includes(method));
			expect([displayName, isOffered]).toEqual([displayName, true]);
		}
	});
});

it('Regpack asks for a secret for the URL, not for a method', () => {
	const shown = credentialOf('Regpack').properties.filter(
		({ type }) => type !== 'hidden' && type !== 'notice',
	);
	expect(shown.map(({ displayName }) => displayName)).toEqual([
		'Secret',
		'URL Parameter',
		'Previous Secrets',
		'IP Allowlist',
	]);
});

it("Innovative Educators' documented addresses are entered already where they alone count", () => {
	const [alone, beside] = fieldsNamed('InnovativeEducators', 'ipAllowlist');
	expect(alone).toMatchObject({
		default: '54.243.7.71, 3.83.213.76',
		displayOptions: { show: { method: ['address'] } },
	});
	expect(beside.default).toBe('');
	expect(beside.displayOptions?.show?.method).not.toContain('address');
});

/**
 * The labels and sentences that the editor shows.
 *
 * @param {string} folder
 * @param {import('n8n-workflow').INodeParameters} entered
 */
function shownWith(folder, entered) {
	const { properties } = credentialOf(folder);
	const defaults = Object.fromEntries(
		properties.map(({ name, default: value }) => [name, value]).reverse(),
	);
	const data = /** @type {any} */ ({ ...defaults, secret: '', ipAllowlist: '', ...entered });
	return properties
		.filter(({ type }) => type !== 'hidden')
		.filter((field) => NodeHelpers.displayParameter(data, field, null, null))
		.map(({ displayName }) => displayName);
}

describe('what the editor shows', () => {
	it('is two lines while nothing is agreed yet', () => {
		expect(shownWith('Jofi', {})).toEqual([
			'Method',
			expect.stringMatching(/^You can save this now\./),
		]);
	});

	it('is user and password, and what any secret may have, for User and Password', () => {
		expect(shownWith('Jofi', { method: 'basic' })).toEqual([
			'Method',
			'User',
			'Password',
			'Previous Secrets',
			'IP Allowlist',
		]);
	});

	it('is no technical field of a signature before somebody has details', () => {
		expect(shownWith('Jofi', { method: 'hmac' })).toEqual([
			'Method',
			'Secret',
			'Signature Style',
			expect.stringContaining('n8n finds out how it is signed'),
			'Previous Secrets',
			'IP Allowlist',
		]);
		expect(shownWith('Jofi', { method: 'hmac', preset: 'custom' })).toHaveLength(16);
	});

	it.each([
		['enroll&me 2026 +secret', /^This secret would change when you add it to a URL/],
		['short', /^This secret could be guessed/],
	])('warns of the secret %s while it is typed', (secret, warning) => {
		expect(shownWith('Regpack', { secret })).toContainEqual(expect.stringMatching(warning));
	});

	it('says the next step once there is a secret', () => {
		const next = 'Next: save, choose this credential in the Regpack Trigger, and publish.';
		expect(shownWith('Regpack', { secret: '' })).not.toContain(next);
		const shown = shownWith('Regpack', { secret: 'a-random_secret-0123456789' });
		expect(shown.at(-1)).toBe(next);
		expect(shown.filter((line) => line.startsWith('This secret'))).toEqual([]);
	});
});
