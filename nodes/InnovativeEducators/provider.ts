import isPlainObject from 'lodash/isPlainObject';

import type { Part, Payload, Provider } from '../shared/events/types';
import { isDeeperThan, MAX_DEPTH } from '../shared/values/json';
import { textAt } from '../shared/values/text';
import { events, typeOf } from './events/definitions';
import { filters } from './events/filters';

/** Of a body that is only passed on, for a person to read. */
const MOST_TEXT = 10_000;

/**
 * The test notification may be anything, as its body is not documented. A list of events is not documented for
 * deliveries either, but the nightly file is one.
 */
function unreadable(body: Buffer): Payload {
	try {
		const parsed: unknown = JSON.parse(body.toString('utf8'));
		if (Array.isArray(parsed) && parsed.length > 0 && !isDeeperThan(MAX_DEPTH, parsed)) return { events: parsed as Payload[] };
	} catch {
		// Not JSON; the text is kept.
	}
	return { text: body.toString('utf8', 0, MOST_TEXT) };
}

/** A part for each event of a list. */
function* split(payload: Payload): Generator<Part> {
	const { event, events: list } = payload;
	if (event !== undefined || !Array.isArray(list) || list.length === 0 || !list.every((each) => isPlainObject(each))) return yield { payload };
	for (const each of list as Payload[]) yield { payload: each, ...(list.length > 1 && { own: each }) };
}

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
	/** Documented (webhooks); the platform's other customers presumably share them (inferred). */
	addresses: '54.243.7.71, 3.83.213.76',
	unreadable,
	split,
};
