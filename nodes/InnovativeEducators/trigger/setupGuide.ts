import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { URL_VARIABLE } from '../../shared/webhook/publicUrl';

/** What its users must do themselves: staff set webhooks up, by e-mail, with a URL and the courses (documented, webhooks). */
const message = `Hello,

please set up a webhook for our course completions:

1. URL: [paste the Production URL of the Innovative Educators Trigger here]
2. Courses: [name the courses, or write: all]
3. Please tell us the IDs of these courses, and our client ID (userDetail.client), so that we can tell our completions from others'.
4. Please tell us if the addresses from which you deliver (54.243.7.71 and 3.83.213.76) are no longer all of them.
5. Please send the test notification when it is set up, and enable the nightly SFTP file as well if we do not have it yet.

Thank you!`;

export const setupProperties: INodeProperties[] = [
	{
		displayName: `Innovative Educators does not know this workflow yet: publish it, copy the <b>Production URL</b> from Webhook URLs above and send it with the message below. Never give a URL that redirects: a redirect counts as delivered there, and the event is lost. If the URL names localhost or a private address, set ${URL_VARIABLE} first.`,
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Message to Innovative Educators',
		name: 'setUpMessage',
		type: 'string',
		typeOptions: { rows: 8 },
		noDataExpression: true,
		default: message,
		description: 'Copy this text into an email. It has no effect on the workflow.',
	},
];

/** Documented (webhooks): the timeout, what counts as success, and the retries. */
export const DEADLINE =
	'Innovative Educators waits 15 seconds, takes 200 to 308 for delivered, redirects included, and repeats what failed ten times within about 3.5 hours';

const testing =
	'After set-up Innovative Educators sends a <b>test notification</b>, whose content is not documented. It is answered 200 and is never a completion: add Test Notification to Trigger On to see it as an execution.';

/** The panel of the trigger while there is no data. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive course completions from Innovative Educators',
	executionsHelp: {
		inactive: `<b>While building</b>, click Execute Step and send a sample to the <b>Test URL</b> yourself, with Authentication set to No meanwhile: Innovative Educators delivers to the production URL only.<br /><br /><b>When it works</b>, publish the workflow and send its <b>Production URL</b> to Innovative Educators: a message ready to copy is in the parameters.<br /><br />${testing}`,
		active: `<b>This workflow is published.</b> It runs as soon as Innovative Educators delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. What failed for more than 3.5 hours is in the nightly file, which the Innovative Educators node reads.<br /><br />${testing}`,
	},
	activationHint: 'Publish the workflow and send the production URL to Innovative Educators.',
};

export const activationMessage = `Now send the production URL of the Innovative Educators Trigger to Innovative Educators: the message in the node is ready to copy. If the URL names localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again. Behind a reverse proxy set N8N_PROXY_HOPS, or every delivery is refused.`;
