import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * JobAffinity's support sets webhooks up, by email, with the URL, the events and the security
 * method (documented, guide on webhooks).
 */
export const guide = setupGuide({
	label: 'JobAffinity',
	title: 'events from JobAffinity',
	steps: [steps.build, steps.email('support@intuition-software.fr'), steps.publishWithAnswer],
	message: {
		to: 'JobAffinity Support',
		text: (url) => `Hello,

please set up a webhook for our JobAffinity account:

1. URL: ${url}
2. Events: ProcessStepChange. Please also send us the list of the other events that exist, with the names they have in the payload.
3. Security: an HMAC signature, HTTP Basic authentication or a secret header, whichever you support. Please tell us the name of the header, and for a signature the algorithm, the encoding and exactly which bytes are signed. Let us exchange secrets over a safe channel.
4. Please tell us, too, when and how often calls are repeated that fail, and from which addresses you call.

Our endpoint answers within a second.

Thank you!`,
	},
	whenPublished:
		'Now email support@intuition-software.fr, if you have not yet: the message is at the end of the JobAffinity Trigger, and above its output after Execute step with the URL in it.',
	ifNoneCome: 'If none come, the JobAffinity node shows the history of webhook calls.',
});
