import {
	courses,
	people,
	populated,
	startNode as startThoughtIndustries,
} from './innovative-educators/api.mjs';
import { byId as jobAffinityId, startNode as startJobAffinity } from './jobaffinity/node.mjs';
import { PARAMETERS as JOB_AFFINITY } from './jobaffinity/operations.mjs';
import { startNode as startJofi } from './jofi/node.mjs';
import { PARAMETERS as JOFI } from './jofi/operations.mjs';
import { declaredSchema, expectShape } from './outputs.mjs';
import { RESOURCES } from '../schemas/outputs.mjs';
import { byId as regpackId, startNode as startRegpack } from './regpack/node.mjs';

/** What Simplified, Selected Fields and Raw put out of the records that each node reads. */

/**
 * The operations of a node that have Output, but for searches, which have tests of their own.
 *
 * @param {string} folder
 */
const readsOf = (folder) =>
	RESOURCES[folder].flatMap(({ value, operations }) =>
		operations
			.filter(({ record }) => record && !record.always?.includes('found'))
			.map((each) => `${value}:${each.value}`),
	);

/** The fields of Simplified in their order, of what the simulated JOFI has. */
const JOFI_FIELDS = {
	'account:get': [
		...['display_name', 'teams_count', 'users_count', 'invitations_count'],
		...['test_takers_seats_used_count', 'prescreens_completed_count'],
		...['thinking_skills_completed_count', 'personality_completed_count'],
		...['career_interests_completed_count', 'webhooks_enabled', 'webhook_endpoint', 'id', 'mode'],
	],
	'assessment:getAll': ['display_name', 'short_name', 'id', 'mode'],
	'careerNavigationProfile:get': [
		...['first_name', 'last_name', 'email', 'team', 'custom_id', 'career_navigation_url'],
		...['job_fit_summary_url', 'career_options_spotlight_url', 'scorecard_url'],
		...['id', 'person_id', 'test_taker_id', 'mode'],
	],
	'careerNavigationProfile:getAll': [
		...['first_name', 'last_name', 'email', 'team', 'custom_id', 'career_navigation_url'],
		...['job_fit_summary_url', 'career_options_spotlight_url', 'scorecard_url'],
		...['id', 'person_id', 'test_taker_id', 'mode'],
	],
	'emailTemplate:getAll': ['display_name', 'type', 'team_ids', 'id', 'mode'],
	'invitation:get': [
		...['first_name', 'last_name', 'email', 'accepted_at', 'assessment_url', 'custom_id'],
		...['id', 'person_id'],
		...['test_taker_id', 'career_navigation_profile_id'],
		// Not documented, and so in JOFI's order.
		...['phone', 'team', 'assessments_to_assign', 'email_template_id'],
		...['congrats_email_template_id', 'send_via_email', 'send_via_sms', 'invited_by_user'],
		...['account', 'created_at', 'mode'],
	],
	'invitation:getAll': [
		...['first_name', 'last_name', 'email', 'assessment_url', 'custom_id', 'id', 'person_id'],
		'mode',
	],
	'scoreProfile:getAll': ['display_name', 'short_name', 'id', 'mode'],
	'team:getAll': [
		...['display_name', 'users_count', 'invitations_count', 'test_takers_count', 'id', 'mode'],
	],
	'testTaker:get': [
		...['first_name', 'last_name', 'email', 'assigned_assessments', 'team', 'custom_id'],
		...['invited_by_user', 'scorecard_url', 'assessment_url', 'id', 'person_id'],
		...['career_navigation_profile_id', 'mode'],
	],
	'testTaker:getAll': [
		...['first_name', 'last_name', 'email', 'team', 'custom_id', 'scorecard_url'],
		...['assessment_url', 'id', 'person_id', 'career_navigation_profile_id', 'mode'],
	],
	'testTaker:getScorecard': [
		...['first_name', 'last_name', 'email', 'score_profile', 'riasec_profile', 'scales'],
		...['scorecard_url', 'test_taker_id', 'invitation_id', 'custom_id', 'person_id'],
		...['career_navigation_profile_id', 'mode'],
	],
	'user:getAll': [
		...['first_name', 'last_name', 'email', 'id'],
		...['default_team_id', 'default_assessment_ids', 'default_email_template_id'],
		...['default_congrats_email_template_id', 'mode'],
	],
};

const APPLICATION = ['candidate', 'job', 'step', 'date', 'route', 'source', 'latest_cv_url', 'id'];

/** Likewise of JobAffinity, in the new edition of its reference. */
const JOB_AFFINITY_FIELDS = {
	'application:get': APPLICATION,
	'application:getAll': APPLICATION,
	'application:getProfile': [
		...['identity', 'employments', 'educations', 'languages', 'skills', 'hobbies'],
		...['cv_url', 'avatar_url'],
	],
	'candidate:get': [
		...['first_name', 'last_name', 'email', 'mobile_phone', 'home_phone', 'position'],
		...['position_company', 'location', 'pools', 'linkedin', 'id'],
	],
	'candidate:getAll': [
		...['first_name', 'last_name', 'email', 'mobile_phone', 'home_phone', 'position'],
		...['position_company', 'location', 'pools', 'linkedin', 'id'],
	],
	'job:get': [
		...['title', 'status', 'reference', 'client', 'organisation', 'location'],
		...['contract_type', 'owner', 'creation_date', 'process', 'id'],
	],
	'job:getAll': ['title', 'id'],
	'note:getAll': ['id', 'date', 'text', 'candidate', 'organisation', 'user'],
	'process:get': ['name', 'steps', 'organisations', 'id'],
	'stepChange:getAll': [
		...['stepName', 'stepStatus', 'date', 'user', 'application'],
		...['changeId', 'stepId', 'applicationLink'],
	],
	'webhookCall:getAll': [
		...['event', 'failed', 'response_status', 'datetime', 'response_body', 'application'],
	],
};

const USER = [
	...['displayName', 'status', 'forms', 'userForms', 'mandatoryForms', 'money', 'fields'],
	...['isChild', 'cloginId', 'connectedTo', 'groupId'],
];

const LEARNER = ['firstName', 'lastName', 'email', 'id', 'role'];

/** @type {Record<string, Record<string, string[]>>} */
const FIELDS = {
	InnovativeEducators: {
		'course:getAll': ['title', 'slug', 'id'],
		'enrollment:getAll': [
			...['title', 'user', 'userDetail', 'timestamp', 'type', 'source', 'notifiableId', 'id'],
		],
		'user:get': LEARNER,
		'user:getAll': LEARNER,
	},
	Jofi: JOFI_FIELDS,
	JobAffinity: JOB_AFFINITY_FIELDS,
	Regpack: { 'user:get': USER, 'user:getAll': USER },
};

/**
 * @typedef {object} Subject a node with its provider
 * @property {(name: string, parameters?: object) => Promise<{ json: any[], error?: any, hints: any[] }>} run
 * an operation, with parameters that make it succeed
 * @property {() => Promise<any>} answer what the provider answers to the last request
 * @property {(answer: any) => any[]} recordsIn
 * @property {() => unknown} close
 */

/** @param {string} url @param {RequestInit} request @returns {Promise<any>} */
const bodyOf = async (url, request) => await (await fetch(url, request)).json();

/** @type {Record<string, () => Promise<Subject>>} */
const SUBJECTS = {
	InnovativeEducators: async () => {
		const { run, site, close } = await startThoughtIndustries({
			...{ users: people(2), content: courses(2), enrollments: populated(2).completions },
		});
		const headers = { authorization: `Bearer ${site.key}` };
		return {
			run: (name, parameters) =>
				run(name, { ...(name === 'user:get' && { user: 'user-1' }), ...parameters }),
			answer: () => bodyOf(`${site.base}${site.requests.at(-1)?.path}`, { headers }),
			recordsIn: ({ contentItems, events, users }) => contentItems ?? events ?? users,
			close,
		};
	},
	Jofi: async () => {
		const { run, jofi, close } = await startJofi();
		const headers = { authorization: `Bearer ${jofi.keys.live}` };
		return {
			run: (name, parameters) => run(name, { ...JOFI[name], ...parameters }),
			answer: () => bodyOf(`${jofi.base}${jofi.requests.at(-1)?.path}`, { headers }),
			recordsIn: ({ mode, data }) => data.map((/** @type {object} */ each) => ({ mode, ...each })),
			close,
		};
	},
	JobAffinity: async () => {
		// Links to files are signed for a time.
		const clock = () => Date.parse('2026-03-05T14:00:00Z');
		const { run, ja, ids, secrets, close } = await startJobAffinity({ clock });
		ja.account.note({ candidateId: ids.candidate });
		ja.account.recordTask({
			...{ event: 'ProcessStepChange', at: 0, response_status: 500, response_body: 'Oh' },
			applicationId: ids.application,
		});
		const headers = { authorization: `Basic ${secrets[1]}` };
		return {
			run: (name, parameters) => run(name, { ...JOB_AFFINITY[name]?.(ids), ...parameters }),
			answer: () => bodyOf(`${ja.origin}${ja.requests.at(-1)?.path}`, { headers }),
			recordsIn: ({ items }) => items,
			close,
		};
	},
	Regpack: async () => {
		const { run, regpack, ids, close } = await startRegpack();
		const { apiUser, apiToken, apiId } = regpack.credential;
		return {
			run: (name, parameters) =>
				run(name, { ...(name === 'user:get' && { user: regpackId(ids.parent) }), ...parameters }),
			answer: () => {
				const { path, body } = /** @type {any} */ (regpack.requests.at(-1));
				const timestamp = String(Math.round(Date.now() / 1000));
				const login = { 'api-user': apiUser, 'api-token': apiToken, 'api-id': String(apiId) };
				const headers = { 'content-type': 'application/json', ...login, timestamp };
				return bodyOf(`${regpack.origin}${path}`, { method: 'POST', body, headers });
			},
			recordsIn: ({ users, children }) => [...users, ...children],
			close,
		};
	},
};

describe.each(Object.keys(FIELDS))('%s', (folder) => {
	/** @type {Subject} */
	let subject;
	beforeAll(async () => {
		subject = await SUBJECTS[folder]();
	});
	afterAll(() => subject.close());

	test('has expectations here for every operation with Output, and for no other', () => {
		expect(Object.keys(FIELDS[folder]).sort()).toEqual(readsOf(folder).sort());
	});

	describe.each(Object.keys(FIELDS[folder]))('%s', (name) => {
		it('outputs the useful fields first, by default', async () => {
			const { json } = await subject.run(name);
			expect(json.length).toBeGreaterThan(0);
			expect(Object.keys(json[0])).toEqual(FIELDS[folder][name]);
			expectShape(folder, name, json);
		});

		it('outputs with Raw what the provider answers', async () => {
			const { json } = await subject.run(name, { output: 'raw', returnAll: true });
			const answer = await subject.answer();
			const expected = name.endsWith(':getAll') ? subject.recordsIn(answer) : [answer];
			expect(JSON.stringify(json)).toBe(JSON.stringify(expected));
			expectShape(folder, name, json);
		});

		it('outputs exactly the selected fields, of either shape', async () => {
			const [raw] = (await subject.run(name, { output: 'raw' })).json;
			const names = [FIELDS[folder][name][0], ...Object.keys(raw).slice(-1)];
			const always = folder === 'Jofi' ? ['mode'] : [];
			const { json } = await subject.run(name, { output: 'selected', fieldsToInclude: names });
			expect([...new Set(json.flatMap(Object.keys))]).toEqual([...new Set([...names, ...always])]);
			expectShape(folder, name, json);
		});

		it('previews the fields of Simplified first', () => {
			const schema = /** @type {any} */ (declaredSchema(folder, name));
			const shown = Object.keys(schema.shape);
			const known = FIELDS[folder][name];
			const documented = known.filter((field) => shown.includes(field));
			expect(shown.filter((field) => known.includes(field))).toEqual(documented);
			expect(documented).toContain(shown[0]);
		});
	});

	it('reads nothing when no field is selected, and says what to do', async () => {
		const [name] = Object.keys(FIELDS[folder]);
		const { error } = await subject.run(name, { output: 'selected' });
		expect([error.message, error.description]).toEqual([
			'Fields to Include is empty',
			'Choose the fields, or another Output.',
		]);
	});
});

describe('JobAffinity', () => {
	it('keeps links only where they are all that a record has', async () => {
		const links = /"_self"/;
		for (const [generation, hasLinks] of /** @type {const} */ ([
			['new', false],
			['old', true],
		])) {
			const { run, ids, close } = await startJobAffinity({ generation });
			const { json } = await run('application:get', {
				application: jobAffinityId(ids.application),
			});
			expect(links.test(JSON.stringify(json))).toBe(hasLinks);
			if (hasLinks) expect(Object.keys(json[0].candidate)).toEqual(['_self']);
			await close();
		}
	});

	it('leads a selected field with a dot into a record', async () => {
		const { run, ids, close } = await startJobAffinity();
		const { json, hints } = await run('application:get', {
			...{ application: jobAffinityId(ids.application), output: 'selected' },
			otherFieldsToInclude: 'candidate.email, job.title, candidate.phon',
		});
		expect(json).toEqual([
			{ candidate: { email: 'lea.noir@example.org' }, job: { title: 'Warehouse Lead' } },
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			'No record has the field "candidate.phon". Check Other Fields to Include.',
		]);
		await close();
	});
});

describe('Regpack', () => {
	it('leads a selected field with a dot to the value of a form field', async () => {
		const { run, ids, close } = await startRegpack();
		const { json } = await run('user:get', {
			...{ user: regpackId(ids.parent), output: 'selected', fieldsToInclude: ['displayName'] },
			otherFieldsToInclude: 'fields.first_name',
		});
		expect(json).toEqual([{ displayName: 'Ada Sample', fields: { first_name: 'Ada' } }]);
		await close();
	});
});

describe('JOFI', () => {
	it('says with every Output that a test key makes records up', async () => {
		const { run, withKey, jofi, close } = await startJofi();
		for (const output of ['simplified', 'selected', 'raw']) {
			const { json, hints } = await run(
				'testTaker:getAll',
				{ output, fieldsToInclude: ['email'] },
				withKey(jofi.keys.test),
			);
			expect([...new Set(json.map(({ mode }) => mode))]).toEqual(['test']);
			expect(hints).toHaveLength(1);
		}
		await close();
	});
});
