import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	untrimmed,
	type FieldRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { userResponse } from '../../api/responseSchemas';
import { parseId } from '../../api/ids';
import { call } from '../../api/transport';
import { project } from '../fields';
import { aboutUser, CHECK_USER, user } from './fields';

const email = (...[key, ...row]: Parameters<typeof textRow>): FieldRow =>
	requiredRow({ ...textRow(`doc.email_list.${key}`, ...row), convert: untrimmed });

const table: FieldTable = {
	main: [
		{
			displayName: 'This records an email that was sent by other means. Regpack does not send it.',
			name: 'recordsOnlyNotice',
			type: 'notice',
			default: '',
		},
		user,
		email('from', 'From', 'from', 'The sender of the email', {
			placeholder: 'e.g. office@email.com',
		}),
		email('to', 'To', 'to', 'The recipients of the email, separated by commas', {
			placeholder: 'e.g. name@email.com',
		}),
		email('subject', 'Subject', 'subject', 'The subject of the email'),
		email('body', 'Body', 'body', 'The content of the email, as text or HTML', {
			typeOptions: { rows: 4 },
		}),
		project,
	],
	additional: [
		textRow(
			'doc.email_list.bcc',
			'BCC',
			'bcc',
			'The recipients of hidden copies, separated by commas',
			{ placeholder: 'e.g. name@email.com' },
		),
		textRow('doc.email_list.cc', 'CC', 'cc', 'The recipients of copies, separated by commas', {
			placeholder: 'e.g. name@email.com',
		}),
		{
			...textRow(
				'doc.email_list.admin_id',
				'Admin ID',
				'adminId',
				'The Regpack admin in whose name the email is recorded, who must have access to the project',
				{ placeholder: 'e.g. 12345' },
			),
			convert: parseId,
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Email List Is',
			name: 'listIs',
			type: 'options',
			default: 'object',
			description:
				"How the email is sent. Regpack's documentation contradicts itself: try the other way if the email is not recorded.",
			options: [
				{ name: 'A List of One', value: 'list' },
				{ name: 'An Object', value: 'object' },
			],
		},
	],
};

/**
 * `add_email` of users: an entry in the history of emails (documented, addemail). `email_list` is
 * documented both as an array, in the table, and as an object, in the sample. The response is not
 * documented.
 */
export const logEmail: Operation = {
	value: 'logEmail',
	name: 'Log Email',
	action: 'Log email of user',
	description: "Record an email in a user's history; nothing is sent",
	fields: [...tableProperties(table), options],
	schema: userResponse,
	async run(context, index) {
		const body = requestBody(context, index, table);
		const { email_list: entry } = body.doc as { email_list: IDataObject };
		const { listIs } = context.getNodeParameter(options.name, index, {}) as IDataObject;
		return await call(context, {
			...aboutUser,
			action: 'add_email',
			body: { ...body, doc: { email_list: listIs === 'list' ? [entry] : entry } },
			advice: `${CHECK_USER} An admin needs access to the project.`,
		});
	},
};
