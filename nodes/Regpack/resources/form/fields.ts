import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ReplyPoint } from '../../trigger/replyPoints';
import { jsonFields } from '../fields';
import { kinds, replyPointOptions, MESSAGE_TYPES, type Kind } from './rules';

const shownAt = (moment: string[], reply?: string[]) => ({ show: { moment, ...(reply && { reply }) } });

const texts: Record<Kind, Omit<INodePropertyOptions, 'value'>> = {
	fill: { name: 'Fill Fields', description: 'Change values on the form; it goes on' },
	json: { name: 'JSON Object', description: 'Whatever you write, for keys that Regpack does not document' },
	pass: { name: 'Let It Pass', description: 'An empty reply: the form goes on as if nobody had asked' },
	redirect: { name: 'Redirect', description: 'Send the applicant to another page' },
	message: { name: 'Show a Message' },
	stop: { name: 'Stop the Submission', description: 'Show an error; the form is not submitted' },
};

const replyProperty = (moment: ReplyPoint): INodeProperties => ({
	displayName: 'Reply',
	name: 'reply',
	type: 'options',
	default: 'pass',
	options: kinds[moment].map((value) => ({ value, ...texts[value] })).sort((a, b) => a.name.localeCompare(b.name)),
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

/** Parameters of Form Reply. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Form Event',
		name: 'moment',
		type: 'options',
		default: 'before',
		description: 'Which event of the Regpack Trigger this replies to; its Respond must be Using Regpack Node',
		options: [...replyPointOptions].sort((a, b) => a.name.localeCompare(b.name)),
	},
	replyProperty('before'),
	replyProperty('after'),
	replyProperty('opened'),
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
		displayOptions: shownAt(['before', 'after'], ['message', 'stop', 'fill', 'redirect']),
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
		displayOptions: shownAt(['before', 'after'], ['fill', 'redirect']),
	},
	{
		...jsonFields,
		description: 'A JSON object of more fields to fill in, by mapped names or field IDs, for example by an expression. They win over the others.',
		displayOptions: shownAt(['before', 'after'], ['fill', 'redirect']),
	},
	{
		displayName: 'Message',
		name: 'messageWithIt',
		type: 'string',
		default: '',
		placeholder: 'e.g. We have filled in your level',
		description: 'What the applicant reads. Leave empty for none.',
		displayOptions: shownAt(['before', 'after'], ['fill', 'redirect']),
	},
	messageTypeProperty(['before'], ['fill'], harmless),
	messageTypeProperty(['before'], ['redirect'], MESSAGE_TYPES),
	messageTypeProperty(['after'], ['fill', 'redirect'], MESSAGE_TYPES),
	{
		displayName: 'JSON Object',
		name: 'replyJson',
		type: 'json',
		required: true,
		default: '{}',
		description:
			'The reply, sent as it is. Documented keys are msg, msg_type, jdoc and focus_on; those that the reply to a form that is opened may have are not.',
		displayOptions: { show: { reply: ['json'] } },
	},
];
