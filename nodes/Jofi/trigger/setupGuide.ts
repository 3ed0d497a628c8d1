import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { URL_VARIABLE } from '../../shared/webhook/publicUrl';

/**
 * What JOFI's users must do themselves, since JOFI has no API for webhooks: a JOFI representative
 * enters the URL. Facts from api/webhooks and docs/webhooks: one live and one test URL an account,
 * HTTPS only, HMAC or HTTP Basic Auth, and a test URL that gets only what a JOFI admin sends.
 */
const message = `Hello,

please set up our JOFI account's webhooks:

1. Live webhook URL (HTTPS): [paste the Production URL of the JOFI Trigger here]
2. Test webhook URL (HTTPS), if we want one: [paste the Production URL of a second workflow's JOFI Trigger, or delete this line]
3. Verification: HMAC signature, or HTTP Basic Auth if you prefer. For HMAC, please tell us the secret and how you sign: the name of the header, the algorithm (such as SHA-256), the encoding (hex or Base64), any prefix, and exactly which bytes are signed. For Basic Auth, let us agree on a user and a password over a safe channel.
4. Please enable webhooks for our account and, if there is a test webhook URL, have a JOFI admin send a test event to it.

Thank you!`;

/** Parameters that say how JOFI learns of this workflow. */
export const setupProperties: INodeProperties[] = [
	{
		displayName:
			`JOFI does not know this workflow yet: publish it, copy the <b>Production URL</b> from Webhook URLs above and send it to your JOFI representative with the message below. JOFI delivers to <b>HTTPS</b> addresses only. If the URL names localhost or a private address, set ${URL_VARIABLE} first.`,
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Message to Your JOFI Representative',
		name: 'setUpMessage',
		type: 'string',
		typeOptions: { rows: 8 },
		noDataExpression: true,
		default: message,
		description: 'Copy this text into an email. It has no effect on the workflow.',
	},
];

const endpoints =
	'<b>Live and test endpoint.</b> An account can have two URLs at JOFI. To tell test events from live ones, use two workflows with a JOFI Trigger each, and give JOFI the production URL of one as the live and of the other as the test webhook. The test webhook only gets what a JOFI admin sends by hand; ask for a test event.';

/** The panel of the trigger while there is no data. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from JOFI',
	executionsHelp: {
		inactive: `<b>While building</b>, click Execute Step and send a sample event to the <b>Test URL</b>, since JOFI itself delivers to the production URL only.<br /><br /><b>When it works</b>, publish the workflow and send its <b>Production URL</b> to your JOFI representative: a message ready to copy is in the parameters. The URL must be HTTPS.<br /><br />${endpoints}`,
		active: `<b>This workflow is published.</b> It runs as soon as JOFI delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. If none come, ask your JOFI representative whether the URL is set as the live webhook and webhooks are enabled.<br /><br />${endpoints}`,
	},
	activationHint:
		'JOFI delivers to the production URL only: publish the workflow and send that URL to your JOFI representative.',
};

export const activationMessage =
	`Now send the production URL of the JOFI Trigger to your JOFI representative: the message in the node is ready to copy. JOFI delivers to public HTTPS addresses only; if the URL begins with http:// or names localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again. The test webhook at JOFI gets only what a JOFI admin sends.`;
