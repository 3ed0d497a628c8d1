import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Chosen, EventDefinition, Payload, Provider, Recognised } from './define';
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
	extra?: IDataObject,
): string {
	const rest = definition?.key(payload, extra) ?? provider.id(payload) ?? `sha256-${digest(body)}`;
	const key = `${provider.name}:${type}:${rest}`;
	return key.length <= MAX_KEY_LENGTH ? key : `${provider.name}:sha256-${digest(key)}`;
}

/**
 * Finds out which event a payload is. An unknown type is an event too, only an untyped one.
 *
 * @param type where the payload does not name it
 * @param extra what the payload does not tell, see `Part`
 */
export function recognise(
	provider: Provider,
	payload: Payload,
	body: Buffer,
	type = provider.type(payload),
	extra?: IDataObject,
): Recognised | Refusal {
	if (type === undefined) {
		return { status: 400, sentence: `The body is not an event of ${provider.label}.` };
	}
	const definition = provider.events.find((event) => event.type === type);
	return { type, definition, payload, eventKey: keyOf(provider, type, definition, payload, body, extra) };
}

/**
 * The events of a delivery: one, or one for each of those that it stands for.
 *
 * @param chosen what the payload does not tell
 */
export function recogniseAll(
	provider: Provider,
	payload: Payload,
	body: Buffer,
	{ type, extra }: Partial<Chosen> = {},
): Recognised[] | Refusal {
	const parts = provider.split?.(payload) ?? [{ payload }];
	const events: Recognised[] = [];
	for (const { payload: part, extra: own } of parts) {
		// What tells two people of one delivery apart is in their part of it. And equal bytes may be of two
		// forms' events, or those of one that is sent twice differ, as each form in parts has a boundary of its own.
		const said = extra ? [extra, part] : part;
		const bytes = extra || parts.length > 1 ? Buffer.from(JSON.stringify(said)) : body;
		const event = recognise(provider, part, bytes, type, own);
		if ('sentence' in event) return event;
		events.push({ ...event, extra: own });
	}
	return events;
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
