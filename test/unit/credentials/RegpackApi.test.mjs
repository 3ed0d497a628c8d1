import { RegpackApi } from '#dist/credentials/RegpackApi.credentials.js';

const login = {
	apiUser: 'api@example.org',
	apiToken: '00000000-1111-2222-3333-444444444444',
	apiId: '12345',
	groupId: '100000001',
};

/**
 * @param {{ url: string, baseURL?: string, headers?: Record<string, string> }} request
 * @param {object} [changes]
 */
const authenticated = (request, changes) =>
	new RegpackApi().authenticate({ ...login, ...changes }, request);

it.each([
	{ url: 'https://www.regpack.com/reg/api2/users/' },
	{ url: 'https://regpack.com/reg/api2/users/' },
	{ url: 'https://eu.regpack.com/reg/api2/users/' },
	{ url: 'https://www.regpack.com:443/reg/api2/users/?next=https://evil.example' },
	{ url: '/users/', baseURL: 'https://www.regpack.com/reg/api2' },
])(
	'adds the login and the time to a request to $baseURL$url, next to its own headers',
	async (request) => {
		const before = Math.floor(Date.now() / 1000);
		const { headers } = await authenticated({
			...request,
			headers: { accept: 'application/json' },
		});
		const { Timestamp, ...others } = /** @type {Record<string, string>} */ (headers);
		expect(others).toEqual({
			accept: 'application/json',
			'Api-user': 'api@example.org',
			'Api-token': '00000000-1111-2222-3333-444444444444',
			'Api-id': '12345',
		});
		expect(Timestamp).toMatch(/^\d{10}$/);
		expect(Number(Timestamp)).toBeGreaterThanOrEqual(before);
		expect(Number(Timestamp)).toBeLessThanOrEqual(before + 2);
	},
);

it.each([
	'https://www.regpack.com.evil.example/reg/api2/users/',
	'https://evil-regpack.com/',
	'https://www.regpacks.com/',
	'https://evil.example/?u=regpack.com',
	'https://evil.example#.regpack.com',
	'https://www.regpack.com@evil.example/',
	'https://www.regpack.com%2f@evil.example/',
	'http://www.regpack.com/reg/api2/users/',
	'http://127.0.0.1.evil.example/',
	'https://127.0.0.1/',
	'//evil.example/',
	'/users/',
	'',
])('does not add the login to a request to "%s", nor reveal it', async (url) => {
	const error = await authenticated({ url }).catch((/** @type {Error} */ thrown) => thrown);
	expect(error).toBeInstanceOf(Error);
	const { message } = /** @type {Error} */ (error);
	expect(message).toMatch(/^The Regpack login is for https:\/\/www\.regpack\.com only, not for /);
	expect(message).not.toContain(login.apiToken);
});

it('does not go to another host if the URL leaves its base', async () => {
	await expect(
		authenticated({ url: '//evil.example/', baseURL: 'https://www.regpack.com/reg/api2' }),
	).rejects.toThrow('not for https://evil.example');
});

const url = 'https://www.regpack.com/reg/api2/users/';

it('accepts an API ID that is a number, and values with spaces around them', async () => {
	const { headers } = await authenticated(
		{ url },
		{ apiId: 12345, apiToken: ` ${login.apiToken}\n` },
	);
	expect(headers).toMatchObject({ 'Api-id': '12345', 'Api-token': login.apiToken });
});

it.each([
	[{ apiUser: '' }, 'The API User of the Regpack login is empty'],
	[{ apiToken: undefined }, 'The API Token of the Regpack login is empty'],
	[{ apiId: ' ' }, 'The API ID of the Regpack login is empty'],
	[
		{ apiToken: 'ab\r\nHost: evil.example' },
		'The API Token of the Regpack login contains characters that cannot be sent: copy it again',
	],
	[
		{ apiToken: '0000–1111' },
		'The API Token of the Regpack login contains characters that cannot be sent: copy it again',
	],
])('rejects what no header can contain: %j', async (changes, message) => {
	await expect(authenticated({ url }, changes)).rejects.toThrow(new Error(message));
});
