import { NodeOperationError } from 'n8n-workflow';

import type { Operation } from '../../../api/define';
import { sampleItem } from '../../../delivery/sample';
import { COMPLETED, events } from '../../events';
import { innovativeEducators } from '../../provider';
import { sampledItem } from '../../schemas';

/** A sample event as the trigger puts it out, so that a flow can be built before the first delivery. */
export const getSample: Operation = {
	value: 'getSample',
	name: 'Get Sample',
	action: 'Get sample of event',
	description: 'Get a made-up event, shaped as the Innovative Educators Trigger does it',
	offline: true,
	fields: [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			default: COMPLETED,
			description: 'Which event to get',
			options: events
				.map(({ label, type, description }) => ({ name: label, value: type, description }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		},
	],
	schema: sampledItem,
	async run(context, index) {
		const wanted = context.getNodeParameter('event', index) as string;
		const sample = sampleItem(innovativeEducators, wanted);
		if (sample) return sample;
		throw new NodeOperationError(context.getNode(), `There is no Innovative Educators event "${wanted}"`, {
			itemIndex: index,
			description: `Use one of: ${events.map(({ type }) => type).join(', ')}.`,
		});
	},
};
