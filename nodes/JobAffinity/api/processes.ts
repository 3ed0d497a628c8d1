import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import get from 'lodash/get';

import type { CallContext } from '../../shared/http/request';
import type { ParameterErrorFactory } from '../../shared/actions/parameters';
import { isObject } from '../../shared/values/json';
import { textAt } from '../../shared/values/text';
import { fetchLinked, fetchLinkedIfAny } from '../events/details';
import { idInLink } from './ids';
import { apiPath, type Call } from './transport';

/** An object that another one shows or links to: the link to it, and its ID. */
export interface Reference {
	link: string;
	id: string | null;
}

/**
 * What a record shows of another: the newer generation of the reference has its ID, the older its
 * link only.
 */
export function referenceIn(
	record: IDataObject,
	name: 'candidate' | 'job' | 'process',
): Reference | undefined {
	const self = textAt(record, `${name}._self`);
	const id = textAt(record, `${name}.id`) ?? idInLink(self);
	if (self !== null) return { link: self, id };
	return id === null ? undefined : { link: apiPath`/${name}/${id}`, id };
}

const notShown = (context: CallContext, what: string, advice: string) =>
	new NodeOperationError(context.getNode(), `JobAffinity does not show ${what}`, {
		description: advice,
	});

/** A record by its ID or link, as users select it. */
type Located = Pick<Call, 'link'> & { id: string };

/**
 * An application and its job: two requests, each made once in an execution.
 *
 * @param advice what to do where JobAffinity does not show the job
 * @throws NodeApiError, NodeOperationError
 */
export async function jobOf(
	context: CallContext,
	request: Located,
	advice: string,
): Promise<{ application: IDataObject; job: IDataObject }> {
	const application = await fetchLinked(context, request.link, 'application');
	const job = referenceIn(application, 'job');
	if (!job) throw notShown(context, `the job of the application ${request.id}`, advice);
	return { application, job: await fetchLinked(context, job.link, 'job') };
}

/** A process, with the steps of which one may be chosen. */
export interface ProcessSteps {
	/** Its name, or else its ID. */
	name: string;
	steps: IDataObject[];
}

/**
 * The steps of an application's own process, by its job: three requests, each made once in an
 * execution (documented, reference: get application, job and process by ID).
 *
 * @throws NodeApiError; NodeOperationError where JobAffinity does not show the way
 */
export async function stepsOf(context: CallContext, request: Located): Promise<ProcessSteps> {
	const advice = 'Choose the step by its ID: Process: Get shows the IDs of the steps.';
	const { job } = await jobOf(context, request, advice);
	const process = referenceIn(job, 'process');
	if (!process) throw notShown(context, `the process of the application ${request.id}`, advice);
	const found = await fetchLinked(context, process.link, 'process');
	return { name: textAt(found, 'name') ?? process.id ?? '', steps: stepsIn(found) };
}

/** The steps of a process; none where it shows none. */
function stepsIn(process: IDataObject): IDataObject[] {
	const items: unknown = get(process, 'steps.items');
	return Array.isArray(items) ? items.filter(isObject) : [];
}

/**
 * The steps of a job's process: two requests; none where JobAffinity does not show the job or its
 * process.
 *
 * @throws NodeApiError for an error that would affect every other job as well
 */
export async function stepsOfJob(context: CallContext, link: string): Promise<IDataObject[]> {
	const job = await fetchLinkedIfAny(context, link, 'job');
	const process = job instanceof Error ? undefined : referenceIn(job, 'process');
	const found = process && (await fetchLinkedIfAny(context, process.link, 'process'));
	return found === undefined || found instanceof Error ? [] : stepsIn(found);
}

/** A step with what a list or an error shows of it. */
export const stepLabel = (step: IDataObject): string =>
	`${(textAt(step, 'name') ?? 'without a name').slice(0, MAX_LABEL_LENGTH)} (${textAt(step, 'id') ?? 'no ID'})`;

/** How much of a name is shown, and of how many steps. */
const MAX_LABEL_LENGTH = 100;
const MAX_LISTED = 50;

const listOf = (steps: readonly IDataObject[]): string =>
	steps.slice(0, MAX_LISTED).map(stepLabel).join(', ') + (steps.length > MAX_LISTED ? ' …' : '');

const spaced = (name: string): string => name.trim().replace(/\s+/g, ' ');

/**
 * The step with a name. Case counts only where the process has several steps whose names differ in
 * nothing else.
 *
 * @throws an error that lists the steps when there is none, or more than one
 */
export function stepNamed(
	{ name: processName, steps }: ProcessSteps,
	typed: string,
	createError: ParameterErrorFactory,
): IDataObject {
	const wanted = spaced(typed);
	const nameOf = (step: IDataObject) => spaced(textAt(step, 'name') ?? '');
	const alike = steps.filter((step) => nameOf(step).toLowerCase() === wanted.toLowerCase());
	const exact = alike.filter((step) => nameOf(step) === wanted);
	const [found, ...others] = exact.length > 0 ? exact : alike;
	const shown = wanted.slice(0, MAX_LABEL_LENGTH);
	if (!found)
		throw createError(
			`The process "${processName}" has no step "${shown}"`,
			steps.length === 0
				? 'It shows no steps at all: choose the step by its ID.'
				: `Its steps are ${listOf(steps)}. Use one of these names, or an ID.`,
		);
	if (others.length > 0)
		throw createError(
			`The process "${processName}" has several steps "${shown}"`,
			`Choose the step by its ID. Its steps are ${listOf(steps)}.`,
		);
	return found;
}
