import { JobAffinity } from '#dist/nodes/JobAffinity/JobAffinity.node.js';
import { byId, startNode } from '../../integration/jobaffinity/node.mjs';
import { PARAMETERS } from '../../integration/jobaffinity/operations.mjs';
import { SIGNED } from './run.mjs';

const lea = { first_name: 'Lea', email: 'lea.noir@example.org' };
const applicant = {
	firstName: 'Nora',
	lastName: 'Vert',
	email: 'nora.vert@example.org',
	country: 'fr',
};

/** @param {number} count */
const counted = (count) => [{ count, isAtLeast: false, reason: null }];

/**
 * What each operation puts out; parameters are those of the integration tests, unless there are
 * others here.
 *
 * @param {Pick<Awaited<ReturnType<typeof startNode>>, 'ja' | 'ids'>} started
 * @returns {Record<string, import('./run.mjs').Case>}
 */
const casesOf = ({ ja, ids: { application, withoutCv, candidate, job, process } }) => ({
	'apiVersion:get': { gives: [{ version: '1.10', expires: false }] },
	'event:getManySince': {
		parameters: { since: '2020-01-01T00:00:00Z', limit: 1 },
		gives: [
			{
				...{ provider: 'jobaffinity', event: 'ProcessStepChange', source: 'replay' },
				application: { id: String(application), stage: 'New' },
			},
		],
	},
	'event:getSample': {
		gives: [
			{
				...{ provider: 'jobaffinity', event: 'ProcessStepChange', source: 'sample' },
				title: 'Lea Noir moved to Interview for Warehouse Lead',
			},
		],
	},
	'application:get': { gives: [{ id: application, candidate: { id: candidate, ...lea } }] },
	'application:getAll': { gives: [{ id: withoutCv }, { id: application }] },
	'application:getCount': { gives: counted(2) },
	'application:getProfile': { gives: [{ identity: [lea] }] },
	'application:downloadCv': {
		gives: [{ applicationId: application, fileName: 'cv.pdf', mimeType: 'application/pdf' }],
	},
	'jobApplication:submit': {
		// The CV that was downloaded goes on as a file.
		after: 'application:downloadCv',
		parameters: { applyUrl: ja.applyUrl(302), ...applicant, cvField: 'data' },
		gives: [{ _status: 'OK' }],
		sends: [
			[
				`POST ${new URL(ja.applyUrl(302)).pathname}`,
				{
					...{ version: '1.2', first_name: 'Nora', last_name: 'Vert' },
					...{ email: applicant.email, country: 'FR' },
					cv: {
						name: 'cv.pdf',
						mime_type: 'application/pdf',
						content: ja.account.get('application', application).cv?.content.toString('base64'),
					},
				},
			],
		],
	},
	'jobApplication:testAddress': {
		parameters: { applyUrl: ja.applyUrl(301) },
		gives: [{ works: true, status: 200 }],
	},
	'candidate:get': { gives: [{ id: candidate, ...lea }] },
	'candidate:getAll': { gives: [{}, {}, {}, { id: candidate, ...lea }] },
	'candidate:getCount': { gives: counted(4) },
	'candidate:getByEmail': { gives: [{ id: candidate, found: true, ...lea }] },
	'job:get': { gives: [{ id: job, title: 'Warehouse Lead', reference: 'WL-26-03' }] },
	'job:getAll': { gives: [{ title: 'Night Porter' }, {}, { id: job, title: 'Warehouse Lead' }] },
	'job:getCount': { gives: counted(3) },
	'process:get': { gives: [{ id: process, name: 'Standard' }] },
	'note:create': {
		parameters: { application: byId(application), text: 'Good talk' },
		gives: [{ _status: 'OK', candidate_id: candidate, organisation_id: 55 }],
		sends: [
			[
				'POST /restapi/v1/note',
				{ candidate_id: candidate, organisation_id: 55, text: 'Good talk' },
			],
		],
	},
	'note:getAll': { gives: [{ text: 'Good talk', candidate: { id: candidate } }] },
	'note:getCount': { gives: counted(1) },
	'stepChange:create': {
		parameters: {
			application: byId(application),
			stepId: { __rl: true, mode: 'name', value: 'Offer' },
		},
		gives: [{ _status: 'OK', application_id: application, process_step_id: 22 }],
		sends: [['POST /restapi/v1/step', { application_id: application, process_step_id: 22 }]],
	},
	'stepChange:getAll': {
		parameters: { filters: { stepName: 'Offer' } },
		gives: [{ stepName: 'Offer', application: { id: application } }],
	},
	'stepChange:getCount': { parameters: { filters: { stepName: 'Offer' } }, gives: counted(1) },
	'webhook:getStatus': {
		gives: [{ calls: 2, failures: 1, consecutiveFailures: 1, likelySuspended: false }],
	},
	'webhookCall:getAll': {
		gives: [
			{ event: 'ProcessStepChange', failed: true, response_status: 503 },
			{ event: 'ProcessStepChange', failed: false, response_status: 200 },
		],
	},
	'webhookCall:getCount': { parameters: { filters: { failedOnly: true } }, gives: counted(1) },
});

/** @type {import('./run.mjs').Provider} */
export const jobAffinity = {
	label: 'JobAffinity',
	node: new JobAffinity(),
	trigger: {
		type: 'jobAffinityTrigger',
		path: 'jobaffinity',
		// The event that is delivered as a test is of no application of the simulator.
		parameters: { events: ['*'], fetchDetails: false },
	},
	event: { event: 'ProcessStepChange' },
	verified: SIGNED,
	async open() {
		const { ja, ids, withLogin, close } = await startNode();
		for (const response_status of [200, 503])
			ja.account.recordTask({
				...{ event: 'ProcessStepChange', at: ja.account.now(), response_body: '' },
				...{ applicationId: ids.application, response_status },
			});
		const cases = casesOf({ ja, ids });
		return {
			...withLogin({}),
			cases: Object.fromEntries(
				Object.entries(cases).map(([name, each]) => [
					name,
					{ parameters: PARAMETERS[name]?.(ids), ...each },
				]),
			),
			written: () =>
				ja.requests.flatMap(({ method, path, body }) =>
					method === 'POST' ? [[`${method} ${path}`, JSON.parse(body ?? 'null')]] : [],
				),
			close,
		};
	},
};
