import { locatorText } from '../../../shared/actions/resourceLocator';
import { additionalJson, textRow, type FieldRow } from '../../../shared/actions/fieldTable';
import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';

/** JOFI's IDs of teams, assessments and templates are numbers (documented, api/getting-started). */
function numericId(
	label: string,
	value: unknown,
	refuse: ParameterErrorFactory,
): number | undefined {
	const text = locatorText(value);
	if (text === null) return undefined;
	if (/^\d+$/.test(text)) return Number(text);
	throw refuse(
		`${label} is not an ID`,
		`It must be a whole number; this is "${text}". Choose it from the list, or enter its ID.`,
	);
}

const channels: Record<string, object> = {
	inviter: {},
	email: { send_via_email: true, send_via_sms: false },
	sms: { send_via_email: false, send_via_sms: true },
	emailAndSms: { send_via_email: true, send_via_sms: true },
	nothing: { send_via_email: false, send_via_sms: false },
};

/** How the participant gets the link: the two documented flags (api/invitations) as one choice. */
export const sendVia: FieldRow = {
	property: {
		displayName: 'Send Via',
		name: 'sendVia',
		type: 'options',
		default: 'inviter',
		description: 'How JOFI sends the participant the link to the assessments',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'Email and SMS', value: 'emailAndSms', description: 'Phone must be set' },
			{
				name: "Inviter's Settings",
				value: 'inviter',
				description: "As set in the inviter's JOFI account, which is email by default",
			},
			{
				name: 'Nothing',
				value: 'nothing',
				description: 'JOFI sends nothing: deliver the assessment_url of the response yourself',
			},
			{ name: 'SMS', value: 'sms', description: 'Phone must be set' },
		],
	},
	convert(label, value, refuse) {
		const given = String(value || 'inviter');
		if (Object.hasOwn(channels, given)) return channels[given];
		throw refuse(
			`${label} cannot be "${given}"`,
			`Use one of: ${Object.keys(channels).join(', ')}.`,
		);
	},
};

/** The participant, who is required (documented, api/invitations). */
export const participant = [
	textRow('first_name', 'First Name', 'firstName', 'First name of the participant'),
	textRow('last_name', 'Last Name', 'lastName', 'Last name of the participant'),
	textRow('email', 'Email', 'email', 'Where the participant gets the invitation', {
		placeholder: 'e.g. name@email.com',
	}),
];

const assessments: FieldRow = {
	key: 'assessments_to_assign',
	property: {
		displayName: 'Assessments',
		name: 'assessments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Assessment' },
		default: {},
		description: "Used instead of the inviter's default assessments",
		options: [{ displayName: 'Assessment', name: 'assessment', values: [locator('assessment')] }],
	},
	convert(_label, value, refuse) {
		const { assessment: chosen = [] } = (value ?? {}) as {
			assessment?: Array<{ assessment: unknown }>;
		};
		const ids = chosen.flatMap(
			({ assessment }) => numericId('Assessment', assessment, refuse) ?? [],
		);
		return ids.length > 0 ? ids.map((test_id) => ({ test_id })) : undefined;
	},
};

/** What JOFI takes from the inviter's settings when it is not set (documented, api/invitations). */
export const overrides: FieldRow[] = [
	assessments,
	textRow(
		'custom_id',
		'Custom ID',
		'customId',
		'A label for a group of invitations, such as a requisition number',
		{
			placeholder: 'e.g. REQ-9',
		},
	),
	{ key: 'email_template_id', property: locator('emailTemplate'), convert: numericId },
	textRow(
		'person_id',
		'Person ID',
		'personId',
		'Your own ID of the participant, which events and results include. JOFI recommends it.',
	),
	textRow(
		'phone',
		'Phone',
		'phone',
		'Required for SMS. JOFI does not document which formats it accepts; its example has ten digits.',
		{ placeholder: 'e.g. 5550100200' },
	),
	{ key: 'team_id', property: locator('team'), convert: numericId },
];

export const json = additionalJson('JOFI');
