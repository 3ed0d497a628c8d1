import type { IDataObject } from 'n8n-workflow';

import { errorMapper, reasonSentence, withId, type RequestInfo } from '../../shared/http/errors';
import type { RequestKind } from '../../shared/http/request';
import { isObject } from '../../shared/values/json';
import { asText } from '../../shared/values/text';
import { redactText } from '../../shared/values/redact';
import { pageIn } from './envelope';

const LABEL = 'Thought Industries';

const MAX_REASON_LENGTH = 300;

/** What errors need to know of a request to Thought Industries. */
export interface ApiRequest extends RequestInfo {
	/** The name of the list that the response must hold. */
	list?: string;
}

/**
 * The reason that it gives: `{ error, message }` is documented for 429 (rest/rate-limits), a list of
 * `errors` is inferred.
 */
function reasonIn(body: unknown): string {
	if (typeof body === 'string') return redactText(body).slice(0, MAX_REASON_LENGTH);
	const { message, error, errors } = (isObject(body) ? body : {}) as IDataObject;
	const texts = [message ?? error, errors]
		.flat()
		.map((each) => asText(each) ?? asText((each as IDataObject | null)?.message));
	return redactText(texts.filter(Boolean).join('; ')).slice(0, MAX_REASON_LENGTH);
}

const isEmpty = (body: unknown) => body === undefined || body === null || body === '';

/**
 * What error responses mean: 401 with an empty body (documented, rest), 429 (documented,
 * rest/rate-limits), the others in their usual meaning. What a write responds with is not
 * documented, so it may be empty.
 */
export const errorFrom = errorMapper({
	label: LABEL,
	reasonIn,
	isExpected(body, request) {
		const { list, method } = request as ApiRequest & RequestKind;
		if (list !== undefined) return pageIn(body, list) !== undefined;
		return isObject(body) || (method !== 'GET' && isEmpty(body));
	},
	rules: [
		{
			applies: ({ status }) => status === 401 || status === 403,
			describe: (context) => ({
				message: 'The Thought Industries API key was not accepted',
				description: `Check the Site and the API Key in the Thought Industries API credential. ${reasonSentence(context, LABEL)}`,
				failure: { cause: 'credential-invalid' },
			}),
		},
		{
			applies: ({ status, id }) => status === 404 && id !== undefined,
			describe: (context) => ({
				message: `${LABEL} has no ${withId(context)}`,
				description: 'Check the ID, and that it belongs to this site.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
