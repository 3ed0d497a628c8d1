import { createOutbox } from '../shared/outbox.mjs';
import { encode } from './encode.mjs';
import { nameOf } from './events.mjs';
import { fake } from './fake.mjs';
import { Mistake } from './mistake.mjs';
import { payloadOf } from './payloads.mjs';

/** @typedef {import('./applicants.mjs').Occurrence} Occurrence */
/** @typedef {Record<string, any>} Payload */
/**
 * @typedef {{ event: string, payload: Payload, status: number, text: string, ms: number }} Answer
 * status 0 when none came, and then the reason
 */

/** Unknown: how many deliveries Regpack sends at a time. */
const AT_A_TIME = 5;

/**
 * Regpack's sending of webhooks: no id, no time, no signature and no name of the event are
 * documented. Whether an event is sent again is unknown, and not played. The method is inferred.
 *
 * @param {import('./account.mjs').Account} account
 * @param {import('./settings.mjs').Settings} settings
 */
export function createWebhooks(account, settings) {
	/** @type {ReturnType<typeof createOutbox<Answer>>} */
	const outbox = createOutbox({ atATime: AT_A_TIME, closed: 'Regpack was closed' });
	/**
	 * Set up by hand, for there is no API for it (documented, webhooks).
	 *
	 * @type {{ groupId: number, event: string, url: string }[]}
	 */
	let configured = [];

	/**
	 * @param {string} event
	 * @param {Payload} payload
	 * @param {string} url
	 * @returns {Promise<Answer>}
	 */
	async function send(event, payload, url) {
		const { type, text } = encode(
			/** @type {Payload} */ (settings.envelope === 'list' ? [payload] : payload),
			settings.encoding,
		);
		const begun = performance.now();
		const answer = await outbox.attempt(url, text, {
			headers: { 'content-type': type },
			timeoutMs: settings.webhookTimeoutMs,
		});
		return { event, payload, ...answer, ms: performance.now() - begun };
	}

	/** @param {string} event @param {number} groupId */
	const urlOf = (event, groupId) =>
		configured.find((each) => each.event === event && each.groupId === groupId)?.url;

	const webhooks = {
		/**
		 * How often an event is sent: unknown, so 0 stands for a lost one and 2 for a repeated one.
		 *
		 * @type {(event: string) => number}
		 */
		copies: () => 1,

		/**
		 * An API admin chooses an event of a project and enters its URL: one for each event, and one
		 * event for each (documented, webhooks).
		 *
		 * @param {{ event: string, url: string, groupId?: number }} webhook event: with the id of a
		 * form in place of `*`
		 */
		configure({ event, url, groupId = account.groupId }) {
			const isWildcard = nameOf(event).endsWith('*');
			if (isWildcard) account.form(groupId, Number(event.split('_').at(-1)));
			const others = configured.filter((each) => each.event !== event || each.groupId !== groupId);
			if (others.some((each) => each.url === url))
				throw new Mistake('Only one event can correspond to a single URL');
			configured = [...others, { groupId, event, url }];
		},

		/** @param {string} event @param {{ groupId?: number }} [where] */
		remove(event, { groupId = account.groupId } = {}) {
			configured = configured.filter((each) => each.event !== event || each.groupId !== groupId);
		},

		/**
		 * Only where the project has an API admin (documented, webhooks; that nothing is sent without
		 * one is inferred).
		 *
		 * @param {Occurrence} occurrence
		 * @returns {Promise<Answer> | undefined} the first answer, if anything is sent
		 */
		announce(occurrence) {
			const { groupId } = occurrence.users[0];
			const url = urlOf(occurrence.event, groupId);
			if (!url || !account.project(groupId).apiAdmin) return undefined;
			const payload = payloadOf(account, settings, occurrence);
			const copies = Array.from({ length: webhooks.copies(occurrence.event) }, () =>
				outbox.queue(() => send(occurrence.event, payload, url)),
			);
			outbox.add(Promise.all(copies));
			return copies[0];
		},

		/** A made-up payload. @param {string} event with or without the id of a form in place of `*` */
		payloadOf: (event) => fake(event, (made, occurrence) => payloadOf(made, settings, occurrence)),

		/**
		 * Sends the made-up payload to the URL of the event; Regpack has no such button.
		 *
		 * @param {string} event
		 * @param {{ groupId?: number }} [where]
		 */
		async send(event, { groupId = account.groupId } = {}) {
			const url = urlOf(event, groupId);
			if (!url) throw new Mistake(`Project ${groupId} has no URL for ${event}`);
			return await send(event, webhooks.payloadOf(event), url);
		},

		/** Waits until all is answered. */
		flush: outbox.flush,

		/** Gives up what is still under way. */
		close: outbox.close,
	};
	return webhooks;
}
