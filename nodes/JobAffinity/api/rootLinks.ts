import type { CallContext } from '../../shared/http/request';
import { textAt } from '../../shared/values/text';
import { apiPath, baseUrlOf, call } from './transport';

/** By the API's root: addresses may change, but not often. */
const cache = new Map<
	string,
	{ readAt: number; links: Promise<Record<'candidates' | 'jobs', string>> }
>();

const MAX_AGE_MS = 15 * 60_000;

/**
 * The link to the list of candidates or of jobs, from the API's root: only the root's own address
 * is promised not to change (documented, guide on discovery). It is read at most every 15 minutes.
 * The root has these two links; all other addresses are those in the reference.
 */
export async function rootLink(context: CallContext, name: 'candidates' | 'jobs'): Promise<string> {
	const baseUrl = await baseUrlOf(context);
	const now = Date.now();
	let entry = cache.get(baseUrl);
	if (!entry || now - entry.readAt > MAX_AGE_MS) {
		const links = call(context, { link: apiPath`` }).then((root) => ({
			candidates: textAt(root, 'candidates._self') ?? apiPath`/candidate`,
			jobs: textAt(root, 'jobs._self') ?? apiPath`/job`,
		}));
		entry = { readAt: now, links };
		cache.set(baseUrl, entry);
		links.catch(() => cache.delete(baseUrl));
	}
	return (await entry.links)[name];
}
