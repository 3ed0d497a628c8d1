import { readFileSync } from 'node:fs';
import { events } from '#dist/nodes/Jofi/events/definitions.js';
import { PROCESS_ID, recentKeysOf } from '#dist/nodes/shared/events/recentKeys.js';
import { loader, processedData, runTrigger } from '../core.mjs';

/**
 * What `webhook()` hands over.
 *
 * @param {string} eventKey
 * @param {any} [payload]
 * @param {string} [event]
 * @returns {import('n8n-workflow').INodeExecutionData}
 */
const received = (eventKey, payload = events[0].sample, event = payload.type) => ({
	json: { eventKey, provider: 'jofi', event, unprocessed: true, payload },
});

describe('the package', () => {
	it('loads in n8n with all that package.json names', () => {
		const { n8n } = JSON.parse(
			readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
		);
		expect(Object.keys(loader.nodeTypes)).toHaveLength(n8n.nodes.length);
		expect(Object.keys(loader.credentialTypes)).toHaveLength(n8n.credentials.length);
	});

	it('has an icon for light and for dark at every node and credential', () => {
		for (const { type } of [
			...Object.values(loader.nodeTypes),
			...Object.values(loader.credentialTypes),
		]) {
			const { iconUrl } = 'description' in type ? /** @type {any} */ (type).description : type;
			expect(iconUrl).toEqual({
				light: expect.stringMatching(/\.svg$/),
				dark: expect.stringMatching(/\.dark\.svg$/),
			});
		}
	});
});

describe('the second phase of the JOFI Trigger, run by n8n', () => {
	it.each(events.map(({ type, sample }) => ({ type, sample })))(
		'shapes $type',
		async ({ type, sample }) => {
			const { output, status } = await runTrigger({
				items: [received(`shape:${type}`, sample, type)],
			});
			expect(status).toBe('success');
			expect(output[0].json).toMatchObject({
				eventKey: `shape:${type}`,
				provider: 'jofi',
				event: type,
				occurredAt: sample.created_at,
				person: { email: 'linda.sample@example.com', firstName: 'Linda', lastName: 'Sample' },
				payload: sample,
			});
		},
	);

	it('drops an event that an earlier execution of the workflow has recorded', async () => {
		const workflowId = 'drops';
		expect((await runTrigger({ workflowId, items: [received('a')] })).output).toHaveLength(1);
		expect((await runTrigger({ workflowId, items: [received('a')] })).output).toHaveLength(0);
		expect(
			(await runTrigger({ workflowId: 'another', items: [received('a')] })).output,
		).toHaveLength(1);
	});

	it('handles overlapping executions: of 30 simultaneous events none is lost or repeated', async () => {
		const workflowId = 'overlaps';
		const keys = Array.from({ length: 30 }, (_, index) => `overlap-${index}`);
		const run = () =>
			Promise.all(
				keys.map(
					async (key) => (await runTrigger({ workflowId, items: [received(key)] })).output.length,
				),
			);
		expect(await run()).toEqual(Array(30).fill(1));
		expect(await run()).toEqual(Array(30).fill(0));
	});

	it('remembers no more events than the setting says', async () => {
		const workflowId = 'bounded';
		const parameters = { settings: { eventsToRemember: 3 } };
		for (const key of ['1', '2', '3', '4', '5', '6'])
			await runTrigger({ workflowId, parameters, items: [received(key)] });
		expect(processedData.rows.get('bounded')?.entries?.length).toBeLessThanOrEqual(3 * 2);
	});

	it.each([
		['a number', { eventsToRemember: 10 }],
		['an expression', { eventsToRemember: '={{ 5 * 2 }}' }],
	])(
		'remembers as many as the trigger that remembers the most, which does not lead to the same nodes and has %s',
		async (name, settings) => {
			const beside = [
				{
					type: 'jofiPollingTrigger',
					name: 'Other',
					parameters: /** @type {any} */ ({ settings }),
				},
			];
			const parameters = { settings: { eventsToRemember: 3 } };
			for (let key = 0; key < 15; key++)
				await runTrigger({
					workflowId: name,
					parameters,
					beside,
					items: [received(String(key))],
				});
			expect(processedData.rows.get(name)?.entries).toHaveLength(10 * 2);
		},
	);

	it('runs what an execution that retries a crashed one brings, unless a repeat ran it', async () => {
		const event = { workflowId: 'retried', items: [received('a')] };
		const retry = { ...event, mode: /** @type {const} */ ('retry') };
		expect((await runTrigger({ ...event, executionId: 'crashed' })).output).toHaveLength(1);
		expect((await runTrigger({ ...retry, retryOf: 'crashed' })).output).toHaveLength(1);
		expect((await runTrigger({ ...retry, retryOf: 'crashed before' })).output).toHaveLength(0);
		expect((await runTrigger(event)).output).toHaveLength(0);
	});

	it.each([
		['a test run', { mode: /** @type {const} */ ('manual') }],
		[
			'a trigger that acknowledges when the workflow finishes, of what this process received',
			{
				parameters: { settings: { responseMode: 'lastNode' } },
				items: [{ ...received('a'), handover: { receivedBy: PROCESS_ID } }],
			},
		],
		['a trigger whose user turned it off', { parameters: { settings: { skipDuplicates: false } } }],
	])('neither drops nor records in %s', async (name, options) => {
		const run = () => runTrigger({ workflowId: name, items: [received('a')], ...options });
		expect((await run()).output).toHaveLength(1);
		expect((await run()).output).toHaveLength(1);
		expect(processedData.rows.has(name)).toBe(false);
	});

	it('does not run again what this process has run, where the workflow acknowledges when it finishes', async () => {
		const run = () =>
			runTrigger({
				workflowId: 'claims',
				parameters: { settings: { responseMode: 'lastNode' } },
				items: [{ ...received('a'), handover: { receivedBy: 'another process' } }],
			});
		expect((await run()).output).toHaveLength(1);
		expect((await run()).output).toHaveLength(0);
		expect(processedData.rows.has('claims')).toBe(false);
	});

	it('gives the event back to an execution rerun after its worker died', async () => {
		const again = { workflowId: 'stalled', executionId: '77', items: [received('a')] };
		expect((await runTrigger(again)).output).toHaveLength(1);
		expect((await runTrigger(again)).output).toHaveLength(1);
		expect((await runTrigger({ ...again, executionId: '78' })).output).toHaveLength(0);
	});

	it('says above the empty output of a repeat that nothing is sent twice', async () => {
		const run = () => runTrigger({ workflowId: 'repeated', items: [received('a')] });
		expect((await run()).hints).toEqual([]);
		expect((await run()).hints.map(({ message }) => message)).toEqual([
			'Repeat of an event that already ran. Nothing is sent twice.',
		]);
	});

	it('warns in a test run when the provider could not reach the production URL', async () => {
		const item = { ...received('hint'), handover: { hints: ['Set WEBHOOK_URL.'] } };
		const { hints, output } = await runTrigger({ mode: 'manual', items: [item] });
		expect(hints).toMatchObject([
			{ type: 'warning', message: expect.stringContaining('WEBHOOK_URL') },
		]);
		expect(output[0]).not.toHaveProperty('hints');
	});

	describe('when an event cannot be shaped', () => {
		/** A payload whose reading fails, as any later step of the processing may. */
		const broken = () =>
			received('broken', {
				...events[0].sample,
				get created_at() {
					throw new Error('unreadable');
				},
			});

		it('fails with what happened, and a repeat is not taken for a duplicate', async () => {
			const workflowId = 'fails';
			const window = () => recentKeysOf(`${workflowId}:trigger`).claim('broken', 10);
			const delivery = window();
			if (delivery.state === 'claimed') delivery.settle('accepted');
			const failed = await runTrigger({ workflowId, items: [broken()] });
			expect(failed.status).toBe('error');
			expect(failed.error?.message).toBe('The JOFI event could not be prepared');
			expect(window().state).toBe('claimed');
			expect((await runTrigger({ workflowId, items: [received('broken')] })).output).toHaveLength(
				1,
			);
		});

		it('passes the event on recognisably unprocessed with On Error: Continue', async () => {
			const { output } = await runTrigger({
				items: [broken()],
				node: { onError: 'continueRegularOutput' },
			});
			expect(output[0].json).toMatchObject({ eventKey: 'broken', unprocessed: true });
		});
	});
});
