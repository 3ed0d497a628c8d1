import { NodeHelpers } from 'n8n-workflow';

import { loadChoices, loader } from './core.mjs';
import { startNode as startJobAffinity } from './jobaffinity/node.mjs';
import { startNode as startJofi } from './jofi/node.mjs';
import { startNode as startRegpack } from './regpack/node.mjs';

/** Filters choose from lists wherever a node can ask the provider's API, and are typed elsewhere. */

/** @typedef {import('n8n-workflow').INodeProperties} Property */

/** @type {{ close(): unknown } | undefined} */
let started;
afterEach(() => started?.close());

/** @template {{ close(): unknown }} Node @param {Node} node */
function toClose(node) {
	started = node;
	return node;
}

/** @param {string} type */
const nodeType = (type) => /** @type {any} */ (loader.nodeTypes[type].type);

/** @param {Property[]} properties @returns {Property[]} with those inside them */
const all = (properties) =>
	properties.flatMap((property) => [
		property,
		...all(/** @type {Property[]} */ ((property.options ?? []).filter((each) => 'type' in each))),
	]);

/**
 * How the filters of a node are entered.
 *
 * @param {string} type
 * @param {Record<string, any>} parameters
 */
function filtersOf(type, parameters) {
	const { description } = nodeType(type);
	const values =
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			null,
			description,
		) ?? undefined;
	const collections = description.properties.filter(
		(/** @type {Property} */ { name }) => name === 'filters',
	);
	return Object.fromEntries(
		collections
			.flatMap((/** @type {Property} */ { options }) => options)
			.filter((/** @type {Property} */ filter) =>
				NodeHelpers.displayParameter({}, filter, null, description, values),
			)
			.map((/** @type {Property} */ { name, type: how, typeOptions }) => [
				name,
				typeOptions?.loadOptionsMethod ? 'listed' : how === 'string' ? 'typed' : 'fixed',
			]),
	);
}

test.each(Object.keys(loader.nodeTypes))('every list that %s names can be read', (type) => {
	const { description, methods } = nodeType(type);
	const named = all(description.properties).flatMap(
		({ typeOptions }) => typeOptions?.loadOptionsMethod ?? [],
	);
	expect([...new Set(named)].sort()).toEqual(Object.keys(methods?.loadOptions ?? {}).sort());
});

test.each([
	['jofiTrigger', {}, 'typed'],
	['jofiTrigger', { fetch: ['inviter'] }, 'listed'],
	['jofiPollingTrigger', {}, 'listed'],
	['jofi', { resource: 'event', operation: 'getManySince', selectEvents: 'here' }, 'listed'],
])('assessments and teams of %s with %j are %s', (type, parameters, how) => {
	expect(filtersOf(type, parameters)).toEqual({
		assessments: how,
		customIds: 'typed',
		teams: how,
	});
});

test.each([
	['jobAffinityTrigger', {}, 'listed'],
	['jobAffinityTrigger', { fetchDetails: false }, 'typed'],
	['jobAffinityPollingTrigger', {}, 'listed'],
])('jobs and steps of %s with %j are %s', (type, parameters, how) => {
	expect(filtersOf(type, parameters)).toEqual({ jobs: how, steps: how, stepStatuses: 'fixed' });
});

test.each([
	['regpackTrigger', {}, 'typed'],
	['regpackTrigger', { fetchUserDetails: true }, 'listed'],
	['regpackPollingTrigger', {}, 'listed'],
])('statuses of %s with %j are %s', (type, parameters, how) => {
	expect(filtersOf(type, parameters)).toEqual({ projects: 'typed', statuses: how });
});

test('filters of Innovative Educators, whose trigger has no API, are typed', () => {
	expect(new Set(Object.values(filtersOf('innovativeEducatorsTrigger', {})))).toEqual(
		new Set(['typed']),
	);
});

describe('JOFI', () => {
	it('lists its assessments and teams by their names', async () => {
		const { setting } = toClose(await startJofi());
		const node = { type: 'jofiPollingTrigger' };
		expect(await loadChoices({ ...setting, node, method: 'assessments' })).toEqual([
			{ name: 'JOFI Career Interests', value: '8' },
			{ name: 'JOFI Personality Traits', value: '6' },
			{ name: 'JOFI Prescreen', value: '9' },
			{ name: 'JOFI Thinking Skills', value: '7' },
		]);
		expect(await loadChoices({ ...setting, node, method: 'teams' })).toEqual([
			{ name: 'Campus Hiring', value: '55' },
			{ name: 'Career Coaching', value: '56' },
		]);
	});

	it('says why it cannot', async () => {
		const { withKey } = toClose(await startJofi());
		const node = { type: 'jofiPollingTrigger' };
		await expect(
			loadChoices({ ...withKey('sk_live_wrong'), node, method: 'teams' }),
		).rejects.toMatchObject({ message: 'The API key was not accepted' });
	});
});

describe('JobAffinity', () => {
	const node = { type: 'jobAffinityPollingTrigger' };
	const STANDARD = ['Hired', 'Interview', 'New', 'Offer', 'Rejected'];
	const SHORT = ['Closed', 'Received', 'Trial day'];

	/** @param {any[]} [entries] */
	const valuesOf = (entries = []) => entries.map(({ value }) => value);

	it('lists its jobs, in five requests at most', async () => {
		const { setting, ja, paths } = toClose(await startJobAffinity());
		expect(await loadChoices({ ...setting, node, method: 'jobs' })).toEqual([
			{ name: 'Buyer', value: '302' },
			{ name: 'Night Porter', value: '303' },
			{ name: 'Warehouse Lead', value: '301' },
		]);
		while (ja.account.jobs.length < 700) ja.account.addJob();
		const first = ja.requests.length;
		expect(await loadChoices({ ...setting, node, method: 'jobs' })).toHaveLength(500);
		expect(paths(first)).toHaveLength(5);
	});

	it.each(/** @type {const} */ (['old', 'new']))(
		'lists the steps of the jobs in which applications moved (%s generation)',
		async (generation) => {
			const { setting, ja, ids } = toClose(await startJobAffinity({ generation }));
			expect(valuesOf(await loadChoices({ ...setting, node, method: 'steps' }))).toEqual(
				generation === 'new' ? STANDARD : expect.arrayContaining(['Interview']),
			);
			const { id } = ja.account.apply({ candidateId: ids.candidate, jobId: 303 });
			ja.account.move(id, 31);
			expect(valuesOf(await loadChoices({ ...setting, node, method: 'steps' }))).toEqual(
				generation === 'new'
					? [...STANDARD, ...SHORT].sort()
					: expect.arrayContaining(['Interview', 'Trial day']),
			);
		},
	);

	it('lists only the steps of the jobs that are filtered', async () => {
		const { setting, requests } = toClose(await startJobAffinity());
		const filtered = { ...node, parameters: { filters: { jobs: ['303'] } } };
		expect(valuesOf(await loadChoices({ ...setting, node: filtered, method: 'steps' }))).toEqual(
			SHORT,
		);
		expect(requests()).toEqual(['GET /restapi/v1/job/303', 'GET /restapi/v1/process/13']);
	});

	it('reads no more than five jobs, however many have moved', async () => {
		const { setting, ja, ids, paths } = toClose(await startJobAffinity());
		for (let count = 0; count < 20; count++) {
			const job = ja.account.addJob();
			ja.account.apply({ candidateId: ids.candidate, jobId: job.id });
		}
		const first = ja.requests.length;
		await loadChoices({ ...setting, node, method: 'steps' });
		expect(paths(first).filter((path) => path.startsWith('job/'))).toHaveLength(5);
	});

	it('leaves out what it does not show', async () => {
		const { setting, ja } = toClose(await startJobAffinity());
		ja.fail({ match: 'GET /restapi/v1/job/302', status: 404, times: 1 });
		const filtered = { ...node, parameters: { filters: { jobs: ['302', '303'] } } };
		expect(valuesOf(await loadChoices({ ...setting, node: filtered, method: 'steps' }))).toEqual(
			SHORT,
		);
	});
});

describe('Regpack', () => {
	it('lists the statuses that users have, and none', async () => {
		const { setting, regpack, ids } = toClose(await startRegpack());
		regpack.account.setStatus([ids.parent], ids.status);
		const [none, ...others] = /** @type {any[]} */ (
			await loadChoices({ ...setting, node: { type: 'regpackPollingTrigger' }, method: 'statuses' })
		);
		expect([none, ...others]).toContainEqual({ name: 'No Status (0)', value: '0' });
		expect([none, ...others].map(({ value }) => value)).toContain(String(ids.status));
	});
});
