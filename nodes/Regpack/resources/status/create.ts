import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { statusAnswer } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { project, projectIn, text } from '../fields';

const fields: INodeProperties[] = [
	text('Name', 'name', 'What the status is called', { required: true, placeholder: 'e.g. Waitlisted' }),
	{
		displayName: 'Color',
		name: 'color',
		type: 'color',
		default: '#336699',
		description: 'The color in which Regpack shows the status',
	},
	{
		displayName: 'Excluding',
		name: 'isExcluding',
		type: 'boolean',
		default: false,
		description: 'Whether users with this status are excluded, and left out of lists unless these ask for them',
	},
];

/** `create` of statuses, the only call about them (documented, status and create). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create status',
	description: 'Add a status that users can be given',
	fields: [...fields, project],
	schema: statusAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const status_name = asText(context.getNodeParameter('name', index, ''))?.trim();
		if (!status_name) throw refuse('Name is empty', 'Give it a value for this item.');
		const color = String(context.getNodeParameter('color', index, '#336699')).trim();
		if (!/^#[0-9a-f]{6}$/i.test(color)) throw refuse('Color is not a color', 'Write it as in #336699.');
		const is_excluded = context.getNodeParameter('isExcluding', index, false) ? 1 : 0;
		return await call(context, {
			endpoint: 'statuses',
			action: 'create',
			groupId: projectIn(context, index),
			doc: { status_name, color, is_excluded },
		});
	},
};
