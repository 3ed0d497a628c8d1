import { reasonSentence, errorMapper } from '../../../shared/http/errors';
import { invalidRule, isInvalid, reasonIn } from '../../api/errors';

const REFRESH_URL = 'Get apply_url from your job feed again; the job may be closed.';

/**
 * Errors of the apply URL. Its responses are not documented, so any 2xx counts as success, except
 * for the documented status INVALID and for an HTML page: that is what the public form's URL
 * returns, which takes no JSON.
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
				description: `${REFRESH_URL} ${reasonSentence(refused, 'JobAffinity')}`,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status === 404 || status === 410,
			describe: () => ({
				message: 'JobAffinity has no job with this Apply URL',
				description: REFRESH_URL,
				failure: { cause: 'configuration-invalid' },
			}),
		},
		{
			applies: ({ status }) => status >= 200 && status < 300,
			describe: () => ({
				message:
					'JobAffinity answered with a web page, so the application has probably not arrived',
				description: "Use the feed's apply_url, not the public form's URL.",
				failure: { cause: 'configuration-invalid' },
			}),
		},
	],
});
