import type { INodeProperties } from 'n8n-workflow';

import { duplicateOptions } from '../events/options';
import { filtersProperty, optionsProperty, triggerOnProperty } from '../events/properties';
import { backstopOptions } from './backstop';
import type { PollingSource } from './stream';

const startFrom: INodeProperties[] = [
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		default: 'now',
		description:
			'What to take at the first poll after publishing. Later polls continue where the last one ended, even if n8n was down in between.',
		options: [
			{ name: 'A Date', value: 'date', description: 'What the API still shows from this date on' },
			{ name: 'All Available', value: 'listed', description: 'Everything that the API shows' },
			{ name: 'Now', value: 'now', description: 'Only what is new from now on' },
		],
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Events whose time is unknown are taken as well',
		displayOptions: { show: { startFrom: ['date'] } },
	},
];

/** What distinguishes the parameters of one polling trigger from another's. */
interface PollingProperties {
	notice: string;
	/** Parameters that only this provider has. */
	own?: INodeProperties[];
	/** Options that only this provider has. */
	options?: INodeProperties[];
}

/** The parameters of a polling trigger. */
export function pollingProperties(
	source: PollingSource,
	{ notice, own = [], options = [] }: PollingProperties,
): INodeProperties[] {
	const { provider } = source;
	return [
		{ displayName: notice, name: 'pollingNotice', type: 'notice', default: '' },
		triggerOnProperty(provider),
		...startFrom,
		...own,
		filtersProperty(provider, 'always'),
		optionsProperty([...duplicateOptions, ...options, ...backstopOptions(source)]),
	];
}
