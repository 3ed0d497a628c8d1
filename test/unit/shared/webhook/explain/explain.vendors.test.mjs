import { createHash } from 'node:crypto';

import { explainDelivery } from '#dist/nodes/shared/webhook/explain/explain.js';
import { Budget, MAX_HMACS } from '#dist/nodes/shared/webhook/explain/search.js';
import * as checks from '#dist/nodes/shared/webhook/verification/checks.js';
import {
	missingSettings,
	verificationConfig,
} from '#dist/nodes/shared/webhook/verification/config.js';
import { METHODS } from '#dist/nodes/shared/webhook/verification/credential.js';
import { credentialFrom } from '../../../../providers/vendors/settings.mjs';
import { deliveryOf, UNSUPPORTED, VENDORS } from '../../../../providers/vendors/signers.mjs';
import { caught } from '../../../events.mjs';

const checkBody = caught(checks.checkBody);
const checkCaller = caught(checks.checkCaller);

const SENDER = { label: 'JOFI', whenUnsigned: 'Ask your JOFI representative.', methods: METHODS };
const SECONDS = Date.UTC(2026, 1, 3, 12, 43, 36) / 1000;

/** @typedef {Awaited<ReturnType<typeof deliveryOf>>} Delivery */

/**
 * What somebody reads who has only pasted a secret into a new credential.
 *
 * @param {Delivery} delivery
 * @param {string} secret
 */
const explain = (delivery, secret) =>
	explainDelivery(
		delivery,
		verificationConfig({ method: 'hmac', secret }),
		SENDER,
		undefined,
		// The clock stands still, so that no pause of this machine ends the search.
		new Budget(0, () => 0),
	);

/** Why a trigger refuses a delivery; `undefined` if it accepts it. @param {Delivery} delivery @param {Record<string, string>} credential @param {number} seconds */
function refusalOf(delivery, credential, seconds) {
	const config = verificationConfig(credential);
	expect(missingSettings(config)).toEqual([]);
	const [webhookUrl, query] = delivery.urls[0].split('?');
	const caller = { ...delivery, webhookUrl, url: `/webhook/1/jofi?${query}` };
	const now = seconds * 1000;
	return (checkCaller(caller, config, now) ?? checkBody(caller, delivery.body, config, now))
		?.sentence;
}

const isJson = (/** @type {Delivery} */ { headers }) =>
	headers['content-type'] === 'application/json';

describe.each(VENDORS)('$name', (vendor) => {
	test('is named, with the settings of the credential', async () => {
		const { settings, accepted, verdict, hmacs } = explain(await deliveryOf(vendor), vendor.secret);
		expect(settings).toEqual(vendor.settings);
		expect({ accepted, verdict }).toEqual({ accepted: false, verdict: 'otherSettings' });
		expect(hmacs).toBeLessThanOrEqual(MAX_HMACS);
	});

	test('is accepted from then on, with other content, and no longer once it is old', async () => {
		const { settings } = explain(await deliveryOf(vendor), vendor.secret);
		const credential = { ...credentialFrom(settings ?? {}), secret: vendor.secret };
		const seconds = SECONDS + 86_400;
		for (const index of [2, 3, 4]) {
			const next = await deliveryOf(vendor, { index, seconds, bytes: 200 * index });
			expect(refusalOf(next, credential, seconds)).toBeUndefined();
		}
		const forged = await deliveryOf(vendor, {
			seconds,
			secret: 'bm90IHRoaXMgc2VjcmV0LCBidXQgb3RoZXI=',
		});
		expect(refusalOf(forged, credential, seconds)).toBe('The signature does not match.');
	});

	test('with those settings is said to be accepted', async () => {
		const credential = { ...credentialFrom(vendor.settings), secret: vendor.secret };
		const config = verificationConfig(credential);
		const delivery = await deliveryOf(vendor);
		const now = SECONDS * 1000;
		expect(explainDelivery(delivery, config, SENDER, now)).toMatchObject({
			accepted: true,
			verdict: 'accepted',
			settings: null,
		});
	});

	test('with another secret is told apart', async () => {
		const report = explain(await deliveryOf(vendor), 'the secret of somebody else');
		expect(report).toMatchObject({ accepted: false, verdict: 'otherSecret' });
		expect(report.reason).toMatch(/^JOFI sent an event, but the secret does not match\./);
		expect(report.howToFix).toMatch(/^Open the credential and paste the secret again\./);
		expect(report.hmacs).toBeLessThanOrEqual(MAX_HMACS);
		// A known style may be suggested, but nothing that was not found.
		expect(report.settings?.['Signature Style']).not.toBe('I Have Technical Details');
	});

	test('with a body that was written anew is told apart, and named all the same', async () => {
		const delivery = await deliveryOf(vendor);
		if (!isJson(delivery)) return;
		const body = Buffer.from(JSON.stringify(JSON.parse(String(delivery.body)), null, 2));
		const report = explain({ ...delivery, body }, vendor.secret);
		expect(report.verdict).toBe('changedBody');
		// The length that the sender announces shows it in any case.
		if (vendor.isRare) return;
		expect(report.settings).toEqual(vendor.settings);
		expect(report.reason).toContain('the secret is right');
		expect(report.reason).toContain('compact JSON');
	});

	test('with an altered body is told apart where the sender adds a digest', async () => {
		const delivery = await deliveryOf(vendor);
		const digest = createHash('sha256').update(delivery.body).digest('base64');
		const headers = { ...delivery.headers, 'content-digest': `sha-256=:${digest}:` };
		const body = Buffer.from(delivery.body);
		body[body.length >> 1] ^= 1;
		expect(explain({ ...delivery, headers, body }, vendor.secret)).toMatchObject({
			verdict: 'changedBody',
			reason: expect.stringContaining('does not fit Content-Digest'),
		});
		// The same digest shows that it is the secret.
		expect(explain({ ...delivery, headers }, 'the secret of somebody else')).toMatchObject({
			verdict: 'otherSecret',
			howToFix: expect.stringContaining('The body arrived unchanged'),
		});
	});

	test('without its headers is not signed', async () => {
		const delivery = await deliveryOf(vendor);
		const plain = await deliveryOf({ ...vendor, sign: () => ({}) });
		expect(explain({ ...delivery, headers: plain.headers }, vendor.secret)).toMatchObject({
			verdict: 'unsigned',
			howToFix: 'Ask your JOFI representative.',
			settings: null,
		});
	});

	test('is explained without its secret, its signature or its key', async () => {
		const delivery = await deliveryOf(vendor);
		const report = [vendor.secret, 'the secret of somebody else', ''].map((secret) =>
			explain(delivery, secret),
		);
		const shown = JSON.stringify(report);
		expect(shown).not.toContain(vendor.secret);
		for (const [name, value] of Object.entries(delivery.headers))
			if (
				!/^(host|connection|accept|content-type|x-forwarded-proto)/.test(name) &&
				value.length > 5
			)
				expect(shown).not.toContain(value);
		for (const text of delivery.headers[Object.keys(delivery.headers).at(-1) ?? '']?.split(
			/[=, ]+/,
		))
			if (text.length > 12) expect(shown).not.toContain(text);
	});
});

describe.each(UNSUPPORTED)('$name', (vendor) => {
	test('is named, and said to be impossible', async () => {
		const report = explain(await deliveryOf(vendor), vendor.secret);
		expect(report).toMatchObject({ accepted: false, verdict: vendor.verdict, settings: null });
		expect(report.hmacs).toBeLessThanOrEqual(MAX_HMACS);
		expect(report.howToFix).toMatch(/not supported|does not accept it/);
	});
});

test('each scheme has a name of its own', () => {
	const names = [...VENDORS, ...UNSUPPORTED].map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});
