import { randomBytes } from 'node:crypto';
import { createOutbox } from '../shared/outbox.mjs';
import { fakeObjectOf } from './fake.mjs';

/** @typedef {import('./deliver.mjs').Verification} Verification */
/**
 * @typedef {{ live?: string, test?: string, enabled?: boolean, verification: Verification }} Configuration
 */
/**
 * @typedef {{ event: Event, status: number, text: string }} Answer status 0 when none came, and
 * then the reason
 */

/**
 * @typedef {object} Event documented, api/events
 * @property {string} id
 * @property {string} type
 * @property {'event'} object
 * @property {string} created_at
 * @property {string} api_version
 * @property {{ object: any }} data
 * @property {string} webhook_url
 * @property {'hmac' | 'basic'} webhook_verification_method
 */

/** Unknown: how many deliveries JOFI sends at a time, and how long it waits for an answer. */
const AT_A_TIME = 5;
const TIMEOUT_MS = 30_000;

/** How soon after the change the event is made (documented by example, api/events). */
const SOON_MS = 3;

const newId = () => `evt_${randomBytes(6).toString('hex')}`;

/**
 * JOFI's sending of events. Retries are unknown and not played; `copies` says how often an event is
 * sent. JOFI demands HTTPS (documented, api/webhooks); here any URL will do, so that a local n8n
 * can be reached.
 *
 * @param {{ now: () => number, changedAt: () => number, current: (object: any) => object }} account
 * `current` gives an object as it is now
 */
export function createWebhooks({ now, changedAt, current }) {
	/** @type {ReturnType<typeof createOutbox<Answer>>} */
	const outbox = createOutbox({ atATime: AT_A_TIME, closed: 'JOFI was closed' });
	/**
	 * Set up by a JOFI representative; there is no API for it (documented, api/webhooks).
	 *
	 * @type {Configuration | undefined}
	 */
	let configuration;

	/**
	 * @param {string} type
	 * @param {object} object
	 * @param {string} url
	 * @param {Verification} verification
	 * @returns {Event}
	 */
	const eventOf = (type, object, url, verification) => ({
		id: newId(),
		type,
		object: 'event',
		created_at: new Date(Math.max(now(), changedAt()) + SOON_MS).toISOString(),
		api_version: '2.3.0',
		data: { object },
		// May be there (documented, api/events); their place and the method's values are unknown.
		webhook_url: url,
		webhook_verification_method: 'user' in verification ? 'basic' : 'hmac',
	});

	/** @param {Event} event @param {Verification} verification @returns {Promise<Answer>} */
	async function send(event, verification) {
		return {
			event,
			...(await outbox.attempt(event.webhook_url, event, {
				...verification,
				timeoutMs: TIMEOUT_MS,
			})),
		};
	}

	/**
	 * Events that wait to be sent; `undefined` when none have to.
	 *
	 * @type {Event[] | undefined}
	 */
	let held;

	const webhooks = {
		/** Keeps events back, as a queue that is behind does; that there is one is inferred. */
		hold() {
			held = [];
		},

		/**
		 * Sends what was kept back, one after the other. Unknown: whether they keep their order, and
		 * whether an event shows its object as it was at the event or as it is when it is sent.
		 *
		 * @param {{ order?: (events: Event[]) => Event[], shown?: 'then' | 'now' }} [options]
		 */
		async release({ order = (events) => events, shown = 'then' } = {}) {
			const events = order(held ?? []);
			held = undefined;
			const { verification } = configuration ?? {};
			if (!verification) return;
			for (const event of events) {
				if (shown === 'now') event.data.object = structuredClone(current(event.data.object));
				outbox.add(outbox.queue(async () => [await send(event, verification)]));
				await outbox.idle();
			}
		},

		/**
		 * How often an event is delivered: unknown, so 0 stands for a lost one and 2 for a repeated
		 * one.
		 *
		 * @type {(event: Event) => number}
		 */
		copies: () => 1,

		/** Whether the copies of an event share its id is unknown. @type {'same' | 'new'} */
		copyIds: 'same',

		/**
		 * Replaces the whole configuration; enabled unless it says otherwise.
		 *
		 * @param {Configuration} next
		 */
		configure(next) {
			configuration = { ...next };
		},

		/** What GET /accounts knows of it. */
		state: () => ({
			live: configuration?.live,
			enabled: configuration !== undefined && configuration.enabled !== false,
		}),

		/**
		 * Automatic events go to the live URL only (documented, api/webhooks).
		 *
		 * @param {string} type
		 * @param {object} object
		 */
		enqueue(type, object) {
			const { live, enabled = true, verification } = configuration ?? {};
			if (!enabled || !live || !verification || !URL.canParse(live)) return;
			const event = eventOf(type, object, live, verification);
			if (held) return void held.push(event);
			const count = webhooks.copies(event);
			for (let copy = 0; copy < count; copy++) {
				const sent = copy > 0 && webhooks.copyIds === 'new' ? { ...event, id: newId() } : event;
				outbox.add(outbox.queue(async () => [await send(sent, verification)]));
			}
		},

		flush: outbox.flush,

		/**
		 * An admin of JOFI sends a test event by hand (documented, api/webhooks). That it carries a
		 * made-up object is inferred.
		 *
		 * @param {string} type
		 */
		async sendTest(type) {
			const { test, verification } = configuration ?? {};
			if (!test || !verification) throw new Error('The account has no test URL');
			return await send(eventOf(type, fakeObjectOf(type), test, verification), verification);
		},

		close: outbox.close,
	};
	return webhooks;
}
