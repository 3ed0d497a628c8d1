import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
} from 'n8n-workflow';

import get from 'lodash/get';

import { isNeeded, isSelected } from '../../shared/events/filter';
import { triggerOptionsOf } from '../../shared/events/options';
import { textsIn } from '../../shared/values/text';
import { newestChangeId } from '../api/stepChanges';
import { events, STEP_CHANGED } from '../events/definitions';
import type { TriggerState } from './newSteps';
import { JOBAFFINITY_CREDENTIAL } from '../api/transport';

/** Errors the publisher can fix: a wrong login, or one that may not see step changes. */
const isLoginError = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && ['401', '403'].includes(error.httpCode ?? '');

/** The values of Trigger On and of Other Event Names. */
const selectedIn = (context: IHookFunctions): string[] =>
	textsIn([
		context.getNodeParameter('events', []),
		get(context.getNodeParameter('settings', {}), 'otherEvents'),
	]);

const wantsDetails = (context: IHookFunctions): boolean =>
	context.getNodeParameter('fetchDetails', true) === true;

const fetchesDetails = (context: IHookFunctions): boolean =>
	wantsDetails(context) && context.getNode().credentials?.[JOBAFFINITY_CREDENTIAL] !== undefined;

/** @throws NodeOperationError when details are wanted, and nothing can fetch them */
function assertLogin(context: IHookFunctions): void {
	if (!wantsDetails(context) || fetchesDetails(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		`Not published: ${context.getNode().name} has no JobAffinity API credential, and a delivery holds only a link. Choose one, or turn off Fetch Application Details`,
	);
}

/** Whether the trigger follows step changes and records them. */
const followsSteps = (context: IHookFunctions): boolean =>
	fetchesDetails(context) &&
	triggerOptionsOf(context.getNodeParameter('settings', {}) as IDataObject).skipDuplicates &&
	isNeeded({ events }, STEP_CHANGED, selectedIn(context));

/**
 * @throws NodeOperationError when an event is selected that is read from the step, and nothing
 * fetches it; the remedy is in the message, as n8n shows no more
 */
function assertDerivable(context: IHookFunctions): void {
	const derived = events.filter(
		({ type, derivedFrom }) => derivedFrom !== undefined && selectedIn(context).includes(type),
	);
	if (derived.length === 0 || fetchesDetails(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		`${derived.map(({ label }) => label).join(' and ')} can only be told by the step of the application: turn on Fetch Application Details and choose a JobAffinity API credential`,
	);
}

/** Forgets what was followed, so that the trigger starts anew. */
function startAnew(state: TriggerState): void {
	for (const name of ['newestChangeId', 'publishedAt', 'marks', 'isDerivedOnly'])
		delete state[name];
}

/**
 * Stores at the first publishing which step change is the newest, so that the first delivery does
 * not bring earlier ones. Published again, the trigger continues from there: changes in the
 * meantime come with the next delivery of their application. But if it has not followed them in
 * between, it starts anew; also if step changes themselves are no longer selected, as what was
 * recorded of them does not say what was read from them.
 *
 * @throws NodeApiError when JobAffinity refuses the login, NodeOperationError when there is none for
 * the details, or an event that is read from the step cannot be told; the remedy is in the message,
 * as n8n shows no more
 */
export async function setBaseline(context: IHookFunctions): Promise<void> {
	const state = context.getWorkflowStaticData('node') as TriggerState;
	if (context.getMode() === 'manual') return;
	assertDerivable(context);
	assertLogin(context);
	if (!followsSteps(context)) {
		startAnew(state);
		return;
	}
	if (isSelected({ events }, STEP_CHANGED, selectedIn(context))) delete state.isDerivedOnly;
	else if (!state.isDerivedOnly) {
		startAnew(state);
		state.isDerivedOnly = true;
	}
	if (state.newestChangeId !== undefined) return;
	try {
		state.newestChangeId = await newestChangeId(context);
	} catch (error) {
		if (isLoginError(error)) {
			const message = `${error.message}: check the JobAffinity API credential, or turn off Fetch Application Details`;
			throw new NodeApiError(
				context.getNode(),
				{ message },
				{ message, httpCode: error.httpCode ?? undefined },
			);
		}
		// An API that is down must not prevent publishing: the first delivery that gets through stores
		// it.
		state.publishedAt ??= Date.now();
		context.logger.warn(
			`The newest step change of JobAffinity could not be read: ${(error as Error).message}`,
		);
	}
}
