import { call } from '#dist/nodes/JobAffinity/api/transport.js';

/** What a call sees of n8n, where JobAffinity wants no requests for a day. */
function refusedContext() {
	/** @type {string[]} */
	const warnings = [];
	let requests = 0;
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'JobAffinity', type: 'jobAffinity' }),
		getCredentials: async () => ({ baseUrl: 'https://jobaffinity.fr/restapi/v1' }),
		logger: { info() {}, warn: (/** @type {string} */ sentence) => void warnings.push(sentence) },
		helpers: {
			async httpRequestWithAuthentication() {
				requests++;
				return { statusCode: 429, headers: { 'retry-after': '86400' }, body: '' };
			},
		},
	});
	return { context, warnings, requests: () => requests };
}

test('a long Retry-After of JobAffinity is logged once, since it applies to the whole process', async () => {
	const { context, warnings, requests } = refusedContext();
	for (let count = 0; count < 3; count++) {
		await expect(call(context, { link: '/restapi/v1/job/301' })).rejects.toMatchObject({
			description: expect.stringMatching(/^Try again in 24 hours \(after /),
		});
	}
	expect(requests()).toBe(1);
	expect(warnings).toEqual([
		expect.stringMatching(
			/^JobAffinity responded with 429 and blocks requests until \d{4}-.*Z: until then they fail, except one every ten minutes that is tried$/,
		),
	]);
});
