import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { URL_VARIABLE } from '../../shared/webhook/publicUrl';

/**
 * What JobAffinity's users must do themselves: webhooks are set up by its support, by e-mail, with the URL,
 * the events and the security method (documented, guide on webhooks).
 */
const message = `Hello,

please set up a webhook for our JobAffinity account:

1. URL: [paste the Production URL of the JobAffinity Trigger here]
2. Events: ProcessStepChange. Please also send us the list of the other events that exist, with the names they have in the payload.
3. Security: an HMAC signature, HTTP Basic authentication or a secret header, whichever you support. Please tell us the name of the header, and for a signature the algorithm, the encoding and exactly which bytes are signed. Let us exchange secrets over a safe channel.
4. Please tell us, too, when and how often calls are repeated that fail, and from which addresses you call.

Our endpoint answers within a second.

Thank you!`;

export const setupProperties: INodeProperties[] = [
	{
		displayName: `JobAffinity does not know this workflow yet: publish it, copy the <b>Production URL</b> from Webhook URLs above and send it to support@intuition-software.fr with the message below. If the URL names localhost or a private address, set ${URL_VARIABLE} first.`,
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Message to JobAffinity Support',
		name: 'setUpMessage',
		type: 'string',
		typeOptions: { rows: 8 },
		noDataExpression: true,
		default: message,
		description: 'Copy this text into an email. It has no effect on the workflow.',
	},
];

/** Parameters that only this trigger has. */
export const detailsProperties: INodeProperties[] = [
	{
		displayName: 'Fetch Application Details',
		name: 'fetchDetails',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask the API which application moved to which step, since a delivery does not say it. It needs the JobAffinity API credential.',
	},
	{
		displayName:
			'Without details an event says what its delivery says, often no more than the application: <b>filters apply to that only</b>, and <b>repeated deliveries run again</b> unless the delivery names its change.',
		name: 'thinNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { fetchDetails: [false] } },
	},
];

/** The panel of the trigger while there is no data. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from JobAffinity',
	executionsHelp: {
		inactive:
			'<b>While building</b>, click Execute Step and send a delivery that names one of your applications to the <b>Test URL</b>.<br /><br /><b>When it works</b>, publish the workflow and send its <b>Production URL</b> to JobAffinity support: a message ready to copy is in the parameters.',
		active:
			'<b>This workflow is published.</b> It runs as soon as JobAffinity delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. If none come, the JobAffinity node shows the history of webhook calls.',
	},
	activationHint: 'Publish the workflow and send the production URL to JobAffinity support.',
};

export const activationMessage = `Now send the production URL of the JobAffinity Trigger to support@intuition-software.fr: the message in the node is ready to copy. If the URL names localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again.`;
