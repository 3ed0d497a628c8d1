import type { INodeProperties } from 'n8n-workflow';

import { duplicateOptions } from '../events/options';
import { filtersProperty, optionsProperty, triggerOnProperty } from '../events/properties';
import type { PollingSource } from './stream';

const startFrom: INodeProperties[] = [
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		default: 'now',
		description:
			'What to take at the first poll after publishing. Later polls go on where the last one ended, also after n8n was down.',
		options: [
			{ name: 'A Date', value: 'date', description: 'What the API still shows and is not older' },
			{ name: 'All Available', value: 'listed', description: 'All that the API shows' },
			{ name: 'Now', value: 'now', description: 'Only what is new from now on' },
		],
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Events whose time is not known are taken as well',
		displayOptions: { show: { startFrom: ['date'] } },
	},
];

/** Parameters of a polling trigger; `settings` are the options that only this provider has. */
export function pollingProperties(
	{ provider }: PollingSource,
	{ notice, settings }: { notice: string; settings: INodeProperties[] },
): INodeProperties[] {
	return [
		{ displayName: notice, name: 'pollingNotice', type: 'notice', default: '' },
		triggerOnProperty(provider),
		...startFrom,
		filtersProperty(provider),
		optionsProperty([...duplicateOptions, ...settings]),
	];
}
