import { quoted, refusalsOf } from '../../../shared/http/errors';
import { invalidCase, isInvalid, said } from '../../api/errors';

const TAKE_AGAIN = 'Take apply_url from your feed of jobs again; the job may be closed.';

/**
 * What refusals of the apply URL mean. Its answers are not documented, so whatever comes with a 2xx counts
 * as done, but for the documented status INVALID and for a page of HTML: that is what the links for people
 * give, which take no JSON.
 */
export const refusalOf = refusalsOf({
	label: 'JobAffinity',
	said,
	isExpected: (body) => !isInvalid(body) && !(typeof body === 'string' && /^\s*</.test(body)),
	cases: [
		invalidCase,
		{
			applies: ({ status }) => status === 401 || status === 403,
			tell: (refused) => ({
				message: 'JobAffinity does not take applications at this Apply URL',
				description: `${TAKE_AGAIN} ${quoted(refused, 'JobAffinity')}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status === 404 || status === 410,
			tell: () => ({
				message: 'JobAffinity has no job with this Apply URL',
				description: TAKE_AGAIN,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status >= 200 && status < 300,
			tell: () => ({
				message: 'JobAffinity answered with a web page, so the application has probably not arrived',
				description: 'Take apply_url from your feed of jobs: a link for people, which opens a form, does not do.',
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
