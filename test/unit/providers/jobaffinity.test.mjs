import { setTimeout as sleep } from 'node:timers/promises';

import { Ajv } from 'ajv';

import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { startJobAffinity } from '../../providers/jobaffinity/server.mjs';
import { caught } from '../events.mjs';
import { openReceiver } from './receiver.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

/** @typedef {import('../../providers/jobaffinity/server.mjs').JobAffinity} JobAffinity */

const NOON = Date.parse('2026-03-05T11:00:00Z');
const GENERATIONS = /** @type {const} */ (['new', 'old']);
const SCHEMAS = [
	...[
		'jobs',
		'job',
		'candidates',
		'candidate',
		'applications',
		'application',
		'profile',
		'process',
	],
	...['steps', 'step', 'notes', 'webhooktasks'],
];

/** @type {(() => unknown)[]} */
const closing = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/** Without a rate limit. @param {Parameters<typeof startJobAffinity>[0]} [options] */
async function started(options) {
	const ja = await startJobAffinity({ rateLimit: Infinity, ...options });
	closing.push(ja.close);
	return ja;
}

/** @param {Parameters<typeof openReceiver>[0]} [answer] */
async function receiver(answer) {
	const opened = await openReceiver(answer);
	closing.push(opened.close);
	return opened;
}

/** @param {JobAffinity} ja */
const basic = ({ login: { login, password } }) =>
	`Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

/**
 * @param {JobAffinity} ja
 * @param {string} request e.g. `GET /job`, below the base, or with a path from /restapi on, or a
 * whole URL
 * @param {{ headers?: Record<string, string>, body?: unknown, redirect?: RequestRedirect }} [options]
 * headers: the login
 */
async function send(ja, request, { headers = { authorization: basic(ja) }, body, redirect } = {}) {
	const [method, path] = request.split(' ');
	const url = new URL(/^\/restapi|^http/.test(path) ? path : `/restapi/v1${path}`, ja.origin);
	const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
	const answer = await fetch(url, { method, headers, body: text, redirect });
	const raw = await answer.text();
	const type = answer.headers.get('content-type')?.split(';')[0];
	/** @type {any} */
	const json = type === 'application/json' && raw !== '' ? JSON.parse(raw) : undefined;
	return { status: answer.status, type, raw, json, headers: answer.headers };
}

/**
 * Follows `_next` to the end.
 *
 * @param {JobAffinity} ja
 * @param {string} path
 * @returns {Promise<any[][]>} the items of each page
 */
async function pages(ja, path) {
	const all = [];
	for (let next = path; next; ) {
		const { json } = await send(ja, `GET ${next}`);
		all.push(json.items);
		next = json._next;
	}
	return all;
}

/** @param {any[]} items */
const ids = (items) => items.map((item) => item.change_id ?? item.id);

/** An application with a history, a note and a webhook call. @param {JobAffinity} ja */
function fill({ account }) {
	const { id } = account.apply();
	account.move(id, 21);
	account.note();
	account.recordTask({
		event: 'ProcessStepChange',
		at: account.now(),
		response_status: 200,
		response_body: '',
		applicationId: id,
	});
	return id;
}

describe('an account', () => {
	test('records the START step of an application, and every later one, also one that goes back', async () => {
		const { account } = await started();
		/** @type {any[]} */
		const reported = [];
		account.onStepChange = (change) => void reported.push(change);
		const { id } = account.apply();
		const moved = [21, 22, 21].map((stepId) => account.move(id, stepId));
		expect(reported.map(({ step }) => step.name)).toEqual([
			'New',
			'Interview',
			'Offer',
			'Interview',
		]);
		expect(moved.map(({ change_id }) => change_id)).toEqual([90002, 90003, 90004]);
		expect(account.stepChanges).toEqual(reported);
		expect(account.applications[0].step).toMatchObject({ id: 21, status: 'CURRENT' });
	});

	test('starts an application in its own process', async () => {
		const { account } = await started();
		const [, , porter] = account.jobs;
		expect(account.apply({ jobId: porter.id }).step.name).toBe('Received');
	});

	test('removes dependent records with a record', async () => {
		const { account } = await started();
		for (const { id: jobId } of account.jobs.slice(0, 2)) account.apply({ jobId });
		account.note();
		account.remove('job', account.jobs[0].id);
		expect([account.applications.length, account.stepChanges.length]).toEqual([1, 1]);
		account.remove('candidate', account.candidates[0].id);
		expect([account.applications, account.stepChanges, account.notes]).toEqual([[], [], []]);
	});

	test('refuses impossible actions', async () => {
		const { account } = await started();
		const { id } = account.apply();
		expect(() => account.move(id, 30)).toThrow('Process 12 has no step 30');
		expect(() => account.move(1, 21)).toThrow('no application 1');
		expect(() => account.apply({ candidateId: 1 })).toThrow('no candidate 1');
		expect(() => account.remove('job', 1)).toThrow('no job 1');
	});

	test('returns copies', async () => {
		const { account } = await started();
		account.addCandidate({ pools: ['Night'] }).first_name = 'Changed';
		expect(account.candidates[3].first_name).toBe('Avery');
		expect(account.pools.at(-1)).toMatchObject({ name: 'Night' });
	});
});

describe.each(GENERATIONS)('the routes of the %s reference', (generation) => {
	const PATHS = [
		...[
			'',
			'/',
			'/job',
			'/job/301',
			'/job/301/application',
			'/candidate',
			'/candidate/7001',
			'/candidate/7001/application',
		],
		...[
			'/application/41001',
			'/application/41001/profile',
			'/process/12',
			'/step',
			'/note',
			'/webhook/task',
		],
		'/restapi/changelog',
	];

	test.each(PATHS)('GET %p answers OK as JSON', async (path) => {
		const ja = await started({ generation });
		fill(ja);
		const { status, type, json } = await send(ja, `GET ${path}`);
		expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
		expect(json._status).toBe('OK');
		if (json.items) expect(json.items.length).toBeGreaterThan(0);
		expect(ja.requests).toEqual([
			{
				...{
					method: 'GET',
					path: path.startsWith('/restapi') ? path : `/restapi/v1${path}`,
					status: 200,
				},
				...{ authenticated: true, at: expect.any(Number) },
			},
		]);
	});

	test.each(SCHEMAS)('the schema %s matches the answers', async (name) => {
		const ja = await started({ generation });
		fill(ja);
		const { json: schema } = await send(ja, `GET /restapi/schemav1/${name}`);
		expect(schema).toMatchObject({ title: name, type: 'object', properties: expect.any(Object) });
		const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
		let used = 0;
		for (const path of PATHS) {
			const { json } = await send(ja, `GET ${path}`);
			for (const each of [json, ...(json.items ?? [])]) {
				if (each._schema !== `/restapi/schemav1/${name}`) continue;
				used++;
				expect(validate(each)).toBe(true);
				for (const key of Object.keys(each).filter((each) => each !== '_actions'))
					expect(schema.properties).toHaveProperty(key);
			}
		}
		// The new edition gives no schema for a single step change.
		if (name !== 'step' || generation === 'old') expect(used).toBeGreaterThan(0);
	});

	test('an unknown record or path is 404, a hidden record 403 and in no list', async () => {
		const ja = await started({ generation });
		const id = fill(ja);
		for (const path of [
			'/job/1',
			'/candidate/x',
			'/application/1',
			'/process/1',
			'/nothing',
			'/restapi/schemav1/nothing',
		]) {
			expect((await send(ja, `GET ${path}`)).status).toBe(404);
		}
		for (const hidden of [301, 7001, id, 12]) ja.account.forbidden.add(hidden);
		for (const path of [
			'/job/301',
			'/job/301/application',
			'/candidate/7001',
			`/application/${id}/profile`,
			'/process/12',
		]) {
			expect((await send(ja, `GET ${path}`)).status).toBe(403);
		}
		expect(ids((await send(ja, 'GET /candidate')).json.items)).toEqual([7003, 7002]);
		for (const path of ['/step', '/note'])
			expect((await send(ja, `GET ${path}`)).json.items).toEqual([]);
	});
});

describe('the shapes', () => {
	const clock = () => Date.parse('2026-03-05T23:30:00Z');

	test('the root lists versions and entry points', async () => {
		const ja = await started();
		expect((await send(ja, 'GET ')).json).toMatchObject({
			...{
				_self: '/restapi/v1',
				_version: '1.10',
				_last_version_url: '/restapi/v1',
				_expiration: null,
			},
			...{
				_changelog: { _self: '/restapi/changelog' },
				candidates: { _self: '/restapi/v1/candidate' },
			},
			jobs: { _self: '/restapi/v1/job', description: expect.any(String) },
		});
		const ending = await started({ expiration: '2027-01-01', lastVersionUrl: '/restapi/v2' });
		expect((await send(ending, 'GET ')).json).toMatchObject({
			_expiration: '2027-01-01',
			_last_version_url: '/restapi/v2',
		});
	});

	test('an application of the new reference has summaries, a dated step and its history', async () => {
		const ja = await started({ clock });
		const id = fill(ja);
		const { json } = await send(ja, `GET /application/${id}`);
		expect(json).toEqual({
			...{
				_self: `/restapi/v1/application/${id}`,
				_schema: '/restapi/schemav1/application',
				_status: 'OK',
				id,
			},
			...{
				date: '2026-03-05T23:30:00Z',
				route: 'WEB',
				latest_cv_url: `${ja.base}/application/${id}/cv`,
			},
			candidate: {
				...{
					id: 7001,
					_self: '/restapi/v1/candidate/7001',
					applications: { _self: '/restapi/v1/candidate/7001/application' },
				},
				...{ title: 'MS', first_name: 'Lea', last_name: 'Noir', email: 'lea.noir@example.org' },
			},
			source: { id: 3, name: 'Career site', posting_service: { id: 1, name: 'Web' } },
			job: {
				...{ _self: '/restapi/v1/job/301', id: 301, title: 'Warehouse Lead', status: 'OPEN' },
				applications: { _self: '/restapi/v1/job/301/application' },
			},
			step: { id: 21, name: 'Interview', status: 'CURRENT', date: '2026-03-06' },
			steps: {
				items: [
					{ id: 20, name: 'New', status: 'START', date: '2026-03-06', user: ja.account.users[0] },
					{
						id: 21,
						name: 'Interview',
						status: 'CURRENT',
						date: '2026-03-06',
						user: ja.account.users[0],
					},
				],
				latest_cv_url: `${ja.base}/application/${id}/cv`,
			},
			notes: { _self: '/restapi/v1/note?candidate_id=7001' },
			_actions: [{ _self: '/restapi/v1/step', doc: expect.any(String), method: 'POST' }],
		});
	});

	test('an application of the old reference has bare links and an undated step', async () => {
		const ja = await started({ generation: 'old', clock });
		const { json } = await send(ja, `GET /application/${fill(ja)}`);
		expect(json).toMatchObject({
			date: '2026-03-05T23:30:00Z',
			step: { id: 21, name: 'Interview', status: 'CURRENT' },
		});
		expect([json.candidate, json.job]).toEqual([
			{ _self: '/restapi/v1/candidate/7001' },
			{ _self: '/restapi/v1/job/301' },
		]);
		expect(json.step).not.toHaveProperty('date');
		for (const key of ['source', 'steps']) expect(json).not.toHaveProperty(key);
	});

	test('a step change carries its application, or links to it', async () => {
		const [newer, older] = [await started({ clock }), await started({ generation: 'old', clock })];
		for (const ja of [newer, older]) fill(ja);
		const [change] = (await send(newer, 'GET /step')).json.items;
		expect(change).toMatchObject({
			...{
				change_id: 90002,
				date: '2026-03-06',
				id: 21,
				name: 'Interview',
				status: 'CURRENT',
				user: { id: 9 },
			},
			application: {
				_self: '/restapi/v1/application/41001',
				id: 41001,
				step: { id: 21 },
				candidate: { id: 7001 },
			},
		});
		expect(change).not.toHaveProperty('_self');
		expect((await send(older, 'GET /step')).json.items[0]).toEqual({
			...{
				_self: '/restapi/v1/step/90002',
				_schema: '/restapi/schemav1/step',
				_status: 'OK',
				id: 90002,
			},
			date: '2026-03-05T23:30:00Z',
			application: {
				_self: '/restapi/v1/application/41001',
				latest_cv_url: `${older.base}/application/41001/cv`,
			},
			step: { id: 21, name: 'Interview', status: 'CURRENT' },
			user: older.account.users[0],
		});
	});

	test('candidates and jobs differ between the references', async () => {
		const [newer, older] = [await started(), await started({ generation: 'old' })];
		const candidates = [
			await send(newer, 'GET /candidate/7001'),
			await send(older, 'GET /candidate/7001'),
		].map(({ json }) => json);
		expect(candidates[0]).toMatchObject({
			...{
				mobile_phone: '+33600000000',
				location: { postalcode: '75001' },
				email_secondary: 'lea.work@example.com',
			},
			pools: {
				items: [
					{ name: 'Logistics', candidates: { _self: '/restapi/v1/candidate?pool_name=Logistics' } },
					{},
				],
			},
		});
		expect(candidates[1]).toMatchObject({ mobile: '+33600000000', address: { town: 'Paris' } });
		expect(candidates[1].pools).toEqual([
			{ id: 801, name: 'Logistics' },
			{ id: 802, name: 'Management' },
		]);
		for (const key of ['mobile_phone', 'location', 'email_secondary', 'birthdate'])
			expect(candidates[1]).not.toHaveProperty(key);
		const jobs = [await send(newer, 'GET /job/301'), await send(older, 'GET /job/301')].map(
			({ json }) => json,
		);
		expect(jobs[0]).toMatchObject({
			...{
				status: 'PUBLISHED',
				creation_date: '2026-02-03',
				owner: { id: 9 },
				organisation: { id: 55, name: 'Nord' },
			},
			...{ process: { _self: '/restapi/v1/process/12', id: 12 }, location: { longitude: 3.06 } },
			attributes: { items: [{ api_name: 'sector', value: 'Logistics' }] },
		});
		expect(jobs[1].process).toEqual({ _self: '/restapi/v1/process/12' });
		expect(jobs[1].address).toEqual({
			address: '4 quai Test',
			postalcode: '59000',
			town: 'Lille',
			country: 'FR',
		});
		for (const key of ['client', 'owner', 'location', 'attributes', 'creation_date'])
			expect(jobs[1]).not.toHaveProperty(key);
		for (const job of jobs) expect(job).not.toHaveProperty('applyToken');
	});

	test('a list of jobs is thin by default, or full', async () => {
		const [thin, full] = [await started(), await started({ jobListItem: 'full' })];
		expect((await send(thin, 'GET /job')).json.items[2]).toEqual({
			_self: '/restapi/v1/job/301',
			id: 301,
			title: 'Warehouse Lead',
		});
		expect((await send(full, 'GET /job')).json.items[2]).toMatchObject({
			id: 301,
			organisation: { id: 55 },
		});
	});

	test('dates without a zone follow the time zone, those with one do not', async () => {
		const ja = await started({ clock, timeZone: 'UTC' });
		const { json } = await send(ja, `GET /application/${fill(ja)}`);
		expect([json.date, json.step.date]).toEqual(['2026-03-05T23:30:00Z', '2026-03-05']);
	});

	test('links can be absolute', async () => {
		const ja = await started({ links: 'absolute' });
		ja.account.apply();
		ja.account.apply();
		const { json } = await send(ja, 'GET /candidate/7001/application?limit=1');
		expect(json._self).toBe(`${ja.base}/candidate/7001/application?limit=1`);
		expect(json._schema).toBe(`${ja.origin}/restapi/schemav1/applications`);
		expect(json._next).toMatch(
			new RegExp(`^${ja.base}/candidate/7001/application\\?limit=1&pagecursor=\\d+$`),
		);
		expect(json.items[0].job._self).toBe(`${ja.base}/job/301`);
	});
});

describe('pages', () => {
	/** @param {Parameters<typeof startJobAffinity>[0]} [options] */
	async function crowded(options) {
		const ja = await started(options);
		while (ja.account.candidates.length < 50) ja.account.addCandidate();
		return ja;
	}

	test('have 20 items, or up to 100, and `_next` leads through all, each once', async () => {
		const ja = await crowded();
		expect((await pages(ja, '/restapi/v1/candidate')).map(({ length }) => length)).toEqual([
			20, 20, 10,
		]);
		expect(
			(await pages(ja, '/restapi/v1/candidate?limit=100')).map(({ length }) => length),
		).toEqual([50]);
		const all = ids((await pages(ja, '/restapi/v1/candidate?limit=7')).flat());
		expect(all).toEqual(ja.account.candidates.map(({ id }) => id).reverse());
	});

	test('shift by nothing that is added meanwhile', async () => {
		const ja = await crowded();
		const { json } = await send(ja, 'GET /candidate');
		ja.account.addCandidate();
		expect(ids((await send(ja, `GET ${json._next}`)).json.items)[0]).toBe(json.items.at(-1).id - 1);
	});

	test('can drop limit and filters from `_next`, but not the position', async () => {
		const ja = await crowded({ nextKeepsParameters: false });
		const { json } = await send(ja, 'GET /candidate?limit=2&first_name=Avery');
		expect(json._next).toMatch(/^\/restapi\/v1\/candidate\?pagecursor=\d+$/);
		const { json: next } = await send(ja, `GET ${json._next}`);
		expect(next.items).toHaveLength(20);
		expect(next.items[0].id).toBe(json.items[1].id - 1);
		expect(
			(await pages(ja, '/restapi/v1/candidate?first_name=Avery'))
				.flat()
				.some(({ first_name }) => first_name === 'Lea'),
		).toBe(true);
	});

	test.each(/** @type {const} */ (['', null, 'absent']))(
		'the last one has the `_next` %p',
		async (lastNext) => {
			const { json } = await send(await started({ lastNext }), 'GET /candidate');
			expect(json._next).toBe(lastNext === 'absent' ? undefined : lastNext);
			expect('_next' in json).toBe(lastNext !== 'absent');
		},
	);

	test.each([
		...[
			'limit=0',
			'limit=101',
			'limit=x',
			'limit=',
			'since=-1',
			'since=1.5',
			'pagecursor=1',
			'email=lea',
		],
	])('are refused with %s as INVALID', async (query) => {
		const { status, json } = await send(await started(), `GET /candidate?${query}`);
		expect(status).toBe(200);
		expect(json).toEqual({
			_status: 'INVALID',
			invalid: { [query.split('=')[0]]: { code: null, message: expect.any(String) } },
		});
	});

	test('have the configured order', async () => {
		const ja = await started({ stepOrder: 'oldest', listOrder: 'oldest' });
		for (let count = 0; count < 5; count++) ja.account.apply();
		expect(ids((await pages(ja, '/restapi/v1/step?limit=2')).flat())).toEqual([
			90001, 90002, 90003, 90004, 90005,
		]);
		expect(ids((await send(ja, 'GET /job')).json.items)).toEqual([301, 302, 303]);
	});
});

describe('filters', () => {
	test.each([
		['email=LEA.noir@example.org', [7001]],
		['email=lea.work@example.com', [7001]],
		['first_name=omar&last_name=blanc', [7002]],
		['first_name=oma', []],
		['pool_name=Logistics', [7002, 7001]],
		['pool_name=Logistics&pool_name=Management', [7001]],
		['unknown=1', [7003, 7002, 7001]],
	])('/candidate?%s finds %j', async (query, expected) => {
		expect(ids((await send(await started(), `GET /candidate?${query}`)).json.items)).toEqual(
			expected,
		);
	});

	test('names can match in part', async () => {
		const ja = await started({ nameMatch: 'contains' });
		expect(ids((await send(ja, 'GET /candidate?first_name=oma')).json.items)).toEqual([7002]);
	});

	test.each([
		['works', 'LEA.noir@example.org', [7001]],
		['exact', 'LEA.noir@example.org', []],
		['exact', 'lea.work@example.com', [7001]],
		['ignored', 'nobody@example.org', [7003, 7002, 7001]],
	])('a search by email that %s finds for %s %j', async (emailSearch, email, expected) => {
		const ja = await started({ emailSearch: /** @type {any} */ (emailSearch) });
		expect(ids((await send(ja, `GET /candidate?email=${email}`)).json.items)).toEqual(expected);
	});

	test('the list of changes can lack the step in which an application begins', async () => {
		const ja = await started({ listShowsStart: false });
		const { id } = ja.account.apply();
		ja.account.move(id, 21);
		ja.account.move(id, 20);
		expect(ids((await send(ja, 'GET /step')).json.items)).toEqual([90003, 90002]);
		const { json } = await send(ja, `GET /application/${id}`);
		expect(json.steps.items.map((/** @type {any} */ step) => step.name)).toEqual([
			'New',
			'Interview',
			'New',
		]);
	});

	test.each([
		['candidate_email=omar.blanc@example.org', [90003, 90002]],
		['job_reference=BU-26-01', [90003, 90002]],
		['step_status=START', [90002, 90001]],
		['step_status=END', []],
		['step_name=Interview&candidate_email=omar.blanc@example.org', [90003]],
	])('/step?%s finds %j', async (query, expected) => {
		const ja = await started();
		ja.account.apply();
		ja.account.move(ja.account.apply({ candidateId: 7002, jobId: 302 }).id, 21);
		expect(ids((await send(ja, `GET /step?${query}`)).json.items)).toEqual(expected);
	});

	test.each([
		['last_step_since=2026-03-06', [41002]],
		['last_step_until=2026-03-05', [41001]],
		['last_step_since=2026-03-05&last_step_until=2026-03-06', [41002, 41001]],
	])('applications with %s are %j', async (query, expected) => {
		const ja = await started();
		ja.account.now = () => NOON;
		ja.account.apply();
		ja.account.now = () => NOON + 86_400_000;
		ja.account.apply();
		for (const of of ['candidate/7001', 'job/301']) {
			expect(ids((await send(ja, `GET /${of}/application?${query}`)).json.items)).toEqual(expected);
		}
		expect((await send(ja, 'GET /job/301/application?last_step_since=soon')).json._status).toBe(
			'INVALID',
		);
	});

	test('since returns later ids, and older records that were modified later', async () => {
		const ja = await started();
		for (let count = 0; count < 3; count++) ja.account.apply();
		expect(ids((await send(ja, 'GET /job/301/application?since=41002')).json.items)).toEqual([
			41003,
		]);
		ja.account.move(41001, 21);
		expect(ids((await send(ja, 'GET /job/301/application?since=41002')).json.items)).toEqual([
			41003, 41001,
		]);
		expect(ids((await send(ja, 'GET /step?since=90002')).json.items)).toEqual([90004, 90003]);
		ja.account.update('candidate', 7001, { position: 'Manager' });
		expect(ids((await send(ja, 'GET /candidate?since=7002')).json.items)).toEqual([7003, 7001]);
		expect(ids((await send(ja, 'GET /candidate?since=0')).json.items)).toEqual([7003, 7002, 7001]);
	});

	test('since can stand for creation only, and include its id', async () => {
		const ja = await started({ since: 'created', sinceInclusive: true });
		ja.account.update('candidate', 7001, { position: 'Manager' });
		expect(ids((await send(ja, 'GET /candidate?since=7002')).json.items)).toEqual([7003, 7002]);
	});
});

describe('errors', () => {
	test.each([
		['without a login', {}],
		[
			'with a wrong password',
			{ authorization: `Basic ${Buffer.from('api:wrong').toString('base64')}` },
		],
		['with a token', { authorization: 'Bearer x' }],
	])('a request %s is 401', async (_, headers) => {
		const ja = await started({ wwwAuthenticate: 'Basic realm="api"' });
		const answer = await send(ja, 'GET /job', { headers });
		expect(answer.status).toBe(401);
		expect(answer.headers.get('www-authenticate')).toBe('Basic realm="api"');
		expect(ja.requests).toEqual([
			{
				method: 'GET',
				path: '/restapi/v1/job',
				status: 401,
				authenticated: false,
				at: expect.any(Number),
			},
		]);
		expect((await send(ja, 'GET /restapi/schemav1/job', { headers })).status).toBe(401);
	});

	test('schemas can be open', async () => {
		expect(
			(
				await send(await started({ openSchemas: true }), 'GET /restapi/schemav1/job', {
					headers: {},
				})
			).status,
		).toBe(200);
	});

	test.each([
		'PUT /job/301',
		'DELETE /candidate/7001',
		'PATCH /nothing',
		'POST /job',
		'POST /application/41001',
	])('%s is 405', async (request) => {
		expect((await send(await started(), request)).status).toBe(405);
	});

	test.each(
		/** @type {const} */ ([
			['empty', 'application/json', /^$/],
			['json', 'application/json', /"message"/],
			['html', 'text/html', /<html/],
		]),
	)('bodies can be %s', async (errorBodies, type, raw) => {
		const ja = await started({ errorBodies });
		expect(await send(ja, 'GET /job/1')).toMatchObject({
			status: 404,
			type,
			raw: expect.stringMatching(raw),
		});
		ja.fail({ match: 'GET /restapi/v1/job', status: 500 });
		expect(await send(ja, 'GET /job')).toMatchObject({
			status: 500,
			type,
			raw: expect.stringMatching(raw),
		});
	});

	test.each(
		/** @type {const} */ ([
			['sliding', [200, 429, 429, 200]],
			['fixed', [200, 429, 200, 200]],
		]),
	)('the 46th request of a minute is 429 by a %s window', async (window, statuses) => {
		let now = NOON + 40_000;
		const ja = await started({ rateLimit: 45, window, retryAfter: 7, clock: () => now });
		for (let count = 0; count < 44; count++) expect((await send(ja, 'GET ')).status).toBe(200);
		const got = [await send(ja, 'GET '), await send(ja, 'GET ')];
		for (const later of [30_000, 60_000]) {
			now = NOON + 40_000 + later;
			got.push(await send(ja, 'GET '));
		}
		expect(got.map(({ status }) => status)).toEqual(statuses);
		expect(got.map(({ headers }) => headers.get('retry-after'))).toEqual(
			statuses.map((status) => (status === 429 ? '7' : null)),
		);
		expect(ja.requests.at(-1)?.at).toBe(now);
	});

	test('can be injected, also as INVALID, after some requests and a number of times', async () => {
		const ja = await started();
		const body = { _status: 'INVALID', invalid: { limit: { code: null, message: 'No' } } };
		ja.fail({ match: /^GET \/restapi\/v1\/step/, status: 200, body, after: 1, times: 2 });
		const got = [];
		for (let count = 0; count < 4; count++) got.push((await send(ja, 'GET /step')).json._status);
		expect(got).toEqual(['OK', 'INVALID', 'INVALID', 'OK']);
		ja.fail({
			match: 'GET /restapi/v1/job',
			status: 429,
			headers: { 'retry-after': '3' },
			body: 'Slow down',
		});
		const slow = await send(ja, 'GET /job');
		expect(slow).toMatchObject({ status: 429, type: 'text/plain', raw: 'Slow down' });
		expect(slow.headers.get('retry-after')).toBe('3');
		const withdraw = ja.fail({ match: 'GET', status: 0, times: Infinity });
		await expect(send(ja, 'GET /job')).rejects.toThrow();
		expect(ja.requests.at(-1)?.status).toBe(0);
		withdraw();
		expect((await send(ja, 'GET /job')).status).toBe(200);
	});
});

describe.each(GENERATIONS)('POST with the %s reference', (generation) => {
	test('/step moves an application, and calls no webhook', async () => {
		const ja = await started({ generation });
		const { id } = ja.account.apply();
		const body = { application_id: id, process_step_id: 25 };
		expect(await send(ja, 'POST /step', { body })).toMatchObject({
			status: 200,
			json: { _status: 'OK', _actions: [] },
		});
		expect(ja.account.applications[0].step).toMatchObject({ name: 'Hired', status: 'END' });
		expect(ja.account.stepChanges.at(-1)).toMatchObject({ change_id: 90002, via: 'api' });
		expect(ja.requests[0]).toMatchObject({
			method: 'POST',
			path: '/restapi/v1/step',
			body: JSON.stringify(body),
		});
	});

	test.each([
		[{}, ['application_id', 'process_step_id']],
		['{', ['application_id', 'process_step_id']],
		[{ application_id: 1, process_step_id: 21 }, ['application_id']],
		[{ application_id: 41001, process_step_id: 30 }, ['process_step_id']],
		[{ application_id: '41001', process_step_id: 21 }, ['application_id']],
	])('/step refuses %j as INVALID', async (body, fields) => {
		const ja = await started({ generation });
		ja.account.apply();
		const { status, json } = await send(ja, 'POST /step', { body });
		expect(status).toBe(200);
		expect(json).toEqual({
			_status: 'INVALID',
			invalid: Object.fromEntries(
				fields.map((field) => [field, { code: null, message: expect.any(String) }]),
			),
		});
		expect(ja.account.stepChanges).toHaveLength(1);
	});

	test('/note adds a note without scripts and styles', async () => {
		const ja = await started({ generation });
		const text = '<p style="color:red" class="a">Called</p><script>alert(1)</script> <b>back</b>';
		const body = { candidate_id: 7002, organisation_id: 56, text };
		expect((await send(ja, 'POST /note', { body })).json).toEqual({ _status: 'OK', _actions: [] });
		const [note] = (await send(ja, 'GET /note?candidate_id=7002')).json.items;
		expect(note).toMatchObject({
			text: '<p class="a">Called</p> <b>back</b>',
			candidate: { id: 7002 },
			organisation: { id: 56 },
		});
	});

	test('ids that the user may not see are INVALID, each listed', async () => {
		const ja = await started({ generation });
		const { id } = ja.account.apply();
		const denied = { code: null, message: 'Permission denied' };
		for (const hidden of [7001, 55, id]) ja.account.forbidden.add(hidden);
		const note = await send(ja, 'POST /note', {
			body: { candidate_id: 7001, organisation_id: 55, text: 'x' },
		});
		expect(note).toMatchObject({
			status: 200,
			json: { invalid: { candidate_id: denied, organisation_id: denied } },
		});
		const step = await send(ja, 'POST /step', {
			body: { application_id: id, process_step_id: 21 },
		});
		expect(step.json).toEqual({ _status: 'INVALID', invalid: { application_id: denied } });
	});
});

test.each(
	/** @type {const} */ ([
		['records', 'OK', 2],
		['ignores', 'OK', 1],
		['refuses', 'INVALID', 1],
	]),
)('posting the step that an application is in %s', async (sameStep, status, changes) => {
	const ja = await started({ sameStep, postActions: undefined });
	const { id } = ja.account.apply();
	const { json } = await send(ja, 'POST /step', {
		body: { application_id: id, process_step_id: 20 },
	});
	expect(json._status).toBe(status);
	expect(json).not.toHaveProperty('_actions');
	expect(ja.account.stepChanges).toHaveLength(changes);
});

describe('the apply URL', () => {
	const WHOLE = {
		...{
			version: '1.2',
			first_name: 'Nora',
			last_name: 'Gris',
			email: 'nora.gris@example.org',
			country: 'FR',
			title: 'MRS',
		},
		...{
			mobile_phone: '+33600000001',
			zip_code: '69001',
			town: 'Lyon',
			url_linkedin: 'https://example.com/nora',
		},
		cv: {
			name: 'nora.pdf',
			mime_type: 'application/pdf',
			content: `${Buffer.from('%PDF nora').toString('base64')}\n`,
		},
	};

	/** @param {JobAffinity} ja @param {object} body */
	const post = (ja, body) =>
		send(ja, `POST ${ja.applyUrl(302)}`, { headers: { 'content-type': 'application/json' }, body });

	test('makes a candidate and an application, without a login', async () => {
		const ja = await started();
		expect(await post(ja, WHOLE)).toMatchObject({ status: 200, json: { _status: 'OK' } });
		expect(ja.requests[0]).toMatchObject({ authenticated: false, status: 200 });
		const candidate = ja.account.candidates[3];
		expect(candidate).toMatchObject({
			...{
				title: 'MS',
				first_name: 'Nora',
				email: 'nora.gris@example.org',
				linkedin: 'https://example.com/nora',
			},
			location: { postalcode: '69001', town: 'Lyon', country: 'FR' },
		});
		expect(ja.account.applications).toMatchObject([
			{ candidateId: candidate.id, jobId: 302, step: { status: 'START' } },
		]);
		expect(ja.account.applications[0].cv?.content.toString()).toBe('%PDF nora');
	});

	test.each(
		/** @type {[string, unknown][]} */ ([
			...['version', 'first_name', 'last_name', 'email', 'country'].map((field) => [
				field,
				undefined,
			]),
			...[
				['version', '2'],
				['version', '1.x'],
				['country', 'FRA'],
				['title', 'DR'],
				['email', 'nora'],
				['first_name', ' '],
			],
			...[
				['first_name', 'x'.repeat(51)],
				['email', `${'x'.repeat(89)}@example.org`],
				['office_phone', '0'.repeat(31)],
			],
			...[
				['url_linkedin', 'nora'],
				['last_name', 5],
				['cv', { name: 'nora.pdf' }],
				['cv', { ...WHOLE.cv, content: '§' }],
			],
		]),
	)('refuses the %s %j as INVALID', async (field, value) => {
		const ja = await started();
		const { status, json } = await post(ja, { ...WHOLE, [field]: value });
		expect(status).toBe(200);
		expect(Object.keys(json.invalid)).toEqual([field]);
		expect(ja.account.applications).toEqual([]);
	});

	test('has an answer of choice, and can reuse a candidate, and need a CV', async () => {
		const applyAnswer = { status: 201, body: { id: 5 } };
		const ja = await started({ applyAnswer, applySameEmail: 'reuse', applyNeedsCv: true });
		expect(await post(ja, { ...WHOLE, email: 'omar.blanc@example.org' })).toMatchObject({
			status: 201,
			json: { id: 5 },
		});
		expect(ja.account.applications[0].candidateId).toBe(7002);
		expect((await post(ja, { ...WHOLE, cv: undefined })).json.invalid).toHaveProperty('cv');
	});

	test('with an unknown token is 404', async () => {
		expect(
			(await send(await started(), 'POST /apply/api/nothing', { headers: {}, body: WHOLE })).status,
		).toBe(404);
	});
});

describe('files', () => {
	test('a CV is redirected to another host, which refuses the login', async () => {
		const ja = await started();
		const { id } = ja.account.apply();
		const { json } = await send(ja, `GET /application/${id}`);
		const first = await send(ja, `GET ${json.latest_cv_url}`, { redirect: 'manual' });
		const location = String(first.headers.get('location'));
		expect(first.status).toBe(307);
		expect(location.startsWith(ja.storage.origin)).toBe(true);
		expect((await send(ja, `GET ${location}`)).status).toBe(400);
		const file = await send(ja, `GET ${location}`, { headers: { 'x-test': '1' } });
		expect(file).toMatchObject({
			status: 200,
			type: 'application/pdf',
			raw: expect.stringMatching(/^%PDF/),
		});
		expect(
			ja.storage.requests.map(({ headers }) => [headers.authorization, headers['x-test']]),
		).toEqual([
			[basic(ja), undefined],
			[undefined, '1'],
		]);
		expect(location.endsWith(ja.storage.requests[1].path)).toBe(true);
		expect((await send(ja, `GET ${json.latest_cv_url}`, { headers: {} })).status).toBe(401);
	});

	test('a CV can be redirected on the same host, come at once, or need no login', async () => {
		const same = await started({ cvRedirect: 'same-host', cvNeedsLogin: false });
		same.account.apply();
		expect(await send(same, 'GET /application/41001/cv', { headers: {} })).toMatchObject({
			status: 200,
			type: 'application/pdf',
		});
		expect(same.requests.map(({ status }) => status)).toEqual([307, 200]);
		const none = await started({ cvRedirect: 'none' });
		none.account.apply();
		expect(await send(none, 'GET /application/41001/cv')).toMatchObject({
			status: 200,
			type: 'application/pdf',
		});
		for (const { storage } of [same, none]) expect(storage.requests).toEqual([]);
	});

	test('a profile has presigned URLs that work for an hour', async () => {
		let now = NOON;
		const ja = await started({ clock: () => now });
		const { id } = ja.account.apply();
		const { json } = await send(ja, `GET /application/${id}/profile`);
		expect(json).not.toHaveProperty('_self');
		expect(json.identity).toEqual([
			expect.objectContaining({ first_name: 'Lea', zip_code: '75001', town: 'Paris' }),
		]);
		for (const url of [json.cv_url, json.avatar_url]) {
			now = NOON + 3_599_000;
			expect((await send(ja, `GET ${url}`, { headers: {} })).status).toBe(200);
			expect((await send(ja, `GET ${url}0`, { headers: {} })).status).toBe(403);
			now = NOON + 3_600_000;
			expect((await send(ja, `GET ${url}`, { headers: {} })).status).toBe(403);
		}
	});

	test('without a CV there is no URL', async () => {
		const ja = await started();
		const { id } = ja.account.apply({ candidateId: 7002, cv: null });
		expect((await send(ja, `GET /application/${id}`)).json.latest_cv_url).toBeNull();
		expect((await send(ja, `GET /application/${id}/profile`)).json).toMatchObject({
			cv_url: '',
			avatar_url: '',
		});
		expect((await send(ja, `GET /application/${id}/cv`)).status).toBe(404);
	});
});

describe('webhooks', () => {
	/**
	 * @param {Parameters<typeof openReceiver>[0]} [answer]
	 * @param {Partial<Parameters<JobAffinity['webhooks']['configure']>[0]>} [configuration]
	 * @param {Parameters<typeof startJobAffinity>[0]} [options]
	 */
	async function connected(answer, configuration, options) {
		const [ja, target] = [await started(options), await receiver(answer)];
		ja.webhooks.configure({ url: target.url, retries: [2, 3], ...configuration });
		return { ja, ...target };
	}

	test.each(GENERATIONS)(
		'report every step change with a thin payload, and keep a history (%s reference)',
		async (generation) => {
			const { ja, received } = await connected(
				undefined,
				{},
				{ generation, clock: () => NOON, timeZone: 'UTC' },
			);
			const { id } = ja.account.apply();
			const change = ja.account.move(id, 21);
			expect(await ja.webhooks.flush()).toMatchObject([
				{},
				{ change, status: 200, text: '{"status":"received"}' },
			]);
			expect(await ja.webhooks.flush()).toEqual([]);
			expect(received.map(({ method, event }) => [method, event])).toEqual(
				Array(2).fill([
					'POST',
					{ event: 'ProcessStepChange', application: { _self: `/restapi/v1/application/${id}` } },
				]),
			);
			expect(received[0].headers['content-type']).toBe('application/json');
			const { json } = await send(ja, 'GET /webhook/task?limit=1');
			expect(json).toMatchObject({
				_schema: '/restapi/schemav1/webhooktasks',
				_next: expect.stringContaining('pagecursor'),
			});
			expect(json.items).toEqual([
				{
					...{ event: 'ProcessStepChange', datetime: '2026-03-05 11:00:00', response_status: 200 },
					...{
						response_body: '{"status":"received"}',
						application: { _self: `/restapi/v1/application/${id}` },
					},
				},
			]);
		},
	);

	test.each([
		[
			'HMAC',
			{ secret: 'not-a-real-secret' },
			{ method: 'hmac', preset: 'github', secret: 'not-a-real-secret' },
		],
		['Basic', { user: 'ja', password: 'a:b' }, { method: 'basic', user: 'ja', secret: 'a:b' }],
		[
			'a header',
			{ header: 'x-secret', value: 'abc' },
			{ method: 'header', headerName: 'x-secret', secret: 'abc' },
		],
	])('are proven by %s', async (_, verification, credential) => {
		const { ja, received } = await connected(undefined, {
			verification,
			headers: { 'x-more': '1' },
		});
		ja.account.apply();
		await ja.webhooks.flush();
		const [{ headers, body }] = received;
		const request = { headers, query: {}, address: '127.0.0.1' };
		for (const [rules, refused] of /** @type {const} */ ([
			[verificationConfig(credential), false],
			[verificationConfig({ ...credential, secret: 'other' }), true],
		])) {
			const refusal = checkCaller(request, rules) ?? checkBody(request, body, rules, Date.now());
			expect(refusal !== undefined).toBe(refused);
		}
		expect(headers['x-more']).toBe('1');
	});

	test('are repeated while the answer is 5xx, each call in the history, newest first', async () => {
		const { ja, received } = await connected((count) => ({
			status: count < 3 ? 500 + count : 200,
			text: `${count}`,
		}));
		ja.account.apply();
		expect((await ja.webhooks.flush()).map(({ status, text }) => [status, text])).toEqual([
			[501, '1'],
			[502, '2'],
			[200, '3'],
		]);
		expect(received).toHaveLength(3);
		const { items } = (await send(ja, 'GET /webhook/task')).json;
		expect(items.map((/** @type {any} */ { response_status }) => response_status)).toEqual([
			200, 502, 501,
		]);
	});

	test.each([
		[{}, 1],
		[{ retry4xx: true }, 3],
	])('with %j a 404 is sent %i times', async (configuration, calls) => {
		const { ja, received } = await connected(() => ({ status: 404 }), configuration);
		ja.account.apply();
		expect(await ja.webhooks.flush()).toHaveLength(calls);
		expect(received).toHaveLength(calls);
	});

	test.each([0, 504])(
		'without an answer in time are repeated, and stand as %i in the history',
		async (timeoutStatus) => {
			const { ja } = await connected((count) => (count === 1 ? undefined : { status: 200 }), {
				timeoutMs: 300,
				timeoutStatus,
			});
			ja.account.apply();
			const answers = await ja.webhooks.flush();
			expect(answers.map(({ status }) => status)).toEqual([0, 200]);
			expect(answers[0].text).toMatch(/timeout/i);
			expect(ja.account.webhookTasks).toMatchObject([
				{ response_status: timeoutStatus, response_body: '' },
				{ response_status: 200 },
			]);
		},
	);

	test('can be lost, and can come several times', async () => {
		const { ja, received } = await connected();
		ja.webhooks.copies = ({ step }) => (step.status === 'START' ? 0 : 3);
		ja.account.move(ja.account.apply().id, 21);
		expect(await ja.webhooks.flush()).toHaveLength(3);
		expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1);
	});

	test.each([
		[{}, 1],
		[{ replayMissed: true }, 4],
	])(
		'are suspended after 5xx in a row until resumed, and with %j then %i come',
		async (configuration, after) => {
			let healthy = false;
			const { ja, received } = await connected(() => ({ status: healthy ? 200 : 500 }), {
				...{ suspendAfter: 4, retries: [2], ...configuration },
			});
			for (let count = 0; count < 2; count++) {
				ja.account.apply();
				await ja.webhooks.flush();
			}
			expect(ja.webhooks.suspended).toBe(true);
			for (let count = 0; count < 3; count++) ja.account.apply();
			expect(await ja.webhooks.flush()).toEqual([]);
			expect(received).toHaveLength(4);
			healthy = true;
			ja.webhooks.resume();
			ja.account.apply();
			expect(await ja.webhooks.flush()).toHaveLength(after);
			expect(ja.webhooks.suspended).toBe(false);
		},
	);

	test('a good answer in between keeps them from being suspended', async () => {
		const { ja } = await connected((count) => ({ status: count % 3 === 0 ? 200 : 500 }), {
			suspendAfter: 3,
		});
		for (let count = 0; count < 3; count++) {
			ja.account.apply();
			await ja.webhooks.flush();
		}
		expect(ja.webhooks.suspended).toBe(false);
	});

	test('report only the selected events and changes', async () => {
		const { ja, received } = await connected(undefined, { via: ['person'] });
		const { id } = ja.account.apply();
		await send(ja, 'POST /step', { body: { application_id: id, process_step_id: 21 } });
		const change = ja.account.move(id, 22);
		expect((await ja.webhooks.flush()).map((answer) => answer.change)).toEqual([change]);
		ja.webhooks.configure({ url: 'http://127.0.0.1:1/', events: ['Other'] });
		ja.account.move(id, 21);
		expect(await ja.webhooks.flush()).toEqual([]);
		expect(received).toHaveLength(1);
	});

	test('closing does not wait for a receiver that hangs, nor for repetitions', async () => {
		const { ja } = await connected(() => undefined, { retries: [60_000] });
		for (let count = 0; count < 12; count++) ja.account.apply();
		await sleep(20);
		await ja.close();
		const answers = await ja.webhooks.flush();
		expect(answers.map(({ status, text }) => [status, text])).toEqual(
			Array(12).fill([0, 'JobAffinity was closed']),
		);
	});
});
