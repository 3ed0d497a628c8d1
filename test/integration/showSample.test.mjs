import {
	closeJofis,
	COMPLETED,
	CREATED,
	jofiForTest,
	keyOf,
	newTestTaker,
} from './jofi/polling.mjs';
import { endOfTest, jobAffinityForTest, loginOf } from './jobaffinity/jobaffinity.mjs';
import { runNode } from './core.mjs';

/** What a test run of a webhook trigger shows before a real delivery came, run by n8n. */

const URL = 'https://n8n.example/webhook/1/x';

afterEach(closeJofis);
afterEach(endOfTest);

/**
 * @param {string} type
 * @param {Record<string, unknown>} parameters
 * @param {import('./core.mjs').Credentials} [credentials]
 */
async function show(type, parameters, credentials) {
	const { output, hints, status, error } = await runNode({
		mode: 'manual',
		credentials,
		node: { type, parameters: /** @type {any} */ ({ authentication: 'none', ...parameters }) },
		items: [{ json: { showSample: true, productionUrl: URL } }],
	});
	if (error) throw error;
	expect(status).toBe('success');
	return {
		items: output.map(({ json }) => /** @type {any} */ (json)),
		hints: hints.map(({ message }) => message),
		groups: hints.map(({ group }) => group?.summary),
	};
}

const MADE_UP = /^This is a sample with made-up people, to build with\./;

describe.each([
	['jofiTrigger', ['*'], COMPLETED],
	['jofiTrigger', [CREATED, COMPLETED], CREATED],
	['jofiTrigger', ['delivery.refused'], 'delivery.refused'],
	['jobAffinityTrigger', ['*'], 'ProcessStepChange'],
	['jobAffinityTrigger', ['application.received'], 'application.received'],
	['regpackTrigger', 'form_preprocess', 'form_preprocess'],
	['innovativeEducatorsTrigger', ['*'], 'courseCompletion'],
])('%s on %s without a credential for the API', (type, events, shown) => {
	it('shows its sample, marked', async () => {
		const { items, hints } = await show(type, { events });
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(item).toMatchObject({ source: 'sample', event: shown, title: expect.any(String) });
		}
		expect(hints).toContainEqual(expect.stringMatching(MADE_UP));
	});
});

it.each([
	['jofiTrigger', 'Message to Your JOFI Representative, with your URL in it'],
	['jobAffinityTrigger', 'Message to JobAffinity Support, with your URL in it'],
	['innovativeEducatorsTrigger', 'Message to Innovative Educators, with your URL in it'],
])('%s shows the message to the provider, with the production URL in it', async (type, summary) => {
	const { hints, groups } = await show(type, { events: ['*'] });
	expect(groups.filter(Boolean)).toEqual([summary, summary]);
	expect(hints).toContainEqual(expect.stringMatching(/^Hello,<br \/>/));
	expect(hints.join('')).toContain(URL);
	expect(hints.join('')).not.toMatch(/undefined|\[/);
});

describe('JOFI Trigger', () => {
	const fetching = { events: [COMPLETED], fetch: ['inviter'] };

	it('shows the newest real record where it has a key for the API', async () => {
		const jofi = await jofiForTest();
		jofi.account.complete(newTestTaker(jofi, { first_name: 'Ada' }).id, 6);
		const { items, hints } = await show('jofiTrigger', fetching, keyOf(jofi));
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({ source: 'api', event: COMPLETED });
		expect(items[0].person.firstName).toBe('Ada');
		expect(hints[0]).toMatch(/^This is the newest one that JOFI's API shows\./);
	});

	it('shows the sample where the API refuses the key, and says so', async () => {
		const { base } = await jofiForTest();
		const { items, hints } = await show('jofiTrigger', fetching, {
			jofiApi: { apiKey: 'sk_live_wrong', baseUrl: base },
		});
		expect(items[0].source).toBe('sample');
		expect(hints).toContainEqual(
			expect.stringMatching(
				/^JOFI's newest event could not be read\. The API key was not accepted/,
			),
		);
	});

	it('shows a sample with the scorecard that it would fetch', async () => {
		const parameters = { events: [COMPLETED], fetch: ['scorecard'], scoreProfile: 'JOFI-001-XX' };
		const { items } = await show('jofiTrigger', parameters);
		expect(items[0].details.scorecard.text).toEqual(expect.any(String));
	});
});

describe('JobAffinity Trigger', () => {
	const NO_LOGIN = /^A delivery of JobAffinity holds only a link/;

	it('shows the newest step change where it has a login for the API', async () => {
		const ja = await jobAffinityForTest();
		ja.account.apply();
		const { items, hints } = await show('jobAffinityTrigger', { events: ['*'] }, loginOf(ja));
		expect(items[0]).toMatchObject({ source: 'api', event: 'ProcessStepChange' });
		expect(items[0].person.email).toEqual(expect.any(String));
		expect(hints).not.toContainEqual(expect.stringMatching(NO_LOGIN));
	});

	it('shows a sample with a candidate without a login, and what real events lack', async () => {
		const { items, hints } = await show('jobAffinityTrigger', { events: ['*'] });
		expect(items[0].person.email).toBe('lea.noir@example.org');
		expect(hints[0]).toMatch(NO_LOGIN);
	});

	it('shows what a delivery has where details are not fetched', async () => {
		const { items, hints } = await show('jobAffinityTrigger', {
			events: ['*'],
			fetchDetails: false,
		});
		expect(items[0].person.email).toBeNull();
		expect(hints).not.toContainEqual(expect.stringMatching(NO_LOGIN));
	});
});

it('Regpack Trigger shows the form and the details that it would add', async () => {
	const { items } = await show('regpackTrigger', {
		events: 'form_submit_*',
		formId: '12345',
		fetchUserDetails: true,
	});
	expect(items[0]).toMatchObject({ registration: { form: '12345' } });
	expect(items[0].person.email).toEqual(expect.stringContaining('@'));
});

it('Innovative Educators Trigger shows references under their names', async () => {
	const { items } = await show('innovativeEducatorsTrigger', {
		events: ['*'],
		settings: { referenceNames: { values: [{ ref: 'ref1', name: 'Student ID' }] } },
	});
	expect(items[0].references).toEqual({ 'Student ID': expect.anything() });
});
