import { randomBytes } from 'node:crypto';
import { createInnovativeEducators } from '../providers/innovative-educators/platform.mjs';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { deliver, sampleOf } from '../providers/jofi/deliver.mjs';
import { startRegpack } from '../providers/regpack/server.mjs';

/** @typedef {{ name: string, type: string, data: object }} CredentialDraft */

/**
 * One event of a provider, played by its simulator.
 *
 * @typedef {object} Scene
 * @property {CredentialDraft[]} credentials of the provider, as its example needs them
 * @property {(url: string) => Promise<{ status: number, text: string }[]>} deliver lets the event
 * happen, and the provider call the trigger's production URL; resolves with the answers
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Play
 * @property {string} example its file's name without the extension
 * @property {string} trigger the node that is called
 * @property {string} what happens, after "because "
 * @property {Record<string, string>} [env] settings of n8n
 * @property {() => Promise<Scene>} open starts the simulator
 */

const newSecret = () => randomBytes(24).toString('hex');

/**
 * GitHub's style stands in for those that are not documented.
 *
 * @param {string} name
 * @param {string} type
 * @param {string} secret
 */
const signature = (name, type, secret) => ({
	name,
	type,
	data: { method: 'hmac', preset: 'github', secret },
});

/**
 * What is played, by the provider's name.
 *
 * @type {Record<import('./demo-options.mjs').ProviderName, Play>}
 */
export const plays = {
	jofi: {
		example: 'jofi-assessment-completed-email',
		trigger: 'JOFI Trigger',
		what: 'a participant completed an assessment',
		async open() {
			const secret = newSecret();
			return {
				credentials: [signature('JOFI webhook', 'jofiWebhookApi', secret)],
				deliver: async (url) => [
					await deliver(url, sampleOf('test_taker.assessment_completed'), { secret }),
				],
				close: async () => {},
			};
		},
	},

	jobaffinity: {
		example: 'jobaffinity-step-change-email-with-cv',
		trigger: 'JobAffinity Trigger',
		what: 'an application moved to another step',
		async open() {
			const secret = newSecret();
			const jobaffinity = await startJobAffinity();
			const { account, webhooks, login, base } = jobaffinity;
			// Before the workflow is published, so that the application itself is not news.
			const { id } = account.apply();
			return {
				credentials: [
					signature('JobAffinity webhook', 'jobAffinityWebhookApi', secret),
					{ name: 'JobAffinity login', type: 'jobAffinityApi', data: { ...login, baseUrl: base } },
				],
				async deliver(url) {
					webhooks.configure({ url, verification: { secret }, retries: [] });
					account.move(id, INTERVIEW);
					return await webhooks.flush();
				},
				close: jobaffinity.close,
			};
		},
	},

	regpack: {
		example: 'regpack-complete-welcome-email',
		trigger: 'Regpack Trigger',
		what: 'an applicant completed all forms',
		async open() {
			const secret = newSecret();
			const regpack = await startRegpack();
			return {
				credentials: [
					{
						name: 'Regpack webhook',
						type: 'regpackWebhookApi',
						data: { method: 'query', queryName: 'token', secret },
					},
				],
				async deliver(url) {
					regpack.webhooks.configure({ event: 'user_complete', url: `${url}?token=${secret}` });
					const { cloginId: person } = regpack.account.register();
					for (const [formId, values] of FORMS)
						await regpack.form.submit({ person, formId, values });
					return await regpack.webhooks.flush();
				},
				close: regpack.close,
			};
		},
	},

	'innovative-educators': {
		example: 'innovative-educators-completion-email-by-course',
		trigger: 'Innovative Educators Trigger',
		what: 'a learner completed a course',
		// The documented addresses are accepted only, and here a proxy names the one that called.
		env: { N8N_PROXY_HOPS: '1' },
		async open() {
			const platform = createInnovativeEducators({ forwarded: true, timeoutMs: ANSWER_MS });
			return {
				credentials: [],
				async deliver(url) {
					platform.webhook.configure({ url });
					platform.complete();
					return (await platform.webhook.flush()).slice(-1);
				},
				close: platform.close,
			};
		},
	},
};

/** A step of the simulator's first process. */
const INTERVIEW = 21;

/**
 * The forms of the simulator's project, as an applicant fills them in.
 *
 * @type {[number, Record<string, string | string[]>][]}
 */
const FORMS = [
	[
		12345,
		{
			first_name: 'Ada',
			last_name: 'Sample',
			main_email: 'ada.sample@example.com',
			guardian_phone: '+1 555 0100',
		},
	],
	[12346, { heard_from: ['The web'] }],
];

/** How long a delivery may take; documented are 15 seconds. */
const ANSWER_MS = 15_000;
