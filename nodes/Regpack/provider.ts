import type { IWebhookFunctions } from 'n8n-workflow';

import type { Chosen, Provider } from '../shared/events/types';
import { textsIn } from '../shared/values/text';
import { applicantOf } from './events/applicant';
import { events } from './events/definitions';
import { filters } from './events/filters';
import { split } from './events/split';

/** The event that the URL of this node is entered for in Regpack, as the node's parameters say. */
function chosen(context: IWebhookFunctions): Chosen {
	const [type = ''] = textsIn(context.getNodeParameter('events', ''));
	const [formId = ''] = textsIn(context.getNodeParameter('formId', ''));
	return { type, extra: type.endsWith('*') ? { formId: formId === '' ? null : formId } : {} };
}

/** Regpack (regpack.com), whose webhooks are entered by hand: one URL for each event of each project. */
export const regpack: Provider = {
	name: 'regpack',
	label: 'Regpack',
	events,
	filters,
	chosen,
	split,
	/** No part of a delivery names its event (documented by what is listed; docs/webhooks). */
	type: () => undefined,
	id: () => undefined,
	occurredAt: () => null,
	common: applicantOf,
	/** Not documented, like the method and the format of bodies. */
	needsHttps: false,
	takesForms: true,
	/** Not documented; that each element is then a delivery of its own is inferred. */
	takesLists: true,
	readsAnswer: true,
	/** Whether Regpack repeats deliveries is not documented; those who do, do so within minutes. */
	duplicateWindowMinutes: 10,
};
