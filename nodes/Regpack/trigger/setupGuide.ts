import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { URL_VARIABLE } from '../../shared/webhook/publicUrl';
import { events } from '../events/definitions';

/** Where Regpack's users enter a webhook: by hand, as an API admin, one event a URL (documented, docs/webhooks). */
const WHERE = 'in Regpack, as an <b>API admin</b>, under Settings > Project Settings > <b>Webhooks</b>';

const wildcards = events.map(({ type }) => type).filter((type) => type.endsWith('*'));

/** The event as it is entered in Regpack: the star is replaced with the ID of the form (documented). */
const REGPACK_EVENT = '$parameter["events"].replace("*", String($parameter["formId"]).trim())';

export const SUBTITLE = `={{ ${REGPACK_EVENT} }}`;

/**
 * Part of the URL, which therefore shows the event that it is to be entered for, with the form ID filled in; and
 * what is still delivered for another event, after the node was changed, is not taken for this one.
 */
export const PATH = `={{ ${REGPACK_EVENT}.replace(/[^\\w-]/g, "") }}`;

/** Parameters that only this trigger has. */
export const eventProperties: INodeProperties[] = [
	{
		displayName: 'Form ID',
		name: 'formId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12345',
		description: 'ID of the form that the event is for. It is part of the URL, and the field formId of each item.',
		displayOptions: { show: { events: wildcards } },
	},
];

export const setupProperties: INodeProperties[] = [
	{
		displayName: `Regpack does not know this workflow yet: publish it, open <b>Webhook URLs</b> above, and ${WHERE}, choose the <b>event with which the URL ends</b> and enter the <b>Production URL</b>. A URL is for one event of one project: for another event add another Regpack Trigger. Regpack signs nothing, so use a credential with <b>Query Auth</b> and add the secret to the URL: ?token=… If the URL names localhost or a private address, set ${URL_VARIABLE} first.`,
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	},
];

const notByApi =
	'Regpack sends webhooks only if the project has an API admin, and never for what is done through its API: for that there is the <b>Regpack Polling Trigger</b>.';

/** The panel of the trigger while there is no data. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from Regpack',
	executionsHelp: {
		inactive: `<b>While building</b>, click Execute Step, enter the <b>Test URL</b> ${WHERE}, for the event with which it ends, and do what the event is about; or send a sample to the Test URL yourself.<br /><br /><b>When it works</b>, publish the workflow and enter its <b>Production URL</b> instead. If your credential is Query Auth, add it to the URL: <b>?token=…</b><br /><br />${notByApi}`,
		active: `<b>This workflow is published.</b> It runs as soon as Regpack delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. If none come, look at the event and the URL ${WHERE}.<br /><br />${notByApi}`,
	},
	activationHint: 'Publish the workflow and enter its production URL in the Webhooks tab of the project in Regpack.',
};

export const activationMessage = `Now enter the production URL of each Regpack Trigger in Regpack, as an API admin, under Settings > Project Settings > Webhooks, for the event with which it ends. A change of the event or the form ID changes the URL. If your credential is Query Auth, add the secret to the URL. If the URL names localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again.`;

/** Whether Regpack sends POST is not documented. n8n reads the method at publishing. */
export const methodOption: INodeProperties = {
	displayName: 'HTTP Method',
	name: 'httpMethod',
	type: 'options',
	default: 'POST',
	description: 'The method of deliveries, which Regpack does not document. Publish again after a change.',
	options: [
		{ name: 'GET', value: 'GET' },
		{ name: 'POST', value: 'POST' },
	],
};

export const HTTP_METHOD = '={{$parameter["settings"]["httpMethod"] || "POST"}}';
