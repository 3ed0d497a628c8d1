import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { URL_VARIABLE } from '../../shared/webhook/publicUrl';

/** Staff set up webhooks by email, for a URL and a list of courses; there is no self-service (documented, webhooks). */
const message = `Hello,

Please set up a webhook for our course completions:

1. URL: [paste the Production URL of the Innovative Educators Trigger here]
2. Courses: [list the courses, or write: all]
3. Please send us the IDs of these courses and our client ID (userDetail.client), so that we can recognize our own completions.
4. Please let us know if you deliver from addresses other than 54.243.7.71 and 3.83.213.76.
5. Please send the test notification once the webhook is set up, and enable the nightly SFTP file if we do not have it yet.

Thank you!`;

export const setupProperties: INodeProperties[] = [
	{
		displayName: `Innovative Educators does not deliver to this workflow yet: publish it, copy the <b>Production URL</b> from Webhook URLs above and send it with the message below. Never use a URL that redirects: Innovative Educators counts a redirect as delivered, and the event is lost. If the URL contains localhost or a private address, set ${URL_VARIABLE} first.`,
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

/** Documented (webhooks): the timeout, the successful statuses and the retries. */
export const DEADLINE =
	'Innovative Educators waits 15 seconds, counts 200 to 308 as delivered, redirects included, and retries a failed delivery ten times within about 3.5 hours';

const testing =
	'After setup Innovative Educators sends a <b>test notification</b>, whose content is not documented. The trigger answers it with 200 and starts nothing: add Test Notification to Trigger On to see it as an execution.';

/** Shown while the trigger has no data. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive course completions from Innovative Educators',
	executionsHelp: {
		inactive: `<b>While building</b>, click Execute Step and send a sample to the <b>Test URL</b> yourself, with Authentication set to None: Innovative Educators delivers to the production URL only.<br /><br /><b>When it works</b>, publish the workflow and send its <b>Production URL</b> to Innovative Educators: the parameters contain a message to copy.<br /><br />${testing}`,
		active: `<b>This workflow is published.</b> It runs when Innovative Educators delivers to its <b>Production URL</b>, and these runs appear in the <a data-key="executions">executions list</a>. The nightly file, which the Innovative Educators node reads, contains events whose deliveries failed for more than 3.5 hours.<br /><br />${testing}`,
	},
	activationHint: 'Publish the workflow and send the production URL to Innovative Educators.',
};

export const activationMessage = `Now send the production URL of the Innovative Educators Trigger to Innovative Educators: the node contains a message to copy. If the URL contains localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again. Behind a reverse proxy set N8N_PROXY_HOPS, or the trigger rejects every delivery.`;
