import { jofiWorkflow, startWithPackage } from './jofi.mjs';

describe('publishing where n8n has a private address without HTTPS', () => {
	/** @type {Awaited<ReturnType<typeof startWithPackage>>} */
	let host;
	beforeAll(async () => {
		host = await startWithPackage({ editor: false, webhookUrl: 'http://10.20.30.40:5678/' });
	});
	afterAll(async () => {
		await host?.n8n.stop();
	});

	/** @param {Record<string, unknown>} parameters */
	async function publish(parameters) {
		const { client } = host.n8n;
		await client.publish(await client.createWorkflow(jofiWorkflow(host.credential, parameters)));
	}

	it('says what keeps JOFI from delivering, and what to do', async () => {
		await expect(publish({ events: ['*'] })).rejects.toThrow(
			'JOFI cannot deliver to http://10.20.30.40:5678: it leads to a private network and it is not HTTPS. ' +
				'Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) to the public HTTPS address of this n8n, restart it and publish again. ' +
				"If a gateway passes deliveries on to this address, turn on the node's option Allow Non-Public URL.",
		);
	});

	it('goes through when the user says that the address will do', async () => {
		await publish({ events: ['*'], settings: { allowNonPublicUrl: true } });
	});

	it('does not keep anybody from testing', async () => {
		const { client } = host.n8n;
		const workflow = await client.createWorkflow(jofiWorkflow(host.credential, { events: ['*'] }));
		const { url } = await client.listen(workflow, 'JOFI Trigger');
		expect(url).toContain('/webhook-test/');
		await client.stopListening(workflow);
	});
});
