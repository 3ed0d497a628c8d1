import type { IWebhookFunctions } from 'n8n-workflow';
import sum from 'lodash/sum';

import { identifyAll, type TypedPayload } from '../events/identify';
import type { Event, Payload, ProviderInfo } from '../events/types';
import { countValues, isDeeperThan, isObject, MAX_DEPTH } from '../values/json';
import { redactWebhookUrls } from '../values/redact';
import { relaxedJson } from './lenientJson';
import type { Limits } from './limits';
import { isLikeJson, objectOfFields } from './parseForm';
import { Rejection } from './reject';
import type { RawDelivery, ReadParameter, WebhookSource } from './source';
import { asTest, testIn } from './testEvent';

/** The media type of a form, with which PHP's curl sends any text, and so JSON as well. */
const FORM = /^\s*application\/x-www-form-urlencoded\s*([;,]|$)/i;

/**
 * Each person's part of a delivery is a payload with all of its fields, so their product must be
 * bounded.
 */
const MAX_FIELDS_OF_EVENTS = 100_000;

const RELAXED =
	'The body is not JSON. It was read without its comments and without the commas before closing brackets, as printed samples have them. Only test runs overlook these.';

/** The parsed body, unless it is nested too deep. */
function checked<Body extends object>(body: Body): Body {
	if (isDeeperThan(MAX_DEPTH, body))
		throw new Rejection(400, `The body is nested more than ${MAX_DEPTH} levels deep.`);
	return body;
}

/**
 * Memory grows with the values rather than the bytes, so they are counted before anything is
 * parsed.
 */
function checkValues(count: number, { values }: Limits): void {
	if (count > values) throw new Rejection(413, `The body holds more than ${values} values.`);
}

/** The value of a JSON text; `undefined` when it is not JSON. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

type Content = Pick<RawDelivery, 'body' | 'contentType' | 'limits'>;

/** The JSON in the body, of any type. */
function valueIn({ body, limits }: Pick<Content, 'body' | 'limits'>): unknown {
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	// A value takes at least one byte.
	if (text.length >= limits.values) checkValues(countValues(text), limits);
	const value = parseJson(text);
	if (value === undefined) throw new Rejection(400, 'The body is not JSON.');
	return value;
}

/**
 * The JSON object in the body.
 *
 * @throws Rejection when it is something else, nested too deep, or holds too many values
 */
export function decodeJson(content: Pick<Content, 'body' | 'limits'>): Payload {
	const value = valueIn(content);
	if (!isObject(value)) throw new Rejection(400, 'The body is not a JSON object.');
	return checked(value);
}

/** Whether a form has more fields, judged by what stands between them; reading takes long. */
function hasMoreFields(body: Buffer, max: number): boolean {
	let fields = 1;
	for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
		if (++fields > max) return true;
	}
	return false;
}

/**
 * The payloads in a body that is a form (with JSON in its fields or without), a JSON object, or a
 * list of JSON objects.
 *
 * @throws Rejection when it is something else, nested too deep, or holds too many fields or values
 */
export function decodeForm(content: Content): Payload[] {
	const { body, contentType, limits } = content;
	const isForm = FORM.test(contentType) && !/^\uFEFF?\s*[[{]/.test(body.toString('utf8', 0, 100));
	if (!isForm) {
		const value = valueIn(content);
		if (Array.isArray(value) && value.length > 0 && value.every(isObject)) return checked(value);
		if (!isObject(value)) throw new Rejection(400, 'The body is not a JSON object.');
		return [checked(value)];
	}
	if (hasMoreFields(body, limits.fields)) {
		throw new Rejection(413, `The body has more than ${limits.fields} fields.`);
	}
	const fields = [...new URLSearchParams(body.toString('utf8'))];
	checkValues(sum(fields.map(([, text]) => (isLikeJson(text) ? countValues(text) : 1))), limits);
	const payload = objectOfFields(fields, limits.fields);
	if (!payload) throw new Rejection(400, 'The body is not a form that can be read.');
	return [checked(payload)];
}

/** A payload whose type may be missing. */
export type DecodedPayload = Omit<TypedPayload, 'type'> & { type: string | null };

/**
 * The events that decoded payloads stand for, without the secrets that webhook URLs may hold.
 *
 * @throws Rejection when a payload names no event, or there are too many events
 */
export function eventsIn(
	provider: ProviderInfo,
	{ body, limits }: Pick<Content, 'body' | 'limits'>,
	payloads: readonly DecodedPayload[],
): Event[] {
	if (payloads.some(({ type }) => type === null)) {
		throw new Rejection(400, `The body is not an event of ${provider.label}.`);
	}
	const events: Event[] = [];
	let fields = 0;
	const shown = payloads.map(
		(each) => ({ ...each, payload: redactWebhookUrls(each.payload) }) as TypedPayload,
	);
	for (const event of identifyAll(provider, shown, body)) {
		events.push(event);
		if (events.length > limits.events)
			throw new Rejection(413, `The body holds more than ${limits.events} events.`);
		fields += Object.keys(event.payload).length;
		if (events.length > 1 && fields > MAX_FIELDS_OF_EVENTS) {
			throw new Rejection(413, 'The delivery holds too many fields for too many people.');
		}
	}
	return events;
}

/**
 * The body without comments and trailing commas, where that makes it JSON; `undefined` where it
 * does not, or is already.
 */
function relaxed(body: Buffer): Buffer | undefined {
	const text = body.toString('utf8');
	if (parseJson(text.replace(/^\uFEFF/, '')) !== undefined) return undefined;
	const other = relaxedJson(text);
	return parseJson(other) === undefined ? undefined : Buffer.from(other);
}

/** The second step of receiving: reads the events of a verified delivery. */
export function decode(
	context: IWebhookFunctions,
	source: WebhookSource,
	delivery: RawDelivery,
): Event[] {
	const test = testIn(delivery.body);
	if (test) Object.assign(delivery, { body: test.body, test: test.id });
	const readable = context.getMode() === 'manual' ? relaxed(delivery.body) : undefined;
	if (readable) delivery.hints.push(RELAXED);
	const parameter: ReadParameter = (name, fallback) => context.getNodeParameter(name, fallback);
	const decoded = source.decode({ ...delivery, ...(readable && { body: readable }) }, parameter);
	const events = test ? asTest(source.provider, test.id, decoded) : decoded;
	const { encoding } = delivery;
	return encoding
		? events.map((event) => ({ ...event, extra: { ...event.extra, encoding } }))
		: events;
}
