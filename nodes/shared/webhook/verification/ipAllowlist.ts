/** An IP address as 16 bytes; IPv4 in its IPv4-mapped IPv6 form, so that both are equal. */
type Address = readonly number[];

/** All addresses that share the first `bits` bits with `address`. */
interface Range {
	address: Address;
	bits: number;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

function parseIpv4(text: string): number[] | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part)))
		return undefined;
	const bytes = parts.map(Number);
	return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The bytes of one side of `::`; the last side may end in an IPv4 address. */
function parseGroups(text: string, isLast: boolean): number[] | undefined {
	if (text === '') return [];
	const groups = text.split(':');
	const bytes: number[] = [];
	for (const [index, group] of groups.entries()) {
		if (group.includes('.')) {
			const ipv4 = isLast && index === groups.length - 1 ? parseIpv4(group) : undefined;
			if (!ipv4) return undefined;
			bytes.push(...ipv4);
		} else {
			if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
			const value = parseInt(group, 16);
			bytes.push(value >> 8, value & 0xff);
		}
	}
	return bytes;
}

/** The bytes of an IPv4, IPv6 or IPv4-mapped address; `undefined` if the text is none. */
export function parseAddress(text: string): Address | undefined {
	const ipv4 = parseIpv4(text);
	if (ipv4) return [...MAPPED, ...ipv4];
	const sides = text.replace(/%[\w.-]+$/, '').split('::');
	const groups = sides.map((side, index) => parseGroups(side, index === sides.length - 1));
	if (groups.includes(undefined) || sides.length > 2) return undefined;
	const [head, tail] = [groups[0] ?? [], groups[1] ?? []];
	const missing = 16 - head.length - tail.length;
	if (sides.length === 1) return missing === 0 ? head : undefined;
	return missing >= 2 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined;
}

function parseRange(text: string): Range | undefined {
	const [base, length, rest] = text.split('/');
	const address = parseAddress(base);
	if (!address || rest !== undefined) return undefined;
	if (length === undefined) return { address, bits: 128 };
	const offset = base.includes(':') ? 0 : 96;
	const bits = /^\d{1,3}$/.test(length) ? Number(length) + offset : NaN;
	// A prefix shorter than the IPv4 mapping would match every IPv4 address, which is never meant.
	const isMapped = MAPPED.every((byte, index) => address[index] === byte);
	return bits <= 128 && !(isMapped && bits < 96) ? { address, bits } : undefined;
}

/** The ranges of an allowlist, and its entries that are none. */
export interface Allowlist {
	ranges: readonly Range[];
	invalid: readonly string[];
}

/** Reads addresses and CIDR ranges separated by commas, semicolons, spaces or line breaks. */
export function parseAllowlist(text: string): Allowlist {
	const ranges: Range[] = [];
	const invalid: string[] = [];
	for (const entry of text.split(/[\s,;]+/)) {
		if (entry === '') continue;
		const range = parseRange(entry);
		if (range) ranges.push(range);
		else invalid.push(entry);
	}
	return { ranges, invalid };
}

function contains({ address, bits }: Range, other: Address): boolean {
	const bytes = bits >> 3;
	for (let index = 0; index < bytes; index++) {
		if (address[index] !== other[index]) return false;
	}
	const rest = bits & 7;
	return rest === 0 || (address[bytes] ^ other[bytes]) >> (8 - rest) === 0;
}

/** Whether an address is in the list; an invalid one is not. */
export function allows({ ranges }: Allowlist, text: string): boolean {
	const address = parseAddress(text);
	return address !== undefined && ranges.some((range) => contains(range, address));
}
