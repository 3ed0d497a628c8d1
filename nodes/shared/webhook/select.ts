import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isSelected, passesFilters } from '../events/filter';
import { definitionOf, schemaDeviations } from '../events/identify';
import type { Event } from '../events/types';
import { textsIn } from '../values/text';
import { logThrottled } from './log';
import type { WebhookSource } from './source';

/** Logs where an event differs from the provider's documentation. */
function logDeviations(context: IWebhookFunctions, { provider }: WebhookSource, event: Event): void {
	const paths = schemaDeviations(provider, event);
	if (paths.length === 0) return;
	const reason = `${provider.label} event ${event.event} differs from its documentation at`;
	logThrottled(context, 'warn', `${reason} ${paths.join('; ')}`, { reason });
}

/**
 * The third step of receiving: the events that the user wants, which are those selected in Trigger On that pass
 * the filters. Events that need `enrichedKey` are filtered later, by what enriching gives.
 */
export function select(context: IWebhookFunctions, source: WebhookSource, events: readonly Event[]): Event[] {
	const { provider, dedupe } = source;
	const types = textsIn([context.getNodeParameter('events', []), context.getNodeParameter('otherEvents', [])]);
	const filters = dedupe.by === 'enrichedKey' ? [] : provider.filters;
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const selected = events.filter((each) => isSelected(provider, each.event, types) && (isTest(each) || passesFilters(each, filters, values)));
	const [first] = events;
	if (selected.length > 0) logDeviations(context, source, selected[0]);
	else if (isTest(first)) logThrottled(context, 'info', `${provider.label}: ${definitionOf(provider, first.event)?.label} received`);
	return selected;

	function isTest({ event }: Event): boolean {
		return definitionOf(provider, event)?.kind === 'test';
	}
}
