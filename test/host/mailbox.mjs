import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * @typedef {object} Mail
 * @property {string} from e.g. `Recruiting <jobs@example.org>`
 * @property {string[]} to the addresses that the server was told to deliver to
 * @property {string} subject
 * @property {string} text the plain text, without the blank at its end
 * @property {{ name: string, size: number }[]} attachments sizes in bytes
 * @property {string | undefined} html
 * @property {Date} receivedAt
 */

/**
 * @typedef {object} Mailbox
 * @property {number} port on 127.0.0.1
 * @property {Mail[]} messages all that has arrived, oldest first
 * @property {object} credential what n8n's credential type `smtp` needs to send here
 * @property {(options?: { timeoutMs?: number, matching?: (mail: Mail) => boolean, onTick?: () => void }) => Promise<Mail>} waitForMessage
 * the first mail that matches, also one that is already here; rejects after `timeoutMs` (30,000)
 * @property {() => Promise<void>} close
 */

/**
 * Opens a real SMTP server on a free loopback port, without login and without TLS.
 *
 * @param {(mail: Mail) => void} [onMessage] called for each mail that arrives
 * @returns {Promise<Mailbox>}
 */
export async function openMailbox(onMessage = () => {}) {
	/** @type {Mail[]} */
	const messages = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData(stream, session, accept) {
			simpleParser(stream).then(
				(mail) => {
					const message = {
						from: mail.from?.text ?? '',
						to: session.envelope.rcptTo.map(({ address }) => address),
						subject: mail.subject ?? '',
						text: (mail.text ?? '').trimEnd(),
						attachments: mail.attachments.map(({ filename = '', size }) => ({
							name: filename,
							size,
						})),
						html: mail.html || undefined,
						receivedAt: new Date(),
					};
					messages.push(message);
					onMessage(message);
					accept();
				},
				(/** @type {Error} */ error) => accept(error),
			);
		},
	});
	const listener = server.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
	return {
		port,
		messages,
		credential: {
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		},
		async waitForMessage({ timeoutMs = 30_000, matching = () => true, onTick } = {}) {
			const end = Date.now() + timeoutMs;
			for (;;) {
				const found = messages.find(matching);
				if (found) return found;
				if (Date.now() > end)
					throw new Error(
						`No such e-mail arrived within ${timeoutMs / 1000} s (${messages.length} others did).`,
					);
				onTick?.();
				await sleep(25);
			}
		},
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
