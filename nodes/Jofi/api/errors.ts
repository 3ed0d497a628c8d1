import type { IDataObject } from 'n8n-workflow';

import { reasonSentence, errorMapper, withId } from '../../shared/http/errors';

const JOFI = 'JOFI';

/**
 * The documented 404 bodies for a missing key and for an unknown one (api/errors-and-status-codes).
 */
const ABOUT_THE_KEY = /api key/i;

const MAX_REASON_LENGTH = 300;

/** The message whenever it is the key, and not a record, that JOFI rejects. */
export const KEY_NOT_ACCEPTED = 'The API key was not accepted';

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	const { message } = (value ?? {}) as IDataObject;
	return typeof message === 'string' ? message : JSON.stringify(value);
}

/**
 * The reason that JOFI gives. `error` is text or, for some schema violations, an array
 * (documented); what the array contains is not. `sent_to_email` is its name for the field `email`
 * (documented). Keys are never shown.
 */
function reasonIn(body: unknown): string {
	const { error = body } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	const text = [error ?? []].flat().map(textOf).join('; ');
	return text
		.replace(/\bsk_(live|test)[^\s"']*/g, 'sk_$1…')
		.replace(/\bsent_to_email\b/g, 'sent_to_email (the field Email)')
		.slice(0, MAX_REASON_LENGTH);
}

/**
 * What JOFI's error responses mean. 400, 404 and 405 are documented (api/errors-and-status-codes):
 * 404 for a missing or wrong key, 400 for an unknown ID as for an invalid body, 404 with `null` for
 * a career navigation profile, 405 in plain text. Whether 401, 403, 429 and 5xx occur is not
 * documented; they are taken in their usual meaning.
 */
export const errorFrom = errorMapper({
	label: JOFI,
	reasonIn,
	/** An object, or the documented envelope of a list. */
	isExpected(body, { expectsList }) {
		if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
		return !expectsList || Array.isArray((body as IDataObject).data);
	},
	rules: [
		{
			applies: ({ status, reason }) =>
				status === 401 || status === 403 || (status === 404 && ABOUT_THE_KEY.test(reason)),
			describe: (context) => ({
				message: KEY_NOT_ACCEPTED,
				description: `Check the key in the JOFI API credential, or ask your JOFI representative for a new one. ${reasonSentence(context, JOFI)}`,
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status, id, body }) =>
				status === 404 && (body === null || (id !== undefined && typeof body === 'object')),
			describe: (context) => ({
				message: `JOFI has no ${withId(context)}`,
				description: 'Check the ID. Records of other accounts cannot be read.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status, id }) => status === 400 && id !== undefined,
			describe: (context) => {
				// Where it gets nothing but an ID, there is nothing else to reject.
				const isOnlyId = context.method === 'GET' && context.advice === undefined;
				const orElse = isOnlyId ? '' : ', or did not accept a value';
				return {
					message: `JOFI has no ${withId(context)}${orElse}`,
					description: `${reasonSentence(context, JOFI)} It also responds this way if the record belongs to another account. ${context.advice ?? 'Check the ID.'}`,
				};
			},
		},
		{
			applies: ({ status }) => status === 400,
			describe: ({ reason, advice }) => ({
				message: `JOFI did not accept the request${reason && `: ${reason}`}`,
				description: advice ?? 'Check the values of the node.',
			}),
		},
	],
});
