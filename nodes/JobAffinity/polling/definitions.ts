import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { EventDefinition, ProviderInfo } from '../../shared/events/types';
import { webhookMissed, webhookSilent } from '../../shared/polling/backstop';
import { gapEvent } from '../../shared/polling/gap';
import { textAt } from '../../shared/values/text';
import { applicationIdOf } from '../api/stepChanges';
import { jobaffinity } from '../provider';

/** Events that no delivery brings: what the API says of deliveries and of itself. */

/**
 * A call of the webhook that was not answered with a 2xx, from the history (documented, guide on
 * webhooks).
 */
export const callFailed: EventDefinition = {
	type: 'webhook.call_failed',
	label: 'Webhook Call Failed',
	description:
		'JobAffinity called any webhook of the account and did not get a 2xx; the history of calls names no URL',
	schema: z.object({ call: z.object({ datetime: z.string() }).passthrough() }).passthrough(),
	sample: {
		event: 'webhook.call_failed',
		call: {
			event: 'ProcessStepChange',
			datetime: '2026-03-05 14:02:09',
			response_status: 503,
			response_body: '{"message":"The delivery could not be received. Please send it again."}',
			application: { _self: '/restapi/v1/application/410' },
		},
		repeat: 0,
	},
	/**
	 * A call has no ID. Its time and application identify it, with a count where these are the same.
	 */
	key: (payload) =>
		['call.datetime', 'call.event', 'call.application._self', 'call.response_status', 'repeat']
			.map((path) => textAt(payload, path) ?? '')
			.join('|'),
	title: () => 'JobAffinity could not deliver to a webhook',
	/** The call is in the payload. */
	blocks: (payload) => ({ application: { id: applicationIdOf(payload.call as IDataObject) } }),
};

/**
 * The API's version will be switched off, or a newer one exists (documented, guide on versioning).
 */
export const versionExpiring: EventDefinition = {
	type: 'api.version_expiring',
	label: 'API Version Expiring',
	description: 'The version of the API that this package uses has an end, or a newer one exists',
	schema: z.object({ root: z.object({ _self: z.string() }).passthrough() }).passthrough(),
	sample: {
		event: 'api.version_expiring',
		root: {
			_self: '/restapi/v1',
			_version: '1.10',
			_last_version_url: '/restapi/v2',
			_expiration: '2027-01-31',
		},
	},
	key: (payload) =>
		['root._expiration', 'root._last_version_url']
			.map((path) => textAt(payload, path) ?? '')
			.join('|'),
	title: () => 'The JobAffinity API version in use ends or has a successor',
	/** The API's root is in the payload. */
	blocks: () => ({}),
};

/** JobAffinity with the events that polling finds. */
export const polledJobAffinity: ProviderInfo = {
	...jobaffinity,
	events: [
		...jobaffinity.events,
		callFailed,
		versionExpiring,
		gapEvent,
		webhookMissed,
		webhookSilent,
	],
};
