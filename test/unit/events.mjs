import { DEFAULT_LIMITS } from '#dist/nodes/shared/webhook/limits.js';
import { identify } from '#dist/nodes/shared/events/identify.js';
import { toItem } from '#dist/nodes/shared/events/item.js';
import { textAt } from '#dist/nodes/shared/values/text.js';

/** @typedef {import('../../nodes/shared/webhook/source.js').WebhookSource} WebhookSource */
/** @typedef {import('../../nodes/shared/webhook/source.js').RawDelivery} RawDelivery */
/** @typedef {import('../../nodes/shared/events/types.js').Event} Event */
/** @typedef {import('../../nodes/shared/events/types.js').ProviderInfo} ProviderInfo */
/** @typedef {import('n8n-workflow').IDataObject} Payload */

/**
 * A verified delivery of this body.
 *
 * @param {string | Uint8Array} body
 * @param {Partial<RawDelivery>} [rest]
 * @returns {RawDelivery}
 */
export const deliveryOf = (body, rest = {}) => ({
	contentType: 'application/json',
	body: Buffer.from(body),
	limits: DEFAULT_LIMITS,
	hints: [],
	...rest,
});

/**
 * The only event of a delivery of this payload, of a provider that decodes at once.
 *
 * @param {WebhookSource} source
 * @param {unknown} payload
 * @returns {Event}
 */
export function eventOf(source, payload) {
	const events = /** @type {Event[]} */ (
		source.decode(deliveryOf(JSON.stringify(payload)), (_, fallback) => fallback)
	);
	expect(events).toHaveLength(1);
	return events[0];
}

/**
 * An event of a payload that names its type under `type`.
 *
 * @param {ProviderInfo} provider
 * @param {Payload} payload
 * @param {string} [bytes]
 */
export const identified = (provider, payload, bytes = JSON.stringify(payload)) =>
	identify(
		provider,
		{ type: String(payload.type), payload, id: textAt(payload, 'id') ?? undefined },
		() => bytes,
	);

/** How an event came in, as far as it matters to no test. @type {import('../../nodes/shared/events/item.js').Reception} */
export const RECEPTION = {
	source: 'webhook',
	receivedAt: '2026-02-03T13:05:13.000Z',
	timezone: 'America/New_York',
};

/**
 * The item of an event.
 *
 * @param {ProviderInfo} provider
 * @param {Event} event
 * @returns {any}
 */
export const itemOf = (provider, event) => toItem(provider, event, RECEPTION);

/** @typedef {{ status: number, sentence: string, challenge?: string }} Rejected */

/**
 * What a rejection says. Any other error is thrown on.
 *
 * @param {unknown} error
 * @returns {Rejected}
 */
function rejected(error) {
	const { status, message, headers } =
		/** @type {import('../../nodes/shared/webhook/reject.js').Rejection} */ (error);
	if (status === undefined) throw error;
	const challenge = headers?.['WWW-Authenticate'];
	return { status, sentence: message, ...(challenge && { challenge }) };
}

/**
 * The same function, which gives what a rejection says instead of throwing it.
 *
 * @template {any[]} Given
 * @template Result
 * @param {(...given: Given) => Result} work
 */
export const caught =
	(work) =>
	(/** @type {Given} */ ...given) => {
		try {
			return work(...given);
		} catch (error) {
			return rejected(error);
		}
	};

/** The same of what is awaited. @template T @param {() => T | Promise<T>} work */
export async function outcomeOf(work) {
	try {
		return await work();
	} catch (error) {
		return rejected(error);
	}
}
