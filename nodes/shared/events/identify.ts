import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import memoize from 'lodash/memoize';

import type { Event, EventDefinition, Payload, ProviderInfo, SubEvent } from './types';

/**
 * Keys are kept by the thousand, so their length must be bounded, whatever a sender puts into them.
 */
const MAX_KEY_LENGTH = 200;

/** The most differences that one log line lists. */
const MAX_DEVIATIONS = 10;

/**
 * The elements of a list that are checked; a schema would report every difference of every element.
 */
const MAX_CHECKED = 10;

/** A short fingerprint of a content. */
export const digest = (text: string | Buffer): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The definition of an event type; `undefined` for one that this version does not recognize. */
export const definitionOf = (
	{ events }: Pick<ProviderInfo, 'events'>,
	type: string,
): EventDefinition | undefined => events.find((each) => each.type === type);

/** A payload whose event type is known. */
export interface TypedPayload {
	type: string;
	payload: Payload;
	/** The provider's own ID of the event. */
	id?: string;
	/** Fields to add to the items. */
	extra?: IDataObject;
}

/**
 * Makes an event of a payload. Its key says what happened, from the payload. Where the payload does
 * not say, the key is the provider's ID of the event, or else a digest of the content, which at
 * least makes a delivery and its repeat one.
 *
 * @param content what the digest is made of
 */
export function identify(
	provider: Pick<ProviderInfo, 'name' | 'events'>,
	{ type, payload, id, extra }: TypedPayload,
	content: () => string | Buffer = () => JSON.stringify(payload),
): Event {
	const rest =
		definitionOf(provider, type)?.key(payload, extra) ?? id ?? `sha256-${digest(content())}`;
	const key = `${provider.name}:${type}:${rest}`;
	const eventKey = key.length <= MAX_KEY_LENGTH ? key : `${provider.name}:sha256-${digest(key)}`;
	return { eventKey, provider: provider.name, event: type, payload, ...(extra && { extra }) };
}

/**
 * What distinguishes one sub-event from the others. What they share is digested once: for each of
 * them it would take a time that grows with the square of the body.
 */
function contentBy(extra: IDataObject | undefined): (part: SubEvent) => string {
	const digestOf = memoize((shared: IDataObject) => digest(JSON.stringify(shared)));
	return ({ payload, own, shared }) => {
		const parts = own && shared ? { own, shared: digestOf(shared) } : payload;
		return JSON.stringify(extra ? [extra, parts] : parts);
	};
}

/**
 * The events of a delivery: those that each of its payloads stands for.
 *
 * @param body the bytes that were delivered
 */
export function* identifyAll(
	provider: ProviderInfo,
	payloads: readonly TypedPayload[],
	body: Buffer,
): Generator<Event> {
	for (const { extra, ...typed } of payloads) {
		const contentOf = contentBy(extra);
		for (const part of provider.split(typed.type, typed.payload)) {
			// Several people of one delivery differ in their own parts, and the same bytes may be events
			// of two forms.
			const isWhole = extra === undefined && part.own === undefined && payloads.length === 1;
			const fields = extra || part.extra ? { ...extra, ...part.extra } : undefined;
			yield identify(provider, { ...typed, payload: part.payload, extra: fields }, () =>
				isWhole ? body : contentOf(part),
			);
		}
	}
}

/** A value whose lists are cut to what is checked. */
function excerptOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, MAX_CHECKED).map(excerptOf);
	return typeof value === 'object' && value !== null ? mapValues(value, excerptOf) : value;
}

/**
 * Where a payload differs from the provider's documentation, as `path: what was expected`. Only the
 * first elements of a list are checked. The event is accepted all the same: a provider may add to
 * it, and losing it would be worse.
 */
export function schemaDeviations(
	provider: Pick<ProviderInfo, 'events'>,
	{ event, payload }: Pick<Event, 'event' | 'payload'>,
): string[] {
	const result = definitionOf(provider, event)?.schema.safeParse(excerptOf(payload));
	if (!result || result.success) return [];
	return result.error.issues
		.slice(0, MAX_DEVIATIONS)
		.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
