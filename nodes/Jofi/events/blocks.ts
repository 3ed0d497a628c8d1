import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import pick from 'lodash/pick';

import {
	assessment,
	texts,
	type AssessmentStatus,
	type Blocks,
	type BlockSchemas,
	type Owner,
} from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { asText, textAt } from '../../shared/values/text';
import { assignedAssessments, completedBy, countedOf, type AssignedAssessment } from './completion';
import { OBJECT, ownerOf, personBy } from './person';

/** The links of the item, by the names of JOFI's fields. */
const LINKS = {
	assessment: 'assessment_url',
	scorecard: 'scorecard_url',
	careerNavigation: 'career_navigation_url',
	jobFitSummary: 'job_fit_summary_url',
	careerOptionsSpotlight: 'career_options_spotlight_url',
};

/** The blocks of JOFI's items. */
export const blocks: BlockSchemas = { assessment, links: texts(...Object.keys(LINKS)) };

/** JOFI has no word for it, so it is derived from the times (inferred). */
function statusOf({ completedAt, savedAt, startedAt }: AssignedAssessment): AssessmentStatus {
	if (completedAt !== null) return 'completed';
	if (savedAt !== null) return 'saved';
	return startedAt === null ? 'assigned' : 'started';
}

const itemOf = (assigned: AssignedAssessment) => ({
	id: asText(assigned.assessmentId),
	name: assigned.name,
	shortName: assigned.shortName,
	status: statusOf(assigned),
	completedAt: assigned.completedAt,
	countsForScore: assigned.countsForScore,
});

/**
 * How far the test taker had come with the assessments that count; unknown without a list of
 * assignments.
 */
export function progressOf(payload: Payload, finished: AssignedAssessment | undefined) {
	if (!Array.isArray(get(payload, `${OBJECT}.assigned_assessments`))) return { items: [] };
	const all = assignedAssessments(payload);
	const counted = countedOf(all);
	const completed = completedBy(counted, finished);
	return {
		completed,
		total: counted.length,
		allCompleted: counted.length > 0 && completed === counted.length,
		items: all.map(itemOf),
	};
}

/** The assessment that was completed. */
function aboutOf(finished: AssignedAssessment | undefined): Blocks['assessment'] {
	if (!finished) return {};
	const { id, name, shortName, status, completedAt } = itemOf(finished);
	return { id, name, shortName, status, completedAt };
}

/** What is known besides the payload, in the order of the item. */
const DETAILS = ['mode', 'derivedFrom', 'status', 'error', 'scorecard', 'testTaker'];

function detailsOf(extra: IDataObject | undefined): IDataObject | null {
	const details = pick(extra, DETAILS);
	return Object.keys(details).length > 0 ? details : null;
}

/**
 * What JOFI says of an event.
 *
 * @param idField where the object has the ID of the person
 * @param finished the assessment that the event is about
 */
export const blocksBy =
	(
		idField: string,
		finishedIn: (payload: Payload, extra?: IDataObject) => AssignedAssessment | undefined = () =>
			undefined,
	) =>
	(payload: Payload, extra?: IDataObject): Blocks => {
		const team = `${OBJECT}.team`;
		const finished = finishedIn(payload, extra);
		return {
			person: personBy(idField)(payload),
			owner: (extra?.owner as Owner | undefined) ?? ownerOf(payload),
			links: Object.fromEntries(
				Object.entries(LINKS).map(([name, field]) => [name, textAt(payload, `${OBJECT}.${field}`)]),
			),
			assessment: {
				...progressOf(payload, finished),
				...aboutOf(finished),
				customId: textAt(payload, `${OBJECT}.custom_id`),
				team: textAt(payload, `${team}.display_name`) ?? textAt(payload, team),
			},
			details: detailsOf(extra),
		};
	};
