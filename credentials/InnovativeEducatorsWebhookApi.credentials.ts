import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credential } from '../nodes/InnovativeEducators/trigger/credential';
import { webhookCredentialProperties } from '../nodes/shared/webhook/verification/credentialProperties';

/** How a trigger recognizes Innovative Educators. */
export class InnovativeEducatorsWebhookApi implements ICredentialType {
	name = 'innovativeEducatorsWebhookApi';

	displayName = 'Innovative Educators Webhook API';

	icon: Icon = {
		light: 'file:../icons/innovative-educators.svg',
		dark: 'file:../icons/innovative-educators.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/verify-deliveries.md';

	properties: INodeProperties[] = webhookCredentialProperties(credential);
}
