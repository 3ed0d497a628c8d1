import { byId, startNode, startOther } from './node.mjs';
import { hostileLinks } from './hostile.mjs';
import { errorTextOf } from '../errorText.mjs';

const PDF = '%PDF-1.4 made up\n';
const NOT_FROM_THERE = 'The CV is at an address that this node does not download from';

/** @type {import('./node.mjs').Other[]} */
const others = [];
/** @type {import('./node.mjs').Started[]} */
const nodes = [];
afterEach(async () => {
	for (const other of others.splice(0)) other.close();
	for (const node of nodes.splice(0)) await node.close();
});

/** @param {Parameters<typeof startNode>[0]} [options] */
async function start(options) {
	const node = await startNode(options);
	nodes.push(node);
	return node;
}

/** @param {Parameters<typeof startOther>[0]} [answer] */
async function other(answer) {
	const server = await startOther(answer);
	others.push(server);
	return server;
}

/**
 * What Download CV does when the first hop answers so.
 *
 * @param {import('./node.mjs').Started} node
 * @param {{ status: number, headers?: Record<string, string>, body?: any }} [first]
 */
async function download(node, first) {
	if (first) node.ja.fail({ match: '/cv', body: '', ...first });
	return await node.run('application:downloadCv', { application: byId(node.ids.application) });
}

/**
 * Whether a link leads to a server of this test, or is none that a download follows. Nobody else is
 * asked for files.
 *
 * @param {string} link
 * @param {{ api: number, evil: number }} ports
 */
function isAnsweredHere(link, { api, evil }) {
	const base = `http://127.0.0.1:${api}`;
	if (!URL.canParse(link, base)) return true;
	const url = new URL(link, base);
	if (!url.protocol.startsWith('http')) return true;
	return (
		['127.0.0.1', 'localhost'].includes(url.hostname) && [api, evil].includes(Number(url.port))
	);
}

/** @param {import('n8n-workflow').INodeExecutionData[]} output @param {string} [field] */
const textIn = ([{ binary = {} }], field = 'data') =>
	Buffer.from(binary[field].data, 'base64').toString();

describe.each(/** @type {const} */ (['new', 'old']))('in the %s generation', (generation) => {
	it.each(/** @type {const} */ (['other-host', 'same-host', 'none']))(
		'downloads the CV where the redirect leads to: %s',
		async (cvRedirect) => {
			const node = await start({ generation, cvRedirect });
			const { status, output, json } = await download(node);
			expect(status).toBe('success');
			expect(json).toEqual([
				{
					fileName: 'cv.pdf',
					mimeType: 'application/pdf',
					fileSize: PDF.length,
					applicationId: node.ids.application,
				},
			]);
			expect(output[0].binary?.data).toMatchObject({
				fileName: 'cv.pdf',
				mimeType: 'application/pdf',
				fileExtension: 'pdf',
			});
			expect(textIn(output)).toBe(PDF);
			expect(output[0].pairedItem).toEqual({ item: 0 });
			expect(node.ja.requests.every(({ authenticated }) => authenticated)).toBe(true);
			expect(node.ja.storage.requests.map(({ headers }) => headers.authorization)).toEqual(
				cvRedirect === 'other-host' ? [undefined] : [],
			);
		},
	);
});

test('puts each file into its item, in the chosen field, and leaves applications without a CV to On Error', async () => {
	const node = await start();
	const parameters = { application: byId('={{ $json.id }}'), binaryPropertyName: 'cv' };
	const { application, withoutCv } = node.ids;
	const items = [application, withoutCv, application].map((id) => ({ json: { id } }));
	const { output, failed } = await node.run('application:downloadCv', parameters, {
		items,
		onError: 'continueErrorOutput',
	});
	expect(output.map(({ pairedItem, binary }) => [pairedItem, Object.keys(binary ?? {})])).toEqual([
		[{ item: 0 }, ['cv']],
		[{ item: 2 }, ['cv']],
	]);
	expect(textIn(output, 'cv')).toBe(PDF);
	expect(failed).toMatchObject([
		{
			json: { error: `The application with the ID ${withoutCv} has no CV` },
			pairedItem: { item: 1 },
		},
	]);
});

test.each([[null], [''], [undefined]])(
	'says that there is no CV when the URL is %j',
	async (latest_cv_url) => {
		const node = await start();
		node.ja.fail({
			match: '/application/',
			status: 200,
			body: { _status: 'OK', id: 41001, latest_cv_url },
		});
		const { message, description, itemIndex } = errorTextOf(await download(node), node.secrets);
		expect(message).toBe(`The application with the ID ${node.ids.application} has no CV`);
		expect(description).toContain('Filter out such applications');
		expect(itemIndex).toBe(0);
		expect(node.requests()).toHaveLength(1);
	},
);

test('uses the URL among the steps when there is no other', async () => {
	const node = await start();
	const body = {
		_status: 'OK',
		id: node.ids.application,
		steps: { items: [], latest_cv_url: `/restapi/v1/application/${node.ids.application}/cv` },
	};
	node.ja.fail({ match: '/application/', status: 200, body });
	expect((await download(node)).json).toMatchObject([{ fileName: 'cv.pdf' }]);
});

describe('the login', () => {
	it.each([301, 302, 303, 307, 308])('is not sent to where a %i leads', async (status) => {
		const node = await start();
		const elsewhere = await other(() => ({
			body: 'a file',
			headers: { 'content-type': 'text/plain' },
		}));
		const { output } = await download(node, {
			status,
			headers: { location: `${elsewhere.origin}/file?signature=abc` },
		});
		expect(textIn(output)).toBe('a file');
		expect(elsewhere.received).toMatchObject([{ path: '/file?signature=abc' }]);
		expect(elsewhere.received[0].headers).not.toHaveProperty('authorization');
		expect(elsewhere.received[0].headers).not.toHaveProperty('cookie');
	});

	it('is not sent to another host that the application itself names', async () => {
		const node = await start();
		const elsewhere = await other(() => ({ body: 'a file' }));
		node.ja.fail({
			match: '/application/',
			status: 200,
			body: { _status: 'OK', id: 1, latest_cv_url: `${elsewhere.origin}/file` },
		});
		expect(textIn((await download(node)).output)).toBe('a file');
		expect(elsewhere.received[0].headers).not.toHaveProperty('authorization');
	});

	it('is not sent to JobAffinity either, once another host has led back there', async () => {
		const node = await start({ cvNeedsLogin: false, cvRedirect: 'none' });
		const back = `${node.ja.origin}/restapi/v1/application/${node.ids.application}/cv`;
		const elsewhere = await other(() => ({ status: 302, headers: { location: back } }));
		const { output } = await download(node, {
			status: 307,
			headers: { location: `${elsewhere.origin}/back` },
		});
		expect(textIn(output)).toBe(PDF);
		expect(node.ja.requests.map(({ authenticated }) => authenticated)).toEqual([true, true, false]);
		expect(elsewhere.received[0].headers).not.toHaveProperty('authorization');
	});

	it('is sent along a relative redirect, anywhere on JobAffinity’s own host', async () => {
		const node = await start();
		const { status } = await download(node, {
			status: 302,
			headers: { location: `../${node.ids.application}/cv` },
		});
		expect(status).toBe('success');
		expect(node.ja.requests.map(({ authenticated }) => authenticated)).toEqual([true, true, true]);
	});

	it('is sent to no hostile URL, whether the application names it or a redirect', async () => {
		const elsewhere = await other(() => ({ body: 'evil' }));
		const api = await start();
		const ports = { api: Number(new URL(api.ja.origin).port), evil: elsewhere.port };
		for (const link of hostileLinks(ports).filter((each) => isAnsweredHere(each, ports))) {
			const node = await start();
			node.ja.fail({
				match: '/application/',
				status: 200,
				body: { _status: 'OK', id: 1, latest_cv_url: link },
			});
			await download(node);
			if (!/[^\x21-\x7e]/.test(link))
				await download(node, { status: 307, headers: { location: link } });
		}
		// Downloads from other hosts are allowed; the login on them is not.
		expect(elsewhere.received.length).toBeGreaterThan(0);
		for (const { headers } of elsewhere.received)
			expect(headers).not.toHaveProperty('authorization');
		expect(api.ja.requests.filter(({ authenticated }) => authenticated)).toEqual([]);
	});
});

test.each([
	'file:///etc/passwd',
	'data:text/plain,evil',
	'javascript:alert(1)',
	'ftp://127.0.0.1/file',
	'blob:http://127.0.0.1/1',
	'http://files.example.org/cv',
	'http://10.0.0.1/cv',
	'http://169.254.169.254/latest/meta-data',
	'https://10.0.0.1/cv',
	'https://[::1]/cv',
	'https://localhost/cv',
	'https://user:password@files.example.org/cv',
	'https://user@files.example.org/cv',
	'http://[',
	'',
])('no redirect leads to %j', async (location) => {
	const node = await start();
	const { message, description } = errorTextOf(
		await download(node, { status: 307, headers: { location } }),
		[...node.secrets, 'passwd', 'example.org', 'password@'],
	);
	expect(message).toBe(NOT_FROM_THERE);
	expect(description).toContain('public HTTPS addresses');
	expect(node.requests()).toHaveLength(2);
});

test('a redirect without an address ends the download', async () => {
	const node = await start();
	expect(errorTextOf(await download(node, { status: 307 }), node.secrets).message).toBe(
		NOT_FROM_THERE,
	);
});

test.each([
	[5, 'success'],
	[6, 'error'],
])('%i redirects are a %s', async (count, outcome) => {
	const node = await start();
	let left = count - 1;
	const elsewhere = await other(() =>
		left-- > 0
			? { status: 302, headers: { location: '/again?signature=s3cr3t' } }
			: { body: 'a file' },
	);
	const run = await download(node, {
		status: 307,
		headers: { location: `${elsewhere.origin}/again` },
	});
	expect(run.status).toBe(outcome);
	if (outcome === 'success') expect(textIn(run.output)).toBe('a file');
	else
		expect(errorTextOf(run, [...node.secrets, 's3cr3t']).message).toBe(
			'The download was redirected more than 5 times',
		);
	expect(elsewhere.received).toHaveLength(5);
});

describe('a store that refuses', () => {
	it.each([
		[403, 'It responded with status 403.'],
		[404, 'It responded with status 404.'],
		[410, 'It responded with status 410.'],
	])('with %i is named without what opens the file', async (status, reason) => {
		const node = await start();
		const elsewhere = await other(() => ({
			status,
			body: '<Error><Signature>s3cr3t</Signature></Error>',
		}));
		const run = await download(node, {
			status: 307,
			headers: { location: `${elsewhere.origin}/k3y?signature=s3cr3t` },
		});
		const { message, description, httpCode } = errorTextOf(run, [...node.secrets, 's3cr3t', 'k3y']);
		expect(message).toBe(`The CV could not be downloaded from 127.0.0.1:${elsewhere.port}`);
		expect(description).toContain(reason);
		expect(description).toContain('links expire after a short time');
		expect(httpCode).toBe(String(status));
	});

	it('by its silence is named without what opens the file', async () => {
		const node = await start();
		const elsewhere = await other(() => ({ status: 0 }));
		const run = await download(node, {
			status: 307,
			headers: { location: `${elsewhere.origin}/k3y?signature=s3cr3t` },
		});
		expect(errorTextOf(run, [...node.secrets, 's3cr3t', 'k3y']).description).toContain(
			'The connection failed with ECONNRESET.',
		);
		expect(elsewhere.received.length).toBeGreaterThan(1);
	});

	it('since the link is too old is named', async () => {
		let now = Date.now();
		const node = await start({ clock: () => (now += 4_000_000) });
		const run = await download(node);
		expect(errorTextOf(run, [...node.secrets, 'signature=']).description).toContain(
			'It responded with status 403.',
		);
	});
});

describe('JobAffinity’s own refusal of a CV', () => {
	it.each([
		[401, 'JobAffinity does not accept the login and password'],
		[403, 'The API user may not see the CV of the application with the ID 41001'],
		[404, 'JobAffinity has no CV of the application with the ID 41001'],
	])('%i is reported', async (status, reason) => {
		const node = await start();
		expect(
			errorTextOf(await download(node, { status, body: { message: 'no' } }), node.secrets).message,
		).toBe(reason);
	});

	it('as INVALID is no file', async () => {
		const node = await start();
		const body = {
			_status: 'INVALID',
			invalid: { id: { code: null, message: 'Permission denied' } },
		};
		expect(errorTextOf(await download(node, { status: 200, body }), node.secrets).message).toBe(
			'JobAffinity did not accept the request: id: Permission denied',
		);
	});
});

describe('a file', () => {
	/** @param {Record<string, string>} headers @param {string} [body] */
	async function served(headers, body = 'made up') {
		const node = await start();
		const elsewhere = await other(() => ({ headers, body }));
		const {
			json: [item],
		} = await download(node, { status: 307, headers: { location: `${elsewhere.origin}/x` } });
		return [item.fileName, item.mimeType, item.fileSize];
	}

	it.each([
		[{ 'content-type': 'application/pdf' }, ['cv-41001.pdf', 'application/pdf', 7]],
		[
			{ 'content-type': 'application/msword; charset=binary' },
			['cv-41001.doc', 'application/msword', 7],
		],
		[{}, ['cv-41001', 'text/plain', 7]],
		[
			{
				'content-type': 'application/octet-stream',
				'content-disposition': 'attachment; filename=a.docx',
			},
			['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 7],
		],
		[
			{ 'content-disposition': 'attachment; filename="../../etc/a b.pdf"' },
			['a b.pdf', 'application/pdf', 7],
		],
	])('is named by the answer: %j', async (headers, expected) => {
		expect(await served(/** @type {any} */ (headers))).toEqual(expected);
	});

	it('is recognized by its content when no type is given', async () => {
		expect(
			await served({ 'content-type': 'application/octet-stream' }, '%PDF-1.4\n%%EOF\n'),
		).toEqual(['cv-41001.pdf', 'application/pdf', 15]);
	});

	it('keeps its bytes', async () => {
		const node = await start({ cvRedirect: 'none' });
		const content = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
		const { id } = node.ja.account.apply({
			cv: { name: 'b.bin', mime_type: 'application/json', content },
		});
		const { output } = await node.run('application:downloadCv', { application: byId(id) });
		expect(Buffer.from(output[0].binary?.data.data ?? '', 'base64').equals(content)).toBe(true);
	});
});
