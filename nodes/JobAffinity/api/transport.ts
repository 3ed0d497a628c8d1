import { NodeOperationError, type IDataObject, type IHttpRequestMethods } from 'n8n-workflow';

import { RateLimiter } from '../../shared/http/rateLimiter';
import { path } from '../../shared/http/path';
import type { RequestInfo } from '../../shared/http/errors';
import { sendRequest, type CallContext, type RateLimit } from '../../shared/http/request';
import { apiUrl } from './urlPolicy';
import { errorFrom } from './errors';

export const JOBAFFINITY_CREDENTIAL = 'jobAffinityApi';

/** Documented: 45 requests a minute for an IP address; more are answered 429. */
const REQUESTS_A_MINUTE = 45;
/** A second more than the minute, as requests do not all take the same time to arrive. */
const WINDOW_MS = 61_000;
/** How long a 429 lasts is not documented, nor whether it says so. */
const HOLD_MS = 60_000;
/** The largest page (documented); the default is 20. */
const PAGE = 100;

/** By host, because the limit is the host's, whoever logs in. */
const paces = new Map<string, RateLimiter>();

function paceOf(host: string): RateLimiter {
	const pace = paces.get(host) ?? new RateLimiter(REQUESTS_A_MINUTE, WINDOW_MS);
	paces.set(host, pace);
	return pace;
}

/** How long an execution has waited for its turns. */
const waited = new WeakMap<object, number>();

/** Milliseconds that this execution has waited so far to keep to JobAffinity's limit. */
export const rateLimitWaits = (context: CallContext): number => waited.get(context) ?? 0;

function noteWait(context: CallContext, ms: number): void {
	if (ms >= 1000) context.logger.info(`Waited ${Math.round(ms / 1000)} s to keep to JobAffinity's ${REQUESTS_A_MINUTE} requests a minute`);
	waited.set(context, rateLimitWaits(context) + ms);
}

/** Says in the log that nothing can be asked for long; the calls themselves fail with when to try again. */
function noteBlock(context: CallContext, ms: number): void {
	const until = new Date(Date.now() + ms).toISOString();
	context.logger.warn(`JobAffinity answered 429 and wants no requests until ${until}: until then they fail, and one is tried every ten minutes`);
}

/** How requests to a URL of JobAffinity's host keep to its limit. */
export const limitOf = (context: CallContext, { host }: URL): RateLimit => ({
	limiter: paceOf(host),
	defaultPauseMs: HOLD_MS,
	onWait: (ms) => noteWait(context, ms),
	onFailFast: (ms) => noteBlock(context, ms),
});

/** A call to JobAffinity's API. */
export interface Call extends RequestInfo {
	method?: IHttpRequestMethods;
	/** A link of the API, or a path below its root, made by `below`. */
	link: string;
	query?: IDataObject;
	body?: IDataObject;
}

const ROOT = '/restapi/v1';

/** A link below the API's root whose values cannot leave it, whatever they hold: below`/job/${id}`. */
export const apiPath = (parts: TemplateStringsArray, ...values: string[]): string =>
	ROOT + path(parts, ...values);

/**
 * The URL of a link, with what the query adds; parameters that the link has are kept.
 *
 * @param page the URL of the page that the link stands in
 */
function urlOf(context: CallContext, baseUrl: string, link: string, query: IDataObject = {}, page?: string): URL {
	const url = apiUrl(baseUrl, link, page);
	if (!url) {
		throw new NodeOperationError(context.getNode(), 'A link leads away from JobAffinity, and was not followed', {
			description: `It does not lead to ${new URL(baseUrl).origin}/restapi/. The login was not sent.`,
		});
	}
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === null || value === '' || url.searchParams.has(name)) continue;
		for (const each of [value].flat()) url.searchParams.append(name, String(each));
	}
	return url;
}

/**
 * Calls JobAffinity and gives the object it answers.
 *
 * @throws NodeApiError that says what happened and what to do, see `refusalOf`; NodeOperationError for a
 * link that leads elsewhere, and then nothing is requested
 */
export async function call(context: CallContext, { method = 'GET', link, query, body, ...asked }: Call): Promise<IDataObject> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	const url = urlOf(context, baseUrl, link, query);
	const answer = await sendRequest(
		context,
		JOBAFFINITY_CREDENTIAL,
		{ method, url: url.href, ...(body && { body }) },
		limitOf(context, url),
	);
	const refusal = errorFrom(context.getNode(), answer, { method, ...asked });
	if (refusal) throw refusal;
	return answer.body as IDataObject;
}

/** A page of a list. */
export interface Page {
	/** Its URL. */
	link: string;
	items: IDataObject[];
	/** The link to the next one as it stands in this one; empty on the last. */
	next: string;
}

/**
 * The URL of a page of a list. That `_next` keeps the page size and the filters is not documented, so what it lacks is
 * added again.
 *
 * @param from the page in which the link stands; the list's first page unless given
 */
export async function pageLink(context: CallContext, request: Call, from?: Page): Promise<string> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	const query = { limit: PAGE, ...request.query };
	return urlOf(context, baseUrl, from?.next ?? request.link, query, from?.link).href;
}

/** Reads one page of a list; `_next` is empty, absent or `null` on the last (documented). */
export async function readPage(context: CallContext, request: Call, link: string): Promise<Page> {
	const { items, _next } = await call(context, { ...request, link, query: {}, expectsList: true });
	return { link, items: items as IDataObject[], next: typeof _next === 'string' ? _next : '' };
}

/** Whether a page leads to one that was not read. A link that leads elsewhere does: it fails when it is followed. */
async function leadsOn(context: CallContext, request: Call, page: Page, read: ReadonlySet<string>): Promise<boolean> {
	if (page.next === '') return false;
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	return apiUrl(baseUrl, page.next, page.link) !== undefined && !read.has(await pageLink(context, request, page));
}

/**
 * Reads a list page by page.
 *
 * @param onPage is told of each page, before it is handed on, whether it leads to another
 * @returns whether the pages came back to one that had been read, where reading ends
 */
export async function* pages(
	context: CallContext,
	request: Call,
	onPage?: (leadsOn: boolean) => void,
): AsyncGenerator<IDataObject[], boolean> {
	const read = new Set<string>();
	for (let page: Page | undefined; page?.next !== ''; ) {
		// A page has several links: relative or absolute, with the page size or without.
		const link = await pageLink(context, request, page);
		if (read.has(link)) return true;
		read.add(link);
		page = await readPage(context, request, link);
		onPage?.(await leadsOn(context, request, page, read));
		yield page.items;
	}
	return false;
}

/**
 * The link of what lies below another: /application/410 has /application/410/profile below it.
 *
 * @throws NodeOperationError when the other leads elsewhere
 */
export async function linkBelow(context: CallContext, link: string, name: string): Promise<string> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(JOBAFFINITY_CREDENTIAL);
	const url = urlOf(context, baseUrl, link);
	url.pathname = url.pathname.replace(/\/?$/, `/${name}`);
	return url.href;
}

/** Records of a list, and why there may be more. */
export interface Collected {
	items: IDataObject[];
	isCircular: boolean;
	/** Whether there are more beyond `most`; only maybe, where they are on pages that were not read. */
	hasMore: boolean | 'maybe';
}

/**
 * Reads a list until it has `most` of the accepted records; pages beyond are not requested.
 *
 * @param isLast tells of a page's records that no later page can have any that is accepted
 */
export async function collect(
	context: CallContext,
	request: Call,
	most = Infinity,
	accepts?: (item: IDataObject) => boolean,
	isLast: (found: IDataObject[]) => boolean = () => false,
): Promise<Collected> {
	const query = { limit: accepts ? PAGE : Math.min(PAGE, most), ...request.query };
	let leadsOn = false;
	const reading = pages(context, { ...request, query }, (on) => (leadsOn = on));
	const items: IDataObject[] = [];
	let hasMore: Collected['hasMore'] = false;
	while (items.length < most) {
		const { value, done } = await reading.next();
		if (done) return { items, isCircular: value, hasMore: false };
		const found = accepts ? value.filter(accepts) : value;
		hasMore = found.length > most - items.length;
		items.push(...found.slice(0, most - items.length));
		if (isLast(value)) return { items, isCircular: false, hasMore };
	}
	return { items, isCircular: false, hasMore: hasMore || (leadsOn && 'maybe') };
}
