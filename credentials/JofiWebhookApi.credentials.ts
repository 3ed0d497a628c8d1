import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credential } from '../nodes/Jofi/trigger/credential';
import { webhookCredentialProperties } from '../nodes/shared/webhook/verification/credentialProperties';

/** How JOFI proves its deliveries, as agreed with a JOFI representative. */
export class JofiWebhookApi implements ICredentialType {
	name = 'jofiWebhookApi';

	displayName = 'JOFI Webhook API';

	icon: Icon = {
		light: 'file:../icons/jofi.svg',
		dark: 'file:../icons/jofi.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/verify-deliveries.md';

	properties: INodeProperties[] = webhookCredentialProperties(credential);
}
