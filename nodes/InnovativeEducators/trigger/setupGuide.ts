import { setupGuide } from '../../shared/webhook/setupGuide';

/** Staff set webhooks up, by email, with a URL and the courses (documented, webhooks). */
export const guide = setupGuide({
	label: 'Innovative Educators',
	title: 'course completions from Innovative Educators',
	notice:
		'publish it, copy the <b>Production URL</b> from Webhook URLs above and send it with the message below. Never give a URL that redirects: a redirect counts as delivered there, and the event is lost.',
	email: {
		to: 'Innovative Educators',
		text: `Hello,

please set up a webhook for our course completions:

1. URL: [paste the Production URL of the Innovative Educators Trigger here]
2. Courses: [name the courses, or write: all]
3. Please tell us the IDs of these courses, and our client ID (userDetail.client), so that we can tell our completions from others'.
4. Please tell us if the addresses from which you deliver (54.243.7.71 and 3.83.213.76) are no longer all of them.
5. Please send the test notification when it is set up, and enable the nightly SFTP file as well if we do not have it yet.

Thank you!`,
	},
	whileBuilding:
		'click Execute Step and send a sample to the <b>Test URL</b> yourself, with Authentication set to None meanwhile: Innovative Educators delivers to the production URL only.',
	whenReady:
		'publish the workflow and send its <b>Production URL</b> to Innovative Educators: a message ready to copy is in the parameters.',
	ifNoneCome: 'What failed for more than 3.5 hours is in the nightly file, which the Innovative Educators node reads.',
	more: 'After setup Innovative Educators sends a <b>test notification</b>, whose content is not documented. It is answered 200 and is never a completion: add Test Notification to Trigger On to see it as an execution.',
	activationHint: 'Publish the workflow and send the production URL to Innovative Educators.',
	whenPublished:
		'Now send the production URL of the Innovative Educators Trigger to Innovative Educators: the message in the node is ready to copy. Behind a reverse proxy set N8N_PROXY_HOPS, or every delivery is refused.',
});
