import type { IDataObject } from 'n8n-workflow';
import pickBy from 'lodash/pickBy';

import { asText } from '../../../shared/values/text';
import { locatorText } from '../../../shared/actions/resourceLocator';
import { parseJsonObject, type ParameterErrorFactory } from '../../../shared/actions/parameters';

const flags: Record<string, IDataObject> = {
	inviter: {},
	email: { send_via_email: true, send_via_sms: false },
	sms: { send_via_email: false, send_via_sms: true },
	emailAndSms: { send_via_email: true, send_via_sms: true },
	nothing: { send_via_email: false, send_via_sms: false },
};

/** What the parameters of an invitation hold, as n8n evaluated them. */
export interface InvitationFields extends IDataObject {
	firstName?: string | number;
	lastName?: string | number;
	email?: string;
	inviter?: IDataObject | string;
	sendVia?: string;
	assessments?: { assessment?: Array<{ assessment: IDataObject }> };
	customId?: string | number;
	emailTemplate?: IDataObject | string;
	additionalFieldsJson?: string | IDataObject;
	personId?: string | number;
	phone?: string | number;
	team?: IDataObject | string;
}

/** JOFI's IDs of teams, assessments and templates are numbers (documented, api/getting-started). */
function numberOf(label: string, value: unknown, refuse: ParameterErrorFactory): number | undefined {
	const text = locatorText(value);
	if (text === null) return undefined;
	if (/^\d+$/.test(text)) return Number(text);
	throw refuse(
		`${label} is not an ID`,
		`The IDs of JOFI are numbers here; this is "${text}". Choose it from the list, or give its ID.`,
	);
}

/**
 * The JSON that JOFI's POST and PUT /invitations take (documented for POST, api/invitations), with what
 * is set and nothing else.
 *
 * @throws NodeOperationError when a value cannot be meant so
 */
export function invitationBody(fields: InvitationFields, refuse: ParameterErrorFactory): IDataObject {
	const channel = flags[fields.sendVia ?? 'inviter'];
	if (!channel) {
		throw refuse(`Send Via cannot be "${fields.sendVia}"`, `Use one of: ${Object.keys(flags).join(', ')}.`);
	}
	const assessments = (fields.assessments?.assessment ?? []).flatMap(({ assessment }) => {
		const test_id = numberOf('Assessment', assessment, refuse);
		return test_id === undefined ? [] : [{ test_id }];
	});
	const set = pickBy(
		{
			created_by_user_email: locatorText(fields.inviter),
			first_name: asText(fields.firstName)?.trim(),
			last_name: asText(fields.lastName)?.trim(),
			email: asText(fields.email)?.trim(),
			// An expression may well give a number for these; JOFI takes text.
			person_id: asText(fields.personId),
			custom_id: asText(fields.customId),
			phone: asText(fields.phone),
			team_id: numberOf('Team', fields.team, refuse),
			email_template_id: numberOf('Email Template', fields.emailTemplate, refuse),
		},
		(value) => value !== undefined && value !== null && value !== '',
	);
	return {
		...set,
		...(assessments.length > 0 && { assessments_to_assign: assessments }),
		...channel,
		...parseJsonObject('Additional Fields (JSON)', fields.additionalFieldsJson, refuse),
	};
}
