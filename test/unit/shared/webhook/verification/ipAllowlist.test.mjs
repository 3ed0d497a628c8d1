import fc from 'fast-check';
import { BlockList, isIP } from 'node:net';

import {
	allows,
	parseAddress,
	parseAllowlist,
} from '#dist/nodes/shared/webhook/verification/ipAllowlist.js';

/** @param {string} list @param {string} address */
const allowed = (list, address) => allows(parseAllowlist(list), address);

/** @param {readonly number[]} bytes */
const ipv4 = (bytes) => bytes.join('.');

/** @param {readonly number[]} bytes */
const ipv6 = (bytes) =>
	Array.from({ length: 8 }, (_, at) =>
		((bytes[2 * at] << 8) | bytes[2 * at + 1]).toString(16),
	).join(':');

/**
 * An address and one that shares exactly the first `same` bits with it.
 *
 * @param {number} size bytes
 */
const neighbors = (size) =>
	fc
		.record({
			base: fc.array(fc.nat(255), { minLength: size, maxLength: size }),
			same: fc.nat(size * 8),
			prefix: fc.nat(size * 8),
		})
		.map(({ base, same, prefix }) => {
			const other = [...base];
			if (same < size * 8) other[same >> 3] ^= 0x80 >> (same & 7);
			return { base, other, prefix };
		});

test.each([
	['IPv4', 4, ipv4, /** @type {const} */ ('ipv4')],
	['IPv6', 16, ipv6, /** @type {const} */ ('ipv6')],
])('%s ranges contain the same addresses as with node:net', (_, size, spell, family) => {
	fc.assert(
		fc.property(neighbors(size), ({ base, other, prefix }) => {
			const expected = new BlockList();
			expected.addSubnet(spell(base), prefix, family);
			const range = `${spell(base)}/${prefix}`;
			expect(allowed(range, spell(base))).toBe(true);
			expect(allowed(range, spell(other))).toBe(expected.check(spell(other), family));
		}),
		{ numRuns: 1000 },
	);
});

test('a single address allows itself and no other', () => {
	fc.assert(
		fc.property(neighbors(16), ({ base, other }) => {
			expect(allowed(ipv6(base), ipv6(other))).toBe(ipv6(base) === ipv6(other));
		}),
	);
});

test('every prefix length is exact to the bit', () => {
	const base = Array.from({ length: 16 }, () => 0b10101010);
	for (let bits = 0; bits <= 128; bits++) {
		const range = `${ipv6(base)}/${bits}`;
		for (let at = 0; at < 128; at++) {
			const other = [...base];
			other[at >> 3] ^= 0x80 >> (at & 7);
			expect(allowed(range, ipv6(other))).toBe(at >= bits);
		}
	}
});

test.each([
	'2001:db8:0:0:0:0:0:1',
	'2001:db8::1',
	'2001:DB8::1',
	'2001:0db8::0001',
	'2001:db8:0::0:1',
	'2001:db8::0.0.0.1',
	'2001:db8::1%eth0',
	'2001:db8::1%25',
])('%s is 2001:db8::1', (spelling) => {
	expect(allowed('2001:db8::1', spelling)).toBe(true);
	expect(allowed(spelling, '2001:db8::1')).toBe(true);
	expect(allowed(spelling, '2001:db8::2')).toBe(false);
});

test.each(['203.0.113.9', '::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9'])(
	'%s is 203.0.113.9, as n8n shows it when it listens on ::',
	(spelling) => {
		expect(allowed('203.0.113.9', spelling)).toBe(true);
		expect(allowed('203.0.113.0/24', spelling)).toBe(true);
		expect(allowed(spelling, '203.0.113.9')).toBe(true);
		expect(allowed('203.0.113.8', spelling)).toBe(false);
	},
);

test('an IPv4-compatible IPv6 address is not the IPv4 address', () => {
	expect(allowed('203.0.113.9', '::203.0.113.9')).toBe(false);
});

test('the range of all IPv4 addresses contains no IPv6 address', () => {
	expect(allowed('0.0.0.0/0', '8.8.8.8')).toBe(true);
	expect(allowed('0.0.0.0/0', '2001:db8::1')).toBe(false);
});

test.each([
	'',
	' ',
	'localhost',
	'not-an-ip',
	'1.2.3',
	'1.2.3.4.5',
	'1.2.3.256',
	'01.2.3.4',
	'1.2.3.04',
	'1.2.3.-4',
	'1.2.3.4 ',
	'1.2.3.4:443',
	'1.2.3.4%eth0',
	'0x7f.0.0.1',
	'2130706433',
	'1.2.3.4::',
	'1.2.3.4::1',
	':',
	':::',
	'1:2:3:4:5:6:7',
	'1:2:3:4:5:6:7:8:9',
	'1::2::3',
	'::1:2:3:4:5:6:7:8',
	'12345::',
	'g::',
	'[::1]',
	'::1%',
	'::1.2.3.4:5',
	'::1.2.3.04',
])('is no address: "%s"', (text) => {
	expect(isIP(text)).toBe(0);
	expect(parseAddress(text)).toBeUndefined();
	expect(allowed('0.0.0.0/0, ::/0', text)).toBe(false);
});

test('addresses are those that node:net accepts', () => {
	const piece = fc.constantFrom(
		':',
		'::',
		'.',
		'0',
		'1',
		'255',
		'256',
		'01',
		'ffff',
		'a',
		'12345',
		'1.2.3.4',
	);
	const texts = fc.array(piece, { maxLength: 17 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(texts, (text) => {
			expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
		}),
		{ numRuns: 5000 },
	);
});

test.each([
	'1.2.3.4/33',
	'1.2.3.4/-1',
	'1.2.3.4/',
	'/8',
	'1.2.3.4/8/8',
	'1.2.3.4/x',
	'1.2.3.4/1e1',
	'::/129',
	'example.com',
])('lists an invalid entry, and accepts the others: %s', (entry) => {
	const list = parseAllowlist(`203.0.113.7, ${entry}`);
	expect(list.invalid).toEqual([entry]);
	expect(allows(list, '203.0.113.7')).toBe(true);
	expect(allows(list, '203.0.113.8')).toBe(false);
});

test('entries are separated by commas, semicolons, spaces or line breaks', () => {
	const list = ' 1.1.1.1,2.2.2.2;3.3.3.3\n4.4.4.0/24\t,\r\n ::1 ';
	expect(parseAllowlist(list).invalid).toEqual([]);
	for (const address of ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4', '::1']) {
		expect(allowed(list, address)).toBe(true);
	}
	expect(allowed(list, '5.5.5.5')).toBe(false);
});

test('an empty list allows no address', () => {
	expect(allowed('', '1.2.3.4')).toBe(false);
});

test.each(['1', ':', '.', '::', '%', '1:', '1.', 'f', '/'])(
	'a huge text of %s is no address',
	(unit) => {
		const text = unit.repeat(100_000);
		expect(parseAddress(text)).toBeUndefined();
		expect(allowed('0.0.0.0/0 ::/0', text)).toBe(false);
	},
);

test('no text makes it throw', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string(), (list, address) => {
			expect(typeof allowed(list, address)).toBe('boolean');
		}),
	);
});

test('a mapped address with a prefix shorter than the mapping is invalid, as it would allow every IPv4 address', () => {
	expect(parseAllowlist('::ffff:10.0.0.0/8').invalid).toEqual(['::ffff:10.0.0.0/8']);
	expect(allowed('::ffff:10.0.0.0/104', '10.1.2.3')).toBe(true);
	expect(allowed('::ffff:10.0.0.0/104', '8.8.8.8')).toBe(false);
});
