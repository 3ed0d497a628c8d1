import { byId, byLink, startNode } from './node.mjs';
import { PARAMETERS } from './operations.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

/**
 * @param {string} name
 * @param {Record<string, unknown>} [parameters]
 * @param {Parameters<typeof started.run>[2]} [changes]
 */
const refusal = async (name, parameters, changes) =>
	errorTextOf(await started.run(name, parameters, changes), started.secrets);

/** Operations that name a record, the record as they call it, and one that there is not. */
const NAMED = [
	['application:get', 'application', 'application'],
	['application:getProfile', 'application', 'application'],
	['application:downloadCv', 'application', 'application'],
	['application:getAll', 'job', 'job'],
	['candidate:get', 'candidate', 'candidate'],
	['job:get', 'job', 'job'],
	['process:get', 'process', 'process'],
];

describe.each(/** @type {const} */ (['empty', 'html', 'json']))(
	'with bodies that are %s',
	(errorBodies) => {
		it.each(NAMED)(
			'%s distinguishes a wrong login, missing rights and an unknown ID',
			async (name, parameter, object) => {
				const node = await startNode({ errorBodies });
				const right = PARAMETERS[name](node.ids);
				const { value } = /** @type {any} */ (right[parameter]);
				const login = errorTextOf(
					await node.run(name, right, node.withLogin({ password: 'wrong' })),
					[...node.secrets, 'wrong'],
				);
				node.ja.account.forbidden.add(value);
				const rights = errorTextOf(await node.run(name, right), node.secrets);
				const unknown = errorTextOf(
					await node.run(name, { ...right, [parameter]: byId(999) }),
					node.secrets,
				);
				expect(
					[login, rights, unknown].map(({ message, httpCode }) => [message, httpCode]),
				).toEqual([
					['JobAffinity does not accept the login and password', '401'],
					[`The API user may not see the ${object} with the ID ${value}`, '403'],
					[`JobAffinity has no ${object} with the ID 999`, '404'],
				]);
				expect(login.description).toContain('JobAffinity API credential');
				expect(rights.description).toContain('Grant the user access');
				expect(unknown.description).toContain('Check the ID');
				for (const { description } of [login, rights, unknown])
					expect(description).not.toMatch(/[<>]/);
				await node.close();
			},
		);
	},
);

test.each([
	'/restapi/v1/application/999',
	'/restapi/v1/application/999/',
	'/restapi/v1/application/999?x=1',
])('names the ID that a link leads to: %s', async (link) => {
	expect((await refusal('application:get', { application: byLink(link) })).message).toBe(
		'JobAffinity has no application with the ID 999',
	);
});

test('an unknown ID names its item, and the others are output', async () => {
	const items = {
		items: [started.ids.application, 999, started.ids.withoutCv].map((id) => ({ json: { id } })),
	};
	const application = byId('={{ $json.id }}');
	expect((await refusal('application:get', { application }, items)).itemIndex).toBe(1);
	const { output, failed } = await started.run(
		'application:get',
		{ application },
		{ ...items, onError: 'continueErrorOutput' },
	);
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(failed).toMatchObject([
		{ json: { error: 'JobAffinity has no application with the ID 999' }, pairedItem: { item: 1 } },
	]);
});

test('an INVALID answer with status 200 is reported with the message of each field', async () => {
	const { message, description, httpCode } = await refusal('candidate:getAll', {
		filters: { email: 'nowhere', sinceId: -1 },
	});
	expect(message).toBe(
		'JobAffinity did not accept the request: since: Must be an integer of at least 0; email: Not a valid email',
	);
	expect(description).toContain('Check these values.');
	expect(httpCode).toBe('200');
});

test.each([
	[
		{
			organisation_id: { code: null, message: 'Permission denied' },
			candidate_id: { code: 'x', message: 'Non' },
		},
		': organisation_id: Permission denied; candidate_id: Non',
	],
	[{ id: null, other: 'text' }, ': id: not accepted; other: not accepted'],
	[{}, ''],
	[undefined, ''],
])('an INVALID answer is reported whatever its content: %j', async (invalid, reason) => {
	started.ja.fail({ match: '/job/', status: 200, body: { _status: 'INVALID', invalid } });
	expect((await refusal('job:get', { job: byId(301) })).message).toBe(
		`JobAffinity did not accept the request${reason}`,
	);
});

test.each([
	['a page', '<!DOCTYPE html><html>Sign in</html>'],
	['nothing', ''],
	['an array', []],
	['null', null],
])('an answer that is not JobAffinity’s is not treated as a record: %s', async (_, body) => {
	started.ja.fail({ match: '/job/', status: 200, body });
	expect((await refusal('job:get', { job: byId(301) })).message).toBe(
		'JobAffinity sent a response that this node does not understand (200)',
	);
});

test('an answer without items is not taken for an empty list', async () => {
	started.ja.fail({ match: '/candidate', status: 200, body: { _status: 'OK' } });
	expect((await refusal('candidate:getAll')).message).toBe(
		'JobAffinity sent a response that this node does not understand (200)',
	);
});

test('an answer of the root that lacks the lists leaves the documented paths', async () => {
	started.ja.fail({ match: /v1$/, status: 200, body: { _status: 'OK' } });
	const { json } = await started.run('job:getAll');
	expect(json.length).toBeGreaterThan(0);
	expect(started.requests()).toEqual(['GET /restapi/v1', 'GET /restapi/v1/job?limit=50']);
});

test('a root that cannot be read is requested again next time', async () => {
	const wrong = await started.run('job:getAll', {}, started.withLogin({ login: 'nobody' }));
	expect(errorTextOf(wrong, started.secrets).message).toBe(
		'JobAffinity does not accept the login and password',
	);
	expect((await started.run('job:getAll')).status).toBe('success');
	expect((await started.run('candidate:getAll')).status).toBe('success');
	expect(started.requests().filter((request) => request === 'GET /restapi/v1')).toHaveLength(2);
});

test('a 429 is waited out as long as it requires, and the editor shows a hint', async () => {
	started.ja.fail({ match: '/job/', status: 429, headers: { 'retry-after': '6' } });
	const before = Date.now();
	const { status, hints } = await started.run('job:get', { job: byId(301) });
	expect(status).toBe('success');
	expect(Date.now() - before).toBeGreaterThanOrEqual(5990);
	expect(hints).toEqual([
		{
			type: 'info',
			location: 'outputPane',
			message: "Waited 6 s to stay within JobAffinity's 45 requests per minute.",
		},
	]);
});

test.each([
	'https://evil.example',
	'https://jobaffinity.fr.evil.example/restapi/v1',
	'http://jobaffinity.fr/restapi/v1',
])('a base URL that is not JobAffinity’s gets no request: %s', async (baseUrl) => {
	const { message } = await refusal('job:get', { job: byId(301) }, started.withLogin({ baseUrl }));
	expect(message).toContain('The JobAffinity login is for https://jobaffinity.fr only');
});
