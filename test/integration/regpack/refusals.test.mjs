import { Regpack } from '#dist/nodes/Regpack/Regpack.node.js';
import { errorTextOf } from '../errorText.mjs';
import { byId, startNode } from './node.mjs';
import { ASKING, EXAMPLES, OF_A_USER } from './operations.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

const CHECK_ALL =
	'The project must belong to the organization of the API user. Check the credential Regpack API, too: how Regpack refuses a wrong one is not documented.';
const ALL = ASKING;
/** Operations that only read. */
const READS = ['user:get', 'user:find', 'user:getAll', 'user:getCount'];
const WRITES = ALL.filter((name) => !READS.includes(name));
const atOnce = { 'retry-after': '0' };

/**
 * Runs an operation's example.
 *
 * @param {string} name
 * @param {Parameters<typeof started.run>[2]} [changes]
 * @param {import('./node.mjs').Started} [node]
 */
const run = async (name, changes, node = started) =>
	await node.run(name, EXAMPLES[name](node.ids).parameters, changes);

/**
 * What an operation tells where Regpack answers so.
 *
 * @param {string} name
 * @param {Omit<Parameters<typeof started.regpack.fail>[0], 'match'>} failure
 */
async function errorTextAt(name, failure) {
	const withdraw = started.regpack.fail({ match: '', times: Infinity, ...failure });
	const refused = errorTextOf(await run(name), [...started.secrets, 'a secret ']);
	withdraw();
	return refused;
}

describe.each(ALL)('%s', (name) => {
	it.each(/** @type {const} */ (['401', '403', '200']))(
		'says that a wrong token is refused by %s',
		async (refusals) => {
			const node = await startNode({ refusals });
			const { message, description, httpCode } = errorTextOf(
				await run(name, node.withLogin({ apiToken: 'a-wrong-token' }), node),
				[...node.secrets, 'a-wrong-token'],
			);
			expect(httpCode).toBe(refusals);
			if (refusals === '200') {
				expect(message).toBe('Regpack did not accept the request: Authentication failed');
				expect(description).toContain(CHECK_ALL);
			} else {
				expect(message).toBe('Regpack does not accept the API user, token and ID');
				expect(description).toBe(
					'Check the credential Regpack API, and that the project belongs to the organization of the API user. Regpack said: Authentication failed.',
				);
			}
			await node.close();
		},
	);

	it('says what Regpack says, in either way of refusing', async () => {
		for (const body of [
			{ success: false, msg: 'Not so' },
			{ msg_type: 'error', msg: 'Not so' },
			{ success: true, msg_type: 'error', msg: 'Not so' },
		]) {
			const { message, description, httpCode } = await errorTextAt(name, { status: 200, body });
			expect(message).toBe('Regpack did not accept the request: Not so');
			expect(description).toContain(CHECK_ALL);
			expect(httpCode).toBe('200');
		}
		expect((await errorTextAt(name, { status: 200, body: { success: false } })).message).toBe(
			'Regpack did not accept the request',
		);
		const { message, description } = await errorTextAt(name, {
			status: 422,
			body: { msg: 'Not so' },
		});
		expect(message).toBe('Regpack rejected the request with status 422');
		expect(description).toMatch(/^Regpack said: Not so\. /);
	});

	it.each([
		['a page', '<!DOCTYPE html><html>Sign in</html>'],
		['nothing', ''],
		['an array', []],
		['null', null],
		['text', 'ok'],
	])("does not treat another answer as Regpack's: %s", async (_, body) => {
		expect((await errorTextAt(name, { status: 200, body })).message).toBe(
			'Regpack sent a response that this node does not understand (200)',
		);
	});

	it('does not show the token when Regpack repeats it', async () => {
		const msg = `No such ${started.secrets[0]}`;
		expect(
			(await errorTextAt(name, { status: 200, body: { success: false, msg } })).message,
		).toContain('No such hidden');
		expect((await errorTextAt(name, { status: 500, headers: atOnce, body: { msg } })).message).toBe(
			'Regpack is not available at the moment',
		);
		expect((await errorTextAt(name, { status: 400, body: msg })).description).toContain(
			'No such hidden',
		);
	});

	it('sends nothing to another host', async () => {
		const { message } = errorTextOf(
			await run(name, started.withLogin({ baseUrl: 'https://evil.example' })),
			started.secrets,
		);
		expect(message).toBe(
			'The Regpack login is for https://www.regpack.com only, not for https://evil.example',
		);
		expect(started.requests()).toEqual([]);
	});

	it('continues with other items after one that fails', async () => {
		started.regpack.fail({ match: '', status: 200, body: { success: false, msg: 'Not so' } });
		const { status, output, json } = await run(name, {
			items: [{ json: {} }, { json: {} }],
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(json[0]).toEqual({
			error: 'Regpack did not accept the request: Not so',
			message: expect.stringContaining(CHECK_ALL),
		});
		expect(output[0].pairedItem).toEqual({ item: 0 });
		expect(output.at(-1)?.pairedItem).toEqual({ item: 1 });
		expect(json[1]).not.toHaveProperty('error');
	});
});

describe.each(Object.entries(OF_A_USER))('%s of a user that there is not', (name, parameter) => {
	it('says that it does not exist when Regpack answers 404', async () => {
		const { message, description } = await errorTextAt(name, {
			status: 404,
			body: { msg: 'Unknown' },
		});
		const { parent, child } = started.ids;
		expect(message).toBe(
			`Regpack has no user with the ID ${['user:logEmail', 'user:setStatus'].includes(name) ? child : parent}`,
		);
		expect(description).toMatch(/^Check .* Regpack said: Unknown\.$/);
	});

	// An update of such a user is one of the silent no-ops.
	it.each(/** @type {const} */ (['success', 'msg_type', '400']))(
		'gives advice where Regpack answers otherwise: %s',
		async (mistakes) => {
			const node = await startNode({ mistakes, noOps: 'error' });
			const { parameters } = EXAMPLES[name](node.ids);
			const refused = errorTextOf(
				await node.run(name, { ...parameters, [parameter]: byId(999) }),
				node.secrets,
			);
			expect(refused.message).toMatch(
				mistakes === '400'
					? /^Regpack rejected the request with status 400$/
					: /^Regpack did not accept the request: .+/,
			);
			expect(refused.description).toMatch(/Check (the|both) IDs?\b/);
			await node.close();
		},
	);
});

describe.each(READS)('%s, which only reads', (name) => {
	it.each([500, 502, 503, 0])('is repeated three times after %i', async (status) => {
		started.regpack.fail({ match: '', status, headers: atOnce, times: status === 0 ? 1 : 3 });
		expect((await run(name)).status).toBe('success');
		expect(started.regpack.requests).toHaveLength(status === 0 ? 2 : 4);
	});

	it('is never reported as possibly done', async () => {
		const { description } = await errorTextAt(name, { status: 503, headers: atOnce });
		expect(description).toBe('It responded with status 503. Try again later.');
		expect(started.regpack.requests).toHaveLength(4);
	});

	it('has a fresh time in every attempt', async () => {
		started.regpack.fail({ match: '', status: 503, headers: { 'retry-after': '1.1' } });
		await run(name);
		const [first, second] = started.regpack.requests.map(({ timestamp }) => Number(timestamp));
		expect(second).toBeGreaterThan(first);
	});
});

describe.each(WRITES)('%s, which changes something', (name) => {
	it.each([500, 0])('is not repeated after %i, and reported as possibly done', async (status) => {
		const { description } = await errorTextAt(name, { status, headers: atOnce });
		expect(description).toContain(
			'Check Regpack before you try again: the request may have gone through, and would be repeated.',
		);
		expect(started.regpack.requests).toHaveLength(1);
	});

	it('is repeated after 429, which did nothing', async () => {
		started.regpack.fail({ match: '', status: 429, headers: atOnce });
		expect((await run(name)).status).toBe('success');
	});
});

test.each(/** @type {const} */ (['success', 'msg_type', '400']))(
	'a project of another organization is refused with advice: %s',
	async (mistakes) => {
		const node = await startNode({ mistakes });
		const { description } = errorTextOf(
			await node.run('user:getAll', { projectId: '999' }),
			node.secrets,
		);
		expect(description).toContain(
			mistakes === '400' ? 'group_id is not of your organization' : CHECK_ALL,
		);
		await node.close();
	},
);

test.each(['Ada', '1.5', '-1'])('a project that is no ID is refused: %s', async (projectId) => {
	expect(
		errorTextOf(await started.run('user:getAll', { projectId }), started.secrets).message,
	).toBe('Project ID is not an ID');
	expect(
		errorTextOf(
			await started.run('user:getAll', {}, started.withLogin({ groupId: projectId })),
			started.secrets,
		).message,
	).toBe('Project ID of the credential is not an ID');
	expect(started.requests()).toEqual([]);
});

test('a part of the login that is missing is named', async () => {
	const { message, description } = errorTextOf(
		await started.run('user:getAll', {}, started.withLogin({ apiId: '' })),
		started.secrets,
	);
	expect(message).toBe('The API ID of the Regpack login is empty');
	expect(description).toBe('The request was not sent. Check the credential of this node.');
});

test('an answer with neither users nor children is not treated as an empty project', async () => {
	started.regpack.fail({ match: '', status: 200, body: { success: true } });
	const { message, description } = errorTextOf(await run('user:getAll'), started.secrets);
	expect(message).toBe('Regpack sent a response that this node does not understand (200)');
	expect(description).toContain('It is not a list as Regpack documents it.');
});

test('the node can be a tool', () => {
	expect(new Regpack().description.usableAsTool).toBe(true);
});

test('the node marks its login token as sensitive, and says that n8n stores it anyway', () => {
	const { description } = new Regpack();
	expect(description.sensitiveOutputFields).toEqual(['user_token']);
	const shown = description.properties.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes('createLoginToken'),
	);
	expect(shown.find(({ type }) => type === 'notice')?.displayName).toMatch(
		/^The token is stored with the execution/,
	);
});
