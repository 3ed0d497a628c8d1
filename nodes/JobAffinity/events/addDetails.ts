import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { systemClock } from '../../shared/http/rateLimiter';
import { READS_AT_ONCE, readAhead } from '../../shared/http/readAhead';
import type { Event } from '../../shared/events/types';
import { sentenceOf } from '../../shared/http/errors';
import { asText, textAt } from '../../shared/values/text';
import { cvLinkOf, downloadCv, type Cv } from '../api/cv';
import { referenceIn } from '../api/processes';
import { changeIdOf, stepOf } from '../api/stepChanges';
import { apiPath } from '../api/transport';
import { knownChangesOf, NOT_SEARCHABLE } from './changeList';
import { fetchLinked } from './details';
import { isStart } from './derived';
import { CV_FIELD } from './options';
import { historyOf } from './stepHistory';

/** What an option adds to an event. */
interface Addition {
	extra?: IDataObject;
	binary?: IBinaryKeyData;
}

/** A sentence that says why there is nothing to add. */
type Reason = string;

/** Limits on what one execution downloads: it may have hundreds of events. */
const CV_LIMITS = { maxBytes: 10 * 1024 ** 2, timeoutMs: 30_000 };
const MOST_CVS = 100;
const MOST_CV_BYTES = 100 * 1024 ** 2;
/** How long an execution adds to its events; requests wait for their turn. */
const MAX_TIME_MS = 5 * 60_000;

const DOWNLOAD_INSTEAD = 'Download CV in a JobAffinity node gets it.';

const TOO_LONG = `The events before took ${MAX_TIME_MS / 60_000} minutes of JobAffinity's requests, and an execution takes no more. A JobAffinity node can read the rest.`;

const NOT_READ = 'The application could not be read: see details.error.';

/** The CVs of an execution, each downloaded once, as several events may be about an application. */
class Cvs {
	private readonly files = new Map<string, Promise<Cv>>();
	private bytes = 0;

	constructor(private readonly context: IExecuteFunctions) {}

	/** Why no other CV is downloaded; `undefined` if one may be. */
	private refusal(): Reason | undefined {
		if (this.files.size >= MOST_CVS)
			return `An execution attaches ${MOST_CVS} CVs at most. ${DOWNLOAD_INSTEAD}`;
		if (this.bytes >= MOST_CV_BYTES)
			return `An execution attaches ${MOST_CV_BYTES / 1024 ** 2} MB of CVs at most. ${DOWNLOAD_INSTEAD}`;
		return undefined;
	}

	/**
	 * The CV of an application, or why there is none.
	 *
	 * @throws NodeApiError, NodeOperationError, see `downloadCv`
	 */
	async get(link: string, id: string): Promise<Cv | Reason> {
		const held = this.files.get(link);
		if (held) return await held;
		const refusal = this.refusal();
		if (refusal !== undefined) return refusal;
		const file = downloadCv(this.context, link, id, CV_LIMITS);
		this.files.set(link, file);
		this.bytes += (await file).size;
		return await file;
	}
}

/** What is known of the event that is completed. */
interface Subject {
	context: IExecuteFunctions;
	extra: IDataObject;
	application: IDataObject;
	cvs: Cvs;
	/** In milliseconds since 1970. */
	deadline: number;
}

/** An application that was not read does not say whether it has a CV. */
const isUnread = ({ extra, application }: Subject): boolean =>
	extra.details !== 'fetched' && !('latest_cv_url' in application);

/** One request for each application in an execution, beside those to where it redirects. */
async function attachCv(subject: Subject): Promise<Addition | Reason> {
	const { extra, application, cvs } = subject;
	const link = cvLinkOf(application);
	if (link === null) return isUnread(subject) ? NOT_READ : 'The application has none.';
	const cv = await cvs.get(link, asText(extra.applicationId) ?? '');
	return typeof cv === 'string' ? cv : { binary: { [CV_FIELD]: cv.file } };
}

/** One request for each job in an execution; none if the execution has read it already. */
async function fetchJob({ context, application }: Subject): Promise<Addition | Reason> {
	const job = referenceIn(application, 'job');
	if (!job) return 'The application does not show its job.';
	return { extra: { jobRecord: await fetchLinked(context, job.link, 'job') } };
}

/** The first step of an application's own history, if the list of its changes lacks just that. */
async function stepBeforeList(
	context: IExecuteFunctions,
	application: IDataObject,
	changes: readonly IDataObject[],
): Promise<IDataObject | undefined> {
	const link =
		textAt(application, '_self') ?? apiPath`/application/${textAt(application, 'id') ?? ''}`;
	const history = historyOf(await fetchLinked(context, link, 'application')) ?? [];
	return history.length === changes.length + 1 ? history[0] : undefined;
}

/**
 * One request for each application in an execution and 100 changes of its candidate, and another
 * one if the list of changes does not show the step before.
 */
async function fetchPreviousStep({
	context,
	extra,
	application,
}: Subject): Promise<Addition | Reason> {
	const change = extra.change as IDataObject;
	const list = await knownChangesOf(context, application);
	if (!list) return NOT_SEARCHABLE;
	const { changes, isAll } = list;
	const index = changes.findIndex((each) => changeIdOf(each) === changeIdOf(change));
	if (index > 0) return { extra: { previousStep: stepOf(changes[index - 1]) } };
	// A first step has none before.
	if (index === 0 && isAll && isStart(stepOf(change))) return {};
	const step = index === 0 && isAll && (await stepBeforeList(context, application, changes));
	return step ? { extra: { previousStep: step } } : 'JobAffinity does not show it.';
}

/** An option of the triggers that adds to events. */
interface Option {
	/** The name of its parameter. */
	name: string;
	/** What is missing if there is nothing to add. */
	subject: string;
	applies(extra: IDataObject): boolean;
	add(subject: Subject): Promise<Addition | Reason>;
}

const OPTIONS: readonly Option[] = [
	{
		name: 'fetchPreviousStep',
		subject: 'The previous step is not known',
		applies: ({ change, previousStep }) => Boolean(change) && !previousStep,
		add: fetchPreviousStep,
	},
	{
		name: 'fetchJob',
		subject: 'The owner and the reference of the job are not known',
		applies: () => true,
		add: fetchJob,
	},
	{ name: 'attachCv', subject: 'No CV is attached', applies: () => true, add: attachCv },
];

/** What an option adds, or a sentence that says what is missing. */
async function outcomeOf({ subject, add }: Option, about: Subject): Promise<Addition | Reason> {
	// Without its details, an event has been read in vain, or was not to be read.
	if (about.extra.details === 'not fetched') return `${subject}: ${NOT_READ}`;
	if (systemClock.now() > about.deadline) return `${subject}: ${TOO_LONG}`;
	try {
		const added = await add(about);
		return typeof added === 'string' ? `${subject}: ${added}` : added;
	} catch (error) {
		return `${subject}: ${sentenceOf(error)}`;
	}
}

async function completeOne(
	about: Subject,
	event: Event,
	chosen: readonly Option[],
): Promise<Event> {
	const extra = { ...about.extra };
	const missing: string[] = [];
	let binary = event.binary;
	for (const option of chosen.filter(({ applies }) => applies(extra))) {
		const added = await outcomeOf(option, { ...about, extra });
		if (typeof added === 'string') missing.push(added);
		else {
			Object.assign(extra, added.extra);
			binary = added.binary ? { ...binary, ...added.binary } : binary;
		}
	}
	return { ...event, extra: { ...extra, missing }, ...(binary && { binary }) };
}

/**
 * Adds to events what the options of a trigger ask for: each of them costs requests, so they come
 * after duplicates were skipped. What cannot be had is a sentence in `missing`, and never an error:
 * the event itself is more than its attachment.
 */
export async function addDetails(
	context: IExecuteFunctions,
	events: readonly Event[],
): Promise<Event[]> {
	const options = (context.getNodeParameter('settings', 0, {}) ?? {}) as IDataObject;
	const chosen = OPTIONS.filter(({ name }) => options[name] === true);
	if (chosen.length === 0) return [...events];
	const shared = { context, cvs: new Cvs(context), deadline: systemClock.now() + MAX_TIME_MS };
	const completed: Event[] = [];
	const work = async (event: Event): Promise<Event> => {
		const { extra = {} } = event;
		// A failed call or an end of the API is about no application.
		if (extra.details === undefined) return event;
		const application = (extra.application ?? {}) as IDataObject;
		return await completeOne({ ...shared, extra, application }, event, chosen);
	};
	for await (const [, result] of readAhead(events, READS_AT_ONCE, work))
		completed.push(await result);
	return completed;
}
