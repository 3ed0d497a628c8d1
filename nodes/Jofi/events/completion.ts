import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import sortBy from 'lodash/sortBy';

import type { Payload, SubEvent } from '../../shared/events/types';
import { asText, textAt } from '../../shared/values/text';

/** One assessment that was assigned to a test taker. */
export interface AssignedAssessment {
	/** ID of the assignment, not of the assessment; JOFI sends numbers. */
	assignmentId: unknown;
	assessmentId: unknown;
	shortName: string | null;
	name: string | null;
	/** As JOFI wrote it; `null` while it is open. */
	completedAt: string | null;
	startedAt: string | null;
	/** When the answers were last saved. */
	savedAt: string | null;
	countsForScore: boolean | null;
}

/**
 * How long after a completion its event may be created while the payload already shows a later one,
 * and how far the clocks behind both times may differ, in milliseconds. JOFI documents neither:
 * assumed, from the 12 seconds between an object and its event in its example (api/events).
 */
const LAG_MS = 60_000;
const SKEW_MS = 5_000;

/** How many completions one event may stand for; JOFI has four kinds of assessments. */
const MAX_CANDIDATES = 5;

/** The assigned assessments of the event's test taker; none if the payload has no such list. */
export function assignedAssessments(payload: Payload): AssignedAssessment[] {
	const list: unknown = get(payload, 'data.object.assigned_assessments');
	return Array.from(Array.isArray(list) ? list : [], (each: IDataObject | null) => {
		const assessment = (each?.assessment ?? {}) as IDataObject;
		return {
			assignmentId: each?.id ?? null,
			assessmentId: assessment.id ?? null,
			shortName: asText(assessment.short_name),
			name: asText(assessment.display_name),
			completedAt: asText(each?.completed_at),
			startedAt: asText(each?.started_at),
			savedAt: asText(each?.progress_saved_at),
			countsForScore:
				typeof each?.is_used_for_scoring === 'boolean' ? each.is_used_for_scoring : null,
		};
	});
}

/**
 * When it was completed, in milliseconds since 1970; `NaN` while it is open or if the time cannot
 * be read.
 */
export const completionTime = ({ completedAt }: AssignedAssessment): number =>
	Date.parse(completedAt ?? '');

/** A completed assessment, and when, in milliseconds since 1970. */
interface Completion {
	assessment: AssignedAssessment;
	time: number;
}

/**
 * The completed ones, oldest first; at equal times by the assignment, whatever the order of the
 * list.
 */
const completionsOf = (all: readonly AssignedAssessment[]): Completion[] =>
	sortBy(
		all
			.map((assessment) => ({ assessment, time: completionTime(assessment) }))
			.filter(({ time }) => !Number.isNaN(time)),
		['time', 'assessment.assignmentId'],
	);

const eventTimeOf = (payload: Payload): number => Date.parse(textAt(payload, 'created_at') ?? '');

/** The completion that an event of this time is about; see `finishedAssessment`. */
function inferCompletion(
	completions: readonly Completion[],
	eventTime: number,
): Completion | undefined {
	if (Number.isNaN(eventTime)) return completions.at(-1);
	const next = completions.findIndex(({ time }) => time > eventTime);
	const before = next < 0 ? completions.at(-1) : completions[next - 1];
	const after = next < 0 ? undefined : completions[next];
	const isShortlyBefore = before && eventTime - before.time <= LAG_MS;
	const isJustAfter = after && after.time - eventTime <= SKEW_MS;
	return isJustAfter && !isShortlyBefore ? after : (before ?? after);
}

/**
 * The assessment that an assessment_completed event is about. JOFI does not say (no field in its
 * documentation does), so it is inferred. An event is created after its completion, so it is the
 * latest one not after the event; a payload that was delivered late shows later ones as well. If
 * none is shortly before the event, the clocks differ and it is the next one within seconds.
 * Otherwise the event came very late, or its assessment was reset, and it is the latest before the
 * event, or else the first after it. Without the event's time it is the latest.
 */
export const finishedAssessment = (
	payload: Payload,
	all: readonly AssignedAssessment[] = assignedAssessments(payload),
): AssignedAssessment | undefined =>
	inferCompletion(completionsOf(all), eventTimeOf(payload))?.assessment;

/**
 * All completions that an event may be about, oldest first: the inferred one, and those so close to
 * it that the payload does not distinguish them, such as two that were completed at the same time.
 */
function candidatesOf(payload: Payload, all: readonly AssignedAssessment[]): AssignedAssessment[] {
	const eventTime = eventTimeOf(payload);
	const completions = completionsOf(all);
	const finished = inferCompletion(completions, eventTime);
	const isNear = ({ time }: Completion) =>
		time === finished?.time || (time >= eventTime - LAG_MS && time <= eventTime + SKEW_MS);
	return completions
		.filter(isNear)
		.slice(-MAX_CANDIDATES)
		.map(({ assessment }) => assessment);
}

/** Says which completion an event is about, if the payload does not. */
export const aboutCompletion = (finished: AssignedAssessment): IDataObject => ({
	finished: finished as unknown as IDataObject,
});

/**
 * The completion that an item is about: by `aboutCompletion`, or else inferred from the payload.
 */
export const completionIn = (
	payload: Payload,
	extra?: IDataObject,
): AssignedAssessment | undefined =>
	(extra?.finished as unknown as AssignedAssessment | undefined) ?? finishedAssessment(payload);

/**
 * An event for each completion that an assessment_completed event may be about. The others' own
 * deliveries are duplicates then, so that each runs once; otherwise two would be taken for one, and
 * one would be lost.
 */
export function splitCompletions(payload: Payload): SubEvent[] {
	const all = assignedAssessments(payload);
	const candidates = candidatesOf(payload, all);
	// Without the test taker's ID their keys would be the same.
	if (candidates.length < 2 || textAt(payload, 'data.object.id') === null) return [{ payload }];
	return candidates.map((finished) => ({ payload, extra: aboutCompletion(finished) }));
}

/**
 * The assessments that count: all but those of which JOFI says that they are not used for scoring,
 * so that one of these, left open, does not keep a test taker from having completed everything. What
 * JOFI uses the flag for is not documented, so if it says so of all, all count.
 */
export function countedOf(all: readonly AssignedAssessment[]): readonly AssignedAssessment[] {
	const counted = all.filter(({ countsForScore }) => countsForScore !== false);
	return counted.length > 0 ? counted : all;
}

/**
 * How many of the assessments that count were complete when one was finished, so that a delivery
 * that comes late and a poll count as one that came at once. Without one, as many as are complete
 * now.
 *
 * @param counted see `countedOf`
 */
export function completedBy(
	counted: readonly AssignedAssessment[],
	finished: AssignedAssessment | undefined,
): number {
	const completions = completionsOf(counted);
	const own = completions.findIndex(
		({ assessment }) =>
			assessment.assignmentId === finished?.assignmentId &&
			assessment.completedAt === finished?.completedAt,
	);
	const finishedAt = finished ? completionTime(finished) : NaN;
	const later =
		own < 0
			? completions.filter(({ time }) => time > finishedAt).length
			: completions.length - 1 - own;
	return counted.filter(({ completedAt }) => completedAt !== null).length - later;
}

/** Whether there is something that counts, and none of it is open. */
export function isAllCompleted(all: readonly AssignedAssessment[]): boolean {
	const counted = countedOf(all);
	return counted.length > 0 && counted.every(({ completedAt }) => completedAt !== null);
}

/**
 * The latest completion of what counts. Once all is completed, it is the same in every delivery and
 * in the API, whichever completion they are about and in whatever order they come.
 */
export const lastCompletion = (
	all: readonly AssignedAssessment[],
): AssignedAssessment | undefined => completionsOf(countedOf(all)).at(-1)?.assessment;

/**
 * Whether an assessment_completed event shows that its test taker has completed everything: none
 * that counts is open, and one that counts is among those that the event may be about. So a later
 * completion of something that does not count is no reason to say so once more.
 */
export function showsAllCompleted(payload: Payload): boolean {
	const all = assignedAssessments(payload);
	if (!isAllCompleted(all)) return false;
	const counted = new Set(countedOf(all));
	const candidates = candidatesOf(payload, all);
	// Without a time that can be read, the event may be about any.
	return candidates.length === 0 || candidates.some((each) => counted.has(each));
}

/**
 * The key of a completion: the same for a delivery and for the API, and however its time is
 * written.
 */
export function completionKey(
	testTakerId: string | undefined,
	finished: AssignedAssessment | undefined,
): string | undefined {
	const assignmentId = asText(finished?.assignmentId);
	if (!testTakerId || !assignmentId || !finished || Number.isNaN(completionTime(finished)))
		return undefined;
	return [testTakerId, assignmentId, new Date(completionTime(finished)).toISOString()].join(':');
}
