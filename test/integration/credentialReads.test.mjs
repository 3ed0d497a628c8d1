import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { startJofi } from '../providers/jofi/server.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';
import { decrypted, pollingNode, runNode } from './core.mjs';

/** How often nodes have n8n read a credential, each of which costs it as much as a request. */

/** @type {(() => unknown)[]} */
const closing = [];

afterEach(async () => {
	decrypted.length = 0;
	await Promise.all(closing.splice(0).map((close) => close()));
});

async function jofi() {
	const { close, base, keys, requests, account } = await startJofi();
	closing.push(close);
	const invite = () => [1, 2, 3].forEach(() => account.accept(account.invite().id));
	const credentials = { jofiApi: { apiKey: keys.live, baseUrl: base } };
	return { node: 'jofi', credentials, requests, invite };
}

async function jobAffinity() {
	const { close, base, login, requests, account } = await startJobAffinity({
		rateLimit: Infinity,
		generation: 'old',
	});
	closing.push(close);
	const apply = () => [1, 2, 3].forEach(() => account.apply());
	const credentials = { jobAffinityApi: { ...login, baseUrl: base } };
	return { node: 'jobAffinity', credentials, requests, invite: apply };
}

async function regpack() {
	const { close, base, credential, requests, account } = await startRegpack();
	closing.push(close);
	account.populate(120);
	const credentials = { regpackApi: { ...credential, baseUrl: base } };
	return { node: 'regpack', credentials, requests, invite: () => account.populate(60) };
}

describe.each([
	['JOFI', jofi],
	['JobAffinity', jobAffinity],
	['Regpack', regpack],
])('%s', (_, start) => {
	it('reads its credential once a poll, however many requests that takes', async () => {
		const { node, credentials, requests, invite } = await start();
		const polling = pollingNode({
			credentials,
			node: { type: `${node}PollingTrigger`, parameters: { events: ['*'] } },
		});
		for (let poll = 1; poll <= 3; poll++) {
			invite();
			const before = requests.length;
			await polling.polled();
			expect(requests.length - before).toBeGreaterThan(2);
			expect(decrypted).toEqual(Array(poll).fill(`${node}Api`));
		}
	});
});

test('an action reads its credential once, however many items there are', async () => {
	const { credentials, requests } = await jofi();
	await runNode({
		credentials,
		node: { type: 'jofi', parameters: { resource: 'account', operation: 'get' } },
		items: Array.from({ length: 5 }, () => ({ json: {} })),
	});
	expect(requests).toHaveLength(5);
	expect(decrypted).toEqual(['jofiApi']);
});
