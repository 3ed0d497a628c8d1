import core from 'n8n-core';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';

import { loader } from '../core.mjs';
import { startNode } from './node.mjs';

/**
 * Does what n8n does when a credential is saved: runs its `test` as the routing of a node (n8n's
 * credentials-tester).
 *
 * @param {import('./node.mjs').Started} started
 * @param {Record<string, unknown>} [changes]
 */
async function testCredential(started, changes) {
	const type = loader.credentialTypes.regpackApi.type;
	const data = started.withLogin(changes ?? {}).credentials.regpackApi;
	const { request, rules } = /** @type {any} */ (type.test);
	const properties = [
		{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
	];
	const nodeType = /** @type {any} */ ({
		description: {
			name: 'temp',
			displayName: 'Temp',
			version: 1,
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'regpackApi', required: true }],
			properties,
		},
	});
	const node = /** @type {any} */ ({
		...{ id: 'temp', name: 'Temp', type: 'temp', typeVersion: 1, position: [0, 0], parameters: {} },
		credentials: { regpackApi: { id: 'regpackApi', name: 'regpackApi' } },
	});
	const nodeTypes = /** @type {any} */ ({
		getByNameAndVersion: () => nodeType,
		getByName: () => nodeType,
	});
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const credentialsHelper = {
		getParentTypes: () => [],
		getCredentialsProperties: () => type.properties,
		isCredentialUsableByNode: () => true,
		getDecrypted: async () => data,
		preAuthentication: async () => undefined,
		authenticate: async (
			/** @type {any} */ credentials,
			/** @type {string} */ _,
			/** @type {any} */ options,
		) => await /** @type {any} */ (type).authenticate(credentials, options),
	};
	const additionalData = /** @type {any} */ ({
		credentialsHelper,
		variables: {},
		currentNodeExecutionIndex: 0,
	});
	const executeData = { node, data: {}, source: null };
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		executeData,
		[],
	);
	const routing = new core.RoutingNode(
		context,
		nodeType,
		/** @type {any} */ ({ id: '1', name: 'regpackApi', type: 'regpackApi', data }),
	);
	try {
		const [[{ json }]] = /** @type {any} */ (await routing.runNode());
		const failedRule = rules.find(
			(/** @type {any} */ rule) =>
				rule.type === 'responseSuccessBody' && json[rule.properties.key] === rule.properties.value,
		);
		return failedRule?.properties.message ?? 'accepted';
	} catch (error) {
		const status = /** @type {any} */ (error).cause?.response?.status;
		const failedRule = rules.find(
			(/** @type {any} */ { type: kind, properties: { value } }) =>
				kind === 'responseCode' && value === status,
		);
		return failedRule?.properties.message ?? /** @type {Error} */ (error).message;
	}
}

const REJECTED =
	'Regpack rejected the request. Check all four values; the project must belong to the organization of the API user.';

test('reads a page of the project, and accepts the login', async () => {
	const started = await startNode();
	expect(await testCredential(started)).toBe('accepted');
	expect(started.requests()).toEqual([
		['POST /users/', { action: 'get_user_list', group_id: started.ids.project, doc: {} }],
	]);
	expect(started.regpack.requests).toMatchObject([{ authenticated: true, status: 200 }]);
	await started.close();
});

test.each([
	['401', 'Regpack rejected this API user, token and ID'],
	['403', 'This API user may not read the project in Regpack'],
	['200', REJECTED],
])('reports a wrong token, however Regpack rejects it: status %s', async (refusals, message) => {
	const started = await startNode({ refusals: /** @type {any} */ (refusals) });
	for (const changes of [
		{ apiToken: 'wrong' },
		{ apiId: '1' },
		{ apiUser: 'nobody@example.org' },
	]) {
		expect(await testCredential(started, changes)).toBe(message);
	}
	await started.close();
});

test.each(/** @type {const} */ (['success', 'msg_type']))(
	'reports a project that Regpack rejects: by %s',
	async (mistakes) => {
		const started = await startNode({ mistakes });
		expect(await testCredential(started, { groupId: '999' })).toBe(REJECTED);
		await started.close();
	},
);

test('does not send the token to another host', async () => {
	const started = await startNode();
	expect(
		await testCredential(started, { baseUrl: 'http://127.0.0.1.evil.example/reg/api2' }),
	).toContain('The Regpack login is for https://www.regpack.com only');
	await started.close();
});
