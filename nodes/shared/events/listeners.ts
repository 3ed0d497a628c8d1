import type { IDataObject, INode } from 'n8n-workflow';

import { isSelected, passesFilters } from './filter';
import { responseModeOf } from './options';
import type { Event, ProviderInfo } from './types';
import { packagePrefixOf, triggersOf, valueOf, type TriggerContext } from './workflowTriggers';
import { textsIn } from '../values/text';

/** A trigger of the workflow, and what it listens to. */
export interface Listener {
	node: INode;
	/** Its Options; what only the node itself can evaluate counts as not set. */
	settings: IDataObject;
	/** Whether it records what it runs. */
	isRecording: boolean;
	/** Whether events of this type are selected. */
	wants(type: string): boolean;
	/** Whether an event is selected and passes the filters. */
	accepts(event: Event): boolean;
}

/** The value of a parameter with what is inside it evaluated. */
function deepValueOf(context: TriggerContext, parameter: unknown): unknown {
	if (Array.isArray(parameter)) return parameter.map((each) => deepValueOf(context, each));
	if (typeof parameter !== 'object' || parameter === null) return valueOf(context, parameter);
	return Object.fromEntries(
		Object.entries(parameter).map(([name, value]) => [name, deepValueOf(context, value)]),
	);
}

function listenerOf(context: TriggerContext, provider: ProviderInfo, node: INode): Listener {
	const read = (name: string) => deepValueOf(context, node.parameters[name]);
	const settings = (read('settings') ?? {}) as IDataObject;
	const selected = [...textsIn(read('events')), ...textsIn(settings.otherEvents)];
	const filters = (read('filters') ?? {}) as IDataObject;
	const wants = (type: string): boolean => isSelected(provider, type, selected);
	return {
		node,
		settings,
		isRecording:
			settings.skipDuplicates !== false &&
			responseModeOf((name) => node.parameters[name]) === 'onReceived',
		wants,
		accepts: (event) => wants(event.event) && passesFilters(event, provider.filters, filters),
	};
}

/**
 * The workflow's triggers that are of these node types and not deactivated.
 *
 * @param provider with all events that may be asked for
 * @param types without the package
 */
export function listenersOf(
	context: TriggerContext,
	provider: ProviderInfo,
	types: readonly string[],
): Listener[] {
	const prefix = packagePrefixOf(context);
	return triggersOf(context)
		.filter(({ type }) => types.some((each) => type === prefix + each))
		.map((node) => listenerOf(context, provider, node));
}
