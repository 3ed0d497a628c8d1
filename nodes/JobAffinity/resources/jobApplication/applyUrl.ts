import type { INodeProperties } from 'n8n-workflow';

import { redactSecrets } from '../../../shared/values/redact';
import type { ParameterErrorFactory } from '../../../shared/actions/parameters';

export const applyUrl: INodeProperties = {
	displayName: 'Apply URL',
	name: 'applyUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://jobaffinity.fr/apply/api/0a1b2c3d',
	description: 'The apply_url of the job in your feed of jobs, as it is there',
};

/** What is not visible ASCII, and backslashes: readers of URLs disagree about them. */
const DOUBTFUL = /[^\x21-\x7e]|\\/;

/** JobAffinity's own host; and this machine, where the tests play JobAffinity. */
function isJobAffinity({ protocol, host, hostname }: URL): boolean {
	if (protocol === 'https:') return host === 'jobaffinity.fr';
	return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * The URL to post an application to. The reference prints `/restapi/v1/apply/api/{token}` but says to take
 * the `apply_url` of the job feed as it is; which path that has is not documented, so any is taken. The
 * token in it is not shown to anybody.
 *
 * @throws NodeOperationError when it leads to another host, or is not HTTPS
 */
export function applyUrlOf(value: unknown, refuse: ParameterErrorFactory): URL {
	const text = String(value ?? '').trim();
	if (text === '') throw refuse('Apply URL is empty', 'Take apply_url from your feed of jobs.');
	const url = DOUBTFUL.test(text) || !URL.canParse(text) ? undefined : new URL(text);
	if (url && isJobAffinity(url) && url.username === '' && url.password === '') return url;
	throw refuse(
		'Apply URL does not lead to JobAffinity',
		'It must begin with https://jobaffinity.fr/. Take apply_url from your feed of jobs as it is. Nothing was sent.',
	);
}

/** Parts of a URL of this length and more may be a token. */
const SHORTEST_TOKEN = 6;

/** A copy of what JobAffinity answered, without what may be the token. */
export function withoutToken<Body>(body: Body, { pathname, search }: URL): Body {
	const tokens = `${pathname}${search}`
		.split(/[/?&=]/)
		.flatMap((part) => [part, decoded(part)])
		.filter((part) => part.length >= SHORTEST_TOKEN && part !== 'restapi');
	return redactSecrets(body, tokens);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
