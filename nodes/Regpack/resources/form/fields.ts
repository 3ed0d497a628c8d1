import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { furtherFields } from '../fields';
import { momentOptions, MESSAGE_TYPES } from './rules';

const shownAt = (moment: string[], reply?: string[]) => ({ show: { moment, ...(reply && { reply }) } });

const pass = { name: 'Let It Pass', value: 'pass', description: 'An empty reply: the form goes on as if nobody had asked' };
const message = { name: 'Show a Message', value: 'message' };
const stop = {
	name: 'Stop the Submission',
	value: 'stop',
	description: 'Show an error; the form is not submitted',
};
const fill = { name: 'Fill Fields', value: 'fill', description: 'Change values on the form; it goes on' };
const redirect = { name: 'Redirect', value: 'redirect', description: 'Send the applicant to another page' };

const replyProperty = (moment: string, options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Reply',
	name: 'reply',
	type: 'options',
	default: 'pass',
	options: [...options].sort((a, b) => a.name.localeCompare(b.name)),
	displayOptions: shownAt([moment]),
});

const titled = (type: string) => ({ name: type[0].toUpperCase() + type.slice(1), value: type });
const harmless = MESSAGE_TYPES.filter((type) => type !== 'error');

const messageTypeProperty = (moment: string[], reply: string[], types: readonly string[]): INodeProperties => ({
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	default: 'information',
	options: types.map(titled),
	displayOptions: shownAt(moment, reply),
});

/** Parameters of Form Reply. What cannot go together cannot be chosen together. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Answer To',
		name: 'moment',
		type: 'options',
		default: 'before',
		description: 'Which event of the Regpack Trigger this replies to; its Acknowledge must be Using the Regpack Node',
		options: [...momentOptions].sort((a, b) => a.name.localeCompare(b.name)),
	},
	replyProperty('before', [pass, message, stop, fill, redirect]),
	replyProperty('after', [pass, message, fill, redirect]),
	replyProperty('opened', [pass, redirect]),
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Please give the phone number of a guardian',
		description: 'What the applicant reads',
		displayOptions: shownAt(['before', 'after'], ['message', 'stop']),
	},
	messageTypeProperty(['before', 'after'], ['message'], MESSAGE_TYPES),
	{
		displayName: 'A message of type <b>Error</b> stops the submission, like Stop the Submission.',
		name: 'errorNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { moment: ['before'], reply: ['message'], messageType: ['error'] } },
	},
	{
		displayName: 'Focus On',
		name: 'focusOn',
		type: 'string',
		default: '',
		placeholder: 'e.g. guardian_phone',
		description: 'Field to put the cursor into, by its mapped name or its field ID. Leave empty for none.',
		displayOptions: shownAt(['before', 'after'], ['message', 'stop']),
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: {},
		description: 'Values to fill in',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. membership_level',
						description: 'Mapped name or field ID',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
		displayOptions: shownAt(['before', 'after'], ['fill']),
	},
	{
		...furtherFields,
		description: 'A JSON object of more fields to fill in, by mapped names or field IDs, for example by an expression. They win over the others.',
		displayOptions: shownAt(['before', 'after'], ['fill']),
	},
	{
		displayName: 'Message With It',
		name: 'messageWithIt',
		type: 'string',
		default: '',
		placeholder: 'e.g. We have filled in your level',
		description: 'What the applicant reads. Leave empty for none.',
		displayOptions: shownAt(['before', 'after'], ['fill']),
	},
	messageTypeProperty(['before'], ['fill'], harmless),
	messageTypeProperty(['after'], ['fill'], MESSAGE_TYPES),
	{
		displayName: 'URL',
		name: 'redirectUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/next-step',
		description: 'Where the applicant is sent',
		displayOptions: { show: { reply: ['redirect'] } },
	},
	{
		displayName: 'Redirect Key',
		name: 'redirectKey',
		type: 'string',
		default: 'redirect',
		description:
			'Name under which the reply holds the URL. Not verified: Regpack documents that a reply can redirect, but not the name. Ask Regpack, or try it out on a form.',
		displayOptions: { show: { reply: ['redirect'] } },
	},
];
