import fc from 'fast-check';

import { built } from '../built.mjs';
import { payloadsLike } from '../replaced.mjs';
import { deliver } from '../webhookContext.mjs';

/** @type {typeof import('../../../nodes/Regpack/provider.js')} */
const { regpack } = built('./Regpack/provider.js');
/** @type {typeof import('../../../nodes/delivery/process.js')} */
const { itemOf } = built('./delivery/process.js');
/** @type {typeof import('../../../nodes/delivery/read.js')} */
const { URLENCODED } = built('./delivery/read.js');

/** @typedef {import('n8n-workflow').IDataObject} Payload */

const EVERY_FILTER = Object.fromEntries(regpack.filters.map(({ name }) => [name, ['100000001', '70001']]));

/** @param {unknown} value */
const isTextOrNull = (value) => value === null || typeof value === 'string';

/**
 * The items of a delivery, in the end; what the filters make of it is tried as well.
 *
 * @param {string} events
 * @param {Partial<import('../webhookContext.mjs').Delivery>} delivery
 */
async function itemsOf(events, delivery) {
	const all = { provider: regpack, events, parameters: { formId: '12345' }, ...delivery };
	expect(await deliver({ ...all, filters: EVERY_FILTER })).toMatchObject({ status: 200, body: {} });
	const { status, body, items, log } = await deliver(all);
	expect({ status, body }).toEqual({ status: 200, body: {} });
	for (const { message } of log) expect(message).toMatch(/^Regpack event [a-z_*]+ differs from its documentation at [\w.]+: /);
	return items.map((received) => /** @type {any} */ (itemOf(regpack, /** @type {any} */ (received))));
}

/** @param {any[]} items @param {string} type */
function expectItems(items, type) {
	expect(items.length).toBeGreaterThan(0);
	for (const item of items) {
		expect(item).toMatchObject({ provider: 'regpack', event: type, occurredAt: null });
		expect(item.eventKey).toMatch(/^regpack:[a-z_*]+:sha256-[0-9a-f]{32}$/);
		expect(Object.keys(item.person)).toEqual(['email', 'firstName', 'lastName', 'id', 'externalId']);
		for (const value of Object.values(item.person)) expect(isTextOrNull(value)).toBe(true);
		for (const name of ['cloginId', 'groupId', 'connectedTo', 'displayName']) expect(isTextOrNull(item[name])).toBe(true);
		expect(() => JSON.stringify(item)).not.toThrow();
		expect(item.formId).toBe(type.endsWith('*') ? '12345' : undefined);
	}
}

test.each([...regpack.events])('$type with other values anywhere becomes items, with the payload as it came', async ({ type, sample }) => {
	await fc.assert(
		fc.asyncProperty(payloadsLike(sample, ''), async (payload) => {
			const body = JSON.stringify(payload);
			const items = await itemsOf(type, { body });
			expectItems(items, type);
			const { user_info, meta_info, ...rest } = JSON.parse(body);
			expect(items.map((item) => item.payload.user_info)).toEqual(Array.isArray(user_info) && user_info.length > 0 ? user_info : [user_info]);
			for (const item of items) expect(item.payload).toMatchObject(rest);
			if (!Array.isArray(meta_info)) for (const item of items) expect(item.payload.meta_info).toEqual(meta_info);
		}),
	);
});

test('any JSON object becomes items, whatever the event', async () => {
	const types = fc.constantFrom(...regpack.events.map(({ type }) => type));
	const names = fc.oneof(fc.string(), fc.constantFrom('user_info', 'meta_info', 'doc', 'form_info', 'username', 'status', '__proto__', 'constructor', 'toJSON', 'formId'));
	await fc.assert(
		fc.asyncProperty(types, fc.dictionary(names, fc.jsonValue()), async (type, payload) => {
			expectItems(await itemsOf(type, { body: JSON.stringify(payload) }), type);
		}),
		{ numRuns: 300 },
	);
});

test('any form becomes items', async () => {
	const names = fc.oneof(fc.string(), fc.constantFrom('user_info', 'user_info[]', 'user_info[0][clogin_id]', 'user_info[1]', 'meta_info[u_name]', 'meta_info[0]', 'doc[__proto__][a]', 'doc[main_email]'));
	const fields = fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.json())), { minLength: 1 });
	await fc.assert(
		fc.asyncProperty(fields, async (given) => {
			const body = new URLSearchParams(given).toString();
			expectItems(await itemsOf('status_update', { body, headers: { 'content-type': URLENCODED } }), 'status_update');
		}),
		{ numRuns: 200 },
	);
});

test('a list of 20,000 applicants is as many items, where bodies may be that large', async () => {
	const user_info = Array.from({ length: 20_000 }, (_, index) => ({ clogin_id: String(index) }));
	const { items } = await deliver({ provider: regpack, events: 'status_update', settings: { dropDuplicates: true, largestBodyKb: 4096 }, body: JSON.stringify({ user_info, meta_info: {}, status: {} }) });
	expect(items).toHaveLength(20_000);
});
