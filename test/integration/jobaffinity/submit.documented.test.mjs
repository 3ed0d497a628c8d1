import { expectShape } from '../outputs.mjs';
import { withNode } from './emptyAccount.mjs';
import { errorTextOf } from '../errorText.mjs';

const person = {
	firstName: 'Nora',
	lastName: 'Vert',
	email: 'nora.vert@example.org',
	country: 'FR',
};

/** Binary fields of the input item. */
const files = { cv: 'cv.pdf', letter: 'letter.pdf' };
const withFiles = [
	{
		json: {},
		binary: Object.fromEntries(
			Object.entries(files).map(([name, fileName]) => [
				name,
				{ data: Buffer.from(name).toString('base64'), fileName, mimeType: 'application/pdf' },
			]),
		),
	},
];

/** @param {string} name */
const sent = (name) => ({
	name: /** @type {Record<string, string>} */ (files)[name],
	mime_type: 'application/pdf',
	content: Buffer.from(name).toString('base64'),
});

/** The day that is so many days from now, in UTC. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the documented limits of an application', () => {
	it.each([
		['Address', 'address', 150],
		['Home Phone', 'homePhone', 30],
		['Postal Code', 'postalCode', 15],
		['Town', 'town', 30],
	])('are kept before it is sent: %s', (label, name, most) =>
		withNode(async ({ provider, run, refused, requests }) => {
			const submit = (/** @type {number} */ length) => ({
				applyUrl: provider.applyUrl(301),
				...person,
				additionalFields: { [name]: 'x'.repeat(length) },
			});
			const { message, description } = await refused('jobApplication:submit', submit(most + 1));
			expect(message).toBe(`${label} is too long`);
			expect(description).toContain(`JobAffinity takes ${most} at most`);
			expect(requests()).toEqual([]);
			expect((await run('jobApplication:submit', submit(most))).status).toBe('success');
		}),
	);
});

describe('when a person can begin', () => {
	it.each(['now', '15d', '1m', '2m', '3m', '>3m', 'ope', 'na'])(
		'is sent as JobAffinity writes it: %s',
		(availability) =>
			withNode(async ({ provider, run, bodies }) => {
				const { status } = await run('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					additionalFields: { availability },
				});
				expect(status).toBe('success');
				expect(bodies()).toMatchObject([{ availability }]);
				expect(bodies()[0]).not.toHaveProperty('availability_date');
			}),
	);

	it.each([
		inDays(2),
		`${inDays(2)}T00:00:00`,
		`${inDays(2)}T23:30:00.000-08:00`,
		`={{ DateTime.fromISO("${inDays(2)}") }}`,
	])('may be a date to come, which is sent as a day: %s', (availabilityDate) =>
		withNode(async ({ provider, run, bodies }) => {
			const additionalFields = { availability: 'date', availabilityDate };
			const { status } = await run('jobApplication:submit', {
				applyUrl: provider.applyUrl(301),
				...person,
				additionalFields,
			});
			expect(status).toBe('success');
			expect(bodies()).toMatchObject([{ availability: 'date', availability_date: inDays(2) }]);
		}),
	);

	it.each([
		[{ availability: 'date' }, 'Availability Date is empty'],
		[
			{ availability: 'date', availabilityDate: inDays(-2) },
			'Availability Date is not in the future',
		],
		[{ availability: 'date', availabilityDate: 'soon' }, 'Availability Date is not a date'],
		[
			{ availability: 'now', availabilityDate: inDays(2) },
			'Availability Date is set without its Availability',
		],
		[{ availabilityDate: inDays(2) }, 'Availability Date is set without its Availability'],
		[{ additionalFieldsJson: { availability: 'date' } }, 'Availability Date is empty'],
	])('is not sent as %j', (additionalFields, message) =>
		withNode(async ({ provider, refused, requests }) => {
			expect(
				await refused('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					additionalFields,
				}),
			).toMatchObject({ message });
			expect(requests()).toEqual([]);
		}),
	);
});

describe('the documents of an application', () => {
	it('are the CV and the cover letter', () =>
		withNode(
			async ({ provider, run, bodies }) => {
				const additionalFields = { cvRequired: true, coverField: 'letter', coverRequired: true };
				const parameters = {
					applyUrl: provider.applyUrl(301),
					...person,
					cvField: 'cv',
					additionalFields,
				};
				expect((await run('jobApplication:submit', parameters, { items: withFiles })).status).toBe(
					'success',
				);
				expect(bodies()).toMatchObject([{ cv: sent('cv'), cover: sent('letter') }]);
				expect(bodies()[0]).not.toHaveProperty('coverKey');
			},
			{ applyNeedsCv: true, applyNeedsCover: true },
		));

	it('have the key that is given, as that of the cover letter is not documented', () =>
		withNode(async ({ provider, run, bodies }) => {
			const additionalFields = { coverField: 'letter', coverKey: 'cover_letter' };
			await run(
				'jobApplication:submit',
				{ applyUrl: provider.applyUrl(301), ...person, additionalFields },
				{ items: withFiles },
			);
			expect(bodies()).toMatchObject([{ cover_letter: sent('letter') }]);
			expect(bodies()[0]).not.toHaveProperty('cover');
		}));

	it.each([
		[{ cvRequired: true }, 'CV Field is empty', 'a CV, as cv_required'],
		[{ cvRequired: '={{ "true" }}' }, 'CV Field is empty', 'a CV, as cv_required'],
		[{ coverRequired: true }, 'Cover Letter Field is empty', 'a cover letter, as cover_required'],
	])(
		'are missing where the feed says that they are needed, and nothing is sent: %j',
		(additionalFields, message, why) =>
			withNode(async ({ provider, refused, requests }) => {
				const refusal = await refused('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					additionalFields,
				});
				expect(refusal).toMatchObject({ message, description: expect.stringContaining(why) });
				expect(requests()).toEqual([]);
			}),
	);

	it.each([
		{ cvRequired: false },
		{ cvRequired: '={{ "false" }}', coverRequired: '={{ "0" }}' },
		{ cvRequired: true, additionalFieldsJson: { cv: sent('cv') } },
	])('are not missed otherwise: %j', (additionalFields) =>
		withNode(async ({ provider, run }) => {
			expect(
				(
					await run('jobApplication:submit', {
						applyUrl: provider.applyUrl(301),
						...person,
						additionalFields,
					})
				).status,
			).toBe('success');
		}),
	);
});

describe('the test of an Apply URL', () => {
	it('is a HEAD without the login, and submits nothing', () =>
		withNode(async ({ provider, run, requests }) => {
			const { json } = await run(
				'jobApplication:testAddress',
				{ applyUrl: provider.applyUrl(301) },
				{ credentials: {} },
			);
			expect(json).toEqual([
				{ works: true, status: 200, summary: 'The address takes applications.' },
			]);
			expectShape('JobAffinity', 'jobApplication:testAddress', json);
			expect(requests()).toEqual([`HEAD ${new URL(provider.applyUrl(301)).pathname}`]);
			expect(provider.account.applications).toEqual([]);
			expect(provider.requests[0].authenticated).toBe(false);
		}));

	it.each([401, 403, 404, 410])('says why it does not work: %i', (status) =>
		withNode(async ({ provider, run }) => {
			provider.fail({ match: 'HEAD', status });
			const items = [{ json: { apply_url: `${provider.base}/apply/api/t0k3n-of-job` } }];
			const { json } = await run(
				'jobApplication:testAddress',
				{ applyUrl: '={{ $json.apply_url }}' },
				{ items },
			);
			expect(json).toEqual([
				{
					works: false,
					status,
					summary: expect.stringMatching(
						/^JobAffinity (has no job with|does not take applications at) this Apply URL\. .*\.$/,
					),
				},
			]);
			expect(JSON.stringify(json)).not.toContain('t0k3n');
		}),
	);

	it.each([302, 405, 500])('fails when the answer is inconclusive: %i', (status) =>
		withNode(async ({ provider, run }) => {
			provider.fail({ match: 'HEAD', status, headers: { 'retry-after': '0' }, times: Infinity });
			const items = [{ json: { apply_url: `${provider.base}/apply/api/t0k3n-of-job` } }];
			errorTextOf(
				await run('jobApplication:testAddress', { applyUrl: '={{ $json.apply_url }}' }, { items }),
				['t0k3n'],
			);
		}),
	);

	it('sends nothing to another host', () =>
		withNode(async ({ refused }) => {
			const { message } = await refused('jobApplication:testAddress', {
				applyUrl: 'https://evil.example/apply/api/1',
			});
			expect(message).toBe('Apply URL does not lead to JobAffinity');
		}));
});
