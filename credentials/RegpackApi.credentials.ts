import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost, type AllowedHost } from '../nodes/shared/http/allowedHost';

/** The root of the API, to which the kind of object is added (documented). */
const BASE_URL = 'https://www.regpack.com/reg/api2';

const HOME: AllowedHost = {
	credential: 'The Regpack login',
	address: 'https://www.regpack.com',
	isOwn: (hostname) => hostname === 'regpack.com' || hostname.endsWith('.regpack.com'),
};

const REFUSED =
	'Regpack refused. Compare all four values; the project must belong to the organization of the API user.';

/** What identifies an API user, and the header it goes in (documented, basic-authentication). */
const IDENTITY = [
	{ label: 'API User', name: 'apiUser', header: 'Api-user' },
	{ label: 'API Token', name: 'apiToken', header: 'Api-token' },
	{ label: 'API ID', name: 'apiId', header: 'Api-id' },
];

/**
 * A value as a header can carry it.
 *
 * @throws Error that names the field, and not what it holds
 */
function sendable(label: string, value: unknown): string {
	const text = String(value ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(text)) return text;
	const what = text === '' ? 'is empty' : 'holds characters that cannot be sent: copy it again';
	throw new Error(`The ${label} of the Regpack login ${what}`);
}

/** The login of an API admin, one of Regpack's admin licenses (documented, basic-authentication). */
export class RegpackApi implements ICredentialType {
	name = 'regpackApi';

	displayName = 'Regpack API';

	icon: Icon = { light: 'file:../icons/regpack.svg', dark: 'file:../icons/regpack.dark.svg' };

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events#the-login-for-regpacks-api';

	properties: INodeProperties[] = [
		{
			displayName: 'API User',
			name: 'apiUser',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. api-admin@email.com',
			description: 'Email address of an API admin, whom the owner of your account can invite',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown to the API admin under Settings > Admin Management, in the profile of that account',
		},
		{
			displayName: 'API ID',
			name: 'apiId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 12345',
			description: 'Shown to the API admin at the top right of the admin panel',
		},
		{
			displayName: 'Project ID',
			name: 'groupId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 100000001',
			description:
				'The project, which Regpack calls group_id, that nodes use unless they name another. The test of this login reads from it.',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: BASE_URL },
	];

	/**
	 * Adds the four headers (documented), whoever makes the request, but for Regpack alone. The time is in seconds,
	 * as a sample of the documentation has it; newer samples have none, and whether it is looked at is unknown.
	 *
	 * @throws Error when the request goes to another host, or a value cannot be sent at all
	 */
	async authenticate(
		login: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const kept = assertAllowedHost(request, HOME, login.baseUrl);
		const headers: Record<string, string> = { Timestamp: String(Math.round(Date.now() / 1000)) };
		for (const { label, name, header } of IDENTITY) headers[header] = sendable(label, login[name]);
		return { ...kept, headers: { ...kept.headers, ...headers } };
	}

	/** The only documented call that reads without naming a user. How a wrong login is refused is not documented. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/users/',
			method: 'POST',
			body: { action: 'get_user_list', group_id: '={{ Number($credentials.groupId) }}', doc: {} },
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Regpack does not accept this API user, token and ID' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'Regpack does not let this API user read the project' },
			},
			{ type: 'responseSuccessBody', properties: { key: 'success', value: false, message: REFUSED } },
			{ type: 'responseSuccessBody', properties: { key: 'msg_type', value: 'error', message: REFUSED } },
			// n8n takes both kinds together; its type has one kind or the other.
		] as ICredentialTestRequest['rules'],
	};
}
