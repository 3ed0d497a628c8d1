import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * JOFI has no API for webhooks: a JOFI representative enters the URL. Facts from api/webhooks and
 * docs/webhooks: one live and one test URL per account, HTTPS only, HMAC or HTTP Basic Auth, and a
 * test URL that gets only what a JOFI admin sends.
 */
export const guide = setupGuide({
	label: 'JOFI',
	title: 'events from JOFI',
	steps: [steps.credential, steps.publish, steps.email('your JOFI representative'), steps.answer],
	note: 'JOFI delivers to <b>HTTPS</b> addresses only.',
	email: {
		to: 'Your JOFI Representative',
		text: `Hello,

please set up our JOFI account's webhooks:

1. Live webhook URL (HTTPS): [paste the Production URL of the JOFI Trigger here]
2. Test webhook URL (HTTPS), if we want one: [paste the Production URL of a second workflow's JOFI Trigger, or delete this line]
3. Verification: HMAC signature, or HTTP Basic Auth if you prefer. For HMAC, please tell us the secret and how you sign: the name of the header, the algorithm (such as SHA-256), the encoding (hex or Base64), any prefix, and exactly which bytes are signed. For Basic Auth, let us agree on a user and a password over a safe channel.
4. Please enable webhooks for our account and, if there is a test webhook URL, have a JOFI admin send a test event to it.

Thank you!`,
	},
	whileBuilding:
		'click Execute Step and send a sample event to the <b>Test URL</b>. JOFI itself delivers to the production URL only.',
	whenReady:
		'publish the workflow and send its <b>Production URL</b> to your JOFI representative: a message ready to copy is in the parameters. The URL must be HTTPS.',
	ifNoneCome:
		'If none come, ask your JOFI representative whether webhooks are enabled and the URL is set as the live webhook.',
	more: '<b>Live and test endpoint.</b> An account can have two URLs at JOFI. To separate test events from live ones, use two workflows with a JOFI Trigger each, and give JOFI the production URL of one as the live and of the other as the test webhook. The test webhook gets only what a JOFI admin sends by hand, so ask for a test event.',
	activationHint:
		'JOFI delivers to the production URL only: publish the workflow and send that URL to your JOFI representative.',
	whenPublished:
		'Now send the production URL of the JOFI Trigger to your JOFI representative: the message in the node is ready to copy. JOFI delivers to public HTTPS addresses only, and its test webhook gets only what a JOFI admin sends.',
});
