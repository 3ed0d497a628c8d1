import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import minBy from 'lodash/minBy';

import type { Payload } from '../delivery/define';
import { textAt } from '../delivery/text';

/** One assessment that was assigned to a test taker. */
export interface AssignedAssessment {
	/** Id of the assignment, which is not the assessment's; JOFI sends numbers. */
	assignmentId: unknown;
	assessmentId: unknown;
	shortName: string | null;
	name: string | null;
	/** As JOFI wrote it; `null` while it is open. */
	completedAt: string | null;
}

/** The assigned assessments of the event's test taker; none where the payload has no such list. */
export function assignedAssessments(payload: Payload): AssignedAssessment[] {
	const list: unknown = get(payload, 'data.object.assigned_assessments');
	return Array.from(Array.isArray(list) ? list : [], (each: unknown) => ({
		assignmentId: get(each, 'id', null) as unknown,
		assessmentId: get(each, 'assessment.id', null) as unknown,
		shortName: textAt(each, 'assessment.short_name'),
		name: textAt(each, 'assessment.display_name'),
		completedAt: textAt(each, 'completed_at'),
	}));
}

/**
 * The assessment that an assessment_completed event is about. JOFI does not say (no field does in
 * its documentation), so it is inferred: the one completed nearest to the time of the event. Nearest
 * rather than latest, because an event that arrives late may carry a later state of the test taker.
 */
export function finishedAssessment(
	payload: Payload,
	all = assignedAssessments(payload),
): AssignedAssessment | undefined {
	const eventTime = Date.parse(textAt(payload, 'created_at') ?? '');
	const distance = ({ completedAt }: AssignedAssessment) => {
		const completed = Date.parse(completedAt ?? '');
		// Without the event's time the latest is taken.
		return Number.isNaN(eventTime) ? -completed : Math.abs(completed - eventTime);
	};
	return minBy(all, distance);
}

/** What an assessment_completed event says about all assigned assessments, marked as derived. */
export function completionOf(payload: Payload): IDataObject {
	const all = assignedAssessments(payload);
	const complete = all.filter(({ completedAt }) => completedAt !== null);
	const open = all.filter(({ completedAt }) => completedAt === null);
	return {
		derivedFrom: 'assigned_assessments[].completed_at',
		finishedLast: finishedAssessment(payload, all) ?? null,
		complete,
		open,
		allComplete: all.length > 0 && open.length === 0,
	} as unknown as IDataObject;
}
