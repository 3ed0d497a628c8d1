import { Workflow } from 'n8n-workflow';
import { loader } from './core.mjs';

/**
 * What the canvas shows below a node's name, evaluated as n8n's editor does it.
 *
 * @param {string} type
 * @param {import('n8n-workflow').INodeParameters} parameters
 */
async function subtitleOf(type, parameters) {
	const description = /** @type {import('n8n-workflow').INodeTypeDescription} */ (
		loader.getNode(type).type.description
	);
	const node = {
		id: 'node',
		name: 'Node',
		type: `n8n-nodes-talent-events.${type}`,
		typeVersion: Number(description.version),
		position: /** @type {[number, number]} */ ([0, 0]),
		parameters,
	};
	const nodeTypes = /** @type {any} */ ({
		getByNameAndVersion: () => loader.getNode(type).type,
	});
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { expression } = workflow;
	await expression.acquireIsolate?.();
	try {
		return expression.getSimpleParameterValue(
			workflow.getNode('Node') ?? node,
			description.subtitle,
			'internal',
			{},
		);
	} finally {
		await expression.releaseIsolate?.();
	}
}

test.each([
	['jofiTrigger', { events: ['test_taker.assessment_completed'] }, 'Assessment Completed'],
	['jofiTrigger', { events: ['*'] }, 'Any Event'],
	['jofiTrigger', { events: ['invitation.created', '*'] }, 'Any Event'],
	[
		'jofiPollingTrigger',
		{ events: ['invitation.created', 'polling.gap'] },
		'Invitation Created, Gap Found',
	],
	['jofiTrigger', { events: ['one.of.a.later.version'] }, 'one.of.a.later.version'],
	['jofiTrigger', { events: [] }, ''],
	['jobAffinityTrigger', { events: ['ProcessStepChange'] }, 'Step Changed'],
	[
		'jobAffinityTrigger',
		{ events: ['ProcessStepChange'], settings: { otherEvents: ['CandidateCreated'] } },
		'Step Changed, CandidateCreated',
	],
	['jobAffinityPollingTrigger', { events: ['webhook.call_failed'] }, 'Webhook Call Failed'],
	['regpackTrigger', { events: 'user_complete' }, 'User Complete'],
	['regpackTrigger', { events: 'form_submit_*', formId: ' 12345 ' }, 'Form Submitted (12345)'],
	['regpackTrigger', { events: 'form_submit_*' }, 'Form Submitted (One Form)'],
	['regpackTrigger', { events: 'form_submitted' }, 'Form Submitted (Any Form)'],
	['regpackPollingTrigger', { events: ['status_changed'] }, 'Status Changed'],
	['innovativeEducatorsTrigger', { events: ['courseCompletion'] }, 'Course Completed'],
])('%s with %j is %s on the canvas', async (type, parameters, expected) => {
	expect(await subtitleOf(type, parameters)).toBe(expected);
});

test.each([
	['jofi', 'testTaker', 'getScorecard', 'Get Scorecard: Test Taker'],
	['jofi', 'invitation', 'getAll', 'Get Many: Invitation'],
	['jobAffinity', 'application', 'downloadCv', 'Download CV: Application'],
	['regpack', 'form', 'reply', 'Reply: Form'],
	['innovativeEducators', 'nightlyExport', 'parse', 'Parse: Nightly Export'],
])('%s shows %s: %s by their labels', async (type, resource, operation, expected) => {
	expect(await subtitleOf(type, { resource, operation })).toBe(expected);
});
