import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { deliver } from '../providers/shared/deliver.mjs';
import { CASES } from '../docs/addresses.mjs';
import { startWithPackage } from './jofi.mjs';
import { idle, workflowOf } from './regpack.mjs';

const TRIGGER = 'Innovative Educators Trigger';
const completion = innovativeEducators.events[0].sample;

describe.each([0, 1])('with N8N_PROXY_HOPS=%i', (hops) => {
	/** @type {Awaited<ReturnType<typeof startWithPackage>>} */
	let host;
	beforeAll(async () => {
		host = await startWithPackage({ editor: false, env: { N8N_PROXY_HOPS: String(hops) } });
	});
	afterAll(() => host?.n8n.stop());

	it.each(CASES.filter((each) => each.hops === hops))(
		'X-Forwarded-For $forwarded and the list $list are answered $status, because $why',
		async ({ forwarded, list, status }) => {
			const { client } = host.n8n;
			const parameters = {
				events: ['courseCompletion'],
				...(list !== undefined && { ipAllowlist: list }),
			};
			const trigger = {
				name: TRIGGER,
				type: 'n8n-nodes-talent-events.innovativeEducatorsTrigger',
				typeVersion: 2,
				parameters,
			};
			const workflow = await client.createWorkflow(workflowOf(undefined, [[trigger, idle]]));
			const { [TRIGGER]: url } = await client.publish(workflow);
			const answer = await deliver(url, completion, { headers: { 'x-forwarded-for': forwarded } });
			expect(answer).toEqual({
				status,
				text: JSON.stringify({
					message: status === 200 ? 'Accepted.' : 'The source address is not on the IP allowlist.',
				}),
			});
			if (status === 200) await client.waitForExecutions(workflow.id, { status: 'success' });
			expect(await client.executions(workflow.id)).toHaveLength(status === 200 ? 1 : 0);
		},
	);
});
