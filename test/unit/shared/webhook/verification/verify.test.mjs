import fc from 'fast-check';

import { verifySignature } from '#dist/nodes/shared/webhook/verification/verify.js';
import { signDelivery } from '#dist/nodes/shared/webhook/verification/sign.js';
import { presets } from '#dist/nodes/shared/webhook/verification/signatureScheme.js';
import { fixture } from '../../../fixture.mjs';

/**
 * @typedef {import('../../../../../nodes/shared/webhook/verification/signatureScheme.js').SignatureScheme} SignatureScheme
 */
/** @typedef {Record<string, string>} Headers */
/**
 * @typedef {{ scheme: Exclude<import('../../../../../nodes/shared/webhook/verification/signatureScheme.js').Preset, 'custom'>, source: string, secret: string, headers: Headers, timestampSeconds: number | null, body: string, target?: Target }} Vector
 */
/** @typedef {{ method: string, url: string }} Target */

/**
 * @param {Uint8Array} body
 * @param {Headers} headers
 * @param {SignatureScheme} scheme
 * @param {string[]} secrets
 * @param {{ now?: number, toleranceSeconds?: number, target?: Target }} [clock]
 */
function verify(body, headers, scheme, secrets, { now = 0, toleranceSeconds = 300, target } = {}) {
	const lower = new Map(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	return verifySignature(Buffer.from(body), (name) => lower.get(name.toLowerCase()) ?? '', {
		scheme,
		secrets,
		toleranceSeconds,
		now,
		target,
	});
}

/** @param {string} text @param {number} length how many of its characters, from the first */
const flips = (text, length = text.length) =>
	Array.from({ length }, (_, at) => {
		const flipped = String.fromCharCode(text.charCodeAt(at) ^ 1);
		return text.slice(0, at) + flipped + text.slice(at + 1);
	});

/** How many elements of a published signature header count; the others are filler. */
const meaningful = {
	github: 1,
	hubspot: 1,
	paddle: 2,
	slack: 1,
	square: 1,
	standardWebhooks: 1,
	stripe: 2,
};

/** @type {Vector[]} */
const vectors = fixture('./published-signatures.json');
const numbered = vectors.map((vector, index) => ({ number: index + 1, ...vector }));

test('every preset but custom has published signatures', () => {
	const covered = new Set(['custom', ...vectors.map(({ scheme }) => scheme)]);
	expect([...covered].sort()).toEqual(Object.keys(presets).sort());
});

describe.each(numbered)('published signature $number ($scheme)', (vector) => {
	const scheme = presets[vector.scheme];
	const { secret, headers } = vector;
	const body = Buffer.from(vector.body);
	const clock = { now: (vector.timestampSeconds ?? 0) * 1000, target: vector.target };
	const name = scheme.signatureHeader;
	const header = headers[name];

	/** @param {Headers} changed */
	const withHeaders = (changed) =>
		verify(body, { ...headers, ...changed }, scheme, [secret], clock);

	test('verifies', () => {
		expect(withHeaders({})).toBeUndefined();
	});

	test('does not verify with any one byte of the body altered', () => {
		for (const at of body.keys()) {
			const altered = Buffer.from(body);
			altered[at] ^= 1;
			expect(verify(altered, headers, scheme, [secret], clock)).toBe(
				'The signature does not match.',
			);
		}
	});

	test('does not verify with a byte more or less of the body', () => {
		for (const altered of [
			body.subarray(1),
			body.subarray(0, -1),
			Buffer.concat([body, Buffer.of(10)]),
		]) {
			expect(verify(altered, headers, scheme, [secret], clock)).toBe(
				'The signature does not match.',
			);
		}
	});

	test('does not verify with any one character of the signature altered or missing', () => {
		const separator = scheme.separator || '\n';
		const { length } = header.split(separator).slice(0, meaningful[vector.scheme]).join(separator);
		for (const altered of flips(header, length)) {
			expect(withHeaders({ [name]: altered })).toMatch(/^The (signature|timestamp) /);
		}
		const end = header[length - 1] === '=' ? length - 1 : length;
		expect(withHeaders({ [name]: header.slice(0, end - 1) })).toMatch(/^The signature /);
	});

	test('does not verify with any one character of another signed header altered', () => {
		for (const other of [scheme.timestampHeader, scheme.idHeader].filter((each) => each !== '')) {
			for (const altered of flips(headers[other])) {
				expect(withHeaders({ [other]: altered })).toMatch(/^The (signature|timestamp) /);
			}
			expect(withHeaders({ [other]: '' })).toMatch(/missing/);
		}
	});

	test('does not verify for another method or URL, where they are signed', () => {
		for (const [part, place] of /** @type {const} */ ([
			['method', '{method}'],
			['url', 'rl}'],
		])) {
			if (!vector.target || !scheme.signed.includes(place)) continue;
			for (const value of flips(vector.target[part])) {
				const target = { ...vector.target, [part]: value };
				expect(verify(body, headers, scheme, [secret], { ...clock, target })).toBe(
					'The signature does not match.',
				);
			}
		}
	});

	test('does not verify with another secret', () => {
		const key = secret.startsWith(scheme.secretPrefix) ? scheme.secretPrefix.length : 0;
		const altered = `${secret.slice(0, key)}A${secret.slice(key + 1)}`;
		expect(verify(body, headers, scheme, [altered], clock)).toBe('The signature does not match.');
	});
});

/**
 * Schemes that can work: no prefix contains the separator, and everything that is signed is sent.
 */
const schemes = fc
	.record({
		algorithm: /** @type {fc.Arbitrary<SignatureScheme['algorithm']>} */ (
			fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512')
		),
		encoding: /** @type {fc.Arbitrary<SignatureScheme['encoding']>} */ (
			fc.constantFrom('hex', 'base64', 'base64url')
		),
		keyEncoding: /** @type {fc.Arbitrary<SignatureScheme['keyEncoding']>} */ (
			fc.constantFrom('utf8', 'base64', 'hex')
		),
		separator: /** @type {fc.Arbitrary<SignatureScheme['separator']>} */ (
			fc.constantFrom('', ',', ' ')
		),
		prefix: fc.stringMatching(/^[a-zA-Z0-9=:_-]{0,8}$/),
		secretPrefix: fc.constantFrom('', 'whsec_'),
		parts: fc.shuffledSubarray(['{timestamp}', '{id}', 'v0', '{body}', '{body}']),
		glue: fc.constantFrom('', '.', ':', '\n'),
		inHeader: fc.boolean(),
	})
	.map(({ parts, glue, inHeader, ...scheme }) => {
		const signed = [...parts, '{body}'].join(glue);
		const prefixed = scheme.separator !== '' && !inHeader;
		return {
			...scheme,
			signed,
			signatureHeader: 'X-Signature',
			timestampHeader: prefixed ? '' : 'X-Timestamp',
			timestampPrefix: prefixed ? 't=' : '',
			idHeader: signed.includes('{id}') ? 'X-Id' : '',
		};
	});

const keys = fc.uint8Array({ minLength: 24, maxLength: 24 });

/** @param {Uint8Array} key @param {SignatureScheme} scheme */
function secretFor(key, { keyEncoding, secretPrefix }) {
	const text = Buffer.from(key).toString(keyEncoding === 'utf8' ? 'hex' : keyEncoding);
	return secretPrefix + text;
}

const deliveries = fc.record({
	scheme: schemes,
	keys: fc.uniqueArray(keys, { minLength: 3, maxLength: 3, selector: (key) => key.join() }),
	body: fc.uint8Array({ maxLength: 300 }),
	id: fc.stringMatching(/^[\w-]{1,20}$/),
	seconds: fc.integer({ min: 0, max: 4e9 }),
});

describe('the output of signDelivery', () => {
	test('verifies with its secret and with no other', () => {
		fc.assert(
			fc.property(deliveries, ({ scheme, keys, body, id, seconds }) => {
				const [secret, other] = keys.map((key) => secretFor(key, scheme));
				const content = { body: Buffer.from(body), id, timestamp: String(seconds) };
				const headers = signDelivery(content, scheme, [secret]);
				const clock = { now: seconds * 1000 };
				expect(verify(body, headers, scheme, [secret], clock)).toBeUndefined();
				expect(verify(body, headers, scheme, [other], clock)).toBe('The signature does not match.');
				expect(verify(body, headers, scheme, [], clock)).toBe('The signature does not match.');
			}),
		);
	});

	test('verifies with the old and the new secret while both are set', () => {
		fc.assert(
			fc.property(deliveries, ({ scheme, keys, body, id, seconds }) => {
				const [before, after, unrelated] = keys.map((key) => secretFor(key, scheme));
				const content = { body: Buffer.from(body), id, timestamp: String(seconds) };
				const clock = { now: seconds * 1000 };
				for (const used of [before, after]) {
					const headers = signDelivery(content, scheme, [used]);
					expect(verify(body, headers, scheme, [after, before], clock)).toBeUndefined();
					expect(verify(body, headers, scheme, [unrelated], clock)).toBeDefined();
				}
			}),
		);
	});

	test('verifies with either secret when the sender signs with both', () => {
		fc.assert(
			fc.property(deliveries, ({ scheme, keys, body, id, seconds }) => {
				fc.pre(scheme.separator !== '');
				const [before, after, unrelated] = keys.map((key) => secretFor(key, scheme));
				const content = { body: Buffer.from(body), id, timestamp: String(seconds) };
				const headers = signDelivery(content, scheme, [before, after]);
				const clock = { now: seconds * 1000 };
				expect(verify(body, headers, scheme, [before], clock)).toBeUndefined();
				expect(verify(body, headers, scheme, [after], clock)).toBeUndefined();
				expect(verify(body, headers, scheme, [unrelated], clock)).toBeDefined();
			}),
		);
	});

	test('does not verify when a byte of the body differs', () => {
		fc.assert(
			fc.property(deliveries, fc.nat(), ({ scheme, keys, body, id, seconds }, at) => {
				fc.pre(body.length > 0);
				const secret = secretFor(keys[0], scheme);
				const content = { body: Buffer.from(body), id, timestamp: String(seconds) };
				const headers = signDelivery(content, scheme, [secret]);
				const altered = Uint8Array.from(body);
				altered[at % body.length] ^= 0x80;
				expect(verify(altered, headers, scheme, [secret], { now: seconds * 1000 })).toBeDefined();
			}),
		);
	});
});

describe('a header', () => {
	const secret = 'not a secret';
	const body = Buffer.from('{}');

	test('is accepted with hex in upper case', () => {
		const scheme = presets.github;
		const { [scheme.signatureHeader]: header } = signDelivery(
			{ body, id: '', timestamp: '' },
			scheme,
			[secret],
		);
		const upper = header.replace(/[a-f0-9]{64}/, (hex) => hex.toUpperCase());
		expect(verify(body, { [scheme.signatureHeader]: upper }, scheme, [secret])).toBeUndefined();
	});

	test('is accepted with Base64 without padding', () => {
		/** @type {SignatureScheme} */
		const scheme = { ...presets.custom, signatureHeader: 'x-signature', encoding: 'base64' };
		const headers = signDelivery({ body, id: '', timestamp: '' }, scheme, [secret]);
		const bare = headers['x-signature'].replace(/=+$/, '');
		expect(bare).not.toBe(headers['x-signature']);
		expect(verify(body, { 'x-signature': bare }, scheme, [secret])).toBeUndefined();
	});

	test.each(['', ' ', 'sha256=', 'sha256= ', 'sha256', 'SHA256=00', '0'.repeat(64)])(
		'without a signature of the scheme is rejected: "%s"',
		(header) => {
			const { github } = presets;
			expect(verify(body, { [github.signatureHeader]: header }, github, [secret])).toBe(
				'The signature is missing.',
			);
		},
	);

	test.each([
		'sha256=0',
		'sha256=zz',
		`sha256=${'0'.repeat(63)}`,
		`sha256=${'0'.repeat(65)}`,
		'sha256=\u{1F600}',
	])('with a signature of the wrong length or alphabet is rejected: "%s"', (header) => {
		const { github } = presets;
		expect(verify(body, { [github.signatureHeader]: header }, github, [secret])).toBe(
			'The signature does not match.',
		);
	});

	test('of any text is rejected with a sentence, whatever the scheme', () => {
		fc.assert(
			fc.property(
				schemes,
				fc.string(),
				fc.string(),
				fc.string(),
				(scheme, signature, timestamp, id) => {
					const headers = { 'x-signature': signature, 'x-timestamp': timestamp, 'x-id': id };
					expect(verify(body, headers, scheme, ['00'.repeat(16)])).toMatch(/^The .*\.$/);
				},
			),
		);
	});
});

describe('the tolerance', () => {
	const secret = 'not a secret';
	const body = Buffer.from('{}');
	/** @type {SignatureScheme} */
	const scheme = {
		...presets.custom,
		signatureHeader: 'x-signature',
		timestampHeader: 'x-timestamp',
		signed: '{timestamp}.{body}',
	};
	const second = 1_770_122_616;

	/** @param {string} timestamp @param {number} now @param {number} [toleranceSeconds] */
	function verifyAt(timestamp, now, toleranceSeconds = 300) {
		const headers = signDelivery({ body, id: '', timestamp }, scheme, [secret]);
		return verify(body, headers, scheme, [secret], { now, toleranceSeconds });
	}

	const spellings = [
		{ unit: 'seconds', timestamp: String(second) },
		{ unit: 'milliseconds', timestamp: String(second * 1000) },
		{ unit: 'ISO 8601', timestamp: new Date(second * 1000).toISOString() },
		{ unit: 'ISO 8601 with an offset', timestamp: '2026-02-03T14:43:36+02:00' },
		{ unit: 'ISO 8601 without a zone', timestamp: '2026-02-03T12:43:36' },
		{ unit: 'ISO 8601 without a zone, with a space', timestamp: '2026-02-03 12:43:36.000' },
		{ unit: 'ISO 8601 in lower case', timestamp: '2026-02-03t12:43:36z' },
		{ unit: 'seconds with a fraction', timestamp: `${second}.000` },
		{ unit: 'milliseconds with a fraction', timestamp: `${second * 1000}.0` },
	];

	test.each(spellings)('is exact to the millisecond for a timestamp in $unit', ({ timestamp }) => {
		const now = second * 1000;
		for (const edge of [now - 300_000, now + 300_000])
			expect(verifyAt(timestamp, edge)).toBeUndefined();
		for (const beyond of [now - 300_001, now + 300_001]) {
			expect(verifyAt(timestamp, beyond)).toBe('The timestamp is outside the tolerance.');
		}
	});

	test('counts a fraction of a second', () => {
		const now = second * 1000;
		expect(verifyAt(`${second}.123`, now + 300_123)).toBeUndefined();
		expect(verifyAt(`${second}.123`, now + 300_124)).toBe(
			'The timestamp is outside the tolerance.',
		);
	});

	test('of 0 accepts any age', () => {
		expect(verifyAt('1', Date.now(), 0)).toBeUndefined();
		expect(verifyAt('4000000000', Date.now(), 0)).toBeUndefined();
	});

	test.each([
		'',
		'yesterday',
		'-1',
		'1e9',
		'0x10',
		'12.',
		'.5',
		'1.2.3',
		'1700000000,5',
		'2026-02-03T25:00:00',
		'12345678901234567',
		'１２３',
		'2026-99-99',
		'NaN',
	])('rejects an unreadable timestamp, even if any age is accepted: "%s"', (timestamp) => {
		for (const tolerance of [0, 300]) {
			expect(verifyAt(timestamp, 0, tolerance)).toBe('The timestamp is missing or unreadable.');
		}
	});

	test('does not apply where no timestamp is signed', () => {
		const { github } = presets;
		const headers = signDelivery({ body, id: '', timestamp: '' }, github, [secret]);
		expect(verify(body, { ...headers, 'x-timestamp': '1' }, github, [secret])).toBeUndefined();
	});
});
