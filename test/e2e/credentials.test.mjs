import { outputOf } from '../host/executions.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startWithPackage } from './jofi.mjs';

/** @type {import('./jofi.mjs').N8n} */
let n8n;
/** @type {Awaited<ReturnType<typeof startJofi>>} */
let jofi;

beforeAll(async () => {
	({ n8n } = await startWithPackage({ editor: false }));
	jofi = await startJofi();
});

afterAll(async () => {
	await jofi?.close();
	await n8n?.stop();
});

/**
 * Runs n8n's own HTTP Request node with a JOFI API credential.
 *
 * @param {Record<string, unknown>} parameters
 * @param {Record<string, unknown>} [data] of the credential beside the key
 */
async function requested(parameters, data = { baseUrl: jofi.base }) {
	const { client } = n8n;
	const credential = await client.createCredential({
		name: 'JOFI key',
		type: 'jofiApi',
		data: { apiKey: jofi.keys.live, ...data },
	});
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const call = {
		...{ id: 'call', name: 'Call', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.4 },
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'jofiApi',
			...parameters,
		},
		credentials: { jofiApi: { id: credential.id, name: credential.name } },
	};
	const nodes = [start, call].map((node, index) => ({
		...node,
		position: /** @type {[number, number]} */ ([index * 200, 0]),
	}));
	const workflow = await client.createWorkflow({
		name: 'HTTP',
		nodes,
		connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
	});
	const { executionId } = await client.listen(workflow, 'Start');
	await client.waitForExecutions(workflow.id);
	return await client.execution(String(executionId));
}

it("n8n's HTTP Request node uses the key for JOFI's API", async () => {
	const execution = await requested({ url: `${jofi.base}/accounts` });
	expect(outputOf(execution, 'Call')).toMatchObject([{ object: 'account', mode: 'live' }]);
	expect(jofi.requests).toMatchObject([{ path: '/accounts', key: 'live', status: 200 }]);
	expect(JSON.stringify(execution)).not.toContain(jofi.keys.live);
});

it('does not let whoever uses the key read it with a workflow that calls this machine', async () => {
	const before = jofi.requests.length;
	const { status, data } = await requested({ url: `${jofi.base}/accounts` }, {});
	expect(status).toBe('error');
	expect(data.resultData.error?.message).toContain(
		'The JOFI API key is for https://www.jofiscore.com only, not for http://127.0.0.1',
	);
	expect(jofi.requests).toHaveLength(before);
	expect(JSON.stringify(data)).not.toContain(jofi.keys.live);
});

it('does not follow where JOFI redirects to, as the node would by default', async () => {
	const elsewhere = await startJofi();
	jofi.fail({ match: 'GET /teams', status: 302, headers: { location: `${elsewhere.base}/teams` } });
	const { status, data } = await requested({ url: `${jofi.base}/teams` });
	expect(status).toBe('error');
	expect(elsewhere.requests).toEqual([]);
	expect(JSON.stringify(data)).not.toContain(jofi.keys.live);
	await elsewhere.close();
});
