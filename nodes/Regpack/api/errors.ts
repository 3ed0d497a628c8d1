import { errorMapper, reasonSentence, withId } from '../../shared/http/errors';
import { asText } from '../../shared/values/text';
import { isObject } from '../../shared/values/json';

const REGPACK = 'Regpack';

/** The longest reason that an error shows, in characters. */
const MAX_REASON = 500;

/**
 * Whether a response is an error. Errors are not documented, only that successes have `success`
 * true and `msg_type` "success" or "info"; the reply to a webhook has "error" for what it rejects.
 */
export const isRefused = (body: unknown): boolean =>
	isObject(body) && (body.success === false || body.msg_type === 'error');

/** Regpack's own sentence, which its responses have as `msg` (documented by example). */
const reasonIn = (body: unknown): string =>
	(asText(isObject(body) ? body.msg : body) ?? '').slice(0, MAX_REASON);

/**
 * The errors of Regpack's API. None is documented, neither statuses nor bodies: statuses are taken
 * in their usual meaning, and the body of a 2xx is checked.
 */
export const errorFrom = errorMapper({
	label: REGPACK,
	reasonIn,
	isExpected(body, { expectsList }) {
		if (!isObject(body) || isRefused(body)) return false;
		return !expectsList || Array.isArray(body.users) || Array.isArray(body.children);
	},
	rules: [
		{
			applies: ({ status, body }) => status >= 200 && status < 300 && isRefused(body),
			describe: (refused) => ({
				message: `Regpack did not accept the request${refused.reason && `: ${refused.reason}`}`,
				description: `${refused.advice ?? 'Check the values of the node.'} The project must belong to the organization of the API user. Check the credential Regpack API, too: how Regpack refuses a wrong one is not documented.`,
			}),
		},
		{
			applies: ({ status }) => status === 401 || status === 403,
			describe: (refused) => ({
				message: 'Regpack does not accept the API user, token and ID',
				description: `Check the credential Regpack API, and that the project belongs to the organization of the API user. ${reasonSentence(refused, REGPACK)}`,
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status, id, body }) => status === 404 && id !== undefined && isObject(body),
			describe: (refused) => ({
				message: `Regpack has no ${withId(refused)}`,
				description: `${refused.advice ?? 'Check the ID, and the project.'} ${reasonSentence(refused, REGPACK)}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
