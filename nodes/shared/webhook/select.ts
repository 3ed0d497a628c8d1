import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isNeeded, isSelected, passesFilters } from '../events/filter';
import { definitionOf } from '../events/identify';
import type { Event, ProviderInfo } from '../events/types';
import { textsIn } from '../values/text';
import { settingsOf } from './limits';
import { logThrottled } from './log';
import type { RawDelivery, WebhookSource } from './source';

const kindOf = (provider: ProviderInfo, { event }: Event) => definitionOf(provider, event)?.kind;

/**
 * The third step of receiving: the events that the user wants, which are those selected in Trigger
 * On and that pass the filters. A provider's own test, which has nothing to filter by, also passes in
 * a test run. What only the trigger itself reports never passes, whoever sends it. Events with an
 * `enrichedKey` are filtered later, by what enriching gives, and pass if a selected one may be derived
 * from them; those of a test event have it already.
 */
export function select(
	context: IWebhookFunctions,
	source: WebhookSource,
	{ test }: Pick<RawDelivery, 'test'>,
	events: readonly Event[],
): Event[] {
	const { provider, dedupe } = source;
	const types = textsIn([context.getNodeParameter('events', []), settingsOf(context).otherEvents]);
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const isEnriched = dedupe.by === 'enrichedKey' && test === undefined;
	const [isWanted, filters] = isEnriched ? [isNeeded, []] : [isSelected, provider.filters];
	const isTestRun = context.getMode() === 'manual';
	const selected = events.filter((event) => {
		const kind = kindOf(provider, event);
		if (kind === 'own') return false;
		const isSelectedType = isWanted(provider, event.event, types);
		return kind === 'test'
			? isTestRun || isSelectedType
			: isSelectedType && passesFilters(event, filters, values);
	});
	if (selected.length === 0 && kindOf(provider, events[0]) === 'test') {
		logThrottled(
			context,
			'info',
			`${provider.label}: ${definitionOf(provider, events[0].event)?.label} received`,
		);
	}
	return selected;
}
