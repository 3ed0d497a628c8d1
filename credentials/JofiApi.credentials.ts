import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost, type AllowedHost } from '../nodes/shared/http/allowedHost';

/** Documented (api/getting-started); `api.jofiscore.com` hosts only the documentation. */
const BASE_URL = 'https://www.jofiscore.com/api/v2';

const ALLOWED_HOST: AllowedHost = {
	credential: 'The JOFI API key',
	address: 'https://www.jofiscore.com',
	isOwn: (hostname) => hostname === 'jofiscore.com' || hostname.endsWith('.jofiscore.com'),
};

/**
 * A key for JOFI's API v2, which a JOFI representative issues: one live and one test key per
 * account.
 */
export class JofiApi implements ICredentialType {
	name = 'jofiApi';

	displayName = 'JOFI API';

	icon: Icon = { light: 'file:../icons/jofi.svg', dark: 'file:../icons/jofi.dark.svg' };

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/jofi.md#api-key';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Your JOFI representative gives it to you. A live key starts with sk_live, a test key with sk_test.',
		},
		{
			displayName: 'This is a <b>live</b> key: it reads and changes the real data of your account.',
			name: 'liveNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { apiKey: [{ _cnd: { startsWith: 'sk_live' } }] } },
		},
		{
			displayName:
				'This is a <b>test</b> key: JOFI returns made-up data, stores nothing and sends no events. Items show this in <b>mode</b>.',
			name: 'testNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { apiKey: [{ _cnd: { startsWith: 'sk_test' } }] } },
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'hidden',
			default: BASE_URL,
		},
	];

	/**
	 * Adds the key to requests of any node, but only to JOFI. The header is `Authorization`: one page
	 * of the documentation (api/api-keys) names another, but all of its examples use this one.
	 *
	 * A field, not a method: n8n sends the editor a copy, and the HTTP Request node offers only what
	 * has it.
	 *
	 * @throws Error if the request goes to another host, or a header cannot contain the key
	 */
	authenticate = async (
		{ apiKey, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const checked = assertAllowedHost(request, ALLOWED_HOST, baseUrl);
		const key = String(apiKey).trim();
		if (!/^[\x21-\x7e]*$/.test(key)) {
			throw new Error('The JOFI API key contains characters that no key has: copy it again');
		}
		return { ...checked, headers: { ...checked.headers, Authorization: `Bearer ${key}` } };
	};

	/**
	 * Documented as cheap and possible with either key (api/accounts); JOFI responds to a wrong key
	 * with 404.
	 */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/accounts' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'JOFI does not know this API key. Compare it with the one your JOFI representative gave you.',
				},
			},
		],
	};
}
