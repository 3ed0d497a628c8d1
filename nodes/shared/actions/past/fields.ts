import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ANY_EVENT } from '../../events/filter';
import { filtersProperty, triggerOnProperty } from '../../events/properties';
import type { PastSource } from './source';

export const since: INodeProperties = {
	displayName: 'Since',
	name: 'since',
	type: 'dateTime',
	required: true,
	default: '',
	description:
		'The earliest time of an event, in the time zone of the workflow. Events whose time is unknown are taken as well.',
};

export const until: INodeProperties = {
	displayName: 'Until',
	name: 'until',
	type: 'dateTime',
	default: '',
	description: 'The latest time of an event; leave it empty for now',
};

export const onlyNew: INodeProperties = {
	displayName: 'Only What Has Not Run Yet',
	name: 'onlyNew',
	type: 'boolean',
	default: true,
	description:
		"Whether to skip what this workflow has run already, and record what is output as run. The record belongs to the workflow: put this node into the workflow of the trigger, with the trigger's next node behind it. Test runs of the whole workflow record as well; those that end earlier do not.",
};

export const preview: INodeProperties = {
	displayName: 'Preview',
	name: 'preview',
	type: 'boolean',
	default: false,
	description:
		'Whether to only list what would run: nothing is recorded, and no node behind this one runs',
};

/** The events that can be read, as in Trigger On. */
function eventsField({ provider, types }: PastSource): INodeProperties {
	const readable = { ...provider, events: provider.events.filter((e) => types.includes(e.type)) };
	const field = triggerOnProperty(readable);
	const description = 'Every event that can be read, but for those that are derived from others';
	const options = (field.options as INodePropertyOptions[]).map((option) =>
		option.value === ANY_EVENT ? { ...option, description } : option,
	);
	return { ...field, displayName: 'Events', options };
}

/** Which events to read: those of the workflow's triggers, or others. */
export const selectionFields = (past: PastSource): INodeProperties[] => {
	const { provider } = past;
	const isSelectedHere = { displayOptions: { show: { selectEvents: ['here'] } } };
	return [
		{
			displayName: 'Select Events',
			name: 'selectEvents',
			type: 'options',
			default: 'triggers',
			description: 'Which events to read',
			options: [
				{
					name: 'As the Triggers Do',
					value: 'triggers',
					description: `Those that the ${provider.label} triggers of this workflow listen to, with their filters and options`,
				},
				{ name: 'Here', value: 'here', description: 'Events and filters that you choose here' },
			],
		},
		{ ...eventsField(past), ...isSelectedHere },
		{ ...filtersProperty(provider, 'always'), ...isSelectedHere },
	];
};
