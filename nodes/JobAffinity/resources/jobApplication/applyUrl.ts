import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { redactSecrets } from '../../../shared/values/redact';
import { parameterError } from '../../../shared/actions/parameters';

export const applyUrl: INodeProperties = {
	displayName: 'Apply URL',
	name: 'applyUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://jobaffinity.fr/apply/api/0a1b2c3d',
	description: 'The apply_url of the job, exactly as in your job feed',
};

/** Anything but visible ASCII, and backslashes: URL parsers disagree about them. */
const AMBIGUOUS = /[^\x21-\x7e]|\\/;

/** JobAffinity's own host, or this machine, where the tests simulate JobAffinity. */
function isJobAffinity({ protocol, host, hostname }: URL): boolean {
	if (protocol === 'https:') return host === 'jobaffinity.fr';
	return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * The URL to post an application to. The reference shows `/restapi/v1/apply/api/{token}` but says
 * to use the `apply_url` of the job feed as it is; its path is not documented, so any is accepted.
 * Its token is a secret.
 *
 * @throws NodeOperationError when it leads to another host, or is not HTTPS
 */
export function applyUrlOf(context: IExecuteFunctions, index: number): URL {
	const refuse = parameterError(context, index);
	const text = String(context.getNodeParameter(applyUrl.name, index, '') ?? '').trim();
	if (text === '') throw refuse('Apply URL is empty', 'Use apply_url from your job feed.');
	const url = AMBIGUOUS.test(text) || !URL.canParse(text) ? undefined : new URL(text);
	if (url && isJobAffinity(url) && url.username === '' && url.password === '') return url;
	throw refuse(
		'Apply URL does not lead to JobAffinity',
		'It must start with https://jobaffinity.fr/. Use apply_url exactly as in your job feed. Nothing was sent.',
	);
}

/** The shortest part of a URL that may be a token. */
const SHORTEST_TOKEN = 6;

/** A copy of a response without anything that may be the token. */
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
