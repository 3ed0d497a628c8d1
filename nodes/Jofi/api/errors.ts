import type { IDataObject } from 'n8n-workflow';

import { reasonSentence, errorMapper, withId } from '../../shared/http/errors';

const JOFI = 'JOFI';

/** Documented 404 bodies of a missing and of an unknown key (api/errors-and-status-codes). */
const ABOUT_THE_KEY = /api key/i;

const MOST_SAID = 300;

/** The message of every refusal that is about the key, and so about no record. */
export const KEY_REFUSED = 'The API key was not accepted';

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	const { message } = (value ?? {}) as IDataObject;
	return typeof message === 'string' ? message : JSON.stringify(value);
}

/**
 * What JOFI itself says. `error` is text or, for some schema violations, an array (documented); of
 * what, is not. `sent_to_email` is its name for the field `email` (documented). A key is never shown.
 */
function reasonIn(body: unknown): string {
	const { error = body } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	const text = [error ?? []].flat().map(textOf).join('; ');
	return text
		.replace(/\bsk_(live|test)[^\s"']*/g, 'sk_$1…')
		.replace(/\bsent_to_email\b/g, 'sent_to_email (the field Email)')
		.slice(0, MOST_SAID);
}

/**
 * What JOFI's refusals mean. 400, 404 and 405 are documented (api/errors-and-status-codes): 404 for a
 * key that is missing or wrong, 400 for an unknown ID as for an invalid body, 404 with `null` for a
 * career navigation profile, 405 in plain text. Whether 401, 403, 429 and 5xx occur is not documented;
 * they are taken for what they usually mean.
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
			applies: (refused) =>
				refused.status === 401 ||
				refused.status === 403 ||
				(refused.status === 404 && ABOUT_THE_KEY.test(refused.reason)),
			describe: (refused) => ({
				message: KEY_REFUSED,
				description: `Check the key in the credential JOFI API, or ask your JOFI representative for a new one. ${reasonSentence(refused, JOFI)}`,
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status, id, body }) =>
				status === 404 && (body === null || (id !== undefined && typeof body === 'object')),
			describe: (refused) => ({
				message: `JOFI has no ${withId(refused)}`,
				description: 'Check the ID; a record of another account cannot be read.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status, id }) => status === 400 && id !== undefined,
			describe: (refused) => ({
				message: `JOFI did not accept the request for the ${withId(refused)}`,
				description: `${reasonSentence(refused, JOFI)} JOFI answers so when it has no such record, when the record belongs to another account, or when it does not take a value. ${refused.advice ?? 'Check the ID.'}`,
			}),
		},
		{
			applies: ({ status }) => status === 400,
			describe: (refused) => ({
				message: `JOFI did not accept the request${refused.reason && `: ${refused.reason}`}`,
				description: refused.advice ?? 'Check the values of the node.',
			}),
		},
	],
});
