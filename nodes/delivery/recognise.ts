import { createHash } from 'node:crypto';

import type { EventDefinition, Payload, Provider, Recognised } from './define';
import type { Refusal } from './refuse';

/** Keys are remembered by the thousand, so what a sender puts into one must not be unbounded. */
const MAX_KEY_LENGTH = 200;

/** A log line names this many differences at most. */
const MAX_DEVIATIONS = 10;

const digest = (text: string | Buffer): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * The key of one event. It says what happened, from the payload; where the payload does not tell,
 * it falls back to the provider's id of the event, and last to a digest of the bytes, which at
 * least makes a delivery and its repeat one.
 */
function keyOf(
	provider: Provider,
	type: string,
	definition: EventDefinition | undefined,
	payload: Payload,
	body: Buffer,
): string {
	const rest = definition?.key(payload) ?? provider.id(payload) ?? `sha256-${digest(body)}`;
	const key = `${provider.name}:${type}:${rest}`;
	return key.length <= MAX_KEY_LENGTH ? key : `${provider.name}:sha256-${digest(key)}`;
}

/** Finds out which event a payload is. An unknown type is an event too, only an untyped one. */
export function recognise(provider: Provider, payload: Payload, body: Buffer): Recognised | Refusal {
	const type = provider.type(payload);
	if (type === undefined) {
		return { status: 400, sentence: `The body is not an event of ${provider.label}.` };
	}
	const definition = provider.events.find((event) => event.type === type);
	return { type, definition, payload, eventKey: keyOf(provider, type, definition, payload, body) };
}

/**
 * Where a payload differs from what is documented, as `path: what was expected`. The event is let
 * through all the same: a provider may add to it, and losing it would be worse.
 */
export function deviations({ definition, payload }: Recognised): string[] {
	const result = definition?.schema.safeParse(payload);
	if (!result || result.success) return [];
	return result.error.issues
		.slice(0, MAX_DEVIATIONS)
		.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
