import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * JobAffinity's support sets webhooks up, by email, with the URL, the events and the security
 * method (documented, guide on webhooks).
 */
export const guide = setupGuide({
	label: 'JobAffinity',
	title: 'events from JobAffinity',
	steps: [
		steps.credential,
		steps.publish,
		steps.email('support@intuition-software.fr'),
		steps.answer,
	],
	email: {
		to: 'JobAffinity Support',
		text: `Hello,

please set up a webhook for our JobAffinity account:

1. URL: [paste the Production URL of the JobAffinity Trigger here]
2. Events: ProcessStepChange. Please also send us the list of the other events that exist, with the names they have in the payload.
3. Security: an HMAC signature, HTTP Basic authentication or a secret header, whichever you support. Please tell us the name of the header, and for a signature the algorithm, the encoding and exactly which bytes are signed. Let us exchange secrets over a safe channel.
4. Please tell us, too, when and how often calls are repeated that fail, and from which addresses you call.

Our endpoint answers within a second.

Thank you!`,
	},
	whileBuilding:
		'click Execute Step and send a delivery that names one of your applications to the <b>Test URL</b>.',
	whenReady:
		'publish the workflow and send its <b>Production URL</b> to JobAffinity support: a message ready to copy is in the parameters.',
	ifNoneCome: 'If none come, the JobAffinity node shows the history of webhook calls.',
	activationHint: 'Publish the workflow and send the production URL to JobAffinity support.',
	whenPublished:
		'Now send the production URL of the JobAffinity Trigger to support@intuition-software.fr: the message in the node is ready to copy.',
});
