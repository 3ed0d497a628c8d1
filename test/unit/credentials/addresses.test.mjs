import { JobAffinityApi } from '#dist/credentials/JobAffinityApi.credentials.js';
import { JofiApi } from '#dist/credentials/JofiApi.credentials.js';
import { RegpackApi } from '#dist/credentials/RegpackApi.credentials.js';
import { ThoughtIndustriesApi } from '#dist/credentials/ThoughtIndustriesApi.credentials.js';

/** Each credential with its provider's own host, and with secrets that no other host may get. */
const CREDENTIALS = [
	{ type: new JofiApi(), host: 'www.jofiscore.com', data: { apiKey: 'sk_live_0123456789' } },
	{
		type: new JobAffinityApi(),
		host: 'jobaffinity.fr',
		data: { login: 'api@example.org', password: 's3cret' },
	},
	{
		type: new RegpackApi(),
		host: 'www.regpack.com',
		data: { apiUser: 'api@example.org', apiToken: 's3cret', apiId: '12345' },
	},
	{
		type: new ThoughtIndustriesApi(),
		host: 'college.thoughtindustries.com',
		data: { site: 'college.thoughtindustries.com', apiKey: 's3cret' },
	},
].map((each) => {
	const baseUrl = each.type.properties.find(({ name }) => name === 'baseUrl')?.default;
	return {
		...each,
		origin: `https://${each.host}`,
		/**
		 * @param {any} request
		 * @param {object} [changes] of the credential
		 * @returns {Promise<any>}
		 */
		authenticate: async (request, changes) =>
			await each.type.authenticate(
				/** @type {any} */ ({ ...each.data, baseUrl, ...changes }),
				request,
			),
	};
});

const IDENTIFYING = /^(authorization|api-)/i;
/** @param {{ headers: object }} request */
const isAuthenticated = ({ headers }) =>
	Object.keys(headers).some((name) => IDENTIFYING.test(name));

describe.each(CREDENTIALS)('$type.name', ({ host, origin, authenticate }) => {
	it.each([
		['uri', { uri: `${origin}/a?b=c` }],
		['url', { url: `${origin}/a?b=c` }],
		[
			'both, as in the pagination of the HTTP Request node',
			{ uri: `${origin}/a?b=c`, url: `${origin}/a?b=c` },
		],
		['url and baseURL', { url: '/a?b=c', baseURL: origin }],
		['uri and baseURL', { uri: 'a?b=c', baseURL: `${origin}/` }],
		['an address in upper case', { uri: `HTTPS://${host.toUpperCase()}:443/a?b=c` }],
		[
			'an absolute address, which needs no base',
			{ url: `${origin}/a?b=c`, baseURL: 'https://evil.example' },
		],
	])('goes to the address in %s, and to no other', async (_, request) => {
		const sent = await authenticate(request);
		expect(isAuthenticated(sent)).toBe(true);
		expect([sent.url, sent.uri, sent.baseURL]).toEqual([`${origin}/a?b=c`, undefined, undefined]);
	});

	it.each([
		['uri elsewhere', { uri: 'https://evil.example/' }],
		['own url and uri elsewhere', { url: `${origin}/`, uri: 'https://evil.example/' }],
		['own uri and url elsewhere', { uri: `${origin}/`, url: 'https://evil.example/' }],
		['an empty url before the uri', { url: '', uri: `${origin}/` }],
		['two own addresses', { url: `${origin}/a`, uri: `${origin}/b` }],
		['no address', {}],
		['a base elsewhere', { uri: '/a', baseURL: 'https://evil.example' }],
		[
			'an address that is absolute for one parser and relative for the other',
			{ url: `https:${host}/`, baseURL: 'http://evil.example' },
		],
		['the same after a space', { url: ` ${origin}/`, baseURL: 'https://evil.example' }],
		['backslashes behind a base', { uri: '\\\\evil.example/', baseURL: origin }],
		['backslashes', { uri: `https://evil.example\\.${host}/` }],
		['a user', { uri: `https://someone@${host}/` }],
		['a user and a password', { uri: `https://a:b@${host}/` }],
		['an empty user and a password', { uri: `https://:b@${host}/` }],
		['the host as the user of another', { uri: `https://${host}@evil.example/` }],
		['another port', { uri: `https://${host}:8443/` }],
		['no HTTPS', { uri: `http://${host}/` }],
		['the port of HTTPS without it', { uri: `http://${host}:443/` }],
		['a dot after the host', { uri: `https://${host}./` }],
		[
			'a letter of another script that looks alike',
			{
				uri: `https://${host.replace(/[ao]/, (letter) => ({ a: '\u0430', o: '\u043e' })[letter] ?? letter)}/`,
			},
		],
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
		await expect(attempt).rejects.toThrow(
			/^The (JOFI API key|JobAffinity login|Regpack login|Thought Industries API key) is for .+/,
		);
		await expect(attempt).rejects.not.toThrow(/s3cret|sk_live/);
	});

	it('goes to this machine only at the exact origin of its base URL', async () => {
		const baseUrl = 'http://127.0.0.1:5678/api';
		expect(
			isAuthenticated(await authenticate({ uri: 'http://127.0.0.1:5678/other' }, { baseUrl })),
		).toBe(true);
		expect(isAuthenticated(await authenticate({ url: '/a', baseURL: baseUrl }, { baseUrl }))).toBe(
			true,
		);
		for (const uri of [
			'http://127.0.0.1:5679/',
			'http://localhost:5678/',
			'https://127.0.0.1:5678/',
			'http://a@127.0.0.1:5678/',
			'data:,',
		]) {
			await expect(authenticate({ uri }, { baseUrl })).rejects.toThrow('is for');
		}
	});

	it.each([
		'https://evil.example/api',
		'http://evil.example',
		'http://10.0.0.1',
		'data:,',
		'',
		undefined,
	])('does not go to any host that its base URL names: %s', async (baseUrl) => {
		await expect(authenticate({ uri: baseUrl }, { baseUrl })).rejects.toThrow('is for');
		await expect(authenticate({ uri: 'https://evil.example/' }, { baseUrl })).rejects.toThrow(
			'is for',
		);
	});

	it('does not follow redirects, whatever the options of a node and its request helper', async () => {
		const redirecting = {
			followRedirect: true,
			followAllRedirects: true,
			maxRedirects: 21,
			disableFollowRedirect: false,
			sendCredentialsOnCrossOriginRedirect: true,
		};
		expect(await authenticate({ uri: `${origin}/`, ...redirecting })).toMatchObject({
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			disableFollowRedirect: true,
		});
	});

	it('checks certificates, whatever the options of a node', async () => {
		const trusting = {
			rejectUnauthorized: false,
			skipSslCertificateValidation: true,
			agentOptions: { ca: 'a CA of the workflow', rejectUnauthorized: false },
		};
		const sent = await authenticate({ uri: `${origin}/`, ...trusting });
		expect(sent).toMatchObject({ rejectUnauthorized: true, skipSslCertificateValidation: false });
		expect(sent.agentOptions).toBeUndefined();
	});

	it('names no other host in a header', async () => {
		const { headers } = await authenticate({
			uri: `${origin}/`,
			headers: { host: 'evil.example', Host: 'evil.example', accept: '*/*' },
		});
		expect(headers).toMatchObject({ accept: '*/*' });
		expect(JSON.stringify(headers)).not.toContain('evil.example');
	});

	it('goes through a proxy only over HTTPS, where the proxy does not see it', async () => {
		const proxy = 'http://proxy.example:8080';
		expect(await authenticate({ uri: `${origin}/`, proxy })).toMatchObject({ proxy });
		const here = { baseUrl: 'http://127.0.0.1:5678' };
		await expect(authenticate({ uri: 'http://127.0.0.1:5678/', proxy }, here)).rejects.toThrow(
			'may go through a proxy over HTTPS only',
		);
	});

	it('leaves the rest of the request as it is', async () => {
		const rest = {
			method: 'POST',
			qs: { a: '1' },
			body: { b: [2] },
			json: true,
			timeout: 5,
			encoding: null,
		};
		expect(await authenticate({ uri: `${origin}/`, ...rest })).toMatchObject(rest);
	});
});
