import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { userAnswer } from '../../api/responseSchemas';
import { idIn, idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { additionalFields, additionalIn, project, projectIn, text } from '../fields';
import { CHECK_USER } from './fields';
import { listAs, optionsOf, shaped } from './listShape';

const user = locator('user', { required: true });

const recordsOnly: INodeProperties = {
	displayName: 'This records an email that was sent by other means. Regpack does not send it.',
	name: 'recordsOnlyNotice',
	type: 'notice',
	default: '',
};

const email: INodeProperties[] = [
	text('From', 'from', 'Who the email was from', { required: true, placeholder: 'e.g. office@email.com' }),
	text('To', 'to', 'Whom the email was to; several with commas between them', { required: true, placeholder: 'e.g. name@email.com' }),
	text('Subject', 'subject', 'What the email was about', { required: true }),
	text('Body', 'body', 'What the email said, as text or HTML', { required: true, typeOptions: { rows: 4 } }),
];

const copies: INodeProperties[] = [
	text('BCC', 'bcc', 'Whom a hidden copy was to; several with commas between them', { placeholder: 'e.g. name@email.com' }),
	text('CC', 'cc', 'Whom a copy was to; several with commas between them', { placeholder: 'e.g. name@email.com' }),
];

const admin = text('Admin ID', 'adminId', 'The admin of Regpack in whose name it is recorded, who must have access to the project', {
	placeholder: 'e.g. 12345',
});

/**
 * `add_email` of users: an entry in the history of emails (documented, addemail). The table calls `email_list` an array,
 * and the sample has an object. The answer is not documented.
 */
export const logEmail: Operation = {
	value: 'logEmail',
	name: 'Log Email',
	action: 'Log email of user',
	description: "Record an email in a user's history; nothing is sent",
	fields: [
		recordsOnly,
		user,
		...email,
		project,
		additionalFields([...copies, admin]),
		optionsOf([listAs('Email List Is', 'email')]),
	],
	schema: userAnswer,
	async run(context, index) {
		const refuse = parameterError(context, index);
		const clogin_id = idOf(context, user, index);
		const entry: IDataObject = {};
		for (const { name, displayName } of email) {
			const value = asText(context.getNodeParameter(name, index, ''));
			if (value === null || value.trim() === '') throw refuse(`${displayName} is empty`, 'Give it a value for this item.');
			entry[name] = value;
		}
		const { adminId, ...additional } = additionalIn(context, index);
		for (const { name } of copies) {
			const value = asText(additional[name])?.trim();
			if (value) entry[name] = value;
		}
		const admin_id = idIn(admin.displayName, adminId, refuse);
		if (admin_id !== undefined) entry.admin_id = admin_id;
		const { listIs } = context.getNodeParameter('options', index, {}) as IDataObject;
		return await call(context, {
			endpoint: 'users',
			action: 'add_email',
			groupId: projectIn(context, index),
			fields: { clogin_id },
			doc: { email_list: shaped(entry, listIs) },
			object: 'user',
			id: String(clogin_id),
			advice: `${CHECK_USER} An admin needs access to the project.`,
		});
	},
};
