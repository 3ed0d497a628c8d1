import { deliver, jofiWorkflow, startWithPackage } from './jofi.mjs';

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
		await expect(
			publish({ events: ['*'], settings: { allowNonPublicUrl: false } }),
		).rejects.toThrow(
			'Not published: JOFI cannot deliver to http://10.20.30.40:5678: it leads to a private network and it is not HTTPS. ' +
				'Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) to the public HTTPS address of this n8n, restart it and publish again. ' +
				'To try things out, or if a gateway passes deliveries on to this address, turn on Allow Non-Public URL in the Options of the trigger.',
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

describe('publishing where n8n runs on localhost', () => {
	/** @type {Awaited<ReturnType<typeof startWithPackage>>} */
	let host;
	beforeAll(async () => {
		host = await startWithPackage({ editor: false });
	});
	afterAll(async () => {
		await host?.n8n.stop();
	});

	/**
	 * @param {Record<string, unknown>} settings options of the trigger
	 * @param {Record<string, unknown>} [data] of the credential; without it, none is chosen
	 */
	async function publish(settings, data) {
		const { client } = host.n8n;
		const own = data && {
			...(await client.createCredential({ name: 'JOFI webhook', type: 'jofiWebhookApi', data })),
		};
		const draft = jofiWorkflow(own ?? host.credential, { events: ['*'], settings });
		if (!own) delete draft.nodes[0].credentials;
		const workflow = await client.createWorkflow(draft);
		return { workflow, urls: await client.publish(workflow) };
	}

	it('says that JOFI cannot deliver there, and how to try things out', async () => {
		await expect(publish({ allowNonPublicUrl: false })).rejects.toThrow(
			/Not published: JOFI cannot deliver to http:\/\/localhost:\d+: it leads to this machine only and it is not HTTPS\. .* To try things out, .* turn on Allow Non-Public URL/,
		);
	});

	it.each(
		/** @type {[string, Record<string, unknown> | undefined, string][]} */ ([
			['without a credential', undefined, 'JOFI Trigger has no credential yet.'],
			['with an empty credential', {}, "the credential 'JOFI webhook' says Not Agreed Yet."],
			[
				'while nobody knows how deliveries are signed',
				{ method: 'hmac', preset: 'unknown', secret: 'a-secret-of-the-test' },
				"the credential 'JOFI webhook' is not complete. It is not known yet how deliveries are signed.",
			],
		]),
	)('is refused %s', async (_, data, reason) => {
		await expect(publish({}, data)).rejects.toThrow(`Not published: ${reason}`);
	});

	it.each([
		['without a credential', undefined],
		['with an empty credential', {}],
	])('goes through %s where the user allows it, and refuses deliveries', async (_, data) => {
		const { urls } = await publish({ allowIncompleteCredential: true }, data);
		const answer = await deliver(urls['JOFI Trigger'], { type: 'test_taker.created' });
		expect(answer).toEqual({
			status: 401,
			text: '{"message":"This webhook is not set up to verify deliveries, so it accepts none."}',
		});
	});

	it('does not keep anybody from testing, also without a credential', async () => {
		const { client } = host.n8n;
		const draft = jofiWorkflow(host.credential, { events: ['*'] });
		delete draft.nodes[0].credentials;
		const workflow = await client.createWorkflow(draft);
		const { url } = await client.listen(workflow, 'JOFI Trigger');
		expect(url).toContain('/webhook-test/');
		await client.stopListening(workflow);
	});
});
