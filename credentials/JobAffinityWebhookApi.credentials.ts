import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credential } from '../nodes/JobAffinity/trigger/credential';
import { webhookCredentialProperties } from '../nodes/shared/webhook/verification/credentialProperties';

/** How JobAffinity proves its deliveries, as agreed with its support. */
export class JobAffinityWebhookApi implements ICredentialType {
	name = 'jobAffinityWebhookApi';

	displayName = 'JobAffinity Webhook API';

	icon: Icon = {
		light: 'file:../icons/jobaffinity.svg',
		dark: 'file:../icons/jobaffinity.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/verify-deliveries.md';

	properties: INodeProperties[] = webhookCredentialProperties(credential);
}
