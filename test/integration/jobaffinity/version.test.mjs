import { expectShape } from '../outputs.mjs';
import { GENERATIONS, REFUSALS, withNode } from './emptyAccount.mjs';

describe.each(GENERATIONS)("the API's version, %s generation", (generation) => {
	it('is reported as needing no action', () =>
		withNode(
			async ({ run, requests }) => {
				const { output, json } = await run('apiVersion:get');
				expectShape('JobAffinity', 'apiVersion:get', json);
				expect(output).toEqual([
					{
						json: {
							version: '1.10',
							expires: false,
							expiration: null,
							newerVersion: false,
							lastVersionLink: '/restapi/v1',
							changelogLink: '/restapi/changelog',
							summary:
								"Nothing to do: version 1.10 of JobAffinity's API has no end date, and there is no newer one.",
						},
						pairedItem: { item: 0 },
					},
				]);
				expect(requests()).toEqual(['GET /restapi/v1']);
			},
			{ generation },
		));

	it('is reported together with a newer one', () =>
		withNode(
			async ({ run }) => {
				const { json } = await run('apiVersion:get');
				expect(json).toMatchObject([
					{
						newerVersion: true,
						expires: false,
						lastVersionLink: '/restapi/v2',
						summary: expect.stringContaining('There is a newer version'),
					},
				]);
			},
			{ generation, lastVersionUrl: '/restapi/v2' },
		));

	it('is reported with the date it ends', () =>
		withNode(
			async ({ run }) => {
				const { json } = await run('apiVersion:get');
				expectShape('JobAffinity', 'apiVersion:get', json);
				expect(json).toMatchObject([
					{
						newerVersion: true,
						expires: true,
						expiration: '2027-06-30',
						summary: expect.stringMatching(/^JobAffinity ends .* \(2027-06-30\)/),
					},
				]);
			},
			{ generation, lastVersionUrl: '/restapi/v2', expiration: '2027-06-30' },
		));
});

test.each([
	['absolute links', '/restapi/v1', 'https://jobaffinity.fr/restapi/v1', false],
	['a slash at the end', '/restapi/v1/', '/restapi/v1', false],
	['a newer one in an absolute link', '/restapi/v1', 'https://jobaffinity.fr/restapi/v2/', true],
	['no link to the last version', '/restapi/v1', undefined, false],
	['an empty one', '/restapi/v1', '', false],
	['no link to itself', undefined, '/restapi/v2', true],
	['what is no link', 'http://', 'http://', false],
])('a newer version is recognized by its path: %s', (_, _self, _last_version_url, newerVersion) =>
	withNode(async ({ provider, run }) => {
		provider.fail({
			match: 'GET',
			status: 200,
			body: { _status: 'OK', _self, _last_version_url, _expiration: '' },
		});
		const { json } = await run('apiVersion:get');
		expectShape('JobAffinity', 'apiVersion:get', json);
		expect(json).toMatchObject([
			{ version: null, newerVersion, expires: false, changelogLink: null },
		]);
	}),
);

test.each(REFUSALS)(
	'a refused version is reported with $status',
	({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'GET', status });
			expect(await refused('apiVersion:get')).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
);
