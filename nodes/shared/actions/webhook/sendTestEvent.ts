import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import attempt from 'lodash/attempt';
import { z } from 'zod';

import { definitionOf } from '../../events/identify';
import { nodeOf } from '../../events/recentKeys';
import { sendOnce } from '../../http/request';
import { isObject } from '../../values/json';
import { redactText } from '../../values/redact';
import { asText } from '../../values/text';
import { markedJson, markedQuery, proofRules, RESULT_HEADER } from '../../webhook/testEvent';
import type { WebhookSource } from '../../webhook/source';
import {
	missingSettings,
	verificationConfig,
	type VerificationConfig,
} from '../../webhook/verification/config';
import { signDelivery } from '../../webhook/verification/sign';
import type { Operation } from '../operation';
import { meaningOf } from './meaning';
import { targetFields, testTarget, type TestTarget } from './testTarget';
import type { TriggerType } from './triggerType';

/** How many test events a trigger may get from this process in a minute. */
const MAX_A_MINUTE = 10;
const MINUTE = 60_000;
/** Enough of an answer to recognize it. */
const MAX_ANSWER = 300;

const sentAt = new Map<string, number[]>();

/** Whether another test event may go to a URL now; it then counts. */
function takeTurn(url: string): boolean {
	const now = Date.now();
	for (const [each, times] of sentAt) {
		const recent = times.filter((time) => Math.abs(now - time) < MINUTE);
		if (recent.length > 0) sentAt.set(each, recent);
		else sentAt.delete(each);
	}
	const times = sentAt.get(url) ?? [];
	if (times.length >= MAX_A_MINUTE) return false;
	sentAt.set(url, [...times, now]);
	return true;
}

/** The rules of the node's webhook credential; `undefined` if none is chosen. */
async function credentialOf(
	context: IExecuteFunctions,
	index: number,
	{ credential: { name } }: WebhookSource,
): Promise<VerificationConfig | undefined> {
	if (!nodeOf(context).credentials?.[name]) return undefined;
	const config = verificationConfig(await context.getCredentials<IDataObject>(name, index));
	const missing = missingSettings(config);
	if (missing.length === 0) return config;
	throw new NodeOperationError(context.getNode(), 'The webhook credential is not complete', {
		itemIndex: index,
		description: `${missing.join(' ')} Nothing was sent.`,
	});
}

/** The headers that authenticate a test event as the trigger's credential wants it. */
function headersFor(
	config: VerificationConfig | undefined,
	{ method, url, id, body }: { method: string; url: string; id: string; body: string },
): Record<string, string> {
	if (!config || config.method === 'address') return {};
	const { scheme, secrets } = proofRules(config) ?? config;
	const timestamp = String(Math.floor(Date.now() / 1000));
	const content = { body: Buffer.from(body), timestamp, id, method, url };
	return signDelivery(content, scheme, secrets.slice(0, 1));
}

/** The request of a test event. */
function requestOf(
	{ url, method }: TestTarget,
	config: VerificationConfig | undefined,
	sample: IDataObject,
) {
	const id = randomUUID();
	const isQuery = method === 'GET';
	const body = isQuery ? markedQuery(id, sample) : markedJson(id, sample);
	const called = isQuery ? `${url}?${body}` : url;
	return {
		method,
		url: called,
		headers: {
			...(!isQuery && { 'Content-Type': 'application/json' }),
			...headersFor(config, { method, url: called, id, body }),
		},
		...(!isQuery && { body: Buffer.from(body) }),
		json: false,
		encoding: 'text' as const,
	};
}

/** The trigger's sentence in an answer. */
function sentenceIn(body: string): string | undefined {
	const value: unknown = attempt(() => JSON.parse(body) as unknown);
	return isObject(value) && !(value instanceof Error)
		? (asText(value.message) ?? undefined)
		: undefined;
}

/** The answer's text without likely secrets, shortened. */
const excerptOf = (body: unknown): string =>
	redactText((typeof body === 'string' ? body : '').slice(0, MAX_ANSWER));

function eventField({ source, url }: TriggerType): INodeProperties[] {
	if (url.by === 'event') return [];
	const { firstEvent } = url;
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			default: firstEvent,
			description: 'Which event to send, with the sample that Get Sample shows',
			options: source.provider.events
				.filter(({ kind }) => kind !== 'own')
				.map(({ label, type, description }) => ({ name: label, value: type, description }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		},
	];
}

/**
 * Send Test Event: a signed sample to the production URL of a trigger in this n8n, and what came
 * back. A secret is never sent: where deliveries show one, the test proves with a signature that it
 * knows it. Redirects are not followed.
 */
export const sendTestEventOf = (type: TriggerType): Operation => ({
	value: 'sendTestEvent',
	name: 'Send Test Event',
	action: 'Send test event to webhook',
	description: `Send a made-up event to the production URL of the ${type.source.provider.label} Trigger in this n8n, to find out whether URL, proxy, credential, filters and workflow are right`,
	offline: true,
	fields: [...targetFields(type), ...eventField(type)],
	schema: z.object({
		accepted: z.boolean(),
		meaning: z.string(),
		status: z.number().nullable(),
		answer: z.string().nullable(),
		event: z.string(),
		url: z.string(),
		ms: z.number(),
	}),
	async run(context, index, hint) {
		const { provider } = type.source;
		const target = testTarget(context, index, type);
		const event = String(
			type.url.by === 'event' ? target.events[0] : context.getNodeParameter('event', index, ''),
		);
		const definition = target.events.includes(event) ? definitionOf(provider, event) : undefined;
		if (!definition)
			throw new NodeOperationError(
				context.getNode(),
				`There is no ${provider.label} event "${event}"`,
				{ itemIndex: index, description: `Use one of: ${target.events.join(', ')}.` },
			);
		const config = await credentialOf(context, index, type.source);
		if (!takeTurn(target.url))
			throw new NodeOperationError(
				context.getNode(),
				`This trigger got ${MAX_A_MINUTE} test events within a minute`,
				{ itemIndex: index, description: 'Nothing was sent. Try again in a minute.' },
			);
		const startedAt = Date.now();
		const { status, body, headers, networkCode } = await sendOnce(
			context,
			null,
			requestOf(target, config, definition.sample),
		);
		const result = String(headers?.[RESULT_HEADER] ?? '');
		const meaning = meaningOf({
			status,
			result,
			sentence: sentenceIn(typeof body === 'string' ? body : ''),
			networkCode,
			label: provider.label,
			hasCredential: config !== undefined,
		});
		const accepted = result === 'accepted' && status < 300;
		if (!accepted) hint(meaning);
		return {
			accepted,
			meaning,
			status: status === 0 ? null : status,
			answer: status === 0 ? null : excerptOf(body),
			event,
			url: target.url,
			ms: Date.now() - startedAt,
		};
	},
});
