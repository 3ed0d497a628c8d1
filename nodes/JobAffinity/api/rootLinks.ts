import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { apiPath, call, JOBAFFINITY_CREDENTIAL } from './transport';

/** The links of the root, by the root they were read from; an address may change, but not often. */
const known = new Map<string, { at: number; links: Promise<Record<'candidates' | 'jobs', string>> }>();

const VALID_MS = 15 * 60_000;

/**
 * The link to the list of candidates or of jobs, as the API's root names it: only the root's own address
 * is promised to stay (documented, guide on discovery). It is read once in a quarter of an hour. The root
 * names these two; other addresses are those that the reference prints.
 */
export async function rootLink(context: CallContext, name: 'candidates' | 'jobs'): Promise<string> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	const now = Date.now();
	let entry = known.get(baseUrl);
	if (!entry || now - entry.at > VALID_MS) {
		const links = call(context, { link: apiPath`` }).then((root) => ({
			candidates: textAt(root, 'candidates._self') ?? apiPath`/candidate`,
			jobs: textAt(root, 'jobs._self') ?? apiPath`/job`,
		}));
		entry = { at: now, links };
		known.set(baseUrl, entry);
		links.catch(() => known.delete(baseUrl));
	}
	return (await entry.links)[name];
}
