import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPOSITORY } from '../../host/repository.mjs';
import { nodesOf, providers } from '../../docs/derived.mjs';

const load = createRequire(join(REPOSITORY, 'package.json'));

/** What each provider can do, as its facts say. @type {Record<string, string[]>} */
const METHODS = {
	Jofi: ['basic', 'hmac', 'header', 'query'],
	JobAffinity: ['basic', 'hmac', 'header', 'query', 'address'],
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

	it('has no field of a method that it does not offer', () => {
		for (const { displayOptions, displayName } of credentialOf(folder).properties) {
			const methods = /** @type {string[] | undefined} */ (displayOptions?.show?.method);
			const isOffered = !methods || methods.some((method) => METHODS[folder].includes(method));
			expect([displayName, isOffered]).toEqual([displayName, true]);
		}
	});
});

it('Regpack asks for a secret for the URL, not for a method', () => {
	const shown = credentialOf('Regpack').properties.filter(({ type }) => type !== 'hidden');
	expect(shown.map(({ displayName }) => displayName)).toEqual([
		'Query Parameter',
		'Secret',
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
	expect(beside).toMatchObject({ default: '', displayOptions: { hide: { method: ['address'] } } });
});
