import type { IDataObject } from 'n8n-workflow';

import { reasonSentence, errorMapper, withId, type ErrorRule } from '../../shared/http/errors';
import { asText } from '../../shared/values/text';

const JOBAFFINITY = 'JobAffinity';

const MOST_SAID = 500;

/** The fields that JobAffinity rejects: `invalid`, a map of parameter to `{ code, message }` (documented). */
function invalidIn(body: unknown): string[] {
	const { invalid } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	return Object.entries((invalid ?? {}) as IDataObject).map(([field, reason]) => {
		const message = asText((reason as IDataObject | null)?.message) ?? 'not accepted';
		return `${field}: ${message}`;
	});
}

export const isInvalid = (body: unknown): boolean => (body as IDataObject | null)?._status === 'INVALID';

/** JobAffinity's own sentences in a body. */
export function reasonIn(body: unknown): string {
	const text = typeof body === 'string' ? body : (asText((body as IDataObject | null)?.message) ?? '');
	return [...invalidIn(body), text].filter(Boolean).join('; ').slice(0, MOST_SAID);
}

/** Rejected parameters and fields, which are answered 200 (documented, guide on responses). */
export const invalidRule: ErrorRule = {
	applies: ({ status, body }) => status >= 200 && status < 300 && isInvalid(body),
	describe: (refused) => ({
		message: `JobAffinity did not accept the request${refused.reason && `: ${refused.reason}`}`,
		description:
			refused.advice ??
			'Check these values. "Permission denied" means that the API user may not see or use what the ID names.',
	}),
};

/**
 * What JobAffinity's refusals mean (documented, guide on responses). A request that is not valid, or that
 * names something the user may not see, is answered 200 with the status INVALID. The bodies of the other
 * statuses are not documented.
 */
export const errorFrom = errorMapper({
	label: JOBAFFINITY,
	reasonIn,
	isExpected(body, { expectsList }) {
		if (typeof body !== 'object' || body === null || Array.isArray(body) || isInvalid(body)) return false;
		return !expectsList || Array.isArray((body as IDataObject).items);
	},
	rules: [
		invalidRule,
		{
			applies: ({ status }) => status === 401,
			describe: () => ({
				message: 'JobAffinity does not accept the login and password',
				description: 'Check the credential JobAffinity API, or ask support@intuition-software.fr.',
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status }) => status === 403,
			describe: (refused) => ({
				message: `The API user may not see ${refused.id === undefined ? 'this' : `the ${withId(refused)}`}`,
				description: `Give the user the right to it in JobAffinity, or use the login of another user. ${reasonSentence(refused, JOBAFFINITY)}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status, id }) => status === 404 && id !== undefined,
			describe: (refused) => ({
				message: `JobAffinity has no ${withId(refused)}`,
				description: refused.advice ?? 'Check the ID; the record may have been deleted.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
