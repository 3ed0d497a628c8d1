import {
	asIs,
	booleanRow,
	textRow,
	untrimmed,
	type FieldRow,
} from '../../../shared/actions/fieldTable';
import { parseId } from '../../api/ids';
import { locator } from '../../api/listSearch';

export const user: FieldRow = {
	key: 'clogin_id',
	property: locator('user'),
	convert: parseId,
	required: true,
};

export const CHECK_USER = 'Check the IDs: the user must be in the project.';

/** What the calls about one user have in common. */
export const aboutUser = {
	endpoint: 'users',
	object: 'user',
	idKey: 'clogin_id',
	advice: CHECK_USER,
} as const;

/**
 * Documented next to action and project (user), which is taken to mean the top level of the body.
 * Regpack sends emails by default, and advises to turn that off when unsure. One page (createchild)
 * swaps the two descriptions; on all others they match the names.
 */
export const switches: FieldRow[] = [
	{
		...booleanRow(
			'disable_email_sending',
			'Send Emails',
			'sendEmails',
			'Whether Regpack may send the automatic emails that the project has for this. Leave it off when unsure, as Regpack advises.',
		),
		convert: (_label, value) => !value,
	},
	{
		key: 'submit_forms',
		property: {
			displayName: 'Run Triggers',
			name: 'runTriggers',
			type: 'boolean',
			default: true,
			description:
				"Whether the user's forms are submitted, which runs the project's triggers, such as setting a status or assigning a form",
		},
		convert: asIs,
	},
];

/** A person's own fields, by Regpack's names (documented, create, createchild and fields). */
export const person = {
	firstName: textRow('doc.first_name', 'First Name', 'firstName', 'First name of the person'),
	lastName: textRow('doc.last_name', 'Last Name', 'lastName', 'Last name of the person'),
	email: textRow(
		'doc.main_email',
		'Email',
		'email',
		'Email address of the person. It becomes the username if none is set.',
		{
			placeholder: 'e.g. name@email.com',
		},
	),
	organizationName: textRow(
		'doc.org_name',
		'Organization Name',
		'organizationName',
		'Name of the family or the group',
	),
	username: textRow(
		'doc.username',
		'Username',
		'username',
		"What the person logs in with. Regpack requires an email address, unless the project's login widget allows others.",
	),
	/** Spaces may belong to it. */
	password: {
		...textRow(
			'doc.password',
			'Password',
			'password',
			'What the person logs in with, of 6 characters or more',
			{
				typeOptions: { password: true },
			},
		),
		convert: untrimmed,
	},
	applicationDate: textRow(
		'doc._application_date',
		'Application Date',
		'applicationDate',
		'When the child applied; today by default. It is sent as entered: Regpack does not document which formats it takes.',
		{ placeholder: 'e.g. 2026-03-05' },
	),
	/**
	 * Of somebody who is new to the organization it is `false` (documented, create and createchild).
	 */
	personId: {
		...textRow(
			'clogin_id',
			'Person ID',
			'personId',
			'A person whom your organization has in another project, by the ID that Regpack calls clogin_id. Leave empty to create a new person.',
			{ placeholder: 'e.g. 200001' },
		),
		convert: (...given) => parseId(...given) ?? false,
	},
} satisfies Record<string, FieldRow>;
