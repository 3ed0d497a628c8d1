import { setupGuide, steps, WHERE_THE_MESSAGE_IS } from '../../shared/webhook/setupGuide';

/**
 * Staff set up webhooks by email, for a URL and a list of courses; there is no self-service
 * (documented, webhooks).
 */
export const guide = setupGuide({
	label: 'Innovative Educators',
	title: 'course completions from Innovative Educators',
	steps: [steps.build, steps.publish, `<b>Email Innovative Educators</b>: ${WHERE_THE_MESSAGE_IS}`],
	note: 'Never use a URL that redirects: Innovative Educators counts a redirect as delivered, and the event is lost.',
	message: {
		to: 'Innovative Educators',
		text: (url) => `Hello,

Please set up a webhook for our course completions:

1. URL: ${url}
2. Courses: all (or name them here)
3. Please send us the IDs of these courses and our client ID (userDetail.client), so that we can recognize our own completions.
4. Please let us know if you deliver from addresses other than 54.243.7.71 and 3.83.213.76.
5. Please send the test notification once the webhook is set up, and enable the nightly SFTP file if we do not have it yet.

Thank you!`,
	},
	whenPublished:
		'Now email Innovative Educators: the message is at the end of the Innovative Educators Trigger, and above its output after Execute step with the URL in it. Behind a reverse proxy, ask whoever runs your n8n to set N8N_PROXY_HOPS, or the trigger refuses every delivery.',
	ifNoneCome:
		'The nightly file, which the Innovative Educators node reads, contains events whose deliveries failed for more than 3.5 hours.',
	more: 'After setup Innovative Educators sends a <b>test notification</b>, whose content is not documented. The trigger answers it with 200 and starts nothing: add Test Notification to Trigger On to see it as an execution.',
});
