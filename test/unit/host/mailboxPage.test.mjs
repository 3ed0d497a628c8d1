import { request } from 'undici';
import { openMailboxPage } from '../../host/mailbox-page.mjs';

/** The mails of `npm start` in the browser. */

/** @type {import('../../host/mailbox.mjs').Mail[]} */
const messages = [];
/** @type {import('../../host/mailbox-page.mjs').MailboxPage} */
let page;

beforeAll(async () => {
	page = await openMailboxPage(messages);
});

afterEach(() => {
	messages.length = 0;
});

afterAll(async () => {
	await page?.close();
});

/** @param {Partial<import('../../host/mailbox.mjs').Mail>} mail */
const receive = (mail) =>
	messages.push({
		from: 'n8n@example.com',
		to: ['jane.recruiter@example.com'],
		subject: 'Linda Sample completed JOFI Thinking Skills',
		text: 'Still open:\nJOFI Career Interests',
		attachments: [],
		html: undefined,
		receivedAt: new Date(2026, 1, 3, 13, 5, 12),
		...mail,
	});

/** @param {string} path @param {Record<string, string>} [headers] @param {'GET' | 'POST'} [method] */
async function get(path, headers = {}, method = 'GET') {
	const {
		statusCode,
		headers: answered,
		body,
	} = await request(page.base + path, {
		headers,
		method,
	});
	return { status: statusCode, headers: answered, html: await body.text() };
}

test('an empty mailbox says so, and looks again by itself', async () => {
	const { status, html } = await get('/');
	expect(status).toBe(200);
	expect(html).toContain('There is no mail yet.');
	expect(html).toContain('http-equiv="refresh"');
});

test('lists the mails, the newest first, and shows each', async () => {
	receive({});
	receive({ subject: 'Second', attachments: [{ name: 'cv.pdf', size: 17 }] });
	const { html } = await get('/');
	expect(html.indexOf('Second')).toBeLessThan(html.indexOf('Linda Sample'));
	expect(html).toContain('<a href="/mail/2">Second</a>');
	expect(html).toContain('13:05:12');
	const { html: mail } = await get('/mail/2');
	expect(mail).toContain('cv.pdf, 17 bytes');
	expect(mail).toContain('<pre>Still open:\nJOFI Career Interests</pre>');
	expect(mail).toContain('jane.recruiter@example.com');
});

test('what a mail says is text: it is escaped everywhere, and its HTML is not shown', async () => {
	const evil = '<img src=x onerror=alert(1)>&"\'';
	receive({
		from: evil,
		to: [evil],
		subject: evil,
		text: evil,
		attachments: [{ name: evil, size: 1 }],
		html: evil,
	});
	for (const path of ['/', '/mail/1']) {
		const { html } = await get(path);
		expect(html).not.toContain('<img');
		expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;');
	}
});

test('loads nothing, neither from elsewhere nor as a script', async () => {
	receive({});
	for (const path of ['/', '/mail/1', '/mail/9']) {
		const { headers, html } = await get(path);
		expect(headers['content-security-policy']).toBe(
			"default-src 'none'; style-src 'unsafe-inline'",
		);
		expect(html).not.toMatch(/https?:|src=|<script|@import|url\(/);
	}
});

test.each(['/mail/0', '/mail/2', '/mail/-1', '/mail/1e0', '/mail/1/', '/../etc/passwd', '/x'])(
	'has nothing at %s',
	async (path) => {
		receive({});
		expect((await get(path)).status).toBe(404);
	},
);

test('answers those alone who ask by its address, and to look', async () => {
	expect((await get('/', { host: 'evil.example.com' })).status).toBe(403);
	expect((await get('/', {}, 'POST')).status).toBe(405);
});

test('a door leads on, with the cookie for where it leads', async () => {
	const url = page.addDoor('/run', async () => ({
		to: 'http://127.0.0.1:5678/workflow/1/executions/2',
		cookie: 'n8n-auth=token; HttpOnly',
	}));
	expect(url).toBe(`${page.base}/run`);
	const { status, headers } = await get('/run');
	expect(status).toBe(303);
	expect(headers.location).toBe('http://127.0.0.1:5678/workflow/1/executions/2');
	expect(headers['set-cookie']).toBe('n8n-auth=token; HttpOnly');
});

test('a door that does not open says why', async () => {
	page.addDoor('/shut', () => Promise.reject(new Error('n8n is <gone>')));
	expect(await get('/shut')).toMatchObject({
		status: 500,
		html: expect.stringContaining('n8n is &lt;gone&gt;'),
	});
});
