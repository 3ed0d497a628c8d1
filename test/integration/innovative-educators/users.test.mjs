import { systemClock } from '#dist/nodes/shared/http/rateLimiter.js';
import { errorTextOf } from '../errorText.mjs';
import { ajv, expectShape, shippedSchema } from '../outputs.mjs';
import { courses, people, populated, startNode } from './api.mjs';

/** Users, courses and enrollments of a site, by the API of Thought Industries. */

/** @type {Awaited<ReturnType<typeof startNode>> | undefined} */
let started;
afterEach(() => started?.close());

/** @param {Parameters<typeof startNode>[0]} options */
async function start(options) {
	await started?.close();
	return (started = await startNode(options));
}

const ALL = { returnAll: true };

/** @type {[string, object][]} */
const PAGINGS = [
	['numbers, and a cursor that is not needed', {}],
	['numbers, and the number of pages', { listInfo: 'pages', pageInfoName: 'meta' }],
	['numbers, without a word about more', { listInfo: 'none' }],
	['numbers, with an error behind the last page', { listInfo: 'none', pastEnd: 'error' }],
	['cursors only', { paging: 'cursor' }],
	['pages of 25, whatever is asked for', { perPage: 25 }],
];

describe.each(PAGINGS)('with %s', (_, settings) => {
	it('all users and courses are read, each once', async () => {
		const { run } = await start({ users: people(230), content: courses(230), ...settings });
		for (const [name, key] of [
			['user:getAll', 'email'],
			['course:getAll', 'title'],
		]) {
			const { json, hints } = await run(name, ALL);
			expect([hints, json.length, new Set(json.map((each) => each[key])).size]).toEqual([
				[],
				230,
				230,
			]);
			expectShape('InnovativeEducators', name, json);
		}
	});

	it('a user far down is found by address', async () => {
		const { run } = await start({ users: people(230), ...settings });
		const { json } = await run('user:get', { user: ' u229@X.example ' });
		expect(json).toMatchObject([{ id: 'user-229' }]);
	});
});

it('users are narrowed down by role, and by Limit', async () => {
	const { run, requests } = await start({ users: people(6) });
	expect((await run('user:getAll', { ...ALL, role: 'manager' })).json).toHaveLength(3);
	const { json } = await run('user:getAll', { limit: 2 });
	expect(json).toMatchObject([{ id: 'user-0', _list: { isComplete: false } }, { id: 'user-1' }]);
	expect(requests()[0]).toBe('GET /users?perPage=100&role=manager');
});

describe('a user', () => {
	it.each(/** @type {const} */ (['record', 'wrapped', 'data']))(
		'is read by ID, answered as %s',
		async (records) => {
			const { run, requests } = await start({ users: people(3), records });
			expect((await run('user:get', { user: 'user-2' })).json).toMatchObject([
				{ id: 'user-2', email: 'U2@x.example' },
			]);
			expect(requests()).toEqual(['GET /users/user-2']);
		},
	);

	it('that is not there is an error', async () => {
		const { run } = await start({ users: people(3) });
		expect(errorTextOf(await run('user:get', { user: 'user-9' }), []).message).toBe(
			'Thought Industries has no user with the ID user-9',
		);
		const byEmail = errorTextOf(await run('user:get', { user: 'u9@x.example' }), []);
		expect(byEmail.message).toBe('Thought Industries has no user with this email address');
	});

	it('is no path to anything else', async () => {
		const { run, requests } = await start({ users: people(1) });
		errorTextOf(await run('user:get', { user: '../events/courseCompletion?x=' }), []);
		expect(requests()).toEqual(['GET /users/../events/courseCompletion?x=']);
		expect(started?.site.requests[0].path).toBe('/users/..%2Fevents%2FcourseCompletion%3Fx%3D');
		expect(errorTextOf(await run('user:get', { user: '..' }), []).message).toBe(
			'User is not an ID',
		);
	});

	it('of many items is looked up in one reading of the list', async () => {
		const { run, requests } = await start({ users: people(230) });
		const emails = [229, 3, 150, 229].map((index) => ({ json: { email: `u${index}@x.example` } }));
		const { json } = await run('user:get', { user: '={{ $json.email }}' }, { items: emails });
		expect(json.map(({ id }) => id)).toEqual(['user-229', 'user-3', 'user-150', 'user-229']);
		expect(requests()).toHaveLength(3);
	});

	it('is still found after a page that failed', async () => {
		const { run, site } = await start({ users: people(230) });
		site.fail({ match: 'page=2', status: 400, times: 1 });
		const items = [1, 2].map(() => ({ json: {} }));
		const { json } = await run(
			'user:get',
			{ user: 'u229@x.example' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(json[0].error).toBe('Thought Industries rejected the request with status 400');
		expect(json[1]).toMatchObject({ id: 'user-229' });
	});

	it('is not looked for without end', async () => {
		const { now, sleep } = systemClock;
		let time = 0;
		Object.assign(systemClock, {
			now: () => time,
			sleep: async (/** @type {number} */ ms) => void (time += ms),
		});
		try {
			const { run, requests } = await start({ users: people(300), perPage: 1 });
			const { message, description } = errorTextOf(
				await run('user:get', { user: 'u299@x.example' }),
				[],
			);
			expect(message).toBe('Thought Industries has too many users to look for an email address');
			expect(description).toContain("Use the user's ID instead");
			expect(requests()).toHaveLength(200);
		} finally {
			Object.assign(systemClock, { now, sleep });
		}
	});

	it('is created with what is set, and nothing else', async () => {
		const { run, bodies } = await start({});
		const { json } = await run('user:create', {
			email: ' ada@x.example ',
			additionalFields: {
				firstName: 'Ada',
				externalCustomerId: '000123',
				courseIds: 'c1, c2,',
				additionalFieldsJson: '{"clientId": "x"}',
			},
		});
		expect(bodies()).toEqual([
			{
				email: 'ada@x.example',
				firstName: 'Ada',
				externalCustomerId: '000123',
				courseIds: ['c1', 'c2'],
				clientId: 'x',
			},
		]);
		expect(json[0]).toMatchObject({ email: 'ada@x.example', courseIds: ['c1', 'c2'] });
		expectShape('InnovativeEducators', 'user:create', json);
	});

	it('that exists is updated only if the user wants', async () => {
		const { run } = await start({ users: [{ id: '1', email: 'ada@x.example' }] });
		const { message, description } = errorTextOf(
			await run('user:create', { email: 'ada@x.example' }),
			[],
		);
		expect(message).toBe('Thought Industries rejected the request with status 422');
		expect(description).toContain('Update If It Exists');
		const { json } = await run('user:create', {
			email: 'ada@x.example',
			additionalFields: { upsert: true, lastName: 'L' },
		});
		expect(json).toMatchObject([{ id: '1', lastName: 'L' }]);
	});

	it('is created once, although the response is lost', async () => {
		const { run, site, requests } = await start({});
		site.fail({ match: 'POST', status: 502, times: Infinity });
		const { description } = errorTextOf(await run('user:create', { email: 'a@x.example' }), []);
		expect(requests()).toEqual(['POST /users']);
		expect(description).toContain('the request may have gone through');
	});
});

describe('an enrollment', () => {
	it.each([
		[{ course: 'c1' }, { courseIds: ['c1'] }],
		[{ courseBy: 'courseSlugs', courseName: 'orientation' }, { courseSlugs: ['orientation'] }],
		[{ courseBy: 'courseSkus', courseName: 'SKU 1' }, { courseSkus: ['SKU 1'] }],
	])('of a user in a course: %j', async (parameters, body) => {
		const { run, requests, bodies } = await start({ users: people(2) });
		const { json } = await run('enrollment:create', { user: 'user-1', ...parameters });
		expect([requests(), bodies()]).toEqual([['PUT /users/user-1'], [body]]);
		expect(json[0]).toMatchObject({ success: true, userId: 'user-1', response: { id: 'user-1' } });
		expectShape('InnovativeEducators', 'enrollment:create', json);
	});

	it('is made by address, and whatever the response is', async () => {
		const { run, site } = await start({ users: people(2), records: 'empty' });
		const { json } = await run('enrollment:create', { user: 'u1@x.example', course: 'c1' });
		expect(json).toEqual([{ success: true, userId: 'user-1', course: 'c1', response: {} }]);
		expect(site.users[1].courseIds).toEqual(['c1']);
	});

	it('is not made without a user or a course', async () => {
		const { run, requests } = await start({ users: people(1) });
		const message = async (/** @type {object} */ parameters) =>
			errorTextOf(await run('enrollment:create', { user: 'user-0', ...parameters }), []).message;
		expect(await message({ course: '={{ "" }}' })).toBe('Course is empty');
		expect(await message({ courseBy: 'courseSlugs', courseName: '={{ " " }}' })).toBe(
			'Course SKU or Slug is empty',
		);
		expect(await message({ user: 'user-7', course: 'c' })).toBe(
			'Thought Industries has no user with the ID user-7',
		);
		expect(requests()).toEqual(['PUT /users/user-7']);
	});

	it('is listed as it was recorded', async () => {
		const enrollments = populated(3).completions.map((each) => ({
			...each,
			event: 'courseEnrollment',
		}));
		const { run, requests } = await start({ enrollments });
		const { json } = await run('enrollment:getAll', {
			...ALL,
			filters: { courseTitle: ['orientation'] },
			output: 'raw',
		});
		expect(json).toEqual([...enrollments].reverse());
		expect(requests()).toEqual(['GET /events/courseEnrollment']);
		const validate = ajv.compile(shippedSchema('InnovativeEducators', 'enrollment:getAll'));
		expect(validate(json[0])).toBe(true);
	});
});

describe('courses', () => {
	it('are listed by type where that is needed', async () => {
		const { run, requests } = await start({ content: courses(2), needsTypes: true });
		const { description } = errorTextOf(await run('course:getAll', {}), []);
		expect(description).toContain('types is required');
		expect((await run('course:getAll', { types: 'course' })).json).toHaveLength(2);
		expect(requests().at(-1)).toBe('GET /content?perPage=100&types=course');
	});
});

describe('the list of a parameter', () => {
	/**
	 * @param {Parameters<typeof startNode>[0]} options
	 * @param {string} method @param {string} [filter] @param {string} [paginationToken]
	 */
	async function shown(options, method, filter, paginationToken) {
		const { search } = await start(options);
		const found = await search(method, filter, { paginationToken });
		return found ?? { results: [], paginationToken: 'none' };
	}

	it('shows courses by title and users by name and address', async () => {
		expect((await shown({ content: courses(2) }, 'course', '1')).results).toEqual([
			{ name: 'Course 1', value: 'course-1' },
		]);
		expect((await shown({ users: people(2) }, 'user')).results[0]).toEqual({
			name: 'First 0 Last (U0@x.example)',
			value: 'user-0',
		});
	});

	it('goes on where the site says that there is more', async () => {
		const content = courses(150);
		const { results, paginationToken } = await shown({ content }, 'course');
		expect([results.length, paginationToken]).toEqual([100, '2']);
		const next = await shown({ content }, 'course', '', '2');
		expect([next.results.length, next.paginationToken]).toEqual([50, undefined]);
	});

	it('ends where the site does not say so', async () => {
		const options = { content: courses(150), listInfo: /** @type {const} */ ('none') };
		expect((await shown(options, 'course')).paginationToken).toBeUndefined();
	});
});
