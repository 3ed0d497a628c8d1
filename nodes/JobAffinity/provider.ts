import type { Provider } from '../shared/events/types';
import { textAt } from '../shared/values/text';
import { enrich } from './trigger/enrich';
import { events } from './events/definitions';
import { filters } from './events/filters';

/** JobAffinity (jobaffinity.fr), whose webhooks its support sets up; there is no API for it. */
export const jobaffinity: Provider = {
	name: 'jobaffinity',
	label: 'JobAffinity',
	events,
	filters,
	type: (payload) => textAt(payload, 'event') ?? undefined,
	/** A delivery has no ID (documented by what the guide shows). */
	id: () => undefined,
	/** Of what polling saw, as JobAffinity wrote it: the day of a change, the second of a call, without a zone. */
	occurredAt: (payload) => textAt(payload, 'change.date') ?? textAt(payload, 'call.datetime'),
	common: () => ({}),
	/** Whether it delivers to HTTPS addresses only is not documented. */
	needsHttps: false,
	ask: enrich,
};
