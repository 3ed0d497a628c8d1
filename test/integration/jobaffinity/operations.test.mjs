import { JobAffinity } from '#dist/nodes/JobAffinity/JobAffinity.node.js';
import { ajv, shippedSchema } from '../outputs.mjs';
import { byId, byLink, startNode } from './node.mjs';
import { OPERATIONS, OTHERS, PARAMETERS } from './operations.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

test('every operation has parameters here, and nothing else has', () => {
	expect([...Object.keys(PARAMETERS), ...OTHERS].sort()).toEqual(
		OPERATIONS.map(({ name }) => name).sort(),
	);
});

test('the operations together request exactly the routes they cover', async () => {
	for (const [name, parameters] of Object.entries(PARAMETERS))
		await started.run(name, parameters(started.ids));
	await started.run('application:getAll', {
		of: 'candidate',
		candidate: byId(started.ids.candidate),
	});
	const requested = started
		.requests()
		.map((request) => request.replace(/\?.*$/, '').replace(/\/\d+(?=\/|$)/, '/:id'));
	expect([...new Set(requested)].sort()).toEqual([
		'GET /restapi/v1',
		'GET /restapi/v1/application/:id',
		'GET /restapi/v1/application/:id/cv',
		'GET /restapi/v1/application/:id/profile',
		'GET /restapi/v1/candidate',
		'GET /restapi/v1/candidate/:id',
		'GET /restapi/v1/candidate/:id/application',
		'GET /restapi/v1/job',
		'GET /restapi/v1/job/:id',
		'GET /restapi/v1/job/:id/application',
		'GET /restapi/v1/process/:id',
	]);
	expect(started.ja.requests.every(({ authenticated }) => authenticated)).toBe(true);
});

describe.each(
	/** @type {const} */ ([
		['new', 'relative'],
		['new', 'absolute'],
		['old', 'relative'],
		['old', 'absolute'],
	]),
)('in the %s generation with %s links', (generation, links) => {
	/** @type {import('./node.mjs').Started} */
	let node;
	beforeAll(async () => {
		node = await startNode({ generation, links, jobListItem: 'full' });
	});
	afterAll(() => node.close());

	it.each(Object.keys(PARAMETERS))(
		'%s outputs what its schema declares for each input item',
		async (name) => {
			const validate = ajv.compile(shippedSchema('JobAffinity', name));
			const { status, output, json, hints } = await node.run(name, PARAMETERS[name](node.ids), {
				items: [{ json: {} }, { json: {} }],
			});
			expect(status).toBe('success');
			expect(hints).toEqual([]);
			expect(json.length).toBeGreaterThanOrEqual(2);
			expect([
				...new Set(output.map(({ pairedItem }) => /** @type {any} */ (pairedItem).item)),
			]).toEqual([0, 1]);
			for (const item of json) {
				validate(item);
				expect(validate.errors ?? []).toEqual([]);
			}
		},
	);
});

describe.each(
	/** @type {const} */ ([
		['new', 'relative'],
		['new', 'absolute'],
		['old', 'relative'],
		['old', 'absolute'],
	]),
)('a link of the %s generation, %s', (generation, links) => {
	it('leads from an application to its candidate, its job and its process', async () => {
		const node = await startNode({ generation, links });
		const raw = { output: 'raw' };
		const { json: applications } = await node.run('application:getAll', {
			...raw,
			of: 'job',
			job: byId(node.ids.job),
		});
		const self = applications.find(({ id }) => id === node.ids.application)._self;
		expect(self.startsWith('/')).toBe(links === 'relative');
		const {
			json: [application],
		} = await node.run('application:get', { ...raw, application: byLink(self) });
		expect(application.id).toBe(node.ids.application);
		const {
			json: [candidate],
		} = await node.run('candidate:get', { ...raw, candidate: byLink(application.candidate._self) });
		expect(candidate.id).toBe(node.ids.candidate);
		const {
			json: [job],
		} = await node.run('job:get', { ...raw, job: byLink(application.job._self) });
		expect(job.id).toBe(node.ids.job);
		const {
			json: [process],
		} = await node.run('process:get', { process: byLink(job.process._self) });
		expect(process.id).toBe(node.ids.process);
		const {
			json: [profile],
		} = await node.run('application:getProfile', { application: byLink(self) });
		expect(profile.identity[0].email).toBe(candidate.email);
		const { json: ofCandidate } = await node.run('application:getAll', {
			of: 'candidate',
			candidate: byLink(candidate._self),
		});
		expect(ofCandidate.map(({ id }) => id)).toEqual([node.ids.application]);
		await node.close();
	});
});

describe('an application', () => {
	const items = (/** @type {unknown} */ value) => ({
		items: [{ json: /** @type {any} */ ({ value }) }],
	});

	it.each([
		['an ID from an expression', { __rl: true, mode: 'id', value: '={{ $json.value }}' }, ''],
		[
			'a link from an expression',
			{ __rl: true, mode: 'link', value: '={{ $json.value }}' },
			'/restapi/v1/application/',
		],
		[
			'a link in the place of the ID',
			{ __rl: true, mode: 'id', value: '={{ $json.value }}' },
			'/restapi/v1/application/',
		],
		['an ID in place of the whole parameter', '={{ $json.value }}', ''],
		['a link in place of the whole parameter', '={{ $json.value }}', '/restapi/v1/application/'],
		['a link with a slash at its end', '={{ $json.value + "/" }}', '/restapi/v1/application/'],
		[
			'a link with blanks around it',
			'={{ "  " + $json.value + "\\n" }}',
			'/restapi/v1/application/',
		],
	])('is found by %s', async (name, application, before) => {
		const { id } = { id: started.ids.application };
		if (!name.includes('slash')) {
			const { json } = await started.run('application:get', { application }, items(before + id));
			expect(json).toMatchObject([{ id }]);
		}
		const { json } = await started.run(
			'application:getProfile',
			{ application },
			items(before + id),
		);
		expect(json).toMatchObject([{ identity: [{ email: 'lea.noir@example.org' }] }]);
		expect(started.paths().at(-1)).toBe(`application/${id}/profile`);
	});

	it('keeps the query of its link when the profile is read', async () => {
		await started.run('application:getProfile', {
			application: byLink(`/restapi/v1/application/${started.ids.application}?a=/1#b`),
		});
		expect(started.paths()).toEqual([`application/${started.ids.application}/profile?a=/1`]);
	});

	it.each([
		['get', ''],
		['getProfile', null],
		['downloadCv', undefined],
	])('is required when it is missing: %s', async (operation, value) => {
		const application = { __rl: true, mode: 'link', value: '={{ $json.value }}' };
		const { message, description } = errorTextOf(
			await started.run(`application:${operation}`, { application }, items(value)),
			[],
		);
		expect(message).toBe('Application is empty');
		expect(description).toContain('by an expression that has a value');
		expect(started.requests()).toEqual([]);
	});

	it.each(['..', '.'])('cannot be %s, which leads elsewhere', async (id) => {
		expect(
			errorTextOf(await started.run('application:get', { application: byId(id) }), []).message,
		).toBe('Application is not an ID');
		expect(started.requests()).toEqual([]);
	});

	it.each(['4?x=1', '..%2fx', '%2e%2e', 'é ü', '1#2'])(
		'with a hostile ID stays below its path: %s',
		async (id) => {
			errorTextOf(await started.run('application:get', { application: byId(id) }), []);
			expect(started.paths()).toEqual([`application/${encodeURIComponent(id)}`]);
		},
	);

	it.each(['..\\x', 'a/b?c', '1\u0000', '//evil.example'])(
		'is not requested with an ID that could be read as a path: %j',
		async (id) => {
			errorTextOf(await started.run('application:get', { application: byId(id) }), []);
			expect(started.requests()).toEqual([]);
		},
	);
});

describe('filters', () => {
	/**
	 * @param {string} name
	 * @param {Record<string, unknown>} filters
	 * @param {Record<string, unknown>} [parameters]
	 */
	async function found(name, filters, parameters) {
		const { status, error, json } = await started.run(name, { filters, ...parameters });
		expect([status, error?.message]).toEqual(['success', undefined]);
		return json.map(({ id }) => id);
	}

	it.each([
		[{ firstName: 'Lea' }, 'first_name=Lea', 1],
		[{ lastName: 'Blanc' }, 'last_name=Blanc', 1],
		[{ email: 'lea.work@example.com' }, 'email=lea.work%40example.com', 1],
		[{ pools: ['Logistics'] }, 'pool_name=Logistics', 2],
		[{ pools: ['Logistics', 'Management'] }, 'pool_name=Logistics&pool_name=Management', 1],
		[{ sinceId: 7002 }, 'since=7002', 1],
		[{ sinceId: 0 }, 'since=0', 3],
		[{ firstName: '', pools: [] }, '', 3],
		[{ firstName: 'A&last_name=Blanc' }, 'first_name=A%26last_name%3DBlanc', 0],
		[{}, '', 3],
	])('of candidates are sent as JobAffinity calls them: %j', async (filters, query, count) => {
		expect(await found('candidate:getAll', filters)).toHaveLength(count);
		expect(started.paths()).toEqual([`candidate?limit=50${query && '&'}${query}`]);
	});

	it('of several pools leave those who are in all of them', async () => {
		expect(await found('candidate:getAll', { pools: ['Management', 'Logistics'] })).toEqual([
			started.ids.candidate,
		]);
	});

	it.each([
		['2026-03-05T00:00:00', '2026-03-05'],
		['2026-03-05', '2026-03-05'],
		['2026-03-05T23:30:00.000+09:00', '2026-03-05'],
		['={{ DateTime.fromISO("2026-03-05T23:30:00", { zone: "America/Lima" }) }}', '2026-03-05'],
		['={{ new Date("2026-03-05T12:00:00Z") }}', '2026-03-05'],
	])('by date send the day as written: %s', async (date, day) => {
		await found(
			'application:getAll',
			{ lastStepSince: date, lastStepUntil: date, sinceId: 4 },
			{ of: 'job', job: byId(301) },
		);
		expect(started.paths()).toEqual([
			`job/301/application?limit=50&last_step_since=${day}&last_step_until=${day}&since=4`,
		]);
	});

	it('by date leave what changed its step then', async () => {
		const of = { of: 'candidate', candidate: byId(started.ids.candidate) };
		expect(await found('application:getAll', { lastStepSince: '2026-01-01' }, of)).toEqual([
			started.ids.application,
		]);
		expect(await found('application:getAll', { lastStepUntil: '2020-01-01' }, of)).toEqual([]);
	});

	it.each([
		['lastStepSince', 'Last Step Since'],
		['lastStepUntil', 'Last Step Until'],
	])('that are no date are named: %s', async (name, label) => {
		const { message, itemIndex } = errorTextOf(
			await started.run('application:getAll', { job: byId(301), filters: { [name]: 'soon' } }),
			[],
		);
		expect(message).toBe(`${label} is not a date`);
		expect(itemIndex).toBe(0);
		expect(started.requests()).toEqual([]);
	});
});

describe('a list to choose from', () => {
	it('shows jobs', async () => {
		const { results } = /** @type {any} */ (await started.search('job'));
		expect(results).toContainEqual({ name: 'Warehouse Lead', value: '301' });
		expect((await started.search('job', 'warehouse'))?.results).toEqual([
			{ name: 'Warehouse Lead', value: '301' },
		]);
	});

	it('shows candidates, and lets JobAffinity search for an email address', async () => {
		const lea = { name: 'Lea Noir (lea.noir@example.org)', value: '7001' };
		expect((await started.search('candidate', 'noir'))?.results).toEqual([lea]);
		expect((await started.search('candidate', 'lea.noir@example.org'))?.results).toEqual([lea]);
		expect(started.paths().at(-1)).toBe('candidate?limit=100&email=lea.noir%40example.org');
	});

	it('is there for every parameter that names one', async () => {
		const { description, methods } = /** @type {any} */ (new JobAffinity());
		const named = description.properties.flatMap((/** @type {any} */ { modes = [] }) =>
			modes
				.map((/** @type {any} */ { typeOptions }) => typeOptions?.searchListMethod)
				.filter(Boolean),
		);
		expect([...new Set(named)].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});
});
