import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost, type AllowedHost } from '../nodes/shared/http/allowedHost';

/** The root of the API, followed by the kind of object (documented). */
const BASE_URL = 'https://www.regpack.com/reg/api2';

const ALLOWED_HOST: AllowedHost = {
	credential: 'The Regpack login',
	address: 'https://www.regpack.com',
	isOwn: (hostname) => hostname === 'regpack.com' || hostname.endsWith('.regpack.com'),
};

const REJECTED =
	'Regpack rejected the request. Check all four values; the project must belong to the organization of the API user.';

/** What identifies an API user, and its headers (documented, basic-authentication). */
const IDENTITY = [
	{ label: 'API User', name: 'apiUser', header: 'Api-user' },
	{ label: 'API Token', name: 'apiToken', header: 'Api-token' },
	{ label: 'API ID', name: 'apiId', header: 'Api-id' },
];

/**
 * Trims a value for a header.
 *
 * @throws Error that names the field, but not its value, if a header cannot contain it
 */
function headerValue(label: string, value: unknown): string {
	const text = String(value ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(text)) return text;
	const problem =
		text === '' ? 'is empty' : 'contains characters that cannot be sent: copy it again';
	throw new Error(`The ${label} of the Regpack login ${problem}`);
}

/**
 * The login of an API admin, one of Regpack's admin licenses (documented, basic-authentication).
 */
export class RegpackApi implements ICredentialType {
	name = 'regpackApi';

	displayName = 'Regpack API';

	icon: Icon = { light: 'file:../icons/regpack.svg', dark: 'file:../icons/regpack.dark.svg' };

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/regpack.md#api-login';

	properties: INodeProperties[] = [
		{
			displayName: 'API User',
			name: 'apiUser',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. api-admin@email.com',
			description: 'Email address of an API admin, who is invited by the owner of your account',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown to the API admin under Settings > Admin Management, in their own profile',
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
				'The project, group_id in Regpack, that nodes use unless they name another. Testing this login reads from it.',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: BASE_URL },
	];

	/**
	 * Adds the four headers (documented) to requests of any node, but only to Regpack. The time is in
	 * seconds, as in a sample of the documentation; newer samples have none, and whether Regpack
	 * checks it is unknown.
	 *
	 * A field, not a method: n8n sends the editor a copy, and the HTTP Request node offers only what
	 * has it.
	 *
	 * @throws Error if the request goes to another host, or a header cannot contain a value
	 */
	authenticate = async (
		login: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const checked = assertAllowedHost(request, ALLOWED_HOST, login.baseUrl);
		const headers: Record<string, string> = { Timestamp: String(Math.round(Date.now() / 1000)) };
		for (const { label, name, header } of IDENTITY)
			headers[header] = headerValue(label, login[name]);
		return { ...checked, headers: { ...checked.headers, ...headers } };
	};

	/**
	 * The only documented call that reads without naming a user. The response to a wrong login is not
	 * documented.
	 */
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
				properties: { value: 401, message: 'Regpack rejected this API user, token and ID' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'This API user may not read the project in Regpack' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'success', value: false, message: REJECTED },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'msg_type', value: 'error', message: REJECTED },
			},
			// n8n accepts both kinds of rules together; its type allows only one kind.
		] as ICredentialTestRequest['rules'],
	};
}
