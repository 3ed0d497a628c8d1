import type { IDataObject } from 'n8n-workflow';

import { definitionOf } from '../events/identify';
import type { Event, ProviderInfo } from '../events/types';
import { headerOf, type Caller } from './request';
import { missingSettings, type VerificationConfig } from './verification/config';
import { presets, type SignatureScheme } from './verification/signatureScheme';

/**
 * Deliveries that this package sends to its own triggers. They begin with a mark that is part of the
 * body, and so of what is signed: nobody can put it on a delivery without the secret, nor take it
 * off.
 */

const MARKS = {
	json: /^\{"talentEventsTest":"([0-9a-f-]{36})",?/,
	form: /^talentEventsTest=([0-9a-f-]{36})&?/,
};

/** The longest that a mark can be, in bytes. */
const MARK_LENGTH = 80;

/** A sample with the mark, as JSON. */
export const markedJson = (id: string, sample: IDataObject): string =>
	JSON.stringify({ talentEventsTest: id, ...sample });

/** The same as the query of a GET request; what is nested is JSON in a field, as in a form. */
export function markedQuery(id: string, sample: IDataObject): string {
	const fields = Object.entries(sample).map(([name, value]): [string, string] => [
		name,
		typeof value === 'string' ? value : JSON.stringify(value),
	]);
	return new URLSearchParams([['talentEventsTest', id], ...fields]).toString();
}

/** The ID of a test event, and its body without the mark; `undefined` of any other body. */
export function testIn(body: Buffer): { id: string; body: Buffer } | undefined {
	const start = body.toString('latin1', 0, MARK_LENGTH);
	const json = MARKS.json.exec(start);
	const [mark, id] = json ?? MARKS.form.exec(start) ?? [];
	if (mark === undefined) return undefined;
	const rest = body.subarray(mark.length);
	return { id, body: json ? Buffer.concat([Buffer.from('{'), rest]) : rest };
}

/**
 * The events of a test with keys of their own, so that they are no duplicates of real ones, nor real
 * ones of them; and with what the provider's API would have shown, because it is not asked about
 * samples.
 */
export const asTest = (provider: ProviderInfo, id: string, events: readonly Event[]): Event[] =>
	events.map((event, index) => {
		const { sampleExtra } = definitionOf(provider, event.event) ?? {};
		const extra = sampleExtra || event.extra ? { ...sampleExtra, ...event.extra } : undefined;
		return { ...event, eventKey: `${provider.name}:test:${id}:${index}`, ...(extra && { extra }) };
	});

/** The header by which a trigger says what became of a test event. */
export const RESULT_HEADER = 'talent-events-result';

/**
 * How a test event proves that it knows a secret that real deliveries show: by a signature, so that
 * the secret itself is not sent, whoever may be at the URL.
 */
export const proofScheme: SignatureScheme = {
	...presets.custom,
	signatureHeader: 'talent-events-signature',
	prefix: 'v1=',
	separator: ',',
	signed: 'talent-events-test.{timestamp}.{body}',
	timestampPrefix: 't=',
};

/** In seconds. */
const PROOF_TOLERANCE = 300;

/** The rules for test events where real deliveries show their secret; `undefined` elsewhere. */
export function proofRules(config: VerificationConfig): VerificationConfig | undefined {
	const { method, user, secrets } = config;
	if (!['basic', 'header', 'query'].includes(method)) return undefined;
	if (missingSettings(config).length > 0) return undefined;
	return {
		...config,
		method: 'hmac',
		scheme: proofScheme,
		toleranceSeconds: PROOF_TOLERANCE,
		secrets: method === 'basic' ? secrets.map((secret) => `${user}:${secret}`) : secrets,
	};
}

/** The rules that a request is verified by; only one that proves its secret has rules of its own. */
export const rulesFor = (request: Caller, config: VerificationConfig): VerificationConfig =>
	headerOf(request, proofScheme.signatureHeader) === '' ? config : (proofRules(config) ?? config);
