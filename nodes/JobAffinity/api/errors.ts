import type { IDataObject } from 'n8n-workflow';

import { reasonSentence, errorMapper, withId, type ErrorRule } from '../../shared/http/errors';
import { asText } from '../../shared/values/text';

const JOBAFFINITY = 'JobAffinity';

const MAX_REASON_LENGTH = 500;

/** The rejected fields: `invalid` maps each parameter to `{ code, message }` (documented). */
function invalidIn(body: unknown): string[] {
	const { invalid } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	return Object.entries((invalid ?? {}) as IDataObject).map(
		([field, reason]) =>
			`${field}: ${asText((reason as IDataObject | null)?.message) ?? 'not accepted'}`,
	);
}

export const isInvalid = (body: unknown): boolean =>
	(body as IDataObject | null)?._status === 'INVALID';

/** The reasons that JobAffinity gives in a body. */
export function reasonIn(body: unknown): string {
	const text =
		typeof body === 'string' ? body : (asText((body as IDataObject | null)?.message) ?? '');
	return [...invalidIn(body), text].filter(Boolean).join('; ').slice(0, MAX_REASON_LENGTH);
}

/** Advice on a reason that JobAffinity gives. */
export const PERMISSION_DENIED =
	'"Permission denied" means that the API user has no access to the record with this ID.';

/** Rejected parameters and fields, for which the status is 200 (documented, guide on responses). */
export const invalidRule: ErrorRule = {
	applies: ({ status, body }) => status >= 200 && status < 300 && isInvalid(body),
	describe: ({ reason, advice }) => ({
		message: `JobAffinity did not accept the request${reason && `: ${reason}`}`,
		description: advice ?? `Check these values. ${PERMISSION_DENIED}`,
	}),
};

/**
 * What JobAffinity's error responses mean (documented, guide on responses). To a request that is
 * not valid, or that is about something the user has no access to, it responds with 200 and the
 * status INVALID. The bodies of the other statuses are not documented.
 */
export const errorFrom = errorMapper({
	label: JOBAFFINITY,
	reasonIn,
	isExpected(body, { expectsList }) {
		if (typeof body !== 'object' || body === null || Array.isArray(body) || isInvalid(body))
			return false;
		return !expectsList || Array.isArray((body as IDataObject).items);
	},
	rules: [
		invalidRule,
		{
			applies: ({ status }) => status === 401,
			describe: () => ({
				message: 'JobAffinity does not accept the login and password',
				description: 'Check the JobAffinity API credential, or ask support@intuition-software.fr.',
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status }) => status === 403,
			describe: (context) => ({
				message: `The API user may not see ${context.id === undefined ? 'this' : `the ${withId(context)}`}`,
				description: `Grant the user access in JobAffinity, or use the login of another user. ${reasonSentence(context, JOBAFFINITY)}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status, id }) => status === 404 && id !== undefined,
			describe: (context) => ({
				message: `JobAffinity has no ${withId(context)}`,
				description: context.advice ?? 'Check the ID. The record may have been deleted.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
