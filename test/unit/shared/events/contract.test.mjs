import { readFileSync } from 'node:fs';
import fc from 'fast-check';

import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jobAffinityPolling } from '#dist/nodes/JobAffinity/polling/streams.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { jofiPolling } from '#dist/nodes/Jofi/polling/streams.js';
import { withSampleDetails } from '#dist/nodes/Regpack/events/details.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { regpackPolling } from '#dist/nodes/Regpack/polling/streams.js';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { schemaDeviations } from '#dist/nodes/shared/events/identify.js';
import { toItem } from '#dist/nodes/shared/events/item.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { RECEPTION } from '../../events.mjs';
import { payloadsLike } from '../../replaced.mjs';

/** Every item of every provider keeps the contract that docs/items.md writes down. */

/** @typedef {import('../../../../nodes/shared/events/types.js').ProviderInfo} ProviderInfo */

const { provider: jofi } = jofiWebhooks;
const { provider: jobaffinity } = jobaffinityWebhooks;
const { provider: regpack } = regpackWebhooks;
const { provider: polledRegpack } = regpackPolling;
const { provider: innovativeEducators } = innovativeEducatorsWebhooks;

/**
 * What each trigger knows, its own events included.
 *
 * @type {[string, ProviderInfo][]}
 */
const PROVIDERS = [
	['JOFI', jofi],
	['JOFI by polling', jofiPolling.provider],
	['JobAffinity', jobaffinity],
	['JobAffinity by polling', jobAffinityPolling.provider],
	['Regpack', regpack],
	['Regpack by polling', polledRegpack],
	['Innovative Educators', innovativeEducators],
];

/**
 * How many fields an item has beside the payload and the details: "some thirty", as a person can
 * still look through them.
 *
 * @type {Record<string, number>}
 */
const FIELDS = { jofi: 35, jobaffinity: 32, regpack: 31, 'innovative-educators': 33 };

/** The events that are about nobody. */
const ABOUT_NOBODY = [
	'api.version_expiring',
	'delivery.refused',
	'polling.gap',
	'test_notification',
	'webhook.call_failed',
	'webhook.missed',
	'webhook.silent',
];

/**
 * What a trigger fetches by choice, where the samples do not have it anyway.
 *
 * @type {Record<string, typeof withSampleDetails>}
 */
const FETCHED = { regpack: withSampleDetails };

const EVENTS = PROVIDERS.flatMap(([name, provider]) =>
	provider.events.map((definition) => ({ name, provider, definition, type: definition.type })),
);

const guide = readFileSync(new URL('../../../../docs/items.md', import.meta.url), 'utf8');

/** The fields that a table of docs/items.md promises. @param {string} name */
function promisedIn(name) {
	const [, table] = guide.split(new RegExp(`<!-- /?fields:${name} -->`));
	return [...table.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, field]) => field);
}

/** @param {ProviderInfo} provider @param {string} type */
const samplesOf = (provider, type) => /** @type {any[]} */ (sampleItems(provider, type, RECEPTION));

/**
 * The paths of all values that are no objects; a list counts as one.
 *
 * @param {object} value
 * @returns {string[]}
 */
const leavesOf = (value, path = '') =>
	Object.entries(value).flatMap(([name, each]) =>
		typeof each === 'object' && each !== null && !Array.isArray(each)
			? leavesOf(each, `${path}${name}.`)
			: [`${path}${name}`],
	);

/** An item without what differs by provider and is passed on as it came. @param {any} item */
const contractOf = ({ payload, details, ...rest }) => rest;

/** @param {ProviderInfo} provider @param {unknown} item */
const problemsOf = ({ blocks }, item) => itemSchema(blocks).safeParse(item).error?.issues ?? [];

/** @param {unknown} title */
function expectTitle(title) {
	expect(title).toMatch(/^\S.{5,199}$/);
	expect(title).not.toMatch(/\b(null|undefined|NaN)\b|\[object|  |\p{Cc}/u);
}

describe.each(EVENTS)('$type of $name', ({ provider, definition, type }) => {
	const items = samplesOf(provider, type);

	test('has samples that keep the contract', () => {
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(problemsOf(provider, item)).toEqual([]);
			expect(item).toMatchObject({ source: 'sample', event: type, provider: provider.name });
			expectTitle(item.title);
		}
	});

	test('is two levels deep, with one list at most, in camelCase and not too large', () => {
		for (const item of items) {
			const leaves = leavesOf(contractOf(item));
			expect(leaves).toHaveLength(FIELDS[provider.name]);
			for (const leaf of leaves) expect(leaf).toMatch(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/);
			const lists = Object.values(contractOf(item)).flatMap((block) =>
				typeof block === 'object' && block !== null
					? Object.values(block).filter(Array.isArray)
					: [],
			);
			expect(lists.length).toBeLessThanOrEqual(1);
			const inLists = lists.flat().flatMap((each) => Object.values(each));
			expect(inLists.filter((leaf) => typeof leaf === 'object' && leaf !== null)).toEqual([]);
		}
	});

	test('has a sample that is as the documents of the provider say', () => {
		for (const { payload } of items)
			expect(schemaDeviations(provider, { event: type, payload })).toEqual([]);
	});

	test('has every field that the guide promises, and no other', () => {
		const fields = [...promisedIn('all'), ...promisedIn(provider.name)].sort();
		for (const item of items) expect(leavesOf(contractOf(item)).sort()).toEqual(fields);
	});

	test('has the email address of whom it is about, once what is optional was fetched', () => {
		for (const item of sampleItems(provider, type, RECEPTION, false, FETCHED[provider.name])) {
			expect(problemsOf(provider, item)).toEqual([]);
			expectTitle(item.title);
			const email = ABOUT_NOBODY.includes(type)
				? null
				: expect.stringMatching(/^[a-z.]+@(college\.)?example(\.[a-z]+)?$/);
			expect(item).toMatchObject({ person: { email } });
		}
	});

	test('passes the payload on untouched, and adds nothing to it', () => {
		const payload = structuredClone(definition.sample);
		const event = { eventKey: 'key', provider: provider.name, event: type, payload };
		const item = toItem(provider, event, RECEPTION);
		expect(item.payload).toBe(payload);
		expect(payload).toEqual(definition.sample);
	});

	test('keeps the contract and has a title, whatever is missing or wrong', () => {
		// The body of a test notification is not documented.
		const sample = Object.keys(definition.sample).length > 0 ? definition.sample : { any: 1 };
		const extras = fc.option(
			definition.sampleExtra ? payloadsLike(definition.sampleExtra, '') : fc.constant(undefined),
			{ nil: undefined },
		);
		fc.assert(
			fc.property(payloadsLike(sample, ''), extras, (payload, extra) => {
				const event = { eventKey: 'key', provider: provider.name, event: type, payload, extra };
				const item = toItem(provider, event, RECEPTION);
				expect(problemsOf(provider, item)).toEqual([]);
				expect(item.title).toMatch(/^\S.{5,199}$/u);
			}),
			{ numRuns: 200 },
		);
	});

	test('has a title without a name, and without anything', () => {
		for (const payload of [{}, { data: null }, { user_info: [], meta_info: null }]) {
			const event = { eventKey: 'key', provider: provider.name, event: type, payload };
			expectTitle(toItem(provider, event, RECEPTION).title);
		}
	});
});

describe.each(PROVIDERS)('an item of %s', (_, provider) => {
	test('has the same fields for every event, in the same order', () => {
		const [first, ...others] = provider.events.map(({ type }) =>
			leavesOf(contractOf(samplesOf(provider, type)[0])),
		);
		for (const fields of others) expect(fields).toEqual(first);
	});

	test('keeps the contract for an event that this version does not recognize', () => {
		const event = { eventKey: 'key', provider: provider.name, event: 'made.up', payload: { a: 1 } };
		const item = toItem(provider, event, RECEPTION);
		expect(problemsOf(provider, item)).toEqual([]);
		expect(item.title).toBe(`${provider.label} sent made.up`);
	});

	test('says how it came in, and when', () => {
		const event = { eventKey: 'key', provider: provider.name, event: 'made.up', payload: {} };
		for (const source of /** @type {const} */ (['webhook', 'polling', 'nightlyFile', 'sample'])) {
			const item = toItem(provider, event, { ...RECEPTION, source });
			expect(item).toMatchObject({ source, receivedAt: RECEPTION.receivedAt });
		}
	});

	test('says whether the webhook missed it, as far as that is known', () => {
		const event = { eventKey: 'key', provider: provider.name, event: 'made.up', payload: {} };
		const missedBy = (/** @type {any} */ source, changes = {}) =>
			toItem(provider, { ...event, ...changes }, { ...RECEPTION, source }).missedByWebhook;
		expect(['webhook', 'testEvent'].map((source) => missedBy(source))).toEqual([false, false]);
		expect(
			['polling', 'nightlyFile', 'api', 'replay', 'sample'].map((each) => missedBy(each)),
		).toEqual([null, null, null, null, null]);
		expect(missedBy('polling', { missedByWebhook: true })).toBe(true);
	});

	test('names the encoding of a body that was not UTF-8 among its details', () => {
		const payload = { any: 1 };
		const extra = { encoding: 'windows-1252' };
		const event = { eventKey: 'key', provider: provider.name, event: 'made.up', payload, extra };
		expect(toItem(provider, event, RECEPTION).details).toEqual({ encoding: 'windows-1252' });
	});
});

test.each([
	['test_taker.assessment_completed', jofi, 'Linda Sample completed JOFI Thinking Skills, 1 of 3'],
	['ProcessStepChange', jobaffinity, 'Lea Noir moved to Interview for Warehouse Lead'],
	['user_complete', regpack, 'Ada Sample completed all forms'],
	['status_changed', polledRegpack, 'Ada Sample went from Waitlisted to Accepted'],
	['courseCompletion', innovativeEducators, 'Ada Learner completed New Student Orientation'],
])('the title of %s is a sentence', (type, provider, title) => {
	expect(samplesOf(provider, type)[0].title).toBe(title);
});

test.each([
	[
		'a line break',
		{ first_name: 'Linda\r\nBcc: all@example.com', last_name: 'S' },
		'Linda Bcc: all@example.com S',
	],
	['no name', { first_name: null, last_name: null }, 'linda.sample@example.com'],
	['no name and no address', { first_name: null, last_name: '', email: null }, 'Somebody'],
	['a name of spaces', { first_name: ' ', last_name: ' ' }, 'linda.sample@example.com'],
	['one name only', { first_name: null, last_name: 'Sample' }, 'Sample'],
])('a person with %s is named in one line', (_, changes, name) => {
	const { sample, type } = jofi.events[3];
	const { object } = /** @type {any} */ (sample.data);
	const payload = { ...sample, data: { object: { ...object, ...changes } } };
	const event = { eventKey: 'key', provider: 'jofi', event: type, payload };
	expect(toItem(jofi, event, RECEPTION).title).toBe(
		`${name} completed JOFI Thinking Skills, 1 of 3`,
	);
});
