import type { INodeParameters } from 'n8n-workflow';

import type { WebhookSource } from '../../webhook/source';

/** What the operations of Webhook need to know about a provider's webhook trigger. */
export interface TriggerType {
	source: WebhookSource;
	/** The node type, without the package. */
	type: string;
	/** How its URL ends: always the same, or with the event that it is for. */
	url:
		| { by: 'provider'; path: string; firstEvent: string }
		| {
				by: 'event';
				path(parameters: INodeParameters): string;
				method(parameters: INodeParameters): 'GET' | 'POST';
		  };
}
