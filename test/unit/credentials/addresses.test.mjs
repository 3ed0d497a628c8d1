import { built } from '../built.mjs';

/** @typedef {import('n8n-workflow').ICredentialDataDecryptedObject} Data */

/** Each credential with its provider's own host, and with what nobody else may get. */
const CREDENTIALS = [
	{ name: 'JofiApi', host: 'www.jofiscore.com', data: { apiKey: 'sk_live_0123456789' } },
	{ name: 'JobAffinityApi', host: 'jobaffinity.fr', data: { login: 'api@example.org', password: 's3cret' } },
	{ name: 'RegpackApi', host: 'www.regpack.com', data: { apiUser: 'api@example.org', apiToken: 's3cret', apiId: '12345' } },
].map((each) => {
	const Type = built(`../credentials/${each.name}.credentials.js`)[each.name];
	/** @type {{ properties: { name: string, default: string }[], authenticate(data: Data, request: any): Promise<any> }} */
	const type = new Type();
	const baseUrl = type.properties.find(({ name }) => name === 'baseUrl')?.default;
	return {
		...each,
		home: `https://${each.host}`,
		/** @param {object} request @param {object} [changes] of the credential */
		authenticate: async (request, changes) => await type.authenticate(/** @type {any} */ ({ ...each.data, baseUrl, ...changes }), request),
	};
});

const IDENTIFYING = /^(authorization|api-)/i;
/** @param {{ headers: object }} request */
const isAuthenticated = ({ headers }) => Object.keys(headers).some((name) => IDENTIFYING.test(name));

describe.each(CREDENTIALS)('$name', ({ host, home, authenticate }) => {
	it.each([
		['uri', { uri: `${home}/a?b=c` }],
		['url', { url: `${home}/a?b=c` }],
		['both, as the paging of the HTTP Request node has them', { uri: `${home}/a?b=c`, url: `${home}/a?b=c` }],
		['url and baseURL', { url: '/a?b=c', baseURL: home }],
		['uri and baseURL', { uri: 'a?b=c', baseURL: `${home}/` }],
		['an address in other letters', { uri: `HTTPS://${host.toUpperCase()}:443/a?b=c` }],
		['an absolute address, which needs no base', { url: `${home}/a?b=c`, baseURL: 'https://evil.example' }],
	])('goes to the address in %s, and to that alone', async (_, request) => {
		const sent = await authenticate(request);
		expect(isAuthenticated(sent)).toBe(true);
		expect([sent.url, sent.uri, sent.baseURL]).toEqual([`${home}/a?b=c`, undefined, undefined]);
	});

	it.each([
		['uri elsewhere', { uri: 'https://evil.example/' }],
		['url at home and uri elsewhere', { url: `${home}/`, uri: 'https://evil.example/' }],
		['uri at home and url elsewhere', { uri: `${home}/`, url: 'https://evil.example/' }],
		['an empty url before the uri', { url: '', uri: `${home}/` }],
		['two addresses at home', { url: `${home}/a`, uri: `${home}/b` }],
		['no address', {}],
		['a base elsewhere', { uri: '/a', baseURL: 'https://evil.example' }],
		['what is absolute for one reader and relative for the other', { url: `https:${host}/`, baseURL: 'http://evil.example' }],
		['the same after a blank', { url: ` ${home}/`, baseURL: 'https://evil.example' }],
		['backslashes behind a base', { uri: '\\\\evil.example/', baseURL: home }],
		['backslashes', { uri: `https://evil.example\\.${host}/` }],
		['a user', { uri: `https://someone@${host}/` }],
		['a user and a password', { uri: `https://a:b@${host}/` }],
		['an empty user and a password', { uri: `https://:b@${host}/` }],
		['the host as the user of another', { uri: `https://${host}@evil.example/` }],
		['another port', { uri: `https://${host}:8443/` }],
		['no HTTPS', { uri: `http://${host}/` }],
		['the port of HTTPS without it', { uri: `http://${host}:443/` }],
		['a dot after the host', { uri: `https://${host}./` }],
		['a letter of another script that looks alike', { uri: `https://${host.replace(/[ao]/, (letter) => ({ a: '\u0430', o: '\u043e' })[letter] ?? letter)}/` }],
		['a dot of another script', { uri: `https://${host}\u3002evil.example/` }],
		['another host with the same end', { uri: `https://evil-${host.replace('www.', '')}/` }],
		['this machine', { uri: 'http://127.0.0.1:5678/' }],
		['this machine by name', { uri: 'http://localhost:5678/' }],
		['this machine by IPv6', { uri: 'http://[::1]:5678/' }],
		['this machine as a number', { uri: 'http://2130706433:5678/' }],
		['this machine in hex', { uri: 'http://0x7f000001/' }],
		['this machine in short', { uri: 'http://127.1/' }],
		['this machine, IPv4 in IPv6', { uri: 'http://[::ffff:127.0.0.1]/' }],
		['this machine by HTTPS', { uri: 'https://127.0.0.1/' }],
		['any address of this machine', { uri: 'http://0.0.0.0:5678/' }],
		['another protocol', { uri: `file://${host}/` }],
	])('does not go to %s', async (_, request) => {
		const attempt = authenticate(request);
		await expect(attempt).rejects.toThrow(/^The (JOFI API key|JobAffinity login|Regpack login) is for .+/);
		await expect(attempt).rejects.not.toThrow(/s3cret|sk_live/);
	});

	it('goes to this machine only where its own base URL is, to the port', async () => {
		const baseUrl = 'http://127.0.0.1:5678/api';
		expect(isAuthenticated(await authenticate({ uri: 'http://127.0.0.1:5678/other' }, { baseUrl }))).toBe(true);
		expect(isAuthenticated(await authenticate({ url: '/a', baseURL: baseUrl }, { baseUrl }))).toBe(true);
		for (const uri of ['http://127.0.0.1:5679/', 'http://localhost:5678/', 'https://127.0.0.1:5678/', 'http://a@127.0.0.1:5678/', 'data:,']) {
			await expect(authenticate({ uri }, { baseUrl })).rejects.toThrow('is for');
		}
	});

	it.each(['https://evil.example/api', 'http://evil.example', 'http://10.0.0.1', 'data:,', '', undefined])(
		'does not go wherever its base URL leads: %s',
		async (baseUrl) => {
			await expect(authenticate({ uri: baseUrl }, { baseUrl })).rejects.toThrow('is for');
			await expect(authenticate({ uri: 'https://evil.example/' }, { baseUrl })).rejects.toThrow('is for');
		},
	);

	it('does not follow redirects, whatever a node is set to and whichever way it makes its request', async () => {
		const redirecting = { followRedirect: true, followAllRedirects: true, maxRedirects: 21, disableFollowRedirect: false, sendCredentialsOnCrossOriginRedirect: true };
		expect(await authenticate({ uri: `${home}/`, ...redirecting })).toMatchObject({
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			disableFollowRedirect: true,
		});
	});

	it('checks certificates, whatever a node is set to', async () => {
		const trusting = { rejectUnauthorized: false, skipSslCertificateValidation: true, agentOptions: { ca: 'a CA of the workflow', rejectUnauthorized: false } };
		const sent = await authenticate({ uri: `${home}/`, ...trusting });
		expect(sent).toMatchObject({ rejectUnauthorized: true, skipSslCertificateValidation: false });
		expect(sent.agentOptions).toBeUndefined();
	});

	it('names no other host in a header', async () => {
		const { headers } = await authenticate({ uri: `${home}/`, headers: { host: 'evil.example', Host: 'evil.example', accept: '*/*' } });
		expect(headers).toMatchObject({ accept: '*/*' });
		expect(JSON.stringify(headers)).not.toContain('evil.example');
	});

	it('goes through a proxy by HTTPS, where the proxy does not see it, and not without', async () => {
		const proxy = 'http://proxy.example:8080';
		expect(await authenticate({ uri: `${home}/`, proxy })).toMatchObject({ proxy });
		const here = { baseUrl: 'http://127.0.0.1:5678' };
		await expect(authenticate({ uri: 'http://127.0.0.1:5678/', proxy }, here)).rejects.toThrow('may go through a proxy over HTTPS only');
	});

	it('leaves the rest of the request as it is', async () => {
		const rest = { method: 'POST', qs: { a: '1' }, body: { b: [2] }, json: true, timeout: 5, encoding: null };
		expect(await authenticate({ uri: `${home}/`, ...rest })).toMatchObject(rest);
	});
});
