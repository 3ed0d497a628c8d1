import { reasonSentence, errorMapper } from '../../../shared/http/errors';
import { invalidRule, isInvalid, reasonIn } from '../../api/errors';

const TAKE_AGAIN = 'Take apply_url from your feed of jobs again; the job may be closed.';

/**
 * What refusals of the apply URL mean. Its answers are not documented, so whatever comes with a 2xx counts
 * as done, but for the documented status INVALID and for a page of HTML: that is what the links for people
 * give, which take no JSON.
 */
export const refusalOf = errorMapper({
	label: 'JobAffinity',
	reasonIn,
	isExpected: (body) => !isInvalid(body) && !(typeof body === 'string' && /^\s*</.test(body)),
	rules: [
		invalidRule,
		{
			applies: ({ status }) => status === 401 || status === 403,
			describe: (refused) => ({
				message: 'JobAffinity does not take applications at this Apply URL',
				description: `${TAKE_AGAIN} ${reasonSentence(refused, 'JobAffinity')}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status === 404 || status === 410,
			describe: () => ({
				message: 'JobAffinity has no job with this Apply URL',
				description: TAKE_AGAIN,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status >= 200 && status < 300,
			describe: () => ({
				message: 'JobAffinity answered with a web page, so the application has probably not arrived',
				description: 'Take apply_url from your feed of jobs: a link for people, which opens a form, does not do.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
