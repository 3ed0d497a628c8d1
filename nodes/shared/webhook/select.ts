import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isNeeded, passesFilters } from '../events/filter';
import { definitionOf } from '../events/identify';
import type { Event, ProviderInfo } from '../events/types';
import { textsIn } from '../values/text';
import { logThrottled } from './log';
import type { WebhookSource } from './source';

const isTest = (provider: ProviderInfo, { event }: Event): boolean =>
	definitionOf(provider, event)?.kind === 'test';

/**
 * The third step of receiving: the events that the user wants, which are those selected in Trigger
 * On, or from which a selected one is derived, and that pass the filters. A provider's own test, which has nothing to filter by, also passes in a
 * test run. Events with an `enrichedKey` are filtered later, by what enriching gives.
 */
export function select(
	context: IWebhookFunctions,
	source: WebhookSource,
	events: readonly Event[],
): Event[] {
	const { provider, dedupe } = source;
	const types = textsIn([
		context.getNodeParameter('events', []),
		context.getNodeParameter('otherEvents', []),
	]);
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const filters = dedupe.by === 'enrichedKey' ? [] : provider.filters;
	const isTestRun = context.getMode() === 'manual';
	const selected = events.filter((event) => {
		const isSelectedType = isNeeded(provider, event.event, types);
		return isTest(provider, event)
			? isTestRun || isSelectedType
			: isSelectedType && passesFilters(event, filters, values);
	});
	if (selected.length === 0 && isTest(provider, events[0])) {
		logThrottled(
			context,
			'info',
			`${provider.label}: ${definitionOf(provider, events[0].event)?.label} received`,
		);
	}
	return selected;
}
