import { byLink, startNode, startOther } from './node.mjs';
import { hostileLinks } from './hostile.mjs';
import { errorTextOf } from '../errorText.mjs';

const REFUSED = 'A link leads away from JobAffinity, and was not followed';

/** @type {import('./node.mjs').Started} */
let started;
/** @type {import('./node.mjs').Other} */
let evil;
/** @type {string[]} */
let links;
beforeAll(async () => {
	started = await startNode();
	evil = await startOther();
	links = hostileLinks({ api: Number(new URL(started.ja.origin).port), evil: evil.port });
});
afterAll(async () => {
	await started.close();
	evil.close();
});

/** As many as there are, named by the ports that they have here. */
const NUMBERS = hostileLinks({ api: 1, evil: 2 }).map(
	(link, number) => /** @type {const} */ ([link, number]),
);

test('there are more than thirty hostile links', () => {
	expect(new Set(links).size).toBe(links.length);
	expect(links.length).toBeGreaterThan(30);
});

/** Nothing was asked of anyone since so many requests. @param {number} first */
function nothingAsked(first) {
	expect(started.requests(first)).toEqual([]);
	expect(evil.received).toEqual([]);
	expect(started.ja.storage.requests).toEqual([]);
}

describe.each(['get', 'getProfile', 'downloadCv'])('application:%s', (operation) => {
	it.each(NUMBERS)('does not follow %j', async (_, number) => {
		const first = started.ja.requests.length;
		const parameters = { application: byLink('={{ $json.application._self }}') };
		const delivery = {
			items: [{ json: { event: 'ProcessStepChange', application: { _self: links[number] } } }],
		};
		const { message, description, itemIndex } = errorTextOf(
			await started.run(`application:${operation}`, parameters, delivery),
			started.secrets,
		);
		expect(message).toBe(REFUSED);
		expect(description).toBe(
			`It does not lead to ${started.ja.origin}/restapi/. The login was not sent.`,
		);
		expect(itemIndex).toBe(0);
		nothingAsked(first);
	});

	it.each(['', ' ', '\n', null, undefined, {}, []])('does not treat %j as a link', async (link) => {
		const first = started.ja.requests.length;
		const parameters = { application: byLink('={{ $json.application._self }}') };
		const delivery = { items: [{ json: { application: { _self: /** @type {any} */ (link) } } }] };
		errorTextOf(
			await started.run(`application:${operation}`, parameters, delivery),
			started.secrets,
		);
		nothingAsked(first);
	});
});

describe.each([
	['candidate:get', 'candidate'],
	['job:get', 'job'],
	['process:get', 'process'],
	['application:getAll', 'job'],
])('%s', (name, parameter) => {
	it('follows no hostile link', async () => {
		const first = started.ja.requests.length;
		for (const link of links) {
			const parameters = { [parameter]: byLink('={{ $json.link }}') };
			expect(
				errorTextOf(
					await started.run(name, parameters, { items: [{ json: { link } }] }),
					started.secrets,
				).message,
			).toBe(REFUSED);
		}
		nothingAsked(first);
	});
});

/** Nodes of their own, since each list is a request, and more than 45 to one port would wait. */
describe('_next', () => {
	// A query alone belongs to the page that it stands in.
	it.each(NUMBERS.filter(([link]) => !link.startsWith('?')))(
		'is not followed to %j',
		async (_, number) => {
			const node = await startNode();
			node.ja.fail({
				match: '/job',
				status: 200,
				body: { _status: 'OK', _next: links[number], items: [{ id: 1 }] },
			});
			expect(
				errorTextOf(await node.run('job:getAll', { returnAll: true }), node.secrets).message,
			).toBe(REFUSED);
			expect(node.requests()).toEqual(['GET /restapi/v1', 'GET /restapi/v1/job?limit=100']);
			expect(evil.received).toEqual([]);
			await node.close();
		},
	);

	it.each(['', null, undefined, 0, {}, []])('%j is the end', async (_next) => {
		const node = await startNode();
		node.ja.fail({
			match: '/job',
			status: 200,
			body: { _status: 'OK', _next, items: [{ id: 1 }] },
		});
		const { json, hints } = await node.run('job:getAll', { returnAll: true });
		expect([json, hints]).toEqual([[{ id: 1 }], []]);
		await node.close();
	});
});

test.each([
	['jobs', 'job:getAll'],
	['candidates', 'candidate:getAll'],
])('the root’s link to %s is not followed to another host', async (entry, name) => {
	const node = await startNode();
	const body = { _status: 'OK', [entry]: { _self: `${evil.origin}/restapi/v1/x` } };
	node.ja.fail({ match: /v1$/, status: 200, body });
	expect(errorTextOf(await node.run(name), node.secrets).message).toBe(REFUSED);
	expect(node.requests()).toEqual(['GET /restapi/v1']);
	expect(evil.received).toEqual([]);
	await node.close();
});

test.each([301, 302, 303, 307, 308])(
	'a redirect of the API is not followed (%i)',
	async (status) => {
		const node = await startNode();
		node.ja.fail({
			match: '/application/',
			status,
			headers: { location: `${evil.origin}/restapi/v1/application/1` },
		});
		const { message } = errorTextOf(
			await node.run('application:get', { application: byLink('/restapi/v1/application/1') }),
			node.secrets,
		);
		expect(message).toBe('JobAffinity redirected the request, and this node did not follow');
		expect(evil.received).toEqual([]);
		await node.close();
	},
);
