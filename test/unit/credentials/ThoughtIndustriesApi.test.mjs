import { ThoughtIndustriesApi } from '#dist/credentials/ThoughtIndustriesApi.credentials.js';

const credential = new ThoughtIndustriesApi();
const data = {
	site: 'https://college.thoughtindustries.com/learn',
	apiKey: 'k3y-0123456789',
	baseUrl: '',
};

/** @param {string} url @param {object} [changes] */
const authenticated = (url, changes) =>
	credential.authenticate({ ...data, ...changes }, { url, headers: { accept: '*/*' } });

test.each([
	'https://college.thoughtindustries.com/incoming/v2/users',
	'https://COLLEGE.thoughtindustries.com/',
])('the key goes to %s', async (url) => {
	expect((await authenticated(url)).headers).toEqual({
		accept: '*/*',
		Authorization: 'Bearer k3y-0123456789',
	});
});

test.each([
	'https://other.thoughtindustries.com/incoming/v2/users',
	'https://thoughtindustries.com/',
	'https://www.college.thoughtindustries.com/',
	'https://college.thoughtindustries.com.evil.example/',
	'https://college.thoughtindustries.com@evil.example/',
	'http://college.thoughtindustries.com/',
	'http://127.0.0.1:5678/',
	'/users',
])('the key does not go to %s', async (url) => {
	const attempt = authenticated(url);
	await expect(attempt).rejects.toThrow(
		/^The Thought Industries API key is for https:\/\/college\.thoughtindustries\.com only, not for /,
	);
	await expect(attempt).rejects.not.toThrow(data.apiKey);
});

test.each(['', 'localhost', '10.0.0.1', 'college.example:8443', undefined])(
	'a site that is none gets no key, not even its own: %p',
	async (site) => {
		for (const url of ['https://localhost/', 'https://10.0.0.1/', `https://${site}/`])
			await expect(authenticated(url, { site })).rejects.toThrow(/is no address on the internet/);
	},
);

test.each([
	['', 'is empty'],
	[' \n', 'is empty'],
	['k3y…', 'copy it again'],
	['k3y\r\nX-Other: 1', 'copy it again'],
])('a key %j is not sent', async (apiKey, problem) => {
	await expect(authenticated('https://college.thoughtindustries.com/', { apiKey })).rejects.toThrow(
		problem,
	);
});

test('the key is masked, and the base URL is hidden and unset', () => {
	const { site, apiKey, baseUrl } = Object.fromEntries(
		credential.properties.map((property) => [property.name, property]),
	);
	expect(apiKey.typeOptions).toEqual({ password: true });
	expect([site.type, baseUrl.type, baseUrl.default]).toEqual(['string', 'hidden', '']);
});

test('it is tested by the documented route, and explains what went wrong', () => {
	expect(credential.test.request.url).toBe('/ping');
	expect(credential.test.rules?.map(({ type, properties }) => [type, properties])).toEqual([
		['responseCode', expect.objectContaining({ value: 401 })],
		['responseCode', expect.objectContaining({ value: 404 })],
		['responseSuccessBody', expect.objectContaining({ key: 'valid', value: false })],
	]);
});
