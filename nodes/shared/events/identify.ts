import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import memoize from 'lodash/memoize';

import type { Chosen, EventDefinition, Part, Payload, Provider, Recognised } from './types';
import { DEFAULT_LIMITS, type Limits } from '../webhook/limits';
import { redactWebhookUrls } from '../values/redact';
import type { Rejection } from '../webhook/reject';

/** Keys are remembered by the thousand, so what a sender puts into one must not be unbounded. */
const MAX_KEY_LENGTH = 200;

/** Each person's part of a delivery is a payload with all fields of it, so that their product must be bounded. */
const MAX_FIELDS_OF_PARTS = 100_000;

/** A log line names this many differences at most. */
const MAX_DEVIATIONS = 10;

/** Of a list, the first are like the others; a schema would note every difference of all of them. */
const MAX_CHECKED = 10;

const digest = (text: string | Buffer): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * The key of one event. It says what happened, from the payload; where the payload does not tell,
 * it falls back to the provider's id of the event, and last to a digest of the bytes, which at
 * least makes a delivery and its repeat one.
 */
function eventKeyOf(
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
export function identify(
	provider: Provider,
	payload: Payload,
	body: Buffer,
	type = provider.type(payload),
	extra?: IDataObject,
): Recognised | Rejection {
	if (type === undefined) {
		return { status: 400, sentence: `The body is not an event of ${provider.label}.` };
	}
	const definition = provider.events.find((event) => event.type === type);
	return { type, definition, payload, eventKey: eventKeyOf(provider, type, definition, payload, body, extra) };
}

/**
 * Makes what tells a part from others. What it shares with them is digested once, as that of each would take a time that
 * grows with the square of the body.
 */
function distinguisher(extra: IDataObject | undefined): (part: Part) => Buffer {
	const digestOf = memoize((shared: IDataObject) => digest(JSON.stringify(shared)));
	return ({ payload, own, shared }) => {
		const parts = own && shared ? { own, shared: digestOf(shared) } : payload;
		return Buffer.from(JSON.stringify(extra ? [extra, parts] : parts));
	};
}

/**
 * The events of a delivery: one, or one for each of those that it stands for; or those of each delivery of a list.
 *
 * @param chosen what the payload does not tell
 */
export function identifyAll(
	provider: Provider,
	delivered: Payload | Payload[],
	body: Buffer,
	{ type, extra }: Partial<Chosen> = {},
	{ events: most }: Limits = DEFAULT_LIMITS,
): Recognised[] | Rejection {
	const bytesOf = distinguisher(extra);
	const events: Recognised[] = [];
	let fields = 0;
	// Once for all parts, which may share most of it.
	for (const payload of [redactWebhookUrls(delivered) as Payload | Payload[]].flat()) {
		for (const part of provider.split?.(payload) ?? [{ payload }]) {
			if (events.length >= most) return { status: 413, sentence: `The body holds more than ${most} events.` };
			fields += part.own ? Object.keys(part.payload).length : 0;
			if (fields > MAX_FIELDS_OF_PARTS) return { status: 413, sentence: 'The delivery tells too much of too many people.' };
			// What tells two people of one delivery apart is in their part of it. And equal bytes may be of two
			// forms' events, or those of one that is sent twice differ, as each form in parts has a boundary of its own.
			const isOwn = extra !== undefined || part.own !== undefined || Array.isArray(delivered);
			const event = identify(provider, part.payload, isOwn ? bytesOf(part) : body, type, part.extra);
			if ('sentence' in event) return event;
			events.push({ ...event, extra: part.extra });
		}
	}
	return events;
}

/** A value with no more of its lists than is checked. */
function excerptOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, MAX_CHECKED).map(excerptOf);
	return typeof value === 'object' && value !== null ? mapValues(value, excerptOf) : value;
}

/**
 * Where a payload differs from what is documented, as `path: what was expected`; of lists the beginning is checked. The
 * event is let through all the same: a provider may add to it, and losing it would be worse.
 */
export function schemaDeviations({ definition, payload }: Recognised): string[] {
	const result = definition?.schema.safeParse(excerptOf(payload));
	if (!result || result.success) return [];
	return result.error.issues
		.slice(0, MAX_DEVIATIONS)
		.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
