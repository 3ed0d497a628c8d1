import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
} from 'n8n-workflow';
import get from 'lodash/get';
import sortBy from 'lodash/sortBy';
import uniqBy from 'lodash/uniqBy';
import { z } from 'zod';

import {
	choicesOf,
	locatorText,
	nameAndEmail,
	resourceLocators,
	type ListSearchPage,
} from '../../shared/actions/resourceLocator';
import { textAt, textsIn } from '../../shared/values/text';
import { idInLink } from './ids';
import { pageLink, readPage } from './pagination';
import { referenceIn, stepLabel, stepsOf, stepsOfJob, type Reference } from './processes';
import { rootLink } from './rootLinks';
import { applicationIdOf, changeIdOf, newestChanges, stepOf } from './stepChanges';
import { apiPath } from './transport';

const title = (record: IDataObject) =>
	[textAt(record, 'title'), textAt(record, 'reference')].filter(Boolean).join(' – ') ||
	(textAt(record, 'id') ?? '');

/** One way to search for the typed text. */
interface Search {
	query: IDataObject;
	/** Whether JobAffinity searches; otherwise the whole list is read and searched here. */
	isFound: boolean;
}

const WHOLE_LIST: Search = { query: {}, isFound: false };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const byQuery = (query: IDataObject): Search => ({ query, isFound: true });

/**
 * How to search for a candidate by the documented filters. Whether a name must match exactly is not
 * documented, so if they find nothing, the whole list is searched. Two words may be both names in
 * either order, or one name of two words.
 */
function candidateSearches(typed: string): Search[] {
	const text = typed.trim();
	if (text === '' || /^\d+$/.test(text)) return [WHOLE_LIST];
	if (EMAIL.test(text)) return [byQuery({ email: text }), WHOLE_LIST];
	if (text.includes('@')) return [WHOLE_LIST];
	const [first, ...words] = text.split(/\s+/);
	const rest = words.join(' ');
	const pairs =
		rest === ''
			? []
			: [
					{ first_name: first, last_name: rest },
					{ last_name: first, first_name: rest },
				];
	return [...pairs, { last_name: text }, { first_name: text }].map(byQuery).concat(WHOLE_LIST);
}

/** Where a list continues: with which search and page, and whether anything was found so far. */
const tokenSchema = z.object({
	search: z.number(),
	link: z.string().optional(),
	hasFound: z.boolean(),
});

type Token = z.infer<typeof tokenSchema>;

function parseToken(text?: string): Token {
	try {
		return tokenSchema.parse(JSON.parse(text ?? ''));
	} catch {
		return { search: 0, hasFound: false };
	}
}

/**
 * The token after a page: the next page, the next search, or none; the whole list is searched only
 * if nothing was found.
 */
function nextToken(
	searches: readonly Search[],
	{ search, link, hasFound }: Token,
): string | undefined {
	const hasNext =
		link !== undefined ||
		(search + 1 < searches.length && !(hasFound && !searches[search + 1].isFound));
	if (!hasNext) return undefined;
	return JSON.stringify({
		search: link === undefined ? search + 1 : search,
		...(link !== undefined && { link }),
		hasFound,
	});
}

/** Reads the list in the largest pages, as the limit is 45 requests per minute. */
const recordsOf =
	(list: 'candidates' | 'jobs', searchesOf: (text: string) => Search[] = () => [WHOLE_LIST]) =>
	async (
		context: ILoadOptionsFunctions,
		filter: string,
		next?: string,
	): Promise<ListSearchPage> => {
		const searches = searchesOf(filter);
		const token = parseToken(next);
		const { query, isFound } = searches[token.search] ?? WHOLE_LIST;
		const request = { link: token.link ?? (await rootLink(context, list)), query };
		const page = await readPage(context, request, await pageLink(context, request));
		const link = page.next === '' ? undefined : await pageLink(context, request, page);
		const hasFound = token.hasFound || (isFound && page.items.length > 0);
		return {
			records: page.items,
			isFound,
			next: nextToken(searches, { search: token.search, link, hasFound }),
		};
	};

/** A change as an entry of the list of applications. */
const applicationOf = (change: IDataObject): IDataObject => ({
	id: applicationIdOf(change),
	label:
		nameAndEmail(get(change, 'application.candidate', {}) as IDataObject) ||
		`Application ${applicationIdOf(change)}`,
	job: textAt(change, 'application.job.title'),
	step: textAt(change, 'application.step.name') ?? stepOf(change).name,
});

const applicationTitle = (record: IDataObject): string =>
	[textAt(record, 'label'), textAt(record, 'job')].filter(Boolean).join(' – ') +
	(textAt(record, 'step') === null ? '' : ` (${textAt(record, 'step')})`);

/**
 * JobAffinity has no list of all applications (documented by omission), but one of all step changes:
 * so these are the applications that moved, the last ones first. An email address is searched for
 * by the documented filter.
 */
async function applications(
	context: ILoadOptionsFunctions,
	filter: string,
	next?: string,
): Promise<ListSearchPage> {
	const typed = filter.trim();
	if (typed === '' && next === undefined)
		return { records: (await newestChanges(context)).map(applicationOf) };
	const query = EMAIL.test(typed) ? { candidate_email: typed } : {};
	const request = { link: next ?? apiPath`/step`, query };
	const page = await readPage(context, request, await pageLink(context, request));
	return {
		records: sortBy(page.items, changeIdOf).reverse().map(applicationOf),
		isFound: EMAIL.test(typed),
		...(page.next !== '' && { next: await pageLink(context, request, page) }),
	};
}

/** The steps of the process of the application that is chosen in the same node. */
async function stepsOfApplication(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const value = locatorText(context.getCurrentNodeParameter('application'));
	if (value === null || value.startsWith('=')) {
		throw new NodeOperationError(
			context.getNode(),
			'The steps are those of the application, and it is not chosen yet',
			{
				description:
					'Choose the application first. If it is given by an expression, give the step by its name or ID.',
			},
		);
	}
	const link = value.includes('/') ? value : apiPath`/application/${value}`;
	const { steps } = await stepsOf(context, { link, id: idInLink(link) ?? value });
	return steps;
}

export const { locator, listSearch, choices } = resourceLocators({
	application: {
		label: 'Application',
		description:
			'The application; the list shows those that moved last, and finds others by the email address of the candidate',
		placeholder: 'e.g. 410',
		records: applications,
		title: applicationTitle,
	},
	candidate: {
		label: 'Candidate',
		description: 'The candidate; type a first name, a last name or an email address to search',
		placeholder: 'e.g. 77',
		records: recordsOf('candidates', candidateSearches),
		title: nameAndEmail,
	},
	job: {
		label: 'Job',
		description: 'The job',
		placeholder: 'e.g. 301',
		records: recordsOf('jobs'),
		title,
	},
	step: {
		label: 'Step',
		description:
			"The step of the application's process; the list is there once an application is chosen",
		placeholder: 'e.g. 21',
		records: stepsOfApplication,
		title: stepLabel,
	},
});

/** Of how many jobs the processes are read: two requests each, of 45 that are allowed a minute. */
const MAX_PROCESSES = 5;

/** The jobs that the filter beside this list names by their IDs. */
const filteredJobs = (context: ILoadOptionsFunctions): Reference[] =>
	textsIn(context.getCurrentNodeParameter('filters.jobs'))
		.filter((text) => /^\d+$/.test(text))
		.map((id) => ({ link: apiPath`/job/${id}`, id }));

/**
 * Steps by their names, as several processes may have a step of the same name. JobAffinity lists no
 * processes (documented by omission), so these are the steps of the filtered jobs' processes, or of
 * those of the jobs in which applications moved last, and the steps that these have reached.
 */
async function stepNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const jobs = filteredJobs(this);
	const changes = jobs.length > 0 ? [] : await newestChanges(this);
	const moved = changes.map((change) =>
		referenceIn(get(change, 'application', {}) as IDataObject, 'job'),
	);
	const read = uniqBy([...jobs, ...moved.filter((job) => job !== undefined)], 'link');
	const steps = changes.map(stepOf);
	for (const { link } of read.slice(0, MAX_PROCESSES))
		steps.push(...(await stepsOfJob(this, link)));
	const names = steps.map((step) => textAt(step, 'name')).filter((name) => name !== null);
	return choicesOf(names.map((name) => ({ name, value: name })));
}

/** The lists that filters choose from, by the filter's name. */
export const loadOptions = { jobs: choices('job'), steps: stepNames };
