import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import lowerFirst from 'lodash/lowerFirst';
import { z } from 'zod';

import { identify } from './identify';
import type { Event, EventDefinition, ProviderInfo } from './types';

/** The event of a webhook trigger that reports what it refused. */
export const REFUSED_EVENT = 'delivery.refused';

/** Refused deliveries of one trigger in one process, since the last report. */
export interface Refusals {
	/** Why the latest was refused: the sentence that its sender got. */
	reason: string;
	/** What its sender was answered. */
	status: number;
	count: number;
	/** When the first of them came, as ISO text. */
	since: string;
	/** Where they came from, as n8n sees it; the first twenty addresses. */
	addresses: Array<{ address: string; count: number }>;
	/** How many came from further addresses. */
	fromOtherAddresses: number;
	/** All reasons, the most frequent first. */
	reasons: Array<{ reason: string; status: number; count: number }>;
}

const sample: Refusals = {
	reason: 'The signature does not match.',
	status: 401,
	count: 3,
	since: '2026-02-03T12:43:36.000Z',
	addresses: [{ address: '203.0.113.7', count: 3 }],
	fromOtherAddresses: 0,
	reasons: [{ reason: 'The signature does not match.', status: 401, count: 3 }],
};

const amount = (label: string, count: number): string =>
	count === 1 ? `1 ${label} delivery was` : `${count} ${label} deliveries were`;

/** Made by the trigger itself; what a provider sends under this name is not it. */
export const deliveryRefused: EventDefinition = {
	type: REFUSED_EVENT,
	label: 'Delivery Refused',
	description:
		'The trigger refused deliveries, such as after the secret was changed; at most one run in five minutes. Any Event does not include it.',
	kind: 'own',
	schema: z.object({}),
	sample: {},
	sampleExtra: sample as unknown as IDataObject,
	key: () => undefined,
	title({ label, details }) {
		const { count, reason } = details ?? {};
		if (typeof reason !== 'string' || typeof count !== 'number')
			return `${label} deliveries were refused`;
		return `${amount(label, count)} refused: ${lowerFirst(reason).replace(/\.$/, '')}`;
	},
	blocks: (_payload, extra) => ({ details: extra ?? null }),
};

/** The provider with what its webhook trigger itself reports. */
export const withRefusals = (provider: ProviderInfo): ProviderInfo => ({
	...provider,
	events: [...provider.events, deliveryRefused],
});

/** A report as an event; no two are the same. */
export const refusedEvent = (provider: ProviderInfo, refusals: Refusals): Event =>
	identify(provider, {
		type: REFUSED_EVENT,
		payload: {},
		id: randomUUID(),
		extra: refusals as unknown as IDataObject,
	});
