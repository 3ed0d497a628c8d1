import { execFileSync } from 'node:child_process';
import core from 'n8n-core';
import omit from 'lodash/omit.js';
import { REPOSITORY } from '../host/repository.mjs';
import { loader } from './core.mjs';

/** What n8n loads at its start; the rest when a node is used. */
const AT_START = [
	'dist/credentials/InnovativeEducatorsWebhookApi.credentials.js',
	'dist/credentials/JobAffinityApi.credentials.js',
	'dist/credentials/JobAffinityWebhookApi.credentials.js',
	'dist/credentials/JofiApi.credentials.js',
	'dist/credentials/JofiWebhookApi.credentials.js',
	'dist/credentials/RegpackApi.credentials.js',
	'dist/credentials/RegpackWebhookApi.credentials.js',
	'dist/credentials/ThoughtIndustriesApi.credentials.js',
	'dist/nodes/InnovativeEducators/trigger/credential.js',
	'dist/nodes/JobAffinity/trigger/credential.js',
	'dist/nodes/Jofi/trigger/credential.js',
	'dist/nodes/Regpack/trigger/credential.js',
	'dist/nodes/shared/http/allowedHost.js',
	'dist/nodes/shared/http/siteHost.js',
	'dist/nodes/shared/webhook/verification/credentialLabels.js',
	'dist/nodes/shared/webhook/verification/credentialProperties.js',
];

/** Does in a process of its own what n8n 2.41.1 does at its start, and prints what that loads. */
const START = `
	const { LazyPackageDirectoryLoader } = require('n8n-core');
	const loader = new LazyPackageDirectoryLoader(process.cwd());
	loader.loadAll().then(() => {
		for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
		const files = Object.keys(require.cache).map((file) =>
			require('node:path').relative(process.cwd(), file).replaceAll('\\\\', '/'));
		console.log(JSON.stringify(files.filter((file) => file.startsWith('dist/'))));
	});
`;

/** @param {unknown} value */
const plain = (value) => JSON.parse(JSON.stringify(value));

test('n8n starts without loading the code of any node', () => {
	const printed = execFileSync(process.execPath, ['-e', START], {
		cwd: REPOSITORY,
		encoding: 'utf8',
	});
	expect(JSON.parse(printed).sort()).toEqual(AT_START);
});

describe('what n8n reads at its start instead', () => {
	const lazy = new core.LazyPackageDirectoryLoader(REPOSITORY);
	beforeAll(() => lazy.loadAll());

	it('is what the nodes and credentials declare (npm run build brings it up to date)', () => {
		expect(lazy.known).toEqual(plain(loader.known));
		// n8n's own command leaves out what its loader adds to the description of a node.
		expect(lazy.types.nodes).toEqual(
			plain(loader.types.nodes.map((each) => omit(each, '__loadOptionsMethods'))),
		);
		expect(lazy.types.credentials).toEqual(
			plain(loader.types.credentials.map((each) => ({ ...each }))),
		);
	});

	it.each(Object.keys(loader.known.nodes))('leads to the code of %s', (name) => {
		const { type } = lazy.getNode(name);
		expect(plain(type.description)).toMatchObject({ name });
	});
});
