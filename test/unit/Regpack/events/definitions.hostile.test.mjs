import fc from 'fast-check';

import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { URLENCODED } from '#dist/nodes/shared/webhook/request.js';
import { itemOf } from '../../events.mjs';
import { payloadsLike } from '../../replaced.mjs';
import { deliver } from '../../webhookContext.mjs';

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const EVERY_FILTER = Object.fromEntries(
	regpack.filters.map(({ name }) => [name, ['100000001', '70001']]),
);

/** @param {unknown} value */
const isTextOrNull = (value) => value === null || typeof value === 'string';

/**
 * The items of a delivery, in the end; what the filters make of it is tried as well.
 *
 * @param {string} events
 * @param {Partial<import('../../webhookContext.mjs').Delivery>} delivery
 */
async function itemsOf(events, delivery) {
	const all = { source: regpackWebhooks, events, parameters: { formId: '12345' }, ...delivery };
	expect(await deliver({ ...all, filters: EVERY_FILTER })).toMatchObject({ status: 200, body: {} });
	const { status, body, items, log } = await deliver(all);
	expect({ status, body }).toEqual({ status: 200, body: {} });
	for (const { message } of log)
		expect(message).toMatch(/^Regpack event [a-z_*]+ differs from its documentation at [\w.]+: /);
	return items.map((received) => itemOf(regpack, /** @type {any} */ (received)));
}

/** Whether it may be read as one object for each of several people. @param {unknown} value */
const isKeyed = (value) =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.keys(value).length > 0 &&
	Object.keys(value).every((key) => /^\d+$/.test(key));

/** @param {any[]} items @param {string} type */
function expectItems(items, type) {
	expect(items.length).toBeGreaterThan(0);
	for (const item of items) {
		expect(item).toMatchObject({ provider: 'regpack', event: type, occurredAt: null });
		expect(item.eventKey).toMatch(/^regpack:[a-z_*]+:sha256-[0-9a-f]{32}$/);
		for (const value of Object.values(item.person)) expect(isTextOrNull(value)).toBe(true);
		for (const name of ['form', 'project', 'status', 'statusId', 'parentId'])
			expect(isTextOrNull(item.registration[name])).toBe(true);
		expect(() => JSON.stringify(item)).not.toThrow();
		expect(item.registration.form).toBe(type.endsWith('*') ? '12345' : null);
	}
}

test.each([...regpack.events])(
	'$type with other values anywhere becomes items with the original payload',
	async ({ type, sample }) => {
		await fc.assert(
			fc.asyncProperty(payloadsLike(sample, ''), async (payload) => {
				const body = JSON.stringify(payload);
				const items = await itemsOf(type, { body });
				expectItems(items, type);
				const { user_info, meta_info, ...rest } = JSON.parse(body);
				const people = Array.isArray(user_info) && user_info.length > 0 ? user_info : [user_info];
				if (!isKeyed(user_info))
					expect(items.map((item) => item.payload.user_info)).toEqual(people);
				for (const item of items) expect(item.payload).toMatchObject(rest);
				if (!Array.isArray(meta_info))
					for (const item of items) expect(item.payload.meta_info).toEqual(meta_info);
			}),
		);
	},
);

test('any JSON object becomes items, whatever the event', async () => {
	const types = fc.constantFrom(...regpack.events.map(({ type }) => type));
	const names = fc.oneof(
		fc.string(),
		fc.constantFrom(
			'user_info',
			'meta_info',
			'doc',
			'form_info',
			'username',
			'status',
			'__proto__',
			'constructor',
			'toJSON',
			'formId',
		),
	);
	await fc.assert(
		fc.asyncProperty(types, fc.dictionary(names, fc.jsonValue()), async (type, payload) => {
			expectItems(await itemsOf(type, { body: JSON.stringify(payload) }), type);
		}),
		{ numRuns: 300 },
	);
});

test('any form becomes items', async () => {
	const names = fc.oneof(
		fc.string(),
		fc.constantFrom(
			'user_info',
			'user_info[]',
			'user_info[0][clogin_id]',
			'user_info[1]',
			'meta_info[u_name]',
			'meta_info[0]',
			'doc[__proto__][a]',
			'doc[main_email]',
		),
	);
	const fields = fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.json())), { minLength: 1 });
	await fc.assert(
		fc.asyncProperty(fields, async (given) => {
			const body = new URLSearchParams(given).toString();
			expectItems(
				await itemsOf('status_update', { body, headers: { 'content-type': URLENCODED } }),
				'status_update',
			);
		}),
		{ numRuns: 200 },
	);
});

test('a list of 20,000 applicants is as many items, where bodies may be that large', async () => {
	const user_info = Array.from({ length: 20_000 }, (_, index) => ({ clogin_id: String(index) }));
	const { items } = await deliver({
		source: regpackWebhooks,
		events: 'status_update',
		settings: { skipDuplicates: true, largestBodyKb: 10_240 },
		body: JSON.stringify({ user_info, meta_info: {}, status: {} }),
	});
	expect(items).toHaveLength(20_000);
});

describe('a group takes time proportional to its body:', () => {
	const users = (/** @type {number} */ count) =>
		Array.from({ length: count }, (_, index) => ({
			clogin_id: String(200_000 + index),
			group_id: '100000001',
			connected_to: String(200_000 + index),
		}));
	const keyed = (/** @type {object[]} */ all) =>
		Object.fromEntries(all.map((each, index) => [200_000 + index, each]));
	const numbers = (/** @type {number} */ count) =>
		Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));

	/**
	 * What receiving and shaping it takes, in milliseconds of the processor.
	 *
	 * @param {object} payload
	 */
	async function costOf(payload) {
		const body = JSON.stringify(payload);
		const begun = process.cpuUsage();
		const delivered = await deliver({
			source: regpackWebhooks,
			events: 'status_update',
			settings: { skipDuplicates: true, largestBodyKb: 2560 },
			body,
		});
		for (const received of delivered.items) itemOf(regpack, /** @type {any} */ (received));
		return { ...delivered, length: body.length, ms: process.cpuUsage(begun).user / 1000 };
	}

	test.each([
		[
			'a text beside it',
			() => ({ user_info: users(4000), meta_info: {}, note: 'x'.repeat(290_000) }),
		],
		['as much beside it', () => ({ user_info: users(4000), meta_info: {}, status: users(4000) })],
		['a meta_info of one less', () => ({ user_info: users(4000), meta_info: users(3999) })],
		[
			'the same, keyed by ID',
			() => ({ user_info: keyed(users(3700)), meta_info: keyed(users(3699)) }),
		],
	])('%s', async (_, payload) => {
		const { items, length, ms } = await costOf(payload());
		expect(length).toBeGreaterThan(550_000);
		expect(items.length).toBeGreaterThanOrEqual(3700);
		// Once it took 7 to 13 seconds.
		expect(ms).toBeLessThan(2500);
	});

	test.each([
		[
			'thousands of fields for each of thousands',
			() => ({ user_info: users(3000), meta_info: {}, ...numbers(30_000) }),
		],
		[
			'a list of such deliveries',
			() =>
				Array.from({ length: 50 }, () => ({
					user_info: users(100),
					meta_info: {},
					...numbers(500),
				})),
		],
	])('%s is refused', async (_, payload) => {
		const { status, body, items, ms } = await costOf(payload());
		expect({ status, body, items }).toEqual({
			status: 413,
			body: { message: 'The delivery holds too many fields for too many people.' },
			items: [],
		});
		expect(ms).toBeLessThan(2500);
	});
});
