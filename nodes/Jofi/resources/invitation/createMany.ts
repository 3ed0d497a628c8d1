import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { tableProperties } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { sentenceOf } from '../../../shared/http/errors';
import { textAt } from '../../../shared/values/text';
import { KEY_NOT_ACCEPTED } from '../../api/errors';
import { invitationTable, invite, type Outcome } from './invite';
import { TEST_KEY_REFUSED, writeOptions } from './write';

/** Errors that every other row would have as well. */
const OF_ALL_ROWS = [KEY_NOT_ACCEPTED, TEST_KEY_REFUSED];

/** Why no further row is tried, for each run. */
const stopped = new WeakMap<IExecuteFunctions, string>();

/** The value of a field, if an expression has one for this row. */
function given(context: IExecuteFunctions, name: string, index: number): string | null {
	try {
		return textAt({ value: context.getNodeParameter(name, index, '') }, 'value');
	} catch {
		return null;
	}
}

/** What came of one row, or why nothing did. */
async function outcomeOf(...row: Parameters<typeof invite>): Promise<Outcome | string> {
	const [context] = row;
	const reason = stopped.get(context);
	if (reason !== undefined) return reason;
	try {
		return await invite(...row);
	} catch (error) {
		const sentence = sentenceOf(error);
		if (OF_ALL_ROWS.includes((error as Error).message)) stopped.set(context, sentence);
		return sentence;
	}
}

/** The invitation's fields that a list of results needs. */
const shownOf = (invitation: IDataObject) => ({
	invitationId: textAt(invitation, 'id'),
	assessmentUrl: textAt(invitation, 'assessment_url'),
	mode: textAt(invitation, 'mode'),
});

const text = z.string().nullable();

/**
 * POST /invitations for each input item. Every row has its result, so that one which fails neither
 * stops the node nor has others invited again by a retry.
 */
export const createMany: Operation = {
	value: 'createMany',
	name: 'Create Many',
	action: 'Create many invitations',
	description: 'Invite many participants, one for each input item, with a result for each',
	fields: [
		...tableProperties(invitationTable),
		{
			displayName: 'Skip Persons Already Invited',
			name: 'skipInvited',
			type: 'boolean',
			default: true,
			description:
				'Whether to skip email addresses that were invited before, or by an earlier item. JOFI lists only its newest invitations, so isGuardComplete says whether all were seen. 1 or 2 requests a run, however many items.',
		},
		writeOptions,
	],
	schema: z.object({
		row: z.number(),
		result: z.enum(['invited', 'skipped', 'failed']),
		reason: text,
		firstName: text,
		lastName: text,
		email: text,
		invitationId: text,
		assessmentUrl: text,
		mode: text,
		isGuardComplete: z.boolean().nullable(),
	}),
	async run(context, index, hint) {
		const isGuarded = context.getNodeParameter('skipInvited', index, true) === true;
		const outcome = await outcomeOf(context, index, hint, isGuarded);
		const row = {
			row: index + 1,
			result: 'failed',
			reason: null,
			...Object.fromEntries(
				['firstName', 'lastName', 'email'].map((name) => [name, given(context, name, index)]),
			),
			...shownOf({}),
			isGuardComplete: null,
		};
		if (typeof outcome === 'string') {
			hint('Some invitations failed: their items have the result failed, and the reason.');
			return { ...row, reason: outcome };
		}
		const { invitation, ...rest } = outcome;
		return { ...row, ...rest, ...shownOf(invitation) };
	},
};
