import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parseJsonObject, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { text } from '../fields';

/**
 * Documented beside action and project (user), which is taken to mean that they stand there in the body. Regpack
 * sends emails unless told otherwise, and advises to switch that off when unsure. One page (createchild) has the
 * two descriptions swapped; all others go by the names.
 */
export const switches: INodeProperties[] = [
	{
		displayName: 'Send Emails',
		name: 'sendEmails',
		type: 'boolean',
		default: false,
		description:
			'Whether Regpack may send the automatic emails that the project has for this. Leave it off when unsure, as Regpack advises.',
	},
	{
		displayName: 'Run Triggers',
		name: 'runTriggers',
		type: 'boolean',
		default: true,
		description:
			"Whether the user's forms are submitted, which runs the project's triggers, such as setting a status or assigning a form",
	},
];

/** The keys of both switches, which are always sent. */
export const switchesIn = (context: IExecuteFunctions, index: number): IDataObject => ({
	submit_forms: context.getNodeParameter('runTriggers', index, true) as boolean,
	disable_email_sending: !context.getNodeParameter('sendEmails', index, false),
});

/** A person's own fields, with Regpack's names of them (documented, create, createchild and fields). */
const PERSON: Record<string, { field: string; property: INodeProperties }> = {
	firstName: { field: 'first_name', property: text('First Name', 'firstName', 'First name of the person') },
	lastName: { field: 'last_name', property: text('Last Name', 'lastName', 'Last name of the person') },
	email: {
		field: 'main_email',
		property: text('Email', 'email', 'Email address of the person; it becomes the username where there is none', {
			placeholder: 'e.g. name@email.com',
		}),
	},
	organizationName: {
		field: 'org_name',
		property: text('Organization Name', 'organizationName', 'Name of the family or the group'),
	},
	username: {
		field: 'username',
		property: text(
			'Username',
			'username',
			'What the person logs in with. Regpack takes an email address only, unless the login widget of the project allows others.',
		),
	},
	password: {
		field: 'password',
		property: text('Password', 'password', 'What the person logs in with, of 6 characters or more', {
			typeOptions: { password: true },
		}),
	},
	applicationDate: {
		field: '_application_date',
		property: text(
			'Application Date',
			'applicationDate',
			'When the child applied; today unless set. It is sent as you write it: which formats Regpack takes is not documented.',
			{ placeholder: 'e.g. 2026-03-05' },
		),
	},
};

/** The parameters of some of a person's fields. */
export const personFields = (...names: string[]): INodeProperties[] => names.map((name) => PERSON[name].property);

/**
 * The `doc` of what parameters hold by their names: what is set and nothing else.
 *
 * @throws NodeOperationError when Additional Fields (JSON) is no JSON object
 */
export function docOf(given: IDataObject, refuse: ParameterErrorFactory): IDataObject {
	const set = Object.entries(PERSON).flatMap(([name, { field }]) => {
		const value = asText(given[name]);
		// Blanks may belong to a password.
		const sent = name === 'password' ? value : value?.trim();
		return sent ? [[field, sent]] : [];
	});
	return { ...Object.fromEntries(set), ...parseJsonObject('Additional Fields (JSON)', given.additionalFieldsJson, refuse) };
}

/** A person whom the organization has already, for `clogin_id` (documented, create and createchild). */
export const person = text(
	'Person ID',
	'personId',
	'A person whom your organization knows from another project, by the ID that Regpack calls clogin_id; a new person is created unless set',
	{ placeholder: 'e.g. 200001' },
);

/** What is told where a user may be meant that there is not. */
export const CHECK_USER = 'Check the IDs: the user must be in the project.';
