import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credential } from '../nodes/Regpack/trigger/credential';
import { webhookCredentialProperties } from '../nodes/shared/webhook/verification/credentialProperties';

/** The secret in the URL that Regpack calls. */
export class RegpackWebhookApi implements ICredentialType {
	name = 'regpackWebhookApi';

	displayName = 'Regpack Webhook API';

	icon: Icon = {
		light: 'file:../icons/regpack.svg',
		dark: 'file:../icons/regpack.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/verify-deliveries.md';

	properties: INodeProperties[] = webhookCredentialProperties(credential);
}
