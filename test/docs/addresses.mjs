/**
 * What becomes of deliveries to a trigger that verifies by source address, as the documents tell it.
 * The end-to-end tests send each of them to a real n8n; there every connection comes from loopback,
 * which n8n sees as an IPv4-mapped address.
 *
 * @typedef {object} Case
 * @property {0 | 1} hops N8N_PROXY_HOPS
 * @property {string} [forwarded] X-Forwarded-For
 * @property {string} [list] IP Allowlist; the documented ones unless said
 * @property {200 | 403} status
 * @property {string} why
 */

const IE = '54.243.7.71';
const OTHER = '203.0.113.9';

/** @type {Case[]} */
export const CASES = [
	{ hops: 0, status: 403, why: 'the connection is from another address' },
	{
		hops: 0,
		forwarded: IE,
		status: 403,
		why: 'the header can be written by anybody, and is not looked at',
	},
	{
		hops: 0,
		list: '127.0.0.1',
		status: 200,
		why: "the connection's address is in the list, which n8n sees as `::ffff:127.0.0.1`",
	},
	{
		hops: 0,
		list: '127.0.0.1',
		forwarded: OTHER,
		status: 200,
		why: 'the same; the header is not looked at',
	},
	{
		hops: 0,
		list: '::ffff:127.0.0.1',
		status: 200,
		why: 'an IPv4-mapped address in the list is the IPv4 address',
	},
	{ hops: 1, forwarded: IE, status: 200, why: 'the proxy says so' },
	{ hops: 1, forwarded: `::ffff:${IE}`, status: 200, why: 'the same address, IPv4-mapped' },
	{
		hops: 1,
		forwarded: `${OTHER}, ${IE}`,
		status: 200,
		why: 'the last entry is the one of the proxy',
	},
	{
		hops: 1,
		forwarded: `${IE}, ${OTHER}`,
		status: 403,
		why: 'the first entry was written by the caller',
	},
	{ hops: 1, forwarded: OTHER, status: 403, why: 'another address' },
	{ hops: 1, forwarded: 'not-an-address', status: 403, why: 'no address' },
	{ hops: 1, forwarded: `${IE}.example.com`, status: 403, why: 'no address' },
	{ hops: 1, status: 403, why: 'without the header it is the address of the connection' },
];

/** A Markdown table of them. */
export function addressTable() {
	const code = (/** @type {string | undefined} */ text) =>
		text === undefined ? 'none' : `\`${text}\``;
	const rows = CASES.map(({ hops, forwarded, list, status, why }) => [
		`\`${hops}\``,
		code(forwarded),
		list === undefined ? 'the documented' : code(list),
		String(status),
		why,
	]);
	const head = ['`N8N_PROXY_HOPS`', '`X-Forwarded-For`', 'List', 'Answer', 'Because'];
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
