import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost, type AllowedHost } from '../nodes/shared/http/allowedHost';

/** The root of the API (documented), which links to everything else. */
const BASE_URL = 'https://jobaffinity.fr/restapi/v1';

const ALLOWED_HOST: AllowedHost = {
	credential: 'The JobAffinity login',
	address: 'https://jobaffinity.fr',
	isOwn: (hostname) => hostname === 'jobaffinity.fr',
};

/** Login and password for JobAffinity's REST API, which its support gives out (documented). */
export class JobAffinityApi implements ICredentialType {
	name = 'jobAffinityApi';

	displayName = 'JobAffinity API';

	icon: Icon = {
		light: 'file:../icons/jobaffinity.svg',
		dark: 'file:../icons/jobaffinity.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/jobaffinity.md#api-login';

	properties: INodeProperties[] = [
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			required: true,
			default: '',
			description:
				'Ask support@intuition-software.fr for access to the API. The API shows only what this user may see in JobAffinity.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: BASE_URL },
	];

	/**
	 * Adds HTTP Basic authentication (documented) to requests of any node, but only to JobAffinity.
	 *
	 * A field, not a method: n8n sends the editor a copy, and the HTTP Request node offers only what
	 * has it.
	 *
	 * @throws Error if the request goes to another host
	 */
	authenticate = async (
		{ login, password, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const checked = assertAllowedHost(request, ALLOWED_HOST, baseUrl);
		const pair = Buffer.from(`${String(login)}:${String(password)}`).toString('base64');
		return { ...checked, headers: { ...checked.headers, Authorization: `Basic ${pair}` } };
	};

	/** The documented way to test a login. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '' },
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'JobAffinity rejected this login and password' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'This login may not use the JobAffinity API' },
			},
		],
	};
}
