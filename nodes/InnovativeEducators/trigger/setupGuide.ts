import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * Staff set up webhooks by email, for a URL and a list of courses; there is no self-service
 * (documented, webhooks).
 */
export const guide = setupGuide({
	label: 'Innovative Educators',
	title: 'course completions from Innovative Educators',
	steps: [steps.publish, steps.email('Innovative Educators')],
	note: 'Never use a URL that redirects: Innovative Educators counts a redirect as delivered, and the event is lost.',
	email: {
		to: 'Innovative Educators',
		text: `Hello,

Please set up a webhook for our course completions:

1. URL: [paste the Production URL of the Innovative Educators Trigger here]
2. Courses: [list the courses, or write: all]
3. Please send us the IDs of these courses and our client ID (userDetail.client), so that we can recognize our own completions.
4. Please let us know if you deliver from addresses other than 54.243.7.71 and 3.83.213.76.
5. Please send the test notification once the webhook is set up, and enable the nightly SFTP file if we do not have it yet.

Thank you!`,
	},
	whileBuilding:
		'click Execute Step and send a sample to the <b>Test URL</b> yourself, with Authentication set to None: Innovative Educators delivers to the production URL only.',
	whenReady:
		'publish the workflow and send its <b>Production URL</b> to Innovative Educators: a message ready to copy is in the parameters.',
	ifNoneCome:
		'The nightly file, which the Innovative Educators node reads, contains events whose deliveries failed for more than 3.5 hours.',
	more: 'After setup Innovative Educators sends a <b>test notification</b>, whose content is not documented. The trigger answers it with 200 and starts nothing: add Test Notification to Trigger On to see it as an execution.',
	activationHint: 'Publish the workflow and send the production URL to Innovative Educators.',
	whenPublished:
		'Now send the production URL of the Innovative Educators Trigger to Innovative Educators: the message in the node is ready to copy. Behind a reverse proxy set N8N_PROXY_HOPS, or the trigger rejects every delivery.',
});
