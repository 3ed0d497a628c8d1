import { IDS, items, startNode } from './node.mjs';
import { having, OPERATIONS, PARAMETERS } from './operations.mjs';

/** Every route of JOFI's API v2 (documented, api/api-keys). */
const ROUTES = [
	'GET /accounts',
	'GET /users',
	'GET /teams',
	'GET /assessments',
	'GET /email-templates',
	'GET /score-profiles',
	'POST /invitations',
	'GET /invitations',
	'GET /invitations/:id',
	'PUT /invitations/:id',
	'GET /test-takers',
	'GET /test-takers/:id',
	'GET /test-takers/:id/scorecard',
	'GET /test-takers/:id/job-fit-report',
	'GET /career-navigation-profiles',
	'GET /career-navigation-profiles/:id',
];

/** @type {import('./node.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

test('every operation has parameters here, and nothing else has', () => {
	expect(Object.keys(PARAMETERS)).toEqual(OPERATIONS.map(({ name }) => name).sort());
});

test('the operations together request exactly the documented routes', async () => {
	const first = started.jofi.requests.length;
	for (const [name, parameters] of Object.entries(PARAMETERS)) await started.run(name, parameters);
	const requested = started
		.requests(first)
		.map((request) => request.replace(/\?.*$/, '').replace(/\/(\d+|CNP\d+)(?=\/|$)/, '/:id'));
	expect([...new Set(requested)].sort()).toEqual([...ROUTES].sort());
});

describe.each(Object.keys(PARAMETERS))('%s', (name) => {
	const offline = name === 'event:getSample';
	/** @param {Parameters<typeof started.run>[2]} [changes] */
	const run = (changes) => started.run(name, PARAMETERS[name], changes);

	it('pairs each output with its input item', async () => {
		const { status, output } = await run({ items: items(2) });
		expect(status).toBe('success');
		const pairs = output.map(({ pairedItem }) => /** @type {any} */ (pairedItem).item);
		expect([...new Set(pairs)]).toEqual([0, 1]);
		expect(pairs.filter((item) => item === 0)).toHaveLength(pairs.length / 2);
	});

	it('says in every item whether the key is live', async () => {
		const { json, hints } = await run();
		expect(json.length).toBeGreaterThan(0);
		expect(json.map(({ mode }) => mode)).toEqual(json.map(() => (offline ? undefined : 'live')));
		expect(hints).toEqual([]);
	});

	it('says in every item and to the person at the editor that the key is a test key', async () => {
		const { json, hints } = await run(started.withKey(started.jofi.keys.test));
		expect(json.length).toBeGreaterThan(0);
		expect(json.map(({ mode }) => mode)).toEqual(json.map(() => (offline ? undefined : 'test')));
		expect(hints.map(({ message }) => message)).toEqual(
			offline ? [] : [expect.stringContaining('test key')],
		);
	});
});

describe.each(having('returnAll'))('%s', (name) => {
	it('gives no more than Limit, and all that JOFI gives with Return All', async () => {
		const { json: all } = await started.run(name, { returnAll: true });
		expect(all.length).toBeGreaterThan(0);
		const { json: one } = await started.run(name, { limit: 1 });
		expect(one.map(({ _list, ...item }) => item)).toEqual(all.slice(0, 1));
	});
});

test('a simplified scorecard has one entry a scale, facets below the scale they belong to', async () => {
	const { json } = await started.run(
		'testTaker:getScorecard',
		PARAMETERS['testTaker:getScorecard'],
	);
	expect(
		json[0].scales.map((/** @type {any} */ { section, name, facetOf }) => [section, name, facetOf]),
	).toEqual([
		['thinking_skills', 'Overall', null],
		['thinking_skills', 'Reading', 'Overall'],
		['thinking_skills', 'Numbers', 'Overall'],
		['personality_traits', 'Diligence', null],
		['personality_traits', 'Openness', null],
	]);
	expect(json[0].scales.every((/** @type {any} */ { score }) => typeof score === 'number')).toBe(
		true,
	);
});

test('a simplified scorecard has no scores before the assessments are complete', async () => {
	const { json } = await started.run('testTaker:getScorecard', {
		testTaker: IDS.testTaker,
		scoreProfile: IDS.scoreProfile,
	});
	const scores = json[0].scales.map((/** @type {any} */ { section, score }) => [section, score]);
	expect(scores.slice(0, 3)).toEqual(Array(3).fill(['thinking_skills', null]));
});

describe('a list that JOFI cuts short', () => {
	/** @type {import('./node.mjs').Started} */
	let small;
	beforeAll(async () => {
		small = await startNode({ caps: { invitations: 2 } });
	});
	afterAll(() => small.close());

	it.each([
		['Return All', { returnAll: true }],
		['a Limit that asks for more', { limit: 50 }],
		['a Limit that asks for all that came', { limit: 2 }],
	])('says with %s how many of how many came, once for all input items', async (_, parameters) => {
		const { json, hints } = await small.run('invitation:getAll', parameters, { items: items(3) });
		expect(json).toHaveLength(3 * 2);
		expect(hints).toEqual([
			{
				type: 'warning',
				location: 'outputPane',
				message:
					'JOFI returned only its newest 2 of 3 invitations. Its API has no paging, so the others cannot be read.',
			},
		]);
	});

	it('gives no hint when Limit is lower', async () => {
		const { json, hints } = await small.run('invitation:getAll', { limit: 1 });
		expect(json).toHaveLength(1);
		expect(hints).toEqual([]);
	});
});

test('an operation that the package does not have is named', async () => {
	const { error } = await started.run('team:remove');
	expect(error.message).toBe('This node cannot do "team: remove"');
	expect(error.description).toContain('update the package');
});
