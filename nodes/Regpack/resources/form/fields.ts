import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	additionalJson,
	textRow,
	type Field,
	type FieldRow,
} from '../../../shared/actions/fieldTable';
import { parseJsonObject } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { fieldValuesRow } from '../fieldValues';
import type { ReplyPoint } from '../../trigger/replyPoints';
import { kinds, replyPointOptions, MESSAGE_TYPES, type Kind } from './rules';

const shownAt = (moment: string[], reply?: string[]): { displayOptions: IDisplayOptions } => ({
	displayOptions: { show: { moment, ...(reply && { reply }) } },
});

const texts: Record<Kind, Omit<INodePropertyOptions, 'value'>> = {
	fill: { name: 'Fill Fields', description: 'Change values on the form; it continues' },
	json: { name: 'JSON Object', description: 'Any JSON, for keys that Regpack does not document' },
	pass: { name: 'Let It Pass', description: 'An empty reply: the form continues unchanged' },
	redirect: { name: 'Redirect', description: 'Send the applicant to another page' },
	message: { name: 'Show a Message' },
	stop: { name: 'Stop the Submission', description: 'Show an error; the form is not submitted' },
};

const replyProperty = (moment: ReplyPoint): INodeProperties => ({
	displayName: 'Reply',
	name: 'reply',
	type: 'options',
	default: 'pass',
	options: kinds[moment]
		.map((value) => ({ value, ...texts[value] }))
		.sort((a, b) => a.name.localeCompare(b.name)),
	...shownAt([moment]),
});

const titled = (type: string) => ({ name: type[0].toUpperCase() + type.slice(1), value: type });
const harmless = MESSAGE_TYPES.filter((type) => type !== 'error');

const messageType = (moment: string[], reply: string[], types: readonly string[]): FieldRow => ({
	key: 'msg_type',
	property: {
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		default: 'information',
		options: types.map(titled),
		...shownAt(moment, reply),
	},
	convert: (_label, value) => asText(value)?.trim() ?? '',
});

/**
 * The values of `jdoc`. That a multiple-choice field takes a list here as well is inferred from
 * update. No login is needed for a reply, so there is no list of fields to choose from.
 */
const formValues = fieldValuesRow({
	key: 'jdoc',
	property: {
		displayName: 'Fields',
		name: 'fields',
		description: 'Values to fill in',
		...shownAt(['before', 'after'], ['fill', 'redirect']),
	},
	fieldName: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. membership_level',
		description: 'Mapped name or field ID',
	},
	valueDescription: 'Text or a number',
	answersDescription: 'The answers to select, each exactly as the form has it',
});

const moreValues = additionalJson('Regpack', 'jdoc');

/** Parameters of Form Reply, and the keys of the reply that they set. */
export const fields: readonly Field[] = [
	{
		displayName: 'Form Event',
		name: 'moment',
		type: 'options',
		default: 'before',
		description:
			'The Regpack Trigger event to reply to. Set Respond of the trigger to Using Regpack Node.',
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
			'The key of the URL in the reply. Not verified: Regpack documents that a reply can redirect, but not the key. Ask Regpack, or try it on a form.',
		displayOptions: { show: { reply: ['redirect'] } },
	},
	textRow('msg', 'Message', 'message', 'What the applicant reads', {
		required: true,
		placeholder: 'e.g. Please give the phone number of a guardian',
		...shownAt(['before', 'after'], ['message', 'stop']),
	}),
	messageType(['before', 'after'], ['message'], MESSAGE_TYPES),
	{
		displayName: 'A message of type <b>Error</b> stops the submission, like Stop the Submission.',
		name: 'errorNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { moment: ['before'], reply: ['message'], messageType: ['error'] } },
	},
	textRow(
		'focus_on',
		'Focus On',
		'focusOn',
		'The field to put the cursor in, by its mapped name or its field ID. Leave empty for none.',
		{
			placeholder: 'e.g. guardian_phone',
			...shownAt(['before', 'after'], ['message', 'stop', 'fill', 'redirect']),
		},
	),
	formValues,
	{
		...moreValues,
		property: {
			...moreValues.property,
			description:
				'A JSON object of more fields to fill in, by mapped names or field IDs. They override the other fields.',
			...shownAt(['before', 'after'], ['fill', 'redirect']),
		},
	},
	textRow('msg', 'Message', 'messageWithIt', 'What the applicant reads. Leave empty for none.', {
		placeholder: 'e.g. We have filled in your level',
		...shownAt(['before', 'after'], ['fill', 'redirect']),
	}),
	messageType(['before'], ['fill'], harmless),
	messageType(['before'], ['redirect'], MESSAGE_TYPES),
	messageType(['after'], ['fill', 'redirect'], MESSAGE_TYPES),
	{
		property: {
			displayName: 'JSON Object',
			name: 'replyJson',
			type: 'json',
			required: true,
			default: '{}',
			description:
				'The reply, sent as it is. Documented keys are msg, msg_type, jdoc and focus_on; the keys of a reply to an opened form are not documented.',
			displayOptions: { show: { reply: ['json'] } },
		},
		// As it is sent: an expression may give dates and the like.
		convert: (...given) => JSON.parse(JSON.stringify(parseJsonObject(...given))) as object,
	},
];
