import { setTimeout as sleep } from 'node:timers/promises';
import { createOutbox } from '../shared/outbox.mjs';

/** @typedef {import('./objects.mjs').StepChange} StepChange */
/**
 * @typedef {{ change: StepChange, status: number, text: string }} Answer status 0 when none came,
 * and then the reason
 */

/**
 * @typedef {object} Configuration
 * @property {string} url
 * @property {string[]} events only ProcessStepChange is documented (webhooks); the names of others
 * are unknown
 * @property {Record<string, string>} headers beside those of the verification
 * @property {import('../shared/deliver.mjs').Verification} verification agreed with the vendor's
 * support (documented, webhooks); its form is unknown, so GitHub's signature, Basic and a header
 * stand in
 * @property {number[]} retries milliseconds before each repetition. That there are some is
 * documented, when is unknown
 * @property {boolean} retry4xx whether 4xx is repeated, too (unknown)
 * @property {number} timeoutMs an answer takes less than 30 seconds (documented, webhooks)
 * @property {number} timeoutStatus what the history shows when no answer came: 0 or 504 (unknown)
 * @property {number} suspendAfter how many 5xx in a row suspend the calls. That they do is
 * documented, how many is unknown
 * @property {boolean} replayMissed whether what was missed while suspended is sent on `resume`
 * (unknown)
 * @property {StepChange['via'][]} via which changes are told. Whether an application's first step
 * and a step by the API are is unknown
 */

/** @type {Omit<Configuration, 'url'>} */
const DEFAULTS = {
	events: ['ProcessStepChange'],
	headers: {},
	verification: {},
	retries: [50, 100, 200],
	retry4xx: false,
	timeoutMs: 30_000,
	timeoutStatus: 0,
	suspendAfter: 5,
	replayMissed: false,
	via: ['apply', 'person', 'api'],
};

/** Unknown: how many calls JobAffinity makes at a time. */
const AT_A_TIME = 5;

/**
 * JobAffinity's sending of webhooks. There is no API for setting them up; the vendor's support does
 * it (documented, webhooks). Events carry no id (documented by example, webhooks), and their order
 * is not promised (unknown).
 *
 * @param {import('./account.mjs').Account} account
 * @param {() => import('./links.mjs').Links} links
 */
export function createWebhooks(account, links) {
	/** @type {ReturnType<typeof createOutbox<Answer>>} */
	const outbox = createOutbox({ atATime: AT_A_TIME, closed: 'JobAffinity was closed' });
	/** @type {Configuration | undefined} */
	let configuration;
	let errorsInARow = 0;
	/** @type {(() => void)[]} */
	let missed = [];

	/**
	 * @param {Configuration} to
	 * @param {string} event
	 * @param {StepChange} change
	 * @returns {Promise<Answer>}
	 */
	async function call(
		{ url, headers, verification, timeoutMs, timeoutStatus, suspendAfter },
		event,
		change,
	) {
		const at = account.now();
		const { applicationId } = change;
		// The thin payload of the samples (documented by example, webhooks).
		const payload = { event, application: links().self(`/application/${applicationId}`) };
		const { status, text } = await outbox.attempt(url, payload, {
			...verification,
			headers,
			timeoutMs,
		});
		const answer = {
			response_status: status || timeoutStatus,
			response_body: status === 0 ? '' : text,
		};
		account.recordTask({ event, at, ...answer, applicationId });
		// That no answer at all neither counts nor breaks the row is unknown.
		if (status !== 0) errorsInARow = status >= 500 ? errorsInARow + 1 : 0;
		if (errorsInARow >= suspendAfter) webhooks.suspended = true;
		return { change, status, text };
	}

	/**
	 * @param {Configuration} to
	 * @param {string} event
	 * @param {StepChange} change
	 * @returns {Promise<Answer[]>}
	 */
	async function send(to, event, change) {
		/** @type {Answer[]} */
		const answers = [];
		for (const delay of [...to.retries, undefined]) {
			const answer = await outbox.queue(async () =>
				webhooks.suspended ? undefined : await call(to, event, change),
			);
			if (!answer) {
				missed.push(() => outbox.add(send(to, event, change)));
				break;
			}
			answers.push(answer);
			const repeated =
				answer.status === 0 || answer.status >= 500 || (to.retry4xx && answer.status >= 400);
			if (!repeated || delay === undefined || outbox.signal.aborted) break;
			await sleep(delay, undefined, { signal: outbox.signal }).catch(() => undefined);
			if (outbox.signal.aborted) break;
		}
		return answers;
	}

	const webhooks = {
		/** While true, nothing is sent (documented, webhooks). */
		suspended: false,

		/**
		 * How often a step change is sent: the same event may come several times (documented,
		 * webhooks), and 0 stands for a lost one.
		 *
		 * @type {(change: StepChange) => number}
		 */
		copies: () => 1,

		/**
		 * Replaces the whole configuration.
		 *
		 * @param {Pick<Configuration, 'url'> & Partial<Configuration>} next
		 */
		configure(next) {
			configuration = { ...DEFAULTS, ...next };
		},

		/** @param {string} event @param {StepChange} change */
		announce(event, change) {
			const to = configuration;
			if (!to || !to.events.includes(event) || !to.via.includes(change.via)) return;
			const count = webhooks.copies(change);
			for (let copy = 0; copy < count; copy++) outbox.add(send(to, event, change));
		},

		/** Sends again; whether JobAffinity does so by itself is unknown. */
		resume() {
			webhooks.suspended = false;
			errorsInARow = 0;
			const again = configuration?.replayMissed ? missed : [];
			missed = [];
			for (const resend of again) resend();
		},

		/** Waits until all is answered, repetitions included: one answer for each call. */
		flush: outbox.flush,

		/** Gives up what is still under way. */
		close: outbox.close,
	};
	return webhooks;
}
