import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost, type AllowedHost } from '../nodes/shared/http/allowedHost';

/** Documented (api/getting-started); `api.jofiscore.com` is only where the documentation lives. */
const BASE_URL = 'https://www.jofiscore.com/api/v2';

const HOME: AllowedHost = {
	credential: 'The JOFI API key',
	address: 'https://www.jofiscore.com',
	isOwn: (hostname) => hostname === 'jofiscore.com' || hostname.endsWith('.jofiscore.com'),
};

/** A key for JOFI's API v2, given out by a JOFI representative: one live and one test key an account. */
export class JofiApi implements ICredentialType {
	name = 'jofiApi';

	displayName = 'JOFI API';

	icon: Icon = { light: 'file:../icons/jofi.svg', dark: 'file:../icons/jofi.dark.svg' };

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events#the-key-for-jofis-api';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Your JOFI representative gives it to you. A live key begins with sk_live, a test key with sk_test.',
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
				'This is a <b>test</b> key: JOFI answers with made-up data, stores nothing and sends no events. Items say so in their field <b>mode</b>.',
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
	 * Adds the key, whoever makes the request, but for JOFI alone. The header is `Authorization`; one
	 * page of the documentation (api/api-keys) names another, all of its examples use this.
	 *
	 * @throws Error when the request goes to another host, or the key cannot be sent at all
	 */
	async authenticate(
		{ apiKey, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const kept = assertAllowedHost(request, HOME, baseUrl);
		const key = String(apiKey).trim();
		if (!/^[\x21-\x7e]*$/.test(key)) {
			throw new Error('The JOFI API key holds characters that no key has: copy it again');
		}
		return { ...kept, headers: { ...kept.headers, Authorization: `Bearer ${key}` } };
	}

	/** Documented as cheap and possible with either key (api/accounts); a wrong key answers 404. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/accounts' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'JOFI does not know this API key. Compare it with the one your JOFI representative gave you.',
				},
			},
		],
	};
}
