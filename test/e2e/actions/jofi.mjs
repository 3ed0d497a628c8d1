import { Jofi } from '#dist/nodes/Jofi/Jofi.node.js';
import { IDS, startNode } from '../../integration/jofi/node.mjs';
import { PARAMETERS } from '../../integration/jofi/operations.mjs';
import { SIGNED } from './run.mjs';

const finished = { email: '31003@example.org', mode: 'live' };
const inviter = 'robin.hale@example.com';
/** As `PARAMETERS` have it. */
const invited = {
	created_by_user_email: inviter,
	first_name: 'Avery',
	last_name: 'Stone',
	email: 'avery@example.org',
};

/** @param {number} count */
const counted = (count) => [{ count, isAtLeast: false, reason: null, mode: 'live' }];

/**
 * What each operation puts out; parameters are those of the integration tests, unless there are
 * others here.
 *
 * @type {Record<string, import('./run.mjs').Case>}
 */
const CASES = {
	'account:get': {
		gives: [{ display_name: 'Northwind HR', invitations_count: 3, mode: 'live' }],
	},
	'assessment:getAll': {
		gives: ['Personality', 'Thinking', 'Interests', 'Prescreen'].map((name) => ({
			short_name: name,
		})),
	},
	'assessment:getCount': { gives: counted(4) },
	'careerNavigationProfile:get': { gives: [{ id: IDS.profile, ...finished }] },
	'careerNavigationProfile:getAll': { gives: [{ id: IDS.profile, ...finished }] },
	'careerNavigationProfile:getCount': { gives: counted(1) },
	'emailTemplate:getAll': { gives: [{ id: 7001 }, { id: 7002 }, { id: 7003 }] },
	'emailTemplate:getCount': { gives: counted(3) },
	'event:getManySince': {
		parameters: {
			...{ selectEvents: 'here', events: ['career_navigation_profile.created'] },
			since: '2020-01-01T00:00:00Z',
		},
		gives: [{ provider: 'jofi', source: 'replay', deliveryId: null, person: { id: '42002' } }],
	},
	'event:getSample': {
		gives: [
			{
				...{ provider: 'jofi', event: 'test_taker.assessment_completed', source: 'sample' },
				title: 'Linda Sample completed JOFI Thinking Skills, 1 of 3',
			},
		],
	},
	'invitation:create': {
		gives: [{ id: 31004, object: 'invitation', mode: 'live', email: invited.email }],
		sends: [['POST /invitations', invited]],
	},
	'invitation:createMany': {
		parameters: {
			inviter,
			firstName: '={{ $json.first }}',
			lastName: 'Stone',
			email: '={{ $json.email }}',
		},
		items: [
			{ json: { first: 'Avery', email: 'AVERY@example.org' } },
			{ json: { first: 'Blair', email: 'blair@example.org' } },
		],
		gives: [
			{ row: 1, result: 'skipped', invitationId: '31004', isGuardComplete: true },
			{ row: 2, result: 'invited', invitationId: '31005', isGuardComplete: true },
		],
		sends: [['POST /invitations', { ...invited, first_name: 'Blair', email: 'blair@example.org' }]],
	},
	'invitation:get': { gives: [{ id: IDS.open, person_id: 'cand-0001', accepted_at: null }] },
	'invitation:getAll': {
		gives: [31005, 31004, 31003, 31002, 31001].map((id) => ({ id, mode: 'live' })),
	},
	'invitation:getCount': { gives: counted(5) },
	'invitation:getPending': { gives: [{ id: 31001 }, { id: 31004 }, { id: 31005 }] },
	'invitation:update': {
		gives: [{ id: IDS.open, first_name: 'Alex', person_id: 'cand-0001' }],
		sends: [[`PUT /invitations/${IDS.open}`, { first_name: 'Alex' }]],
	},
	'scoreProfile:getAll': { gives: [{ short_name: IDS.scoreProfile }, {}] },
	'scoreProfile:getCount': { gives: counted(2) },
	'team:getAll': { gives: [{ id: 55, display_name: 'Campus Hiring' }, { id: 56 }] },
	'team:getCount': { gives: counted(2) },
	'testTaker:get': { gives: [{ id: IDS.finished, ...finished }] },
	'testTaker:getAll': { gives: [{ id: IDS.finished, ...finished }, { id: IDS.testTaker }] },
	'testTaker:getCompletionReport': {
		gives: [
			{ testTakerId: String(IDS.finished), completed: 3, total: 3, allCompleted: true },
			{ testTakerId: String(IDS.testTaker), completed: 1, total: 3, allCompleted: false },
		],
	},
	'testTaker:getCount': { gives: counted(2) },
	'testTaker:getJobFitReport': {
		gives: [{ object: 'job_fit_report', test_taker: { id: IDS.finished } }],
	},
	'testTaker:getScorecard': {
		gives: [
			{
				email: finished.email,
				score_profile: { short_name: IDS.scoreProfile },
				scales: expect.arrayContaining([expect.objectContaining({ shortName: 'think' })]),
			},
		],
	},
	'user:getAll': { gives: [{ id: 12, email: inviter }, {}, {}] },
	'user:getCount': { gives: counted(3) },
	'webhook:getStatus': {
		gives: [
			{
				...{ delivers: false, webhooksEnabled: false, webhookEndpoint: null },
				obstacles: [expect.stringContaining('not enabled'), expect.stringContaining('URL')],
			},
		],
	},
};

/** @type {import('./run.mjs').Provider} */
export const jofi = {
	label: 'JOFI',
	node: new Jofi(),
	trigger: { type: 'jofiTrigger', path: 'jofi', parameters: { events: ['*'] } },
	event: { event: 'invitation.accepted' },
	verified: SIGNED,
	async open() {
		const { jofi: site, withKey, close } = await startNode();
		return {
			...withKey(site.keys.live),
			cases: Object.fromEntries(
				Object.entries(CASES).map(([name, each]) => [
					name,
					{ parameters: PARAMETERS[name], ...each },
				]),
			),
			written: () =>
				site.requests.flatMap(({ method, path, body }) =>
					method === 'GET' ? [] : [[`${method} ${path}`, JSON.parse(body ?? 'null')]],
				),
			close,
		};
	},
};
