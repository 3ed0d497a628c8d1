import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { assertAllowedHost } from '../nodes/shared/http/allowedHost';
import { siteHost } from '../nodes/shared/http/siteHost';

/**
 * A key for the REST API v2 of Thought Industries, the platform beneath Innovative Educators, for an
 * institution that has a site of its own, at `thoughtindustries.com` or at a domain of its own. A
 * key covers a whole site (documented, rest).
 */
export class ThoughtIndustriesApi implements ICredentialType {
	name = 'thoughtIndustriesApi';

	displayName = 'Thought Industries API';

	icon: Icon = {
		light: 'file:../icons/innovative-educators.svg',
		dark: 'file:../icons/innovative-educators.dark.svg',
	};

	documentationUrl =
		'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs/innovative-educators.md#thought-industries';

	properties: INodeProperties[] = [
		{
			displayName: 'Site',
			name: 'site',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. college.thoughtindustries.com',
			description:
				'Address of your own Thought Industries site. The key is sent to this host only, over HTTPS.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A manager of the site makes it under Settings, in Security or API Keys. It reads and changes all users of the site.',
		},
		/** Only tests set it: instead of the site's address. */
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: '' },
	];

	/**
	 * Adds the key (documented, rest/authentication) to requests of any node, but only to the site.
	 *
	 * A field, not a method: n8n sends the editor a copy, and the HTTP Request node offers only what
	 * has it.
	 *
	 * @throws Error if the site is no host on the internet, the request goes to another one, or a
	 * header cannot contain the key
	 */
	authenticate = async (
		{ site, apiKey, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const host = siteHost(site);
		if (host === undefined) {
			throw new Error(
				'The Site of the Thought Industries API credential is no address on the internet: enter it like college.thoughtindustries.com',
			);
		}
		const allowed = {
			credential: 'The Thought Industries API key',
			address: `https://${host}`,
			isOwn: (hostname: string) => hostname === host,
		};
		const checked = assertAllowedHost(request, allowed, baseUrl);
		const key = String(apiKey ?? '').trim();
		if (!/^[\x21-\x7e]+$/.test(key)) {
			const problem =
				key === '' ? 'is empty' : 'contains characters that no key has: copy it again';
			throw new Error(`The Thought Industries API key ${problem}`);
		}
		return { ...checked, headers: { ...checked.headers, Authorization: `Bearer ${key}` } };
	};

	/** The documented way to test a key (rest): `{"valid": true}`, or 401 with an empty body. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl || "https://" + $credentials.site.trim().replace(/^https?:\\/\\//i, "").replace(/[\\/?#].*$/, "") + "/incoming/v2" }}',
			url: '/ping',
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Thought Industries rejected this API key' },
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'This site has no Thought Industries API: check its address',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'valid',
					value: false,
					message: 'Thought Industries rejected this API key',
				},
			},
			// n8n accepts both kinds of rules together; its type allows only one kind.
		] as ICredentialTestRequest['rules'],
	};
}
