import { urlProblem, urlScope } from '#dist/nodes/shared/webhook/publicUrl.js';

test.each([
	[
		'loopback',
		[
			'localhost',
			'LOCALHOST',
			'localhost.',
			'n8n.localhost',
			'127.0.0.1',
			'127.9.9.9',
			'127.1',
			'0x7f000001',
			'[::1]',
			'[::ffff:127.0.0.1]',
		],
	],
	[
		'private',
		[
			'10.0.0.1',
			'172.16.0.1',
			'172.31.255.255',
			'192.168.1.1',
			'169.254.1.1',
			'100.64.0.1',
			'100.127.255.255',
			'0.0.0.0',
			'[fc00::1]',
			'[fdff::1]',
			'[fe80::1]',
			'[::]',
			'[::ffff:10.0.0.1]',
			'n8n',
			'n8n.local',
			'n8n.internal',
			'n8n.corp',
			'n8n.lan.',
		],
	],
	[
		'public',
		[
			'n8n.example.com',
			'local.example.com',
			'localhost.example.com',
			'8.8.8.8',
			'172.15.255.255',
			'172.32.0.1',
			'100.63.255.255',
			'100.128.0.1',
			'192.169.0.1',
			'169.253.1.1',
			'[2001:4860::8888]',
			'[::ffff:8.8.8.8]',
			'[fec0::1]',
			'10.0.0.1.example.com',
		],
	],
])('%s addresses are recognized by their host', (scope, hosts) => {
	for (const host of hosts)
		expect([host, urlScope(new URL(`https://${host}:5678/webhook`))]).toEqual([host, scope]);
});

/** @param {string} label @param {boolean} requiresHttps */
const sourceOf = (label, requiresHttps) => ({
	provider: /** @type {any} */ ({ label }),
	requiresHttps,
});
const jofi = sourceOf('JOFI', true);

test.each(['https://n8n.example.com/webhook/1/jofi', 'https://8.8.8.8:8443/', '', 'not a url'])(
	'nothing speaks against "%s"',
	(url) => {
		expect(urlProblem(url, jofi)).toBeUndefined();
	},
);

test('a provider that delivers without HTTPS may be given an http address', () => {
	expect(urlProblem('http://n8n.example.com/', sourceOf('Other', false))).toBeUndefined();
});

test.each([
	['http://n8n.example.com/webhook/1', 'public', 'http://n8n.example.com: it is not HTTPS.'],
	[
		'https://localhost:5678/webhook/1',
		'loopback',
		'https://localhost:5678: it leads to this machine only.',
	],
	[
		'https://192.168.1.5/webhook/1',
		'private',
		'https://192.168.1.5: it leads to a private network.',
	],
	[
		'http://localhost:5678/',
		'loopback',
		'http://localhost:5678: it leads to this machine only and it is not HTTPS.',
	],
	[
		'http://n8n:5678/',
		'private',
		'http://n8n:5678: it leads to a private network and it is not HTTPS.',
	],
])('%s is %s, and the sentence says why and what to do', (url, scope, reason) => {
	expect(urlScope(new URL(url))).toBe(scope);
	expect(urlProblem(url, jofi)).toBe(
		`JOFI cannot deliver to ${reason} Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) to the public HTTPS address of this n8n, restart it and publish again.`,
	);
});

test('the sentence does not repeat the path, which is as good as a secret', () => {
	expect(urlProblem('http://user:word@n8n.example.com/webhook/1b2c?token=t', jofi)).not.toMatch(
		/1b2c|token|word/,
	);
});
