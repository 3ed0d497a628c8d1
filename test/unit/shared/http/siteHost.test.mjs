import { siteHost } from '#dist/nodes/shared/http/siteHost.js';

test.each([
	['college.thoughtindustries.com', 'college.thoughtindustries.com'],
	[' College.ThoughtIndustries.com ', 'college.thoughtindustries.com'],
	['https://learn.college.example/learn/manager?x=1#y', 'learn.college.example'],
	['http://learn.college.example', 'learn.college.example'],
	['learn.college.example/incoming/v2', 'learn.college.example'],
	['https://learn.college.example:443/', 'learn.college.example'],
	['bücher.example', 'xn--bcher-kva.example'],
])('%s is the site %s', (site, host) => {
	expect(siteHost(site)).toBe(host);
});

test.each([
	'',
	' ',
	undefined,
	null,
	{},
	'localhost',
	'https://localhost/',
	'n8n.localhost',
	'printer.local',
	'metadata.google.internal',
	'college',
	'127.0.0.1',
	'2130706433',
	'0x7f.1',
	'127.1',
	'169.254.169.254',
	'[::1]',
	'[::ffff:10.0.0.1]',
	'college.example:8443',
	'user@college.example',
	'https://user:password@college.example/',
	'https://evil.example\\@college.example:1/',
	'ftp://college.example',
	'javascript:alert(1)',
	'//college.example',
	'college.example.',
	'-college.example',
	'a..example',
	`${'a'.repeat(64)}.example`,
	`${'a.'.repeat(130)}example`,
	'x'.repeat(1_000_000),
])('%p is no site', (site) => {
	expect(siteHost(site)).toBeUndefined();
});
