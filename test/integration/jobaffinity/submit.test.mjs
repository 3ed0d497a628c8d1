import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { errorTextOf } from '../errorText.mjs';
import { expectShape } from '../outputs.mjs';
import { GENERATIONS, startNode, withNode } from './emptyAccount.mjs';

const person = {
	firstName: 'Nora',
	lastName: 'Vert',
	email: 'nora.vert@example.org',
	country: 'fr',
};
const documented = {
	version: '1.2',
	first_name: 'Nora',
	last_name: 'Vert',
	email: 'nora.vert@example.org',
	country: 'FR',
};

const pdf = Buffer.from('%PDF-1.7\n\u00ff made up\n', 'latin1');
const withCv = [
	{
		json: {},
		binary: {
			file: {
				data: pdf.toString('base64'),
				fileName: 'nora vert.pdf',
				mimeType: 'application/pdf',
			},
		},
	},
];

/**
 * An Apply URL from the input, as from a feed. What n8n's errors show of a node are its parameters,
 * so a URL that is written there shows.
 *
 * @param {string} url
 * @returns {[Record<string, unknown>, { items: import('n8n-workflow').INodeExecutionData[] }]}
 */
const fromFeed = (url) => [
	{ applyUrl: '={{ $json.apply_url }}', ...person },
	{ items: [{ json: { apply_url: url } }] },
];

/** Without the credential of the node. */
const without = { credentials: {} };

describe.each(GENERATIONS)('an application, %s generation', (generation) => {
	it("is posted to the feed's URL, and its answer is output", () =>
		withNode(
			async ({ provider, run, requests, bodies }) => {
				const { status, output } = await run(
					'jobApplication:submit',
					{ applyUrl: ` ${provider.applyUrl(301)}\n`, ...person },
					without,
				);
				expect(status).toBe('success');
				expect(output).toEqual([
					{ json: { _status: 'OK', _actions: [] }, pairedItem: { item: 0 } },
				]);
				expectShape(
					'JobAffinity',
					'jobApplication:submit',
					output.map(({ json }) => json),
				);
				expect(requests()).toEqual([`POST ${new URL(provider.applyUrl(301)).pathname}`]);
				expect(bodies()).toEqual([documented]);
				expect(provider.account.applications).toMatchObject([{ jobId: 301, cv: null }]);
				expect(provider.account.candidates.at(-1)).toMatchObject({
					first_name: 'Nora',
					email: 'nora.vert@example.org',
				});
			},
			{ generation },
		));

	it('contains every given field, and the CV of the binary field', () =>
		withNode(
			async ({ provider, run, bodies }) => {
				const additionalFields = {
					address: '4 quai Test',
					homePhone: 33100000001,
					linkedin: 'https://www.linkedin.com/in/nora',
					mobilePhone: '+33 6 00 00 00 02',
					officePhone: ' ',
					postalCode: '59000',
					title: 'MS',
					town: 'Lille',
					additionalFieldsJson: '{ "origin": "fair", "first_name": "Eleonore" }',
				};
				const { status } = await run(
					'jobApplication:submit',
					{ applyUrl: provider.applyUrl(302), ...person, cvField: 'file', additionalFields },
					{ items: withCv },
				);
				expect(status).toBe('success');
				expect(bodies()).toEqual([
					{
						...documented,
						first_name: 'Eleonore',
						address: '4 quai Test',
						home_phone: '33100000001',
						url_linkedin: 'https://www.linkedin.com/in/nora',
						mobile_phone: '+33 6 00 00 00 02',
						zip_code: '59000',
						title: 'MS',
						town: 'Lille',
						origin: 'fair',
						cv: {
							name: 'nora vert.pdf',
							mime_type: 'application/pdf',
							content: pdf.toString('base64'),
						},
					},
				]);
				expect(provider.account.applications).toMatchObject([
					{ jobId: 302, cv: { name: 'nora vert.pdf', content: pdf } },
				]);
			},
			{ generation },
		));
});

describe('where an application goes', () => {
	/**
	 * @type {{ method?: string, url?: string, headers: import('node:http').IncomingHttpHeaders, body: any }[]}
	 */
	let received;
	/** @type {import('node:http').Server} */
	let server;
	let origin = '';
	/**
	 * @type {(request: { url?: string }) => { status: number, text?: string, headers?: Record<string, string> }}
	 */
	let answer;
	/** @type {import('./emptyAccount.mjs').Started} */
	let started;
	beforeEach(async () => {
		received = [];
		answer = () => ({ status: 200, text: '{}' });
		server = createServer(async (request, response) => {
			received.push({
				method: request.method,
				url: request.url,
				headers: request.headers,
				body: JSON.parse(await text(request)),
			});
			const given = answer(request);
			response
				.writeHead(given.status, { 'content-type': 'application/json', ...given.headers })
				.end(given.text);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
		started = await startNode();
	});
	afterEach(async () => {
		server.closeAllConnections();
		server.close();
		await started.close();
	});

	it('receives the application alone, without the API login', async () => {
		const { status } = await started.run('jobApplication:submit', {
			applyUrl: `${origin}/apply/api/t0k3n-of-job?from=feed`,
			...person,
		});
		expect(status).toBe('success');
		expect(received).toMatchObject([
			{ method: 'POST', url: '/apply/api/t0k3n-of-job?from=feed', body: documented },
		]);
		const [{ headers }] = received;
		expect(headers['content-type']).toMatch(/^application\/json/);
		expect(Object.keys(headers)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/authorization|cookie/i)]),
		);
		const { login, password } = started.provider.login;
		for (const secret of [password, Buffer.from(`${login}:${password}`).toString('base64')])
			expect(JSON.stringify(received)).not.toContain(secret);
		expect(started.requests()).toEqual([]);
	});

	it.each([301, 302, 303, 307, 308])(
		'goes nowhere else, even after a redirect with %s',
		async (status) => {
			answer = () => ({ status, headers: { location: `${started.provider.origin}/elsewhere` } });
			const { message } = await started.refused('jobApplication:submit', {
				applyUrl: `${origin}/apply/api/t0k3n-of-job`,
				...person,
			});
			expect(message).toBe('JobAffinity redirected the request, and this node did not follow');
			expect(received).toHaveLength(1);
			expect(started.requests()).toEqual([]);
		},
	);

	it.each([
		['another host', 'https://jobaffinity.example/apply/api/t0k3n-of-job'],
		['a host that begins alike', 'https://jobaffinity.fr.evil.example/apply/api/t0k3n-of-job'],
		['a host that ends alike', 'https://evil-jobaffinity.fr/apply/api/t0k3n-of-job'],
		['a user', 'https://jobaffinity.fr@evil.example/apply/api/t0k3n-of-job'],
		['a user of the right host', 'https://t0k3n-of-job:secret@jobaffinity.fr/apply/api/x'],
		['another port', 'https://jobaffinity.fr:8443/apply/api/t0k3n-of-job'],
		['no encryption', 'http://jobaffinity.fr/apply/api/t0k3n-of-job'],
		['another scheme', 'ftp://jobaffinity.fr/apply/api/t0k3n-of-job'],
		['a private address', 'http://192.168.0.1/apply/api/t0k3n-of-job'],
		['a backslash', 'https://jobaffinity.fr\\@evil.example/t0k3n-of-job'],
		['a blank', 'https://jobaffinity.fr/apply api/t0k3n-of-job'],
		['letters that look alike', 'https://jobaffin\u0456ty.fr/apply/api/t0k3n-of-job'],
		['a part of a URL', '/restapi/v1/apply/api/t0k3n-of-job'],
	])('is not %s', async (_, applyUrl) => {
		const run = await started.run('jobApplication:submit', ...fromFeed(applyUrl));
		expect(errorTextOf(run, ['t0k3n-of-job']).message).toBe(
			'Apply URL does not lead to JobAffinity',
		);
		expect([received, started.requests()]).toEqual([[], []]);
	});

	it.each([
		[201, '{"id":5,"nested":{"a":[1]}}', { id: 5, nested: { a: [1] } }],
		[200, '', { answer: null }],
		[204, undefined, { answer: null }],
		[200, '[1,2]', { answer: [1, 2] }],
		[200, '"thanks"', { answer: 'thanks' }],
		[200, 'thanks', { answer: 'thanks' }],
	])('may answer anything: %s %s', async (status, given, item) => {
		answer = () => ({ status, text: given });
		const { json } = await started.run('jobApplication:submit', {
			applyUrl: `${origin}/apply/api/t0k3n-of-job`,
			...person,
		});
		expect(json).toEqual([item]);
	});

	it.each([
		[
			200,
			'<!DOCTYPE html><form>t0k3n-of-job</form>',
			'JobAffinity answered with a web page, so the application has probably not arrived',
		],
		[
			200,
			'{"_status":"INVALID","invalid":{"t":{"message":"t0k3n-of-job is spent"}}}',
			'JobAffinity did not accept the request: t: hidden is spent',
		],
		[
			400,
			'{"message":"No job for t0k3n-of-job"}',
			'JobAffinity rejected the request with status 400',
		],
		[401, '', 'JobAffinity does not take applications at this Apply URL'],
		[403, '"t0k3n-of-job"', 'JobAffinity does not take applications at this Apply URL'],
		[404, 'Cannot POST /apply/api/t0k3n-of-job', 'JobAffinity has no job with this Apply URL'],
		[410, '', 'JobAffinity has no job with this Apply URL'],
		[413, '', 'JobAffinity rejected the request with status 413'],
		[500, 'at /apply/api/t0k3n-of-job', 'JobAffinity is not available at the moment'],
		[503, '', 'JobAffinity is not available at the moment'],
	])(
		'keeps its token secret, and gets the application once: %s %s',
		async (status, given, message) => {
			answer = () => ({ status, text: given });
			const run = await started.run(
				'jobApplication:submit',
				...fromFeed(`${origin}/apply/api/t0k3n-of-job`),
			);
			expect(errorTextOf(run, ['t0k3n-of-job']).message).toBe(message);
			expect(received).toHaveLength(1);
		},
	);

	it('is tried again after a 429, since nothing was done', async () => {
		let count = 0;
		answer = () => ({
			status: count++ === 0 ? 429 : 200,
			headers: { 'retry-after': '0' },
			text: '{"done":true}',
		});
		const { json } = await started.run('jobApplication:submit', {
			applyUrl: `${origin}/apply/api/t0k3n-of-job`,
			...person,
		});
		expect(json).toEqual([{ done: true }]);
		expect(received).toHaveLength(2);
	});

	it('is not tried again when the connection is lost', async () => {
		server.close();
		server.closeAllConnections();
		const run = await started.run(
			'jobApplication:submit',
			...fromFeed(`${origin}/apply/api/t0k3n-of-job`),
		);
		const { message, description } = errorTextOf(run, ['t0k3n-of-job']);
		expect(message).toBe('JobAffinity could not be reached');
		expect(description).toContain('would be repeated');
	});
});

describe('an application that is not complete', () => {
	/** @param {number} count */
	const long = (count) => 'x'.repeat(count);

	it.each([
		['First Name', { firstName: long(51) }, 50],
		['Last Name', { lastName: long(51) }, 50],
		['Email', { email: `${long(90)}@example.org` }, 100],
		['LinkedIn URL', { additionalFields: { linkedin: long(256) } }, 255],
		['Office Phone', { additionalFields: { officePhone: long(31) } }, 30],
		['Mobile Phone', { additionalFields: { mobilePhone: long(31) } }, 30],
		['Home Phone', { additionalFields: { homePhone: long(31) } }, 30],
		['First Name', { additionalFields: { additionalFieldsJson: { first_name: long(51) } } }, 50],
	])('is not sent: %s is too long', (label, changes, most) =>
		withNode(async ({ provider, refused, requests }) => {
			const { message, description, itemIndex } = await refused('jobApplication:submit', {
				applyUrl: provider.applyUrl(301),
				...person,
				...changes,
			});
			expect(message).toBe(`${label} is too long`);
			expect(description).toMatch(
				new RegExp(`^It has \\d+ characters, and JobAffinity takes ${most} at most\\.`),
			);
			expect(itemIndex).toBe(0);
			expect(requests()).toEqual([]);
		}),
	);

	it('is sent when all are as long as they may be', () =>
		withNode(async ({ provider, run }) => {
			const additionalFields = {
				officePhone: long(30),
				mobilePhone: long(30),
				homePhone: long(30),
				linkedin: `https://${long(247)}`,
			};
			const parameters = {
				...person,
				firstName: long(50),
				lastName: '\u{1f600}'.repeat(25),
				email: `${long(88)}@example.org`,
				additionalFields,
			};
			const { status } = await run('jobApplication:submit', {
				applyUrl: provider.applyUrl(301),
				...parameters,
			});
			expect(status).toBe('success');
		}));

	it.each([
		['firstName', 'First Name is empty'],
		['lastName', 'Last Name is empty'],
		['email', 'Email is empty'],
		['country', 'Country is empty'],
		['applyUrl', 'Apply URL is empty'],
	])('is not sent without %s', (name, message) =>
		withNode(async ({ provider, refused, requests }) => {
			expect(
				await refused('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					[name]: '={{ "" }}',
				}),
			).toMatchObject({ message });
			expect(requests()).toEqual([]);
		}),
	);

	it.each([
		[{ country: 'France' }, 'Country is not a two-letter code'],
		[{ country: '33' }, 'Country is not a two-letter code'],
		[
			{ additionalFields: { additionalFieldsJson: '[1]' } },
			'Additional Fields (JSON) is not a JSON object',
		],
		[{ additionalFields: { additionalFieldsJson: '{' } }, 'Additional Fields (JSON) is not JSON'],
	])('is not sent with %j', (changes, message) =>
		withNode(async ({ provider, refused, requests }) => {
			expect(
				await refused('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					...changes,
				}),
			).toMatchObject({ message });
			expect(requests()).toEqual([]);
		}),
	);

	it('is not sent without the binary field that is named', () =>
		withNode(async ({ provider, run, requests }) => {
			const { error } = await run(
				'jobApplication:submit',
				{ applyUrl: provider.applyUrl(301), ...person, cvField: 'letter' },
				{ items: withCv },
			);
			expect(error.message).toContain('letter');
			expect(error.context.itemIndex).toBe(0);
			expect(requests()).toEqual([]);
		}));

	it('is reported with what JobAffinity does not accept', () =>
		withNode(
			async ({ provider, refused }) => {
				const { message } = await refused('jobApplication:submit', {
					applyUrl: provider.applyUrl(301),
					...person,
					email: 'nobody',
				});
				expect(message).toBe(
					'JobAffinity did not accept the request: email: Not a valid value; cv: This field is required',
				);
			},
			{ applyNeedsCv: true },
		));

	it('is reported when there is no such job', () =>
		withNode(async ({ provider, refused }) => {
			const { message } = await refused('jobApplication:submit', {
				applyUrl: `${provider.base}/apply/api/t0k3n-of-job`,
				...person,
			});
			expect(message).toBe('JobAffinity has no job with this Apply URL');
		}));
});
