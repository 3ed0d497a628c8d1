import { once } from 'node:events';
import { createServer } from 'node:http';
import escape from 'lodash/escape.js';

/** @typedef {import('./mailbox.mjs').Mail} Mail */

/**
 * @typedef {object} MailboxPage
 * @property {string} base e.g. `http://127.0.0.1:40001`, without a slash at the end: the list of
 * mails; `/mail/1` is the first one
 * @property {(path: string, open: () => Promise<{ to: string, cookie: string }>) => string} addDoor
 * a path that sends the browser on to another server of this machine, with a cookie of that one;
 * returns its URL
 * @property {() => Promise<void>} close
 */

/** Nothing but the page's own style: whatever a mail says, it loads and runs nothing. */
const HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'cache-control': 'no-store',
};

const STYLE = `
	:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
	body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
	table { width: 100%; border-collapse: collapse; }
	th, td { padding: 0.4rem 0.6rem 0.4rem 0; text-align: left; vertical-align: top; }
	td { overflow-wrap: anywhere; border-top: 1px solid #8884; }
	td:last-child { white-space: nowrap; }
	dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
	dd { margin: 0; overflow-wrap: anywhere; }
	pre { padding: 1rem; border: 1px solid #8884; white-space: pre-wrap; overflow-wrap: anywhere; }`;

/** How often the list looks for new mails, in seconds. */
const REFRESH_S = 5;

/**
 * Shows the mails of a mailbox in the browser, as plain text, on a free loopback port.
 *
 * @param {readonly Mail[]} messages oldest first; may grow
 * @returns {Promise<MailboxPage>}
 */
export async function openMailboxPage(messages) {
	/** @type {Map<string, () => Promise<{ to: string, cookie: string }>>} */
	const doors = new Map();

	/** @param {string} path @returns {string | undefined} */
	function pageAt(path) {
		if (path === '/') return listOf(messages);
		const [, number] = /^\/mail\/(\d{1,9})$/.exec(path) ?? [];
		const mail = messages[Number(number) - 1];
		return mail && mailPage(mail);
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 */
	async function answer({ method, url = '', headers }, response) {
		/** @param {number} status @param {string} html */
		const show = (status, html) => response.writeHead(status, HEADERS).end(html);
		// Only who asks this machine by its address: a name could be somebody else's.
		if (headers.host !== new URL(base).host) return show(403, page('Not here', ''));
		if (method !== 'GET') return show(405, page('Not possible', ''));
		const open = doors.get(url);
		if (open) {
			const { to, cookie } = await open();
			return response.writeHead(303, { ...HEADERS, location: to, 'set-cookie': cookie }).end();
		}
		const html = pageAt(url);
		show(html ? 200 : 404, html ?? page('There is no such mail', BACK));
	}

	const server = createServer((request, response) => {
		answer(request, response).catch((error) => {
			const reason = error instanceof Error ? error.message : String(error);
			response.writeHead(500, HEADERS).end(page('That did not work', `<p>${escape(reason)}</p>`));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const base = `http://127.0.0.1:${port}`;

	return {
		base,
		addDoor(path, open) {
			doors.set(path, open);
			return base + path;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const BACK = '<p><a href="/">All mails</a></p>';

/**
 * @param {string} title
 * @param {string} body HTML
 * @param {string} [head] HTML
 */
const page = (title, body, head = '') =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>${escape(title)}</title><style>${STYLE}</style></head><body><h1>${escape(title)}</h1>${body}</body></html>`;

/** @param {Date} time */
const timeOf = (time) => escape(time.toTimeString().slice(0, 8));

/** @param {readonly Mail[]} messages the newest is shown first */
function listOf(messages) {
	const rows = messages.map(
		({ subject, to, receivedAt }, index) =>
			`<tr><td><a href="/mail/${index + 1}">${escape(subject) || '(no subject)'}</a></td><td>${escape(to.join(', '))}</td><td>${timeOf(receivedAt)}</td></tr>`,
	);
	const table = `<table><tr><th>Subject</th><th>To</th><th>At</th></tr>${rows.reverse().join('')}</table>`;
	return page(
		'Local mailbox',
		rows.length > 0 ? table : '<p>There is no mail yet.</p>',
		`<meta http-equiv="refresh" content="${REFRESH_S}">`,
	);
}

/** @param {Mail} mail */
function mailPage({ subject, from, to, text, attachments, receivedAt }) {
	const facts = [
		['From', escape(from)],
		['To', escape(to.join(', '))],
		['At', timeOf(receivedAt)],
		...attachments.map(({ name, size }) => ['Attached', escape(`${name}, ${size} bytes`)]),
	];
	const list = facts.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('');
	return page(subject || '(no subject)', `${BACK}<dl>${list}</dl><pre>${escape(text)}</pre>`);
}
