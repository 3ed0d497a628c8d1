import { createServer } from 'node:http';
import { once } from 'node:events';
import { IDS, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

/** @type {import('./node.mjs').Started} */
let started;
/** The keys, which nobody may ever see. @type {string[]} */
let secrets;
beforeAll(async () => {
	started = await startNode();
	secrets = Object.values(started.jofi.keys);
});
afterAll(() => started.close());

const unknown = {
	testTaker: 999,
	invitation: 999,
	careerNavigationProfile: 'CNP0000000999',
	scoreProfile: IDS.scoreProfile,
};
const invitation = {
	inviter: 'robin.hale@example.com',
	firstName: 'Avery',
	lastName: 'Stone',
	email: 'avery@example.org',
};

/**
 * @param {string} name
 * @param {Parameters<typeof started.run>[1]} [parameters]
 * @param {Parameters<typeof started.run>[2]} [changes]
 */
const refusal = async (name, parameters, changes) =>
	errorTextOf(await started.run(name, parameters, changes), secrets);

/**
 * What is told when JOFI answers so.
 *
 * @param {Omit<Parameters<typeof started.jofi.fail>[0], 'match'>} failure
 * @param {string} name
 * @param {Parameters<typeof started.run>[1]} [parameters]
 */
async function answered(failure, name = 'team:getAll', parameters = {}) {
	const withdraw = started.jofi.fail({ match: '', ...failure });
	try {
		return await refusal(name, parameters);
	} finally {
		withdraw();
	}
}

describe('a key that JOFI does not know', () => {
	it.each([
		['a wrong one', 'sk_live_0123456789abcdef', 'JOFI said: Account not found for API key.'],
		[
			'one that lacks its beginning',
			'0123456789abcdef',
			'JOFI said: Account not found for API key.',
		],
		['none', '', 'JOFI said: API key is required.'],
	])('is named as the reason: %s', async (_, key, reason) => {
		const { message, description, httpCode } = await refusal(
			'account:get',
			{},
			started.withKey(key),
		);
		expect(message).toBe('The API key was not accepted');
		expect(description).toBe(
			`Check the key in the JOFI API credential, or ask your JOFI representative for a new one. ${reason}`,
		);
		expect(httpCode).toBe('404');
	});

	it('is accepted with blanks around it, as they come with copying', async () => {
		const { status } = await started.run(
			'account:get',
			{},
			started.withKey(` ${started.jofi.keys.live}\n`),
		);
		expect(status).toBe('success');
	});

	it('is not sent with characters that no header can contain', async () => {
		const first = started.jofi.requests.length;
		const { message, description } = await refusal('account:get', {}, started.withKey('sk_live_…'));
		expect(message).toBe('The JOFI API key contains characters that no key has: copy it again');
		expect(description).toContain('credential');
		expect(started.requests(first)).toEqual([]);
	});

	it.each([401, 403])('is assumed when JOFI answers %i', async (status) => {
		const { message, description } = await answered({ status, body: { error: 'Forbidden' } });
		expect(message).toBe('The API key was not accepted');
		expect(description).toContain('JOFI said: Forbidden.');
	});

	it('is not shown, though JOFI repeats it', async () => {
		const { description } = await answered({
			status: 401,
			body: { error: `Unknown: ${started.jofi.keys.live}` },
		});
		expect(description).toContain('JOFI said: Unknown: sk_live…');
	});
});

describe('an ID that JOFI does not know', () => {
	it.each([
		['testTaker:get', 'test taker with the ID 999', 'JOFI said: Test taker not found.'],
		[
			'testTaker:getJobFitReport',
			'test taker with the ID 999, or did not accept a value',
			'has completed the assessments',
		],
		[
			'testTaker:getScorecard',
			'test taker with the ID 999, or did not accept a value',
			'Score Profile: Get Many',
		],
		['invitation:get', 'invitation with the ID 999', 'JOFI said: Invitation not found.'],
	])('is named by %s', async (name, what, hint) => {
		const { message, description, httpCode } = await refusal(name, unknown);
		expect(message).toBe(`JOFI has no ${what}`);
		expect(description).toContain('belongs to another account');
		expect(description).toContain('Check the ID');
		expect(description).toContain(hint);
		expect(httpCode).toBe('400');
	});

	it('is named by invitation:update', async () => {
		const { message, description } = await refusal('invitation:update', {
			invitation: 999,
			updateFields: { firstName: 'Alex' },
		});
		expect(message).toBe('JOFI has no invitation with the ID 999, or did not accept a value');
		expect(description).toContain('Check the ID and the values');
	});

	it('is named when a career navigation profile is answered with 404 and null', async () => {
		const { message, description, httpCode } = await refusal(
			'careerNavigationProfile:get',
			unknown,
		);
		expect(message).toBe('JOFI has no career navigation profile with the ID CNP0000000999');
		expect(description).toBe('Check the ID. Records of other accounts cannot be read.');
		expect(httpCode).toBe('404');
	});

	it('is named when JOFI says so with 404', async () => {
		const { message } = await answered(
			{ status: 404, body: { error: 'Not found' } },
			'testTaker:get',
			{ testTaker: 42 },
		);
		expect(message).toBe('JOFI has no test taker with the ID 42');
	});

	it('looks the same as an ID of another account', async () => {
		const other = await startNode();
		other.jofi.account.invite({
			first_name: 'Only',
			last_name: 'There',
			email: 'only@example.org',
		});
		const { message, description } = await refusal('invitation:get', { invitation: 31004 });
		expect((await other.run('invitation:get', { invitation: 31004 })).status).toBe('success');
		expect(message).toBe('JOFI has no invitation with the ID 31004');
		expect(description).toContain('another account');
		await other.close();
	});

	it('is not all that can be wrong with a scorecard', async () => {
		const { description } = await refusal('testTaker:getScorecard', {
			testTaker: IDS.testTaker,
			scoreProfile: 'NO-SUCH',
		});
		expect(description).toContain('JOFI said: Score profile not found.');
		expect(description).toContain(
			'Check the ID, and that Score Profile: Get Many lists the score profile.',
		);
	});
});

describe('a body that JOFI does not accept', () => {
	it('is explained with the sentence that JOFI gives', async () => {
		const { message, description } = await refusal('invitation:create', {
			...invitation,
			inviter: 'nobody@example.com',
		});
		expect(message).toBe(
			'JOFI did not accept the request: User not found for created_by_user_email',
		);
		expect(description).toContain("the inviter's settings");
	});

	it('is explained when the inviter has no defaults', async () => {
		const { message, description } = await refusal('invitation:create', {
			...invitation,
			inviter: 'noel.winter@example.com',
		});
		expect(message).toContain('the user has no default team');
		expect(description).toContain(
			'a default team, assessments and a template must be set there or here',
		);
	});

	it('is explained with what JOFI lists as objects, and its own name for the field Email', async () => {
		const { message } = await refusal('invitation:create', { ...invitation, email: 'nowhere' });
		expect(message).toBe(
			'JOFI did not accept the request: "sent_to_email (the field Email)" must be a valid email',
		);
	});

	it('is explained with what JOFI lists as text', async () => {
		const other = await startNode({ errorArrays: 'strings' });
		const parameters = {
			...invitation,
			email: 'nowhere',
			additionalFields: { additionalFieldsJson: '{ "team_id": "x" }' },
		};
		const { message } = errorTextOf(await other.run('invitation:create', parameters), secrets);
		expect(message).toBe(
			'JOFI did not accept the request: "sent_to_email (the field Email)" must be a valid email; "team_id" must be a number',
		);
		await other.close();
	});

	it.each([
		[{ error: [{ code: 7 }, 'second'] }, ': {"code":7}; second'],
		[{ error: { message: 'inner' } }, ': inner'],
		[['first', { message: 'second' }], ': first; second'],
		[{ error: `x${'y'.repeat(1000)}` }, `: x${'y'.repeat(299)}`],
		[{ error: 'No updatePermission' }, ': No updatePermission'],
		['plain words', ': plain words'],
		['', ''],
		[null, ''],
		['<html><body>Bad Request</body></html>', ''],
	])('is explained for every shape of answer: %j', async (body, reason) => {
		const { message, description } = await answered({ status: 400, body });
		expect(message).toBe(`JOFI did not accept the request${reason}`);
		expect(description).toBe('Check the values of the node.');
	});
});

describe('an API that has changed', () => {
	it.each([
		[
			'405 in plain text',
			{ status: 405, body: 'Method Not Allowed' },
			'It responded with status 405. JOFI said: Method Not Allowed.',
		],
		[
			'404 as a page',
			{ status: 404, body: '<!DOCTYPE html><html><body>Not Found</body></html>' },
			'It responded with status 404. The response is an HTML page',
		],
		[
			'404 without a word',
			{ status: 404, body: '' },
			'It responded with status 404. JOFI gave no reason.',
		],
	])('is assumed after %s', async (_, failure, reason) => {
		const { message, description, httpCode } = await answered(failure);
		expect(message).toBe('JOFI does not support this request');
		expect(description).toContain('look for a newer version of this package');
		expect(description).toContain(reason);
		expect(httpCode).toBe(String(failure.status));
	});

	it.each([409, 422])('is not assumed after %i', async (status) => {
		const { message, description } = await answered({ status, body: { error: 'Already invited' } });
		expect(message).toBe(`JOFI rejected the request with status ${status}`);
		expect(description).toBe('JOFI said: Already invited. Check the values of the node.');
	});
});

describe("an answer that is not JOFI's", () => {
	it.each([
		['a page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
		['text', 'OK'],
		['nothing', ''],
		['null', null],
		['an array', []],
	])('is not taken for a record: %s', async (_, body) => {
		const { message, description } = await answered({ status: 200, body }, 'account:get');
		expect(message).toBe('JOFI sent a response that this node does not understand (200)');
		expect(description).toContain('It is not a JSON object as JOFI documents it. A proxy');
	});

	it.each([
		[{}],
		[{ mode: 'live', object: 'list' }],
		[{ mode: 'live', object: 'list', data: null }],
	])('is not taken for an empty list: %j', async (body) => {
		const { message, description } = await answered({ status: 200, body });
		expect(message).toBe('JOFI sent a response that this node does not understand (200)');
		expect(description).toContain('It is not a list as JOFI documents it.');
	});

	it.each([301, 302, 303, 307, 308])('is not followed to another host (%i)', async (status) => {
		/** @type {unknown[]} */
		const received = [];
		const elsewhere = createServer((request, response) => {
			received.push(request.headers);
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(elsewhere, 'listening');
		const { port } = /** @type {import('node:net').AddressInfo} */ (elsewhere.address());
		const headers = { location: `http://127.0.0.1:${port}/api/v2/teams` };
		const { message, description } = await answered({ status, headers, body: '' });
		expect(message).toBe('JOFI redirected the request, and this node did not follow');
		expect(description).toContain(`It responded with status ${status}.`);
		expect(description).toContain('newer version of this package');
		expect(received).toEqual([]);
		elsewhere.close();
	});
});

describe('a base URL that is not JOFI’s', () => {
	it.each([
		'https://evil.example/?u=jofiscore.com',
		'https://www.jofiscore.com.evil.example/api/v2',
		'http://www.jofiscore.com/api/v2',
		'nonsense',
	])('gets no request: %s', async (baseUrl) => {
		const { message, description } = await refusal(
			'account:get',
			{},
			{ credentials: { jofiApi: { apiKey: started.jofi.keys.live, baseUrl } } },
		);
		expect(message).toContain('The JOFI API key is for https://www.jofiscore.com only');
		expect(description).toBe('The request was not sent. Check the credential of this node.');
	});
});
