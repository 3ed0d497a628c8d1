import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * JOFI has no API for webhooks: a JOFI representative enters the URL. Facts from api/webhooks and
 * docs/webhooks: one live and one test URL per account, HTTPS only, HMAC or HTTP Basic Auth, and a
 * test URL that gets only what a JOFI admin sends.
 */
export const guide = setupGuide({
	label: 'JOFI',
	title: 'events from JOFI',
	steps: [steps.build, steps.email('your JOFI representative'), steps.publishWithAnswer],
	note: 'JOFI delivers to <b>HTTPS</b> addresses only.',
	message: {
		to: 'Your JOFI Representative',
		text: (url) => `Hello,

please set up our JOFI account's live webhook:

1. URL: ${url}
2. Verification: HMAC signature, or HTTP Basic Auth if you prefer. For HMAC, please tell us the secret and how you sign: the name of the header, the algorithm (such as SHA-256), the encoding (hex or Base64), any prefix, and exactly which bytes are signed. For Basic Auth, let us agree on a user and a password over a safe channel.
3. Please enable webhooks for our account, and tell us when you have.

Thank you!`,
	},
	whenPublished:
		'Now email your JOFI representative, if you have not yet: the message is at the end of the JOFI Trigger, and above its output after Execute step with the URL in it. JOFI delivers to public HTTPS addresses only.',
	ifNoneCome:
		'If none come, ask your JOFI representative whether webhooks are enabled and the URL is set as the live webhook.',
	more: '<b>Live and test endpoint.</b> An account can have two URLs at JOFI. To separate test events from live ones, use two workflows with a JOFI Trigger each, and give JOFI the production URL of one as the live and of the other as the test webhook. The test webhook gets only what a JOFI admin sends by hand, so ask for a test event.',
});
