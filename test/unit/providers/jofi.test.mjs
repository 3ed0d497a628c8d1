import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import {
	careerNavigationProfile,
	eventOf,
	invitation,
	testTaker,
} from '#dist/nodes/Jofi/events/schemas.js';
import { finishedAssessment } from '#dist/nodes/Jofi/events/completion.js';
import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { Account } from '../../providers/jofi/account.mjs';
import { deliver, sampleOf } from '../../providers/jofi/deliver.mjs';
import { startJofi } from '../../providers/jofi/server.mjs';
import { caught } from '../events.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

/** @typedef {import('../../providers/jofi/server.mjs').Jofi} Jofi */

const secret = 'not-a-real-secret';

/** The schema of what each event is about. */
const SCHEMAS = {
	'invitation.created': invitation,
	'invitation.accepted': invitation,
	'test_taker.created': testTaker,
	'test_taker.assessment_completed': testTaker,
	'career_navigation_profile.created': careerNavigationProfile,
};
const TYPES = /** @type {(keyof typeof SCHEMAS)[]} */ (Object.keys(SCHEMAS));

const ROUTES = [
	'/accounts',
	'/users',
	'/teams',
	'/assessments',
	'/email-templates',
	'/score-profiles',
	'/invitations',
	'/invitations/31001',
	'/test-takers',
	'/test-takers/42001',
	'/test-takers/42001/scorecard?sp=JOFI-001-XX',
	'/test-takers/42001/job-fit-report',
	'/career-navigation-profiles',
	'/career-navigation-profiles/CNP0000000001',
];

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/** @param {Parameters<typeof startJofi>[0]} [options] */
async function started(options) {
	const jofi = await startJofi(options);
	closing.push(jofi.close);
	return jofi;
}

/**
 * @param {Jofi} jofi
 * @param {string} request e.g. `GET /accounts`
 * @param {{ key?: string, headers?: Record<string, string>, body?: unknown }} [options] key: the
 * live one
 */
async function send(
	{ base, keys },
	request,
	{ key = keys.live, headers = { authorization: `Bearer ${key}` }, body } = {},
) {
	const [method, path] = request.split(' ');
	const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
	const answer = await fetch(base + path, {
		method,
		headers: { ...headers, 'content-type': 'application/json' },
		body: text,
	});
	const raw = await answer.text();
	const type = answer.headers.get('content-type')?.split(';')[0];
	/** @type {any} */
	const json = type === 'application/json' ? JSON.parse(raw) : undefined;
	return { status: answer.status, type, raw, json, headers: answer.headers };
}

/** One of everything. @param {Account} account */
function fill(account) {
	const { id: invitationId } = account.invite({ person_id: 'cand-1' });
	const { id: testTakerId } = account.accept(invitationId);
	account.complete(testTakerId, 6);
	return { invitationId, testTakerId, profileId: account.createProfile(testTakerId).id };
}

/** A server that keeps what is delivered to it. */
async function openReceiver() {
	/** @type {{ headers: import('node:http').IncomingHttpHeaders, body: Buffer, event: any }[]} */
	const received = [];
	const state = { atOnce: 0, most: 0 };
	const server = createServer(async (request, response) => {
		state.most = Math.max(state.most, ++state.atOnce);
		const body = await buffer(request);
		received.push({ headers: request.headers, body, event: JSON.parse(body.toString()) });
		await sleep(5);
		state.atOnce--;
		response.writeHead(200).end('{"message":"Thanks."}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	closing.push(() => (server.closeAllConnections(), server.close()));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { url: `http://127.0.0.1:${port}/webhook`, received, state };
}

describe('an account', () => {
	/** @type {Account} */
	let account;
	/** @type {{ type: string, object: any }[]} */
	let events;
	beforeEach(() => {
		account = new Account();
		events = [];
		account.onEvent = (type, object) => void events.push({ type, object });
	});

	test('reports each step of the life cycle with the object at that moment', () => {
		fill(account);
		expect(events.map(({ type }) => type)).toEqual(TYPES);
		const [created, accepted, taker, completed] = events.map(({ object }) => object);
		expect(created).toMatchObject({
			object: 'invitation',
			accepted_at: null,
			test_taker_id: null,
			career_navigation_profile_id: null,
		});
		expect(accepted).toMatchObject({
			accepted_at: expect.any(String),
			test_taker_id: 42001,
			career_navigation_profile_id: null,
		});
		expect(taker.assigned_assessments.map((/** @type {any} */ each) => each.completed_at)).toEqual([
			null,
			null,
			null,
		]);
		expect(completed.assigned_assessments[0].completed_at).toEqual(expect.any(String));
	});

	test('fills the profile into test taker, invitation and web addresses', () => {
		const { profileId } = fill(account);
		expect(profileId).toMatch(/^CNP\d+$/);
		expect(account.testTakers[0]).toMatchObject({
			career_navigation_profile_id: profileId,
			career_navigation_url: `https://www.careernavigation.org?c=${profileId}`,
		});
		expect(account.invitations[0].career_navigation_profile_id).toBe(profileId);
	});

	test('returns copies, and keeps the records', () => {
		const copy = account.invite();
		copy.first_name = 'Changed';
		events[0].object.first_name = 'Changed too';
		expect(account.invitations[0].first_name).toBe('Avery');
	});

	test('counts a completion, and does not take it back when the assessment is opened again', () => {
		const { testTakerId } = fill(account);
		const opened = account.reset(testTakerId, 6).assigned_assessments[0];
		expect(opened).toMatchObject({ started_at: null, completed_at: null, progress_saved_at: null });
		account.complete(testTakerId, 6);
		expect(account.completed).toEqual({ Personality: 2, Thinking: 0, Interests: 0, Prescreen: 0 });
		expect(events).toHaveLength(6);
	});

	test('remembers what was sent, and only that', () => {
		account.invite();
		account.invite({ send_via_sms: true, phone: '5550100200' });
		account.invite({ send_via_email: false, send_via_sms: true, phone: '5550100200' });
		account.invite({ send_via_email: false });
		expect(account.sent).toEqual([
			{ invitationId: 31001, via: ['email'] },
			{ invitationId: 31002, via: ['email', 'sms'] },
			{ invitationId: 31003, via: ['sms'] },
		]);
	});

	test('removes a record of each kind', () => {
		const { invitationId, testTakerId, profileId } = fill(account);
		account.remove('invitation', invitationId);
		account.remove('testTaker', testTakerId);
		account.remove('careerNavigationProfile', profileId);
		expect([account.invitations, account.testTakers, account.careerNavigationProfiles]).toEqual([
			[],
			[],
			[],
		]);
	});

	test('refuses impossible actions', () => {
		const { invitationId, testTakerId } = fill(account);
		expect(() => account.accept(invitationId)).toThrow('accepted already');
		expect(() => account.complete(testTakerId, 6)).toThrow('completed 6 already');
		expect(() => account.complete(testTakerId, 9)).toThrow('not assigned 9');
		expect(() => account.createProfile(testTakerId)).toThrow('has a profile already');
		expect(() => account.accept(1)).toThrow('no invitation 1');
		expect(() => account.remove('testTaker', 1)).toThrow('no testTaker 1');
		expect(() => account.invite({ created_by_user_email: 'nobody@example.org' })).toThrow(
			'No inviter',
		);
	});

	test.each([
		['stands still', () => 1_770_122_604_598],
		[
			'goes back',
			(() =>
				(
					(time) => () =>
						(time -= 1000)
				)(1_770_122_604_598))(),
		],
		[
			'goes on',
			(() =>
				(
					(time) => () =>
						(time += 1000)
				)(1_770_122_604_590))(),
		],
	])('gives later and later timestamps while its clock %s', (_, now) => {
		account.now = now;
		const stamps = Array.from({ length: 40 }, () => account.invite().created_at);
		for (const stamp of stamps)
			expect(stamp).toMatch(/^2026-02-03T\d\d:\d\d:\d\d\.\d{3,6}\+00:00$/);
		const micros = stamps.map((stamp) =>
			stamp.replace(/\.(\d+)\+.*/, (_match, fraction) => `.${fraction.padEnd(6, '0')}`),
		);
		expect(micros).toEqual([...new Set(micros)].sort());
		if (stamps.some((stamp) => stamp.includes(':55.')))
			expect(new Set(stamps.map((stamp) => stamp.length)).size).toBeGreaterThan(2);
	});
});

describe('the routes with a live key', () => {
	test.each(ROUTES)('%s answers 200, the mode and the object', async (path) => {
		const jofi = await started();
		fill(jofi.account);
		const { status, json } = await send(jofi, `GET ${path}`);
		expect(status).toBe(200);
		expect(json).toMatchObject({ mode: 'live', object: expect.any(String) });
		if (json.object === 'list') {
			expect(json).toMatchObject({ total_count: json.data.length, has_more: false });
			expect(json.data.length).toBeGreaterThan(0);
			for (const item of json.data)
				expect(item).toMatchObject({
					object: expect.stringMatching(/_list_item$/),
					id: expect.anything(),
				});
		}
	});

	test('/accounts counts the records, and shows a valid webhook URL', async () => {
		const jofi = await started();
		fill(jofi.account);
		expect((await send(jofi, 'GET /accounts')).json).toEqual({
			...{
				mode: 'live',
				object: 'account',
				id: 901,
				display_name: 'Northwind HR',
				display_name_external: null,
			},
			...{ teams_count: 2, users_count: 3, invitations_count: 1, test_takers_seats_used_count: 1 },
			...{
				prescreens_completed_count: 0,
				thinking_skills_completed_count: 0,
				personality_completed_count: 1,
			},
			...{ career_interests_completed_count: 0, webhook_endpoint: null, webhooks_enabled: false },
		});
		for (const [live, endpoint] of [
			['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook/a'],
			['not a URL', null],
		]) {
			jofi.webhooks.configure({ live: String(live), verification: { secret } });
			expect((await send(jofi, 'GET /accounts')).json).toMatchObject({
				webhook_endpoint: endpoint,
				webhooks_enabled: true,
			});
		}
	});

	test('items of lists are thinner than objects', async () => {
		const jofi = await started();
		fill(jofi.account);
		const [taker] = (await send(jofi, 'GET /test-takers')).json.data;
		expect(taker).toMatchObject({
			id: 42001,
			invitation_created_at: expect.any(String),
			team: { id: 55 },
		});
		expect(taker).not.toHaveProperty('assigned_assessments');
		expect(taker).not.toHaveProperty('invited_by_user');
		const [thin] = (await send(jofi, 'GET /invitations')).json.data;
		expect(Object.keys(thin).sort()).toEqual(
			[
				'object',
				'id',
				'first_name',
				'last_name',
				'email',
				'custom_id',
				'person_id',
				'assessment_url',
			].sort(),
		);
	});

	test('an item of invitations can have more', async () => {
		const jofi = await started({ invitationListItem: 'full' });
		fill(jofi.account);
		const [item] = (await send(jofi, 'GET /invitations')).json.data;
		expect(item).toMatchObject({
			accepted_at: expect.any(String),
			test_taker_id: 42001,
			created_at: expect.any(String),
			team: {},
			account: {},
		});
	});

	test.each(
		/** @type {const} */ ([
			['/invitations', 30],
			['/test-takers', 30],
			['/career-navigation-profiles', 50],
		]),
	)('%s shows the newest %i, newest first, and says that there are more', async (path, cap) => {
		const jofi = await started();
		for (let count = 0; count < cap; count++)
			jofi.account.createProfile(jofi.account.accept(jofi.account.invite().id).id);
		expect((await send(jofi, `GET ${path}`)).json).toMatchObject({
			total_count: cap,
			has_more: false,
		});
		const { id } = jofi.account.invite();
		const testTakerId = jofi.account.accept(id).id;
		const newest = {
			'/invitations': id,
			'/test-takers': testTakerId,
			'/career-navigation-profiles': jofi.account.createProfile(testTakerId).id,
		};
		const { json } = await send(jofi, `GET ${path}`);
		expect(json).toMatchObject({ total_count: cap + 1, has_more: true });
		expect(json.data).toHaveLength(cap);
		expect(json.data[0].id).toBe(newest[path]);
	});

	test('caps can be chosen, one by one', async () => {
		const jofi = await started({ caps: { testTakers: 1, users: 2 } });
		for (let count = 0; count < 2; count++) jofi.account.accept(jofi.account.invite().id);
		expect((await send(jofi, 'GET /test-takers')).json.data).toHaveLength(1);
		expect((await send(jofi, 'GET /invitations')).json.data).toHaveLength(2);
		expect((await send(jofi, 'GET /users')).json).toMatchObject({ total_count: 3, has_more: true });
	});

	test('a scorecard has no scores before completion, and no section where nothing is to score', async () => {
		const jofi = await started();
		const { account } = jofi;
		const { id } = account.accept(account.invite({ assessments_to_assign: [{ test_id: 7 }] }).id);
		const path = `GET /test-takers/${id}/scorecard?sp=JOFI-002-YY`;
		const open = (await send(jofi, path)).json;
		expect(open).toMatchObject({
			object: 'scorecard',
			score_profile: { short_name: 'JOFI-002-YY' },
			scores: { personality_traits: null },
		});
		const [before] = open.scores.thinking_skills;
		expect([before, ...before.facets].map((score) => score.test_taker_score)).toEqual([
			null,
			null,
			null,
		]);
		account.complete(id, 7);
		const [after] = (await send(jofi, path)).json.scores.thinking_skills;
		for (const score of [after, ...after.facets])
			expect(score).toMatchObject({ object: 'score', test_taker_score: expect.any(Number) });
	});
});

test('the API can lag behind, and catches up', async () => {
	const jofi = await started();
	const { id } = jofi.account.accept(jofi.account.invite().id);
	const completed = async () =>
		(await send(jofi, `GET /test-takers/${id}`)).json.assigned_assessments[0].completed_at;
	jofi.lag();
	jofi.account.complete(id, 6);
	expect(await completed()).toBeNull();
	jofi.catchUp();
	expect(await completed()).not.toBeNull();
});

describe('errors', () => {
	test.each([
		['without a key', {}, 'API key is required', 'none'],
		[
			'with the header that one page calls Authentication',
			{ authentication: 'Bearer LIVE' },
			'API key is required',
			'none',
		],
		['with a key by HTTP Basic', { authorization: 'Basic LIVE' }, 'API key is required', 'none'],
		[
			'with an unknown key',
			{ authorization: 'Bearer sk_live_unknown' },
			'Account not found for API key',
			'wrong',
		],
	])('%s a request is answered 404', async (_, given, error, key) => {
		const jofi = await started();
		const headers = Object.fromEntries(
			Object.entries(given).map(([name, value]) => [name, value.replace('LIVE', jofi.keys.live)]),
		);
		expect(await send(jofi, 'GET /accounts', { headers })).toMatchObject({
			status: 404,
			json: { error },
		});
		expect(jofi.requests).toEqual([{ method: 'GET', path: '/accounts', status: 404, key }]);
	});

	test.each([
		'DELETE /invitations/31001',
		'PATCH /invitations/31001',
		'POST /test-takers',
		'PUT /invitations',
	])('%s is answered 405 in plain text', async (request) => {
		const jofi = await started();
		expect(await send(jofi, request)).toMatchObject({
			status: 405,
			type: 'text/plain',
			raw: 'Method Not Allowed',
		});
	});

	test.each([
		'/',
		'/webhooks',
		'/users/12',
		'/invitations/',
		'/invitations/1/2',
		'//',
		'/%E0%A4%A',
	])('GET %s is not a route', async (path) => {
		const jofi = await started();
		expect(await send(jofi, `GET ${path}`)).toMatchObject({ status: 404, type: 'text/html' });
	});

	test.each([
		['GET /invitations/1', 'Invitation not found'],
		['GET /invitations/abc', 'Invitation not found'],
		['PUT /invitations/1', 'Invitation not found'],
		['GET /test-takers/1', 'Test taker not found'],
		['GET /test-takers/042001', 'Test taker not found'],
		['GET /test-takers/1/scorecard?sp=JOFI-001-XX', 'Test taker not found'],
		['GET /test-takers/1/job-fit-report', 'Test taker not found'],
		['GET /test-takers/42001/scorecard', 'Query parameter sp is required'],
		['GET /test-takers/42001/scorecard?sp=', 'Query parameter sp is required'],
		['GET /test-takers/42001/scorecard?sp=JOFI-999-ZZ', 'Score profile not found'],
	])('%s is answered 400', async (request, error) => {
		const jofi = await started();
		fill(jofi.account);
		const body = request.startsWith('PUT') ? {} : undefined;
		expect(await send(jofi, request, { body })).toMatchObject({ status: 400, json: { error } });
	});

	test('an unknown career navigation profile is answered 404 and null', async () => {
		const jofi = await started();
		expect(await send(jofi, 'GET /career-navigation-profiles/CNP1')).toMatchObject({
			status: 404,
			raw: 'null',
		});
	});
});

const WHOLE = {
	...{
		first_name: 'Lee',
		last_name: 'Reed',
		email: 'lee@example.org',
		created_by_user_email: 'casey.moss@example.com',
	},
	...{
		person_id: 'cand-7',
		custom_id: 'REQ-9',
		phone: '5550100200',
		team_id: 55,
		assessments_to_assign: [{ test_id: 7 }],
	},
	...{ email_template_id: 7001, send_via_email: false, send_via_sms: true },
};

describe('POST /invitations', () => {
	test('creates, sends and announces an invitation', async () => {
		const jofi = await started();
		const { status, json } = await send(jofi, 'POST /invitations', { body: WHOLE });
		expect(status).toBe(201);
		const { created_by_user_email, team_id, ...shown } = WHOLE;
		expect(json).toMatchObject({
			mode: 'live',
			object: 'invitation',
			id: 31001,
			...shown,
			accepted_at: null,
		});
		expect(json).toMatchObject({
			team: { id: 55 },
			invited_by_user: { email: 'casey.moss@example.com' },
		});
		expect(jofi.account.sent).toEqual([{ invitationId: 31001, via: ['sms'] }]);
		expect((await send(jofi, 'GET /invitations/31001')).json).toEqual(json);
		expect(
			jofi.account.accept(31001).assigned_assessments.map(({ assessment }) => assessment.id),
		).toEqual([7]);
	});

	test("takes missing fields from the inviter's settings, and sends by email", async () => {
		const jofi = await started();
		const { first_name, last_name, email, created_by_user_email } = WHOLE;
		const { json } = await send(jofi, 'POST /invitations', {
			body: { first_name, last_name, email, created_by_user_email },
		});
		expect(json).toMatchObject({
			team: { id: 56 },
			assessments_to_assign: [{ test_id: 6 }, { test_id: 8 }],
			email_template_id: 7003,
		});
		expect(json).toMatchObject({ person_id: null, custom_id: null, phone: null });
		expect(jofi.account.sent).toEqual([{ invitationId: 31001, via: ['email'] }]);
	});

	test.each([
		[{ first_name: null }, ['"first_name" must be a string']],
		[{ first_name: undefined }, ['"first_name" is required']],
		[
			{ first_name: ' ', last_name: '' },
			['"first_name" is not allowed to be empty', '"last_name" is not allowed to be empty'],
		],
		[{ email: 'lee' }, ['"sent_to_email" must be a valid email']],
		[{ email: undefined }, ['"sent_to_email" is required']],
		[{ created_by_user_email: 7 }, ['"created_by_user_email" must be a string']],
		[
			{ person_id: 7, custom_id: 7, phone: 5550100200 },
			['"person_id" must be a string', '"custom_id" must be a string', '"phone" must be a string'],
		],
		[
			{ team_id: '55', email_template_id: '7001' },
			['"team_id" must be a number', '"email_template_id" must be a number'],
		],
		[
			{ assessments_to_assign: [6] },
			['"assessments_to_assign" must be an array of objects with the number test_id'],
		],
		[
			{ send_via_email: 'true', send_via_sms: 1 },
			['"send_via_email" must be a boolean', '"send_via_sms" must be a boolean'],
		],
	])('refuses %p with an array', async (fields, sentences) => {
		for (const errorArrays of /** @type {const} */ (['strings', 'objects'])) {
			const jofi = await started({ errorArrays });
			const { status, json } = await send(jofi, 'POST /invitations', {
				body: { ...WHOLE, ...fields },
			});
			expect(status).toBe(400);
			if (errorArrays === 'strings') expect(json.error).toEqual(sentences);
			else
				expect(json.error).toEqual(
					sentences.map((message) => ({ message, path: [message.split('"')[1]] })),
				);
			expect(jofi.account.invitations).toEqual([]);
		}
	});

	const newcomer = { created_by_user_email: 'noel.winter@example.com' };
	test.each([
		[{ created_by_user_email: 'nobody@example.com' }, 'User not found for created_by_user_email'],
		[{ team_id: 1 }, 'Team not found'],
		[{ assessments_to_assign: [{ test_id: 1 }] }, 'Assessment not found'],
		[{ assessments_to_assign: [] }, /^At least one assessment/],
		[{ email_template_id: 1 }, 'Email template not found'],
		[{ email_template_id: 7002 }, 'Email template not found'],
		[{ phone: undefined }, 'A phone is required to send via SMS'],
		[{ ...newcomer, team_id: undefined }, /^A team is required/],
		[{ ...newcomer, assessments_to_assign: undefined }, /^At least one assessment/],
		[{ ...newcomer, email_template_id: undefined }, /^An email template is required/],
	])('refuses %p with a sentence', async (fields, error) => {
		const jofi = await started();
		const { status, json } = await send(jofi, 'POST /invitations', {
			body: { ...WHOLE, ...fields },
		});
		expect(status).toBe(400);
		expect(json.error).toEqual(typeof error === 'string' ? error : expect.stringMatching(error));
		expect(jofi.account.sent).toEqual([]);
	});

	test.each(['', '{', '[]', 'null', '7'])('refuses the body %j, whatever the key', async (body) => {
		const jofi = await started();
		for (const key of Object.values(jofi.keys)) {
			expect(await send(jofi, 'POST /invitations', { key, body })).toMatchObject({
				status: 400,
				json: { error: expect.any(String) },
			});
		}
	});
});

describe('PUT /invitations/:invitationId', () => {
	test('changes what it names, and sends nothing', async () => {
		const jofi = await started();
		jofi.account.invite(WHOLE);
		const before = structuredClone(jofi.account.invitations[0]);
		const { status, json } = await send(jofi, 'PUT /invitations/31001', {
			body: { last_name: 'Reed-Low', team_id: 56 },
		});
		expect(status).toBe(200);
		expect(json).toEqual({
			mode: 'live',
			...before,
			last_name: 'Reed-Low',
			team: { id: 56, display_name: 'Career Coaching' },
		});
		expect(jofi.account.sent).toHaveLength(1);
	});

	test('can replace the whole', async () => {
		const jofi = await started({ putReplaces: true });
		jofi.account.invite(WHOLE);
		const refused = await send(jofi, 'PUT /invitations/31001', { body: { last_name: 'Reed-Low' } });
		expect(refused.json.error.map((/** @type {any} */ each) => each.path[0])).toEqual([
			'first_name',
			'sent_to_email',
		]);
		const body = { first_name: 'Lee', last_name: 'Reed-Low', email: 'lee@example.org' };
		const { json } = await send(jofi, 'PUT /invitations/31001', { body });
		expect(json).toMatchObject({
			...body,
			id: 31001,
			person_id: null,
			custom_id: null,
			team: { id: 56 },
			email_template_id: 7003,
		});
	});

	test.each([
		[{ email: 'lee' }],
		[{ team_id: 1 }],
		[{ team_id: '56' }],
		[{ send_via_sms: true, phone: 5 }],
	])('refuses %j', async (body) => {
		const jofi = await started();
		jofi.account.invite();
		const before = structuredClone(jofi.account.invitations);
		expect((await send(jofi, 'PUT /invitations/31001', { body })).status).toBe(400);
		expect(jofi.account.invitations).toEqual(before);
	});
});

describe('a test key', () => {
	test.each(ROUTES)('%s answers a fake object, whatever is in the account', async (path) => {
		const jofi = await started();
		const { status, json } = await send(jofi, `GET ${path}`, { key: jofi.keys.test });
		expect(status).toBe(200);
		expect(json.mode).toBe('test');
		if (path === '/assessments') {
			expect(json).toEqual({ ...(await send(jofi, `GET ${path}`)).json, mode: 'test' });
			return;
		}
		for (const { id = json.test_taker_id ?? json.test_taker?.id } of json.data ?? [json])
			expect(String(id)).toMatch(/^(9\d{7}|CNP0*9\d{7})$/);
	});

	test('writes nothing, sends nothing and fires nothing', async () => {
		const jofi = await started();
		const { url, received } = await openReceiver();
		jofi.webhooks.configure({ live: url, test: url, verification: { secret } });
		const key = jofi.keys.test;
		const { status, json } = await send(jofi, 'POST /invitations', { key, body: WHOLE });
		expect(status).toBe(201);
		expect(json).toMatchObject({
			mode: 'test',
			object: 'invitation',
			id: expect.any(Number),
			accepted_at: null,
		});
		expect(json.email).not.toBe(WHOLE.email);
		expect(
			(await send(jofi, `PUT /invitations/${json.id}`, { key, body: { last_name: 'Reed-Low' } }))
				.status,
		).toBe(200);
		expect(jofi.account).toMatchObject({ invitations: [], sent: [] });
		expect((await send(jofi, 'GET /invitations', { key })).json.data).toHaveLength(3);
		expect(await jofi.webhooks.flush()).toEqual([]);
		expect(received).toEqual([]);
		expect(jofi.requests.map((each) => each.key)).toEqual(['test', 'test', 'test']);
	});

	test('can validate', async () => {
		const jofi = await started({ testModeValidates: true });
		const key = jofi.keys.test;
		expect((await send(jofi, 'GET /test-takers/1', { key })).status).toBe(400);
		expect((await send(jofi, 'POST /invitations', { key, body: {} })).status).toBe(400);
		const [{ id }] = (await send(jofi, 'GET /test-takers', { key })).json.data;
		expect((await send(jofi, `GET /test-takers/${id}`, { key })).json.id).toBe(id);
	});

	test('keys differ from start to start, and have the prefix of their mode', async () => {
		const [one, other] = [await started(), await started()];
		expect(one.keys).toEqual({
			live: expect.stringMatching(/^sk_live_\w{16,}$/),
			test: expect.stringMatching(/^sk_test_\w{16,}$/),
		});
		expect(one.keys).not.toEqual(other.keys);
		expect((await send(one, 'GET /accounts', { key: other.keys.live })).status).toBe(404);
	});
});

describe('a failure', () => {
	test('comes after some requests and a number of times, and only where it matches', async () => {
		const jofi = await started();
		jofi.fail({ match: /^GET \/test-takers$/, status: 503, after: 1, times: 2 });
		const statuses = [];
		for (const path of ['/test-takers', '/users', '/test-takers', '/test-takers', '/test-takers']) {
			statuses.push((await send(jofi, `GET ${path}`)).status);
		}
		expect(statuses).toEqual([200, 200, 503, 503, 200]);
		expect(jofi.requests.map(({ status }) => status)).toEqual(statuses);
		jofi.requests.length = 0;
		await send(jofi, 'GET /users?x=1');
		expect(jofi.requests).toEqual([
			{ method: 'GET', path: '/users?x=1', status: 200, key: 'live' },
		]);
	});

	test('has the body and the headers that it is given', async () => {
		const jofi = await started();
		jofi.fail({ match: 'GET /users', status: 429, headers: { 'retry-after': '7' } });
		jofi.fail({ match: 'GET /users', status: 500, body: '<html>' });
		jofi.fail({ match: 'GET /users', status: 400, body: { error: ['a', 'b'] } });
		jofi.fail({ match: 'GET /users', status: 404, body: null });
		const first = await send(jofi, 'GET /users');
		expect(first).toMatchObject({ status: 429, json: { error: expect.any(String) } });
		expect(first.headers.get('retry-after')).toBe('7');
		expect(await send(jofi, 'GET /users')).toMatchObject({
			status: 500,
			type: 'text/plain',
			raw: '<html>',
		});
		expect(await send(jofi, 'GET /users')).toMatchObject({
			status: 400,
			json: { error: ['a', 'b'] },
		});
		expect(await send(jofi, 'GET /users')).toMatchObject({ status: 404, raw: 'null' });
	});

	test('can cut the connection, last for ever and be withdrawn', async () => {
		const jofi = await started();
		const withdraw = jofi.fail({ match: 'POST /invitations', status: 0, times: Infinity });
		for (let count = 0; count < 3; count++)
			await expect(send(jofi, 'POST /invitations', { body: WHOLE })).rejects.toThrow();
		expect(jofi.account.invitations).toEqual([]);
		expect(jofi.requests.map(({ status }) => status)).toEqual([0, 0, 0]);
		withdraw();
		expect((await send(jofi, 'POST /invitations', { body: WHOLE })).status).toBe(201);
	});
});

describe('webhooks', () => {
	/** @param {import('../../providers/jofi/deliver.mjs').Verification} [verification] */
	async function connected(verification = { secret }) {
		const [jofi, live, test] = [await started(), await openReceiver(), await openReceiver()];
		jofi.webhooks.configure({ live: live.url, test: test.url, verification });
		return { jofi, live, test };
	}

	test.each([
		['HMAC', { secret }, { method: 'hmac', preset: 'github', secret }, 'hmac'],
		[
			'Basic',
			{ user: 'jofi', password: 'a:b' },
			{ method: 'basic', user: 'jofi', secret: 'a:b' },
			'basic',
		],
	])(
		'deliver every event to the live URL, proven by %s',
		async (_, verification, credential, method) => {
			const { jofi, live, test } = await connected(verification);
			fill(jofi.account);
			const answers = await jofi.webhooks.flush();
			expect(answers.map(({ event, status, text }) => [event.type, status, text])).toEqual(
				TYPES.map((type) => [type, 200, '{"message":"Thanks."}']),
			);
			expect(live.received.map(({ event }) => event.type).sort()).toEqual([...TYPES].sort());
			expect(test.received).toEqual([]);
			for (const { headers, body, event } of live.received) {
				const request = { headers, query: {}, address: '127.0.0.1' };
				for (const [rules, refused] of /** @type {const} */ ([
					[verificationConfig(credential), false],
					[verificationConfig({ ...credential, secret: 'other' }), true],
				])) {
					const refusal =
						checkCaller(request, rules) ?? checkBody(request, body, rules, Date.now());
					expect(refusal !== undefined).toBe(refused);
				}
				expect(event).toMatchObject({
					id: expect.stringMatching(/^evt_/),
					object: 'event',
					api_version: '2.3.0',
					webhook_url: live.url,
				});
				expect(event.webhook_verification_method).toBe(method);
				expect(event.data.object).not.toHaveProperty('mode');
				expect(event.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			}
			expect(await jofi.webhooks.flush()).toEqual([]);
		},
	);

	test('an invitation over the API is announced', async () => {
		const { jofi, live } = await connected();
		await send(jofi, 'POST /invitations', { body: WHOLE });
		await jofi.webhooks.flush();
		expect(live.received.map(({ event }) => [event.type, event.data.object.id])).toEqual([
			['invitation.created', 31001],
		]);
	});

	test.each(TYPES)(
		'%s has the shape that the nodes expect, sent automatically and by hand',
		async (type) => {
			const { jofi } = await connected();
			fill(jofi.account);
			const events = (await jofi.webhooks.flush()).map(({ event }) => event);
			events.push((await jofi.webhooks.sendTest(type)).event);
			const own = events.filter((event) => event.type === type);
			expect(own).toHaveLength(2);
			for (const event of own) {
				expect(eventOf(SCHEMAS[type]).safeParse(event)).toMatchObject({ success: true });
				const sample = /** @type {any} */ (sampleOf(type));
				expect(event.data.object.object).toBe(sample.data.object.object);
				for (const key of Object.keys(sample.data.object))
					expect(event.data.object).toHaveProperty(key);
			}
		},
	);

	test('an event is made just after the change, so that the finished assessment is the nearest', async () => {
		const { jofi } = await connected();
		const { id } = jofi.account.accept(jofi.account.invite().id);
		for (const assessmentId of [8, 6, 7]) jofi.account.complete(id, assessmentId);
		const events = (await jofi.webhooks.flush())
			.map(({ event }) => event)
			.filter(({ type }) => type === 'test_taker.assessment_completed');
		expect(
			events.map((event) => finishedAssessment(/** @type {any} */ (event))?.assessmentId),
		).toEqual([8, 6, 7]);
	});

	test('an event can be lost, and can come twice with the same id or another', async () => {
		const { jofi, live } = await connected();
		jofi.webhooks.copies = ({ type }) => (type === 'invitation.created' ? 0 : 2);
		jofi.account.accept(jofi.account.invite().id);
		await jofi.webhooks.flush();
		expect(live.received.map(({ event }) => event.type).sort()).toEqual([
			...Array(2).fill('invitation.accepted'),
			...Array(2).fill('test_taker.created'),
		]);
		expect(new Set(live.received.map(({ event }) => event.id)).size).toBe(2);
		live.received.length = 0;
		jofi.webhooks.copyIds = 'new';
		jofi.webhooks.copies = () => 3;
		jofi.account.invite();
		await jofi.webhooks.flush();
		expect(new Set(live.received.map(({ event }) => event.id)).size).toBe(3);
	});

	/** How many completions each delivery shows. @param {{ received: { event: any }[] }} live */
	const shownIn = ({ received }) =>
		received.map(
			({ event }) =>
				event.data.object.assigned_assessments.filter(
					(/** @type {any} */ each) => each.completed_at !== null,
				).length,
		);

	test('can be kept back, and then come in any order, as things were or as they are', async () => {
		const { jofi, live } = await connected();
		const { id } = jofi.account.accept(jofi.account.invite().id);
		await jofi.webhooks.flush();
		for (const [shown, counts] of /** @type {const} */ ([
			['then', [2, 1]],
			['now', [2, 2]],
		])) {
			live.received.length = 0;
			jofi.webhooks.hold();
			for (const assessment of [6, 7]) jofi.account.complete(id, assessment);
			await sleep(20);
			expect(live.received).toEqual([]);
			await jofi.webhooks.release({ order: (events) => events.reverse(), shown });
			expect(shownIn(live)).toEqual(counts);
			for (const assessment of [6, 7]) jofi.account.reset(id, assessment);
		}
	});

	test.each(
		/** @type {const} */ ([
			['own', [1, 1]],
			['all', [2, 2]],
		]),
	)('of completions at the same moment show %s', async (shown, counts) => {
		const { jofi, live } = await connected();
		const { id } = jofi.account.accept(jofi.account.invite().id);
		await jofi.webhooks.flush();
		live.received.length = 0;
		jofi.account.completeTogether(id, [6, 7], shown);
		await jofi.webhooks.flush();
		expect(shownIn(live)).toEqual(counts);
		const [{ assigned_assessments: assigned }] = jofi.account.testTakers;
		expect(assigned[0].completed_at).not.toBeNull();
		expect(assigned[0].completed_at).toBe(assigned[1].completed_at);
	});

	test('at most five deliveries are under way at a time', async () => {
		const { jofi, live } = await connected();
		for (let count = 0; count < 30; count++) jofi.account.invite();
		expect(await jofi.webhooks.flush()).toHaveLength(30);
		expect(live.state.most).toBeGreaterThan(1);
		expect(live.state.most).toBeLessThanOrEqual(5);
	});

	test('nothing is enqueued while they are off, or without a valid live URL', async () => {
		const { jofi, live, test } = await connected();
		for (const configuration of [
			{ live: live.url, enabled: false },
			{ test: test.url },
			{ live: 'not a URL' },
		]) {
			jofi.webhooks.configure({ ...configuration, verification: { secret } });
			jofi.account.invite();
			expect(await jofi.webhooks.flush()).toEqual([]);
		}
		expect([...live.received, ...test.received]).toEqual([]);
	});

	test('a test event goes to the test URL, also while they are off', async () => {
		const { jofi, live, test } = await connected();
		jofi.webhooks.configure({
			live: live.url,
			test: test.url,
			enabled: false,
			verification: { secret },
		});
		expect(await jofi.webhooks.sendTest('test_taker.created')).toMatchObject({
			event: { webhook_url: test.url },
			status: 200,
		});
		expect([live.received.length, test.received.length]).toEqual([0, 1]);
		await expect(jofi.webhooks.sendTest('test_taker.promoted')).rejects.toThrow(
			'no event test_taker.promoted',
		);
		jofi.webhooks.configure({ live: live.url, verification: { secret } });
		await expect(jofi.webhooks.sendTest('test_taker.created')).rejects.toThrow('no test URL');
	});

	test('a missing answer is recorded with its reason', async () => {
		const jofi = await started();
		const gone = await startJofi();
		await gone.close();
		jofi.webhooks.configure({ live: gone.base, verification: { secret } });
		jofi.account.invite();
		expect(await jofi.webhooks.flush()).toMatchObject([
			{ status: 0, text: expect.stringContaining('ECONNREFUSED') },
		]);
	});

	test('closing does not wait for a receiver that hangs', async () => {
		const jofi = await started();
		const hanging = createServer(() => {}).listen(0, '127.0.0.1');
		await once(hanging, 'listening');
		closing.push(() => (hanging.closeAllConnections(), hanging.close()));
		const { port } = /** @type {import('node:net').AddressInfo} */ (hanging.address());
		jofi.webhooks.configure({ live: `http://127.0.0.1:${port}/`, verification: { secret } });
		for (let count = 0; count < 12; count++) jofi.account.invite();
		await sleep(20);
		await jofi.close();
		const answers = await jofi.webhooks.flush();
		expect(answers.map(({ status, text }) => [status, text])).toEqual(
			Array(12).fill([0, 'JOFI was closed']),
		);
	});

	test('deliver sends text unchanged, and omits a header that is undefined', async () => {
		const { url, received } = await openReceiver();
		const answer = await deliver(url, '{"a": 1}', {
			secret,
			headers: { 'content-type': undefined, 'x-more': '1' },
		});
		expect(answer).toEqual({ status: 200, text: '{"message":"Thanks."}' });
		expect(received[0].body.toString()).toBe('{"a": 1}');
		expect(received[0].headers).toMatchObject({
			'x-more': '1',
			'x-hub-signature-256': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
		});
		expect(received[0].headers).not.toHaveProperty('content-type');
	});
});
