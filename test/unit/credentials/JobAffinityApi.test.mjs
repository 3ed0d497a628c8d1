import { JobAffinityApi } from '#dist/credentials/JobAffinityApi.credentials.js';

const login = { login: 'api@example.org', password: 'pass:word' };

/** @param {{ url: string, baseURL?: string, headers?: Record<string, string> }} request */
const authenticated = (request) => new JobAffinityApi().authenticate(login, request);

it.each([
	{ url: 'https://jobaffinity.fr/restapi/v1/step?limit=100' },
	{ url: '', baseURL: 'https://jobaffinity.fr/restapi/v1' },
])('adds the login to a request to $baseURL$url, next to its own headers', async (request) => {
	const { headers } = await authenticated({ ...request, headers: { accept: 'application/json' } });
	expect(headers).toEqual({
		accept: 'application/json',
		Authorization: 'Basic YXBpQGV4YW1wbGUub3JnOnBhc3M6d29yZA==',
	});
});

it.each([
	'https://jobaffinity.fr.evil.example/restapi/v1',
	'https://evil.example/?u=jobaffinity.fr',
	'https://jobaffinity.fr@evil.example/restapi/v1',
	'https://api.jobaffinity.com/restapi/v1',
	'http://jobaffinity.fr/restapi/v1',
	'//evil.example/restapi/v1',
	'/restapi/v1',
	'',
])('does not add the login to a request to "%s", nor reveal it', async (url) => {
	const error = await authenticated({ url }).catch((/** @type {Error} */ thrown) => thrown);
	expect(error).toBeInstanceOf(Error);
	const { message } = /** @type {Error} */ (error);
	expect(message).toMatch(/^The JobAffinity login is for https:\/\/jobaffinity\.fr only, not for /);
	expect(message).not.toContain(login.password);
});

it('does not go to another host if the URL leaves its base', async () => {
	await expect(
		authenticated({ url: '//evil.example/', baseURL: 'https://jobaffinity.fr/restapi/v1' }),
	).rejects.toThrow('not for https://evil.example');
});
