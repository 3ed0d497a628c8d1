import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { isSelected, passesFilters } from '../../events/filter';
import { listenersOf } from '../../events/listeners';
import type { PastRequest, TimeRange } from '../../events/past';
import { textsIn } from '../../values/text';
import { timeParameter } from '../parameters';
import { since, until } from './fields';
import type { PastSource } from './source';

const refuse = (context: IExecuteFunctions, message: string, description: string) =>
	new NodeOperationError(context.getNode(), message, { description });

/** @throws NodeOperationError unless there is a range */
export function rangeOf(context: IExecuteFunctions): TimeRange {
	const from = timeParameter(context, 0, since);
	if (from === undefined)
		throw refuse(context, 'Since is empty', 'Choose from when on to read events.');
	const range = { since: from, until: timeParameter(context, 0, until) ?? Date.now() };
	if (range.since <= range.until) return range;
	throw refuse(context, 'Since is later than Until', 'Choose times in this order.');
}

/**
 * What the triggers of the workflow listen to.
 *
 * @throws NodeOperationError when there are none
 */
function requestOfTriggers(
	context: IExecuteFunctions,
	{ provider, triggers }: PastSource,
): PastRequest {
	const listeners = listenersOf(context, provider, triggers);
	if (listeners.length === 0)
		throw refuse(
			context,
			`This workflow has no ${provider.label} trigger`,
			'Put this node into the workflow of the trigger, or set Select Events to Here.',
		);
	return {
		wants: (type) => listeners.some((each) => each.wants(type)),
		accepts: (event) => listeners.some((each) => each.accepts(event)),
		options: Object.assign({}, ...listeners.map(({ settings }) => settings)) as IDataObject,
	};
}

function requestOfNode(context: IExecuteFunctions, { provider }: PastSource): PastRequest {
	const selected = textsIn(context.getNodeParameter('events', 0, []));
	const filters = context.getNodeParameter('filters', 0, {}) as IDataObject;
	const wants = (type: string) => isSelected(provider, type, selected);
	return {
		wants,
		accepts: (event) => wants(event.event) && passesFilters(event, provider.filters, filters),
		options: {},
	};
}

/** @throws NodeOperationError when none of the events that can be read is selected */
export function requestOf(context: IExecuteFunctions, source: PastSource): PastRequest {
	const isHere = context.getNodeParameter('selectEvents', 0, 'triggers') === 'here';
	const request = isHere ? requestOfNode(context, source) : requestOfTriggers(context, source);
	if (!source.types.some(request.wants)) {
		const { events, label } = source.provider;
		const readable = events.filter(({ type }) => source.types.includes(type));
		throw refuse(
			context,
			isHere ? 'Events is empty' : `No ${label} trigger here listens to what can be read`,
			`Set Select Events to Here, and choose among: ${readable.map((e) => e.label).join(', ')}.`,
		);
	}
	const own = context.getNodeParameter('settings', 0, {}) as IDataObject;
	return { ...request, options: { ...request.options, ...own } };
}
