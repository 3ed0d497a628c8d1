import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';

import { requestBody, requiredRow, type FieldTable } from '../../../shared/actions/fieldTable';
import type { Hint } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { json, overrides, participant, sendVia } from './fields';
import { invitedPersons } from './invited';
import { callToWrite, refuseTestKey } from './write';

const NOTHING_SENT =
	'JOFI sends nothing for this invitation. Send the participant the assessment_url from the output yourself.';

/** The fields of an invitation (documented, api/invitations). */
export const invitationTable: FieldTable = {
	main: [
		{ key: 'created_by_user_email', property: locator('inviter'), required: true },
		...participant.map(requiredRow),
		sendVia,
		{
			displayName: NOTHING_SENT,
			name: 'nothingSentNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { sendVia: ['nothing'] } },
		},
	],
	additional: [...overrides, json],
};

/**
 * The body of the request for one input item.
 *
 * @throws NodeOperationError when a field is missing or cannot be used
 */
export function invitationBody(context: IExecuteFunctions, index: number): IDataObject {
	const body = requestBody(context, index, invitationTable);
	if (body.send_via_sms === true && !body.phone) {
		throw parameterError(context, index)(
			'Phone is empty',
			'An invitation by SMS requires it: add it under Additional Fields.',
		);
	}
	return body;
}

/** The invitation of a person, or the one that exists. */
export interface Outcome {
	result: 'invited' | 'skipped';
	/** Why nobody was invited. */
	reason: string | null;
	invitation: IDataObject;
	/** Whether all invitations were seen; `null` if nobody looked. */
	isGuardComplete: boolean | null;
}

/** Whether an invitation may exist although the request failed. */
const isUncertain = (error: unknown): boolean => {
	const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 400;
	return status === 0 || status >= 500;
};

/**
 * Invites a person, unless that is to be skipped: with the guard, who was invited before, or by an
 * earlier item of this run, is not invited again.
 *
 * @throws NodeApiError, NodeOperationError; also when the guard cannot look, before anything is sent
 */
export async function invite(
	context: IExecuteFunctions,
	index: number,
	hint: Hint,
	isGuarded: boolean,
): Promise<Outcome> {
	const body = invitationBody(context, index);
	await refuseTestKey(context, index);
	const persons = isGuarded ? await invitedPersons(context) : undefined;
	const isGuardComplete = persons?.isComplete ?? null;
	const before = persons?.find(body.email);
	if (before) return { result: 'skipped', ...before, isGuardComplete };
	try {
		const invitation = await callToWrite(context, index, {
			method: 'POST',
			path: '/invitations',
			body,
			advice:
				"Check the values of the node. What is not set comes from the inviter's settings at JOFI: a default team, assessments and a template must be set there or here.",
		});
		persons?.add(body.email, {
			invitation,
			reason: 'An earlier item of this run has invited this address.',
		});
		if (body.send_via_email === false && body.send_via_sms !== true) hint(NOTHING_SENT);
		return { result: 'invited', reason: null, invitation, isGuardComplete };
	} catch (error) {
		if (isUncertain(error))
			persons?.add(body.email, {
				invitation: {},
				reason:
					'An earlier item of this run tried to invite this address, and JOFI may have done it although the request failed. Look in JOFI before you invite it again.',
			});
		throw error instanceof NodeApiError
			? new NodeApiError(context.getNode(), error as unknown as JsonObject)
			: new NodeOperationError(context.getNode(), error as Error, { itemIndex: index });
	}
}
