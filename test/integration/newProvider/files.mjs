/**
 * A made-up fifth provider, Acme, whose form builder delivers `{ "event": "form.sent", "id": …,
 * "form": { … } }`: the files of its folder, by the steps of CONTRIBUTING.md.
 *
 * @type {Record<string, string>}
 */
export const folder = {
	'events/schemas.ts': `
import { z } from 'zod';

export const formSent = z
	.object({ event: z.string(), id: z.string(), form: z.object({ name: z.string() }).passthrough() })
	.passthrough();
`,
	'events/samples.ts': `
export const formSent = {
	event: 'form.sent',
	id: 'acme-1',
	sent_at: '2026-02-03T12:43:36Z',
	form: { name: 'Feedback', email: 'linda.sample@example.com' },
};
`,
	'events/person.ts': `
import type { Person } from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

export const personOf = (payload: Payload): Partial<Person> => ({ email: textAt(payload, 'form.email') });
`,
	'events/blocks.ts': `
import { registration, texts, type Blocks, type BlockSchemas } from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { personOf } from './person';

export const blocks: BlockSchemas = { registration, links: texts('form') };

export const blocksOf = (payload: Payload): Blocks => ({
	person: personOf(payload),
	registration: { form: textAt(payload, 'form.name') },
	links: { form: textAt(payload, 'form.url') },
});
`,
	'events/definitions.ts': `
import { nameOf } from '../../shared/events/title';
import type { EventDefinition } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { blocksOf } from './blocks';
import * as samples from './samples';
import { formSent } from './schemas';

export const events: readonly EventDefinition[] = [
	{
		type: 'form.sent',
		label: 'Form Sent',
		description: 'Somebody sent a form',
		schema: formSent,
		sample: samples.formSent,
		key: (payload) => textAt(payload, 'id') ?? undefined,
		title: ({ person, registration }) =>
			\`\${nameOf(person, 'Somebody')} sent \${registration?.form ?? 'a form'}\`,
		blocks: blocksOf,
	},
];
`,
	'events/filters.ts': `
import type { FilterDefinition } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

export const filters: readonly FilterDefinition[] = [
	{
		name: 'forms',
		label: 'Forms',
		description: '',
		values: { from: 'keyboard', takes: 'Name of the form', placeholder: 'e.g. Feedback' },
		texts: ({ payload }) => [textAt(payload, 'form.name')].filter((text) => text !== null),
	},
];
`,
	'provider.ts': `
import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import { singleEvent, type ProviderInfo } from '../shared/events/types';
import { textAt } from '../shared/values/text';
import { decodeJson, eventsIn } from '../shared/webhook/decode';
import type { WebhookSource } from '../shared/webhook/source';
import { blocks } from './events/blocks';
import { events } from './events/definitions';
import { filters } from './events/filters';
import { credential } from './trigger/credential';

export const acme: ProviderInfo = {
	name: 'acme',
	label: 'Acme',
	events,
	filters,
	occurredAt: (payload) => textAt(payload, 'sent_at'),
	deliveryId: (payload) => textAt(payload, 'id'),
	blocks,
	unrecognized: { title: unrecognizedTitle, blocks: () => ({}) },
	split: singleEvent,
};

export const acmeWebhooks: WebhookSource = {
	provider: withRefusals(acme),
	dedupe: { by: 'key' },
	requiresHttps: true,
	credential,
	verification: 'credential',
	whenUnsigned: 'Ask Acme to sign deliveries.',
	emptyResponse: false,
	decode(delivery) {
		const payload = decodeJson(delivery);
		return eventsIn(acme, delivery, [{ type: textAt(payload, 'event'), payload }]);
	},
};
`,
	'trigger/credential.ts': `
import type { WebhookCredential } from '../../shared/webhook/verification/credential';

export const credential: WebhookCredential = {
	name: 'acmeWebhookApi',
	label: 'Acme',
	methods: ['hmac'],
};
`,
	'trigger/setupGuide.ts': `
import { setupGuide, steps } from '../../shared/webhook/setupGuide';

export const guide = setupGuide({
	label: 'Acme',
	title: 'events from Acme',
	steps: [steps.build, steps.publish, 'Enter the <b>Production URL</b> in Acme.'],
	ifNoneCome: 'If none come, check the URL in Acme.',
	whenPublished: 'Now enter the production URL in Acme.',
});
`,
	'trigger/testRun.ts': `
import type { Samples } from '../../shared/webhook/showSample';

export const samplesOf = (): Samples => ({ first: 'form.sent' });
`,
	'trigger/properties.ts': `
import { triggerOnProperty } from '../../shared/events/properties';
import { triggerProperties } from '../../shared/webhook/properties';
import { acmeWebhooks } from '../provider';
import { guide } from './setupGuide';

export const properties = triggerProperties(acmeWebhooks, { triggerOn: triggerOnProperty(acmeWebhooks.provider), api: 'never', setup: guide.properties });
`,
	'AcmeTrigger.node.ts': `
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { eventsSubtitle } from '../shared/events/properties';
import { manualSetup } from '../shared/webhook/lifecycle';
import { receiveDelivery } from '../shared/webhook/receive';
import { processDelivery } from '../shared/webhook/showSample';
import { checkWebhookCredential } from '../shared/webhook/verification/credentialTest';
import { acme, acmeWebhooks } from './provider';
import { properties } from './trigger/properties';
import { guide } from './trigger/setupGuide';
import { samplesOf } from './trigger/testRun';

export class AcmeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Acme Trigger',
		name: 'acmeTrigger',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle: eventsSubtitle(acme),
		description: 'Starts the workflow when somebody sends a form',
		defaults: { name: 'Acme Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: guide.eventTriggerDescription,
		hints: guide.hints,
		activationMessage: guide.activationMessage,
		triggerPanel: guide.triggerPanel,
		credentials: [
			{
				name: 'acmeWebhookApi',
				required: true,
				testedBy: 'checkWebhookCredential',
				displayOptions: { show: { authentication: ['credential'] } },
			},
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'acme' }],
		properties,
	};

	methods = { credentialTest: { checkWebhookCredential } };

	webhookMethods = manualSetup(acmeWebhooks);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, acmeWebhooks);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await processDelivery(this, acmeWebhooks, samplesOf());
	}
}
`,
};

/** Its webhook credential, beside the folder. */
export const credential = `
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { credential } from '../nodes/Acme/trigger/credential';
import { webhookCredentialProperties } from '../nodes/shared/webhook/verification/credentialProperties';

export class AcmeWebhookApi implements ICredentialType {
	name = 'acmeWebhookApi';

	displayName = 'Acme Webhook API';

	properties: INodeProperties[] = webhookCredentialProperties(credential);
}
`;
