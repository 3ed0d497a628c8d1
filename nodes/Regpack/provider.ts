import { withRefusals } from '../shared/events/deliveryRefused';
import { unrecognizedTitle } from '../shared/events/title';
import type { ProviderInfo } from '../shared/events/types';
import { textsIn } from '../shared/values/text';
import { decodeForm, eventsIn } from '../shared/webhook/decode';
import type { WebhookSource } from '../shared/webhook/source';
import { blocks, blocksOfDelivery } from './events/blocks';
import { events } from './events/definitions';
import { addDetails } from './events/addDetails';
import { filters } from './events/filters';
import { split } from './events/split';
import { credential } from './trigger/credential';

/** Regpack (regpack.com). */
export const regpack: ProviderInfo = {
	name: 'regpack',
	label: 'Regpack',
	events,
	filters,
	/** Regpack shows no time of an event (documented list of its metadata). */
	occurredAt: () => null,
	/** Nor does it send an ID of a delivery. */
	deliveryId: () => null,
	blocks,
	unrecognized: { title: unrecognizedTitle, blocks: blocksOfDelivery },
	split,
};

/** Regpack's webhooks, which are entered by hand: one URL for each event of each project. */
export const regpackWebhooks: WebhookSource = {
	provider: withRefusals(regpack),
	/** Whether Regpack repeats deliveries is not documented; those who do, do so within minutes. */
	dedupe: { by: 'content', windowMinutes: 10 },
	/** Not documented, like the method and the format of bodies. */
	requiresHttps: false,
	credential,
	verification: 'credential',
	whenUnsigned:
		"Regpack signs nothing. Add the credential's secret to the URL that is entered in Regpack, as in ?token=…",
	emptyResponse: true,
	/**
	 * Nothing in a delivery names its event (documented by what is listed; docs/webhooks): it is the
	 * one that the node's URL was entered for. That each element of a list is a delivery of its own
	 * is inferred; lists are not documented.
	 */
	decode(delivery, parameter) {
		const [type = ''] = textsIn(parameter('events', ''));
		const [formId = ''] = textsIn(parameter('formId', ''));
		const extra = type.endsWith('*') ? { formId: formId === '' ? null : formId } : {};
		const payloads = decodeForm(delivery);
		return eventsIn(
			regpack,
			delivery,
			payloads.map((payload) => ({ type, payload, extra })),
		);
	},
	addDetails,
};
