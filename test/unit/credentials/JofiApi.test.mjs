import { JofiApi } from '#dist/credentials/JofiApi.credentials.js';

const credential = new JofiApi();
const key = 'sk_live_0123456789';

/**
 * @param {Partial<import('n8n-workflow').IHttpRequestOptions>} request
 * @param {unknown} [apiKey]
 */
const authenticated = (request, apiKey = key) =>
	credential.authenticate(/** @type {any} */ ({ apiKey }), /** @type {any} */ (request));

describe('the JOFI API key', () => {
	it.each([
		'https://www.jofiscore.com/api/v2/teams',
		'https://jofiscore.com/api/v2/teams',
		'https://sandbox.jofiscore.com/api/v2/teams',
		'HTTPS://WWW.JOFISCORE.COM/api/v2/teams',
		'https://www.jofiscore.com:443/api/v2/teams',
		'https://www.jofiscore.com/api/v2/teams?next=https://evil.example',
	])('goes to %s', async (url) => {
		const request = await authenticated({ url, headers: { Accept: 'application/json' } });
		expect(request).toMatchObject({
			url: new URL(url).href,
			headers: { Accept: 'application/json', Authorization: `Bearer ${key}` },
		});
	});

	it.each([
		'https://jofiscore.com.evil.example/api/v2/teams',
		'https://evil.example/?u=jofiscore.com',
		'https://evil.example/jofiscore.com',
		'https://evil.example#.jofiscore.com',
		'https://evil.example\\.jofiscore.com/',
		'https://evil-jofiscore.com/',
		'https://www.jofiscore.com@evil.example/',
		'https://www.jofiscore.com:sk@evil.example/',
		'https://www.jofiscore.com%2f@evil.example/',
		'https://www.jofiscore.com%00.evil.example/',
		'http://www.jofiscore.com/api/v2/teams',
		'ftp://www.jofiscore.com/',
		'http://127.0.0.1.evil.example/',
		'http://localhost.evil.example/',
		'http://10.0.0.1/',
		'https://127.0.0.1/',
		'//evil.example/',
		'/teams',
		'',
		'data:text/plain,jofiscore.com',
	])('does not go to %s', async (url) => {
		const attempt = authenticated({ url });
		await expect(attempt).rejects.toThrow(
			'The JOFI API key is for https://www.jofiscore.com only, not for ',
		);
		await expect(attempt).rejects.not.toThrow(key);
	});

	it.each([
		['https://www.jofiscore.com/api/v2', '/accounts', true],
		['https://www.jofiscore.com/api/v2', 'accounts', true],
		['https://evil.example', '/accounts', false],
		['https://www.jofiscore.com/api/v2', 'https://evil.example/accounts', false],
		['https://www.jofiscore.com/api/v2', '//evil.example/accounts', false],
		['https://www.jofiscore.com/api/v2', '\\\\evil.example/accounts', false],
		['https://evil.example', 'https://www.jofiscore.com/api/v2/accounts', true],
	])('with the base %s goes to %s: %s', async (baseURL, url, goes) => {
		const attempt = authenticated({ baseURL, url });
		if (goes) expect((await attempt).headers).toEqual({ Authorization: `Bearer ${key}` });
		else await expect(attempt).rejects.toThrow('only');
	});

	it('loses the spaces that were copied with it', async () => {
		const { headers } = await authenticated({ url: 'https://www.jofiscore.com/' }, ` ${key}\r\n`);
		expect(headers?.Authorization).toBe(`Bearer ${key}`);
	});

	it.each(['sk_live_…', 'sk live', 'sk_live\r\nX-Other: 1', 'sk_lïve'])(
		'is not sent if it contains what no key has: %j',
		async (apiKey) => {
			await expect(authenticated({ url: 'https://www.jofiscore.com/' }, apiKey)).rejects.toThrow(
				'copy it again',
			);
		},
	);

	it('replaces a header that the request has', async () => {
		const { headers } = await authenticated({
			url: 'https://www.jofiscore.com/',
			headers: { Authorization: 'Basic x' },
		});
		expect(headers).toEqual({ Authorization: `Bearer ${key}` });
	});
});

describe('the credential', () => {
	it('is tested with the account, and explains a 404', () => {
		expect(credential.test.request).toMatchObject({
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/accounts',
		});
		expect(credential.test.rules).toMatchObject([
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: expect.stringContaining('JOFI does not know this API key'),
				},
			},
		]);
	});

	it('has the base URL that JOFI documents, where the key may be used', async () => {
		const { default: baseURL } = /** @type {any} */ (
			credential.properties.find(({ name }) => name === 'baseUrl')
		);
		expect(baseURL).toBe('https://www.jofiscore.com/api/v2');
		await expect(authenticated({ baseURL, url: '/accounts' })).resolves.toHaveProperty(
			'headers.Authorization',
		);
	});

	it('masks the key', () => {
		expect(credential.properties.find(({ name }) => name === 'apiKey')?.typeOptions).toEqual({
			password: true,
		});
	});
});
