import type { Provider } from '../delivery/define';
import { textAt } from '../delivery/text';
import { events, typeOf } from './events';
import { filters } from './filters';

/** Innovative Educators (innovativeeducators.org), whose staff set webhooks up by e-mail; there is no API. */
export const innovativeEducators: Provider = {
	name: 'innovative-educators',
	label: 'Innovative Educators',
	events,
	filters,
	type: typeOf,
	id: (payload) => textAt(payload, 'id') ?? undefined,
	/** When it happened, not when it was delivered; a retry comes up to 3.5 hours later (documented for the platform). */
	occurredAt: (payload) => textAt(payload, 'timestamp'),
	common: () => ({}),
	/** Whether it delivers to HTTPS addresses only is not documented. */
	needsHttps: false,
};
