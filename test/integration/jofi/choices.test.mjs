import { loader } from '../core.mjs';
import { IDS, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

/** Every list, newest first where JOFI gives it so, and something that narrows it down to one. */
const LISTS = [
	{
		method: 'assessment',
		filter: 'THINKING',
		shown: [
			{ name: 'JOFI Personality Traits', value: '6' },
			{ name: 'JOFI Thinking Skills', value: '7' },
			{ name: 'JOFI Career Interests', value: '8' },
			{ name: 'JOFI Prescreen', value: '9' },
		],
		one: '7',
	},
	{
		method: 'careerNavigationProfile',
		filter: '31003@',
		shown: [{ name: 'Avery Stone 31003 (31003@example.org)', value: 'CNP0000000001' }],
		one: 'CNP0000000001',
	},
	{
		method: 'emailTemplate',
		filter: 'spring',
		shown: [
			{ name: 'Spring invite', value: '7001' },
			{ name: 'JOFI invitation', value: '7003' },
		],
		one: '7001',
	},
	{
		method: 'invitation',
		filter: 'stone 31002',
		shown: [
			{ name: 'Avery Stone 31003 (31003@example.org)', value: '31003' },
			{ name: 'Avery Stone 31002 (31002@example.org)', value: '31002' },
			{ name: 'Avery Stone 31001 (31001@example.org)', value: '31001' },
		],
		one: '31002',
	},
	{
		method: 'inviter',
		filter: 'moss',
		shown: [
			{ name: 'Robin Hale (robin.hale@example.com)', value: 'robin.hale@example.com' },
			{ name: 'Casey Moss (casey.moss@example.com)', value: 'casey.moss@example.com' },
			{ name: 'Noel Winter (noel.winter@example.com)', value: 'noel.winter@example.com' },
		],
		one: 'casey.moss@example.com',
	},
	{
		method: 'scoreProfile',
		filter: '002-yy',
		shown: [
			{ name: 'Sample Occupation Group Zone 3 (JOFI-001-XX)', value: 'JOFI-001-XX' },
			{ name: 'Sample Occupation Group Zone 4 (JOFI-002-YY)', value: 'JOFI-002-YY' },
		],
		one: 'JOFI-002-YY',
	},
	{
		method: 'team',
		filter: 'coach',
		shown: [
			{ name: 'Campus Hiring', value: '55' },
			{ name: 'Career Coaching', value: '56' },
		],
		one: '56',
	},
	{
		method: 'testTaker',
		filter: '42001',
		shown: [
			{ name: 'Avery Stone 31003 (31003@example.org)', value: '42002' },
			{ name: 'Avery Stone 31002 (31002@example.org)', value: '42001' },
		],
		one: '42001',
	},
];

test('every list that a parameter names is here', () => {
	/** @param {any} field @returns {string[]} */
	const named = (field) => [
		...(field.modes ?? []).flatMap(
			(/** @type {any} */ { typeOptions }) => typeOptions?.searchListMethod ?? [],
		),
		...(field.options ?? []).flatMap(named),
		...(field.values ?? []).flatMap(named),
	];
	const { description, methods } = /** @type {any} */ (loader.nodeTypes.jofi.type);
	const names = [...new Set(description.properties.flatMap(named))].sort();
	expect(names).toEqual(LISTS.map(({ method }) => method));
	expect(Object.keys(methods.listSearch).sort()).toEqual(names);
});

describe.each(LISTS)('the list of $method', ({ method, filter, shown, one }) => {
	it('shows what JOFI has', async () => {
		expect(await started.search(method)).toEqual({ results: shown });
	});

	it('is narrowed by what is typed, in any case', async () => {
		expect((await started.search(method, filter))?.results.map(({ value }) => value)).toEqual([
			one,
		]);
		expect(
			(await started.search(method, filter.toUpperCase()))?.results.map(({ value }) => value),
		).toEqual([one]);
		expect(await started.search(method, 'no such thing')).toEqual({ results: [] });
	});

	it('says why it cannot be shown', async () => {
		const attempt = started.search(method, '', started.withKey('sk_live_wrong'));
		await expect(attempt).rejects.toMatchObject({
			message: 'The API key was not accepted',
			description: expect.stringContaining('Check the key in the JOFI API credential'),
		});
	});
});

test('a record that JOFI gives no name for is shown by its ID, one without ID not at all', async () => {
	const body = {
		mode: 'live',
		object: 'list',
		data: [{ id: 7 }, { email: 'only@example.org', id: 8 }, { first_name: 'Only' }],
	};
	started.jofi.fail({ match: 'GET /test-takers', status: 200, body });
	expect(await started.search('testTaker')).toEqual({
		results: [
			{ name: '7', value: '7' },
			{ name: 'only@example.org', value: '8' },
		],
	});
});

describe('a record', () => {
	const item = { items: [{ json: { id: 42001, text: ' 42001 ' } }] };

	it.each([
		[
			'chosen from the list',
			{ __rl: true, mode: 'list', value: '42001', cachedResultName: 'Avery' },
		],
		['by its ID', { __rl: true, mode: 'id', value: '42001' }],
		['by an ID from an expression', { __rl: true, mode: 'id', value: '={{ $json.id }}' }],
		['by an ID with blanks around it', { __rl: true, mode: 'id', value: '={{ $json.text }}' }],
		['by an expression in place of the whole parameter', '={{ $json.id }}'],
		['by plain text', '42001'],
		['by a plain number', 42001],
	])('is found %s', async (_, testTaker) => {
		const { json } = await started.run('testTaker:get', { testTaker }, item);
		expect(json).toMatchObject([{ id: 42001 }]);
		expect(started.jofi.requests.at(-1)?.path).toBe('/test-takers/42001');
	});

	it.each([
		['nothing', { __rl: true, mode: 'id', value: '={{ $json.none }}' }],
		['an empty text', { __rl: true, mode: 'id', value: '={{ "" }}' }],
		['blanks', { __rl: true, mode: 'id', value: '={{ "  " }}' }],
		['null in place of the whole parameter', '={{ null }}'],
		['an object', { __rl: true, mode: 'id', value: '={{ ({ id: 1 }) }}' }],
	])('is required when there is %s', async (_, testTaker) => {
		const first = started.jofi.requests.length;
		const { message, description, itemIndex } = errorTextOf(
			await started.run('testTaker:get', { testTaker }, item),
			[],
		);
		expect(message).toBe('Test Taker is empty');
		expect(description).toBe(
			'Choose it from the list, or give it by an expression that has a value for this item.',
		);
		expect(itemIndex).toBe(0);
		expect(started.requests(first)).toEqual([]);
	});

	it.each([
		[
			'testTaker:getScorecard',
			{ testTaker: IDS.testTaker, scoreProfile: '={{ $json.none }}' },
			'Score Profile is empty',
		],
		['invitation:get', { invitation: '={{ $json.none }}' }, 'Invitation is empty'],
		[
			'careerNavigationProfile:get',
			{ careerNavigationProfile: '={{ $json.none }}' },
			'Career Navigation Profile is empty',
		],
	])('is required by its label: %s', async (name, parameters, message) => {
		expect(errorTextOf(await started.run(name, parameters), []).message).toBe(message);
	});

	it.each(['.', '..', '...'])('cannot be %s, which leads elsewhere', async (id) => {
		const first = started.jofi.requests.length;
		const { message, description } = errorTextOf(
			await started.run('testTaker:get', { testTaker: id }),
			[],
		);
		expect(message).toBe('Test Taker is not an ID');
		expect(description).toContain('Choose it from the list');
		expect(started.requests(first)).toEqual([]);
	});

	it.each([
		'a/b?c#d',
		'../accounts',
		'..%2faccounts',
		'%2e%2e',
		'..\\accounts',
		'42001?x=1',
		'//evil.example',
		'é ü',
	])('with a hostile ID stays below its path: %s', async (id) => {
		const first = started.jofi.requests.length;
		errorTextOf(await started.run('testTaker:get', { testTaker: id }), []);
		expect(started.requests(first)).toEqual([`GET /test-takers/${encodeURIComponent(id)}`]);
	});

	it('with a hostile score profile changes nothing else of the request', async () => {
		const first = started.jofi.requests.length;
		errorTextOf(
			await started.run('testTaker:getScorecard', {
				testTaker: 42001,
				scoreProfile: 'A&sp=B#c/..',
			}),
			[],
		);
		const [request] = started.requests(first);
		const url = new URL(request.replace('GET ', 'http://jofi'));
		expect(url.pathname).toBe('/test-takers/42001/scorecard');
		expect([...url.searchParams]).toEqual([['sp', 'A&sp=B#c/..']]);
	});
});
