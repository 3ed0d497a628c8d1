import { resources } from '#dist/nodes/InnovativeEducators/resources/index.js';
import { decrypted, executeContext, loader } from '../core.mjs';
import { errorTextOf } from '../errorText.mjs';
import { ajv, shippedSchema } from '../outputs.mjs';
import { courses, people, populated, startNode } from './api.mjs';
import { run as runWithoutCredential } from './node.mjs';

/** The operations that need the API of Thought Industries. */

/** @type {Record<string, Record<string, unknown>>} Parameters that make each of them succeed. */
const PARAMETERS = {
	'completion:getAll': {},
	'completion:getCount': {},
	'course:getAll': {},
	'course:getCount': {},
	'enrollment:create': { user: 'user-0', course: 'course-0' },
	'enrollment:getAll': {},
	'enrollment:getCount': {},
	'user:create': { email: 'new@x.example' },
	'user:get': { user: 'u0@x.example' },
	'user:getAll': {},
	'user:getCount': {},
};

/** @type {Awaited<ReturnType<typeof startNode>>} */
let started;
beforeEach(async () => {
	const { completions } = populated(1);
	started = await startNode({
		completions,
		enrollments: completions,
		users: people(1),
		content: courses(1),
	});
});
afterEach(() => started.close());

test('every operation is tested, and a resource has none that works without the credential', () => {
	// Get Many Since, which can do without, has tests of its own.
	const online = resources.filter(({ operations }) =>
		operations.some(({ offline, offlineWith }) => !offline && !offlineWith),
	);
	expect(online.every(({ operations }) => operations.every(({ offline }) => !offline))).toBe(true);
	const names = online.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}:${operation.value}`),
	);
	expect(Object.keys(PARAMETERS).sort()).toEqual(names.sort());
	const { credentials } = /** @type {import('n8n-workflow').INodeTypeDescription} */ (
		loader.nodeTypes.innovativeEducators.type.description
	);
	const api = credentials?.find(({ name }) => name === 'thoughtIndustriesApi');
	expect(api?.displayOptions?.hide).toEqual({
		resource: ['nightlyExport', 'roster', 'webhook'],
		operation: ['getSample'],
		readFrom: ['nightlyFile'],
	});
});

test.each(Object.keys(PARAMETERS))('%s outputs what its schema declares', async (name) => {
	const { status, json } = await started.run(name, PARAMETERS[name]);
	expect([status, json.length]).toEqual(['success', 1]);
	const validate = ajv.compile(shippedSchema('InnovativeEducators', name));
	validate(json[0]);
	expect(validate.errors ?? []).toEqual([]);
});

test.each(Object.keys(PARAMETERS))('%s reads the credential once for many items', async (name) => {
	decrypted.length = 0;
	const items = Array.from({ length: 3 }, () => ({ json: {} }));
	await started.run(name, PARAMETERS[name], { items, onError: 'continueRegularOutput' });
	expect(decrypted).toEqual(['thoughtIndustriesApi']);
});

test.each(Object.keys(PARAMETERS))('%s sends nothing without the credential', async (name) => {
	const { error } = await runWithoutCredential(name, PARAMETERS[name]);
	expect(error.message).toContain('credentials set for "thoughtIndustriesApi"');
	expect(started.site.requests).toEqual([]);
});

test('a credential without a site on the internet is refused, with what to do', async () => {
	for (const site of ['', 'localhost', '10.0.0.1', 'college.thoughtindustries.com:8443']) {
		const { message, description } = errorTextOf(
			await started.run(
				'user:getAll',
				{},
				{ credentials: { thoughtIndustriesApi: { site, apiKey: 'k3y' } } },
			),
			['k3y'],
		);
		expect(message).toBe('The credential names no site');
		expect(description).toContain('college.thoughtindustries.com');
	}
});

test.each([
	['college.thoughtindustries.com', '', 'https://college.thoughtindustries.com/incoming/v2'],
	[
		' https://College.thoughtindustries.com/learn?x=1 ',
		'',
		'https://College.thoughtindustries.com/incoming/v2',
	],
	['learn.college.example#top', '', 'https://learn.college.example/incoming/v2'],
	['college.example', 'http://127.0.0.1:1/x', 'http://127.0.0.1:1/x'],
])("the test of the credential for %s goes to the site's API", (site, baseUrl, address) => {
	const { test: credentialTest } = loader.getCredential('thoughtIndustriesApi').type;
	const { workflow, node } = /** @type {any} */ (
		executeContext({
			node: {
				type: 'innovativeEducators',
				parameters: { resource: 'user', operation: 'getAll' },
			},
		})
	);
	const shown = workflow.expression.getSimpleParameterValue(
		node,
		credentialTest?.request.baseURL,
		'internal',
		{ $credentials: { site, baseUrl } },
	);
	expect(shown).toBe(address);
});
