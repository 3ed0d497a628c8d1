import type { IDataObject } from 'n8n-workflow';

import type { Subject } from '../../shared/events/contract';
import { nameOf } from '../../shared/events/title';
import type { EventDefinition, Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { blocksBy } from './blocks';
import { assignedAssessments, completionIn, completionKey, lastCompletion } from './completion';
import { OBJECT } from './person';
import { samples } from './samples';
import { careerNavigationProfile, eventOf, invitation, testTaker } from './schemas';

/**
 * The key of an event that happens once to its object. It is the object's ID rather than the
 * event's, because JOFI's API shows only the object, and a polling trigger must make the same key.
 * That it happens only once is inferred from the life cycle (api/integration-flow); JOFI does not
 * say so.
 */
const objectId = (payload: Payload) => textAt(payload, `${OBJECT}.id`) ?? undefined;

const someone = ({ person }: Subject): string => nameOf(person, 'Somebody');

/** How many are completed, such as `, 1 of 3`, where it is known and the assessment counts. */
function countOf({ assessment }: Subject): string {
	const { id, items = [], completed, total } = assessment ?? {};
	const own = items.filter((each) => each.id === id);
	const counts = own.length === 0 || own.some(({ countsForScore }) => countsForScore !== false);
	return total && counts ? `, ${completed} of ${total}` : '';
}

/** The event that does not say which of several assessments it is about. */
export const COMPLETED = 'test_taker.assessment_completed';

/** The event that the package derives from it; JOFI sends none of that kind (api/events). */
export const ALL_COMPLETED = 'derived.all_assessments_completed';

/**
 * What shows that all is completed: the delivery, or the test taker that was read after it because
 * the delivery still showed an open assessment.
 */
const shownBy = (payload: Payload, extra?: IDataObject): Payload =>
	extra?.testTaker ? { ...payload, data: { object: extra.testTaker } } : payload;

/** As in "all 3 JOFI assessments". */
function allOf({ assessment }: Subject): string {
	const total = assessment?.total ?? 0;
	if (total === 1) return 'their only JOFI assessment';
	return total > 1 ? `all ${total} JOFI assessments` : 'all JOFI assessments';
}

const lastOf = (payload: Payload, extra?: IDataObject) =>
	lastCompletion(assignedAssessments(shownBy(payload, extra)));

/** The five events that JOFI documents (api/events), and one that is derived from the fourth. */
export const events: readonly EventDefinition[] = [
	{
		type: 'invitation.created',
		label: 'Invitation Created',
		description: 'Someone was invited to take assessments',
		schema: eventOf(invitation),
		sample: samples.invitationCreated,
		key: objectId,
		title: (subject) => `${someone(subject)} was invited to JOFI`,
		blocks: blocksBy('test_taker_id'),
	},
	{
		type: 'invitation.accepted',
		label: 'Invitation Accepted',
		description: 'Someone opened their invitation and became a test taker',
		schema: eventOf(invitation),
		sample: samples.invitationAccepted,
		key: objectId,
		title: (subject) => `${someone(subject)} accepted a JOFI invitation`,
		blocks: blocksBy('test_taker_id'),
	},
	{
		type: 'test_taker.created',
		label: 'Test Taker Created',
		description: 'A test taker was created and has assessments to take',
		schema: eventOf(testTaker),
		sample: samples.testTakerCreated,
		key: objectId,
		title: (subject) => `${someone(subject)} became a JOFI test taker`,
		blocks: blocksBy('id'),
	},
	{
		type: COMPLETED,
		label: 'Assessment Completed',
		description: 'A test taker finished an assessment, perhaps not the last one',
		schema: eventOf(testTaker),
		sample: samples.assessmentCompleted,
		/**
		 * The assignment and its completion time: an assessment that is reset and taken again is a new
		 * event.
		 */
		key: (payload, extra) => completionKey(objectId(payload), completionIn(payload, extra)),
		title: (subject) =>
			`${someone(subject)} completed ${subject.assessment?.name ?? 'an assessment'}${countOf(subject)}`,
		blocks: blocksBy('id', completionIn),
	},
	{
		type: ALL_COMPLETED,
		label: 'All Assessments Completed',
		description:
			'A test taker has completed every assessment; derived from Assessment Completed, and not part of Any Event',
		derivedFrom: COMPLETED,
		schema: eventOf(testTaker),
		sample: samples.allAssessmentsCompleted,
		/**
		 * The latest completion, which is the same whatever showed that it is the last: a delivery about
		 * any of them, or a poll. An event that only may be the last has none.
		 */
		key: (payload, extra) =>
			extra?.isOpen === true
				? undefined
				: completionKey(objectId(shownBy(payload, extra)), lastOf(payload, extra)),
		title: (subject) => `${someone(subject)} completed ${allOf(subject)}`,
		blocks(payload, extra) {
			const { assessment, ...rest } = blocksBy('id')(shownBy(payload, extra), {
				derivedFrom: [COMPLETED],
				...extra,
			});
			const completedAt = lastOf(payload, extra)?.completedAt ?? null;
			return { ...rest, assessment: { ...assessment, completedAt } };
		},
	},
	{
		type: 'career_navigation_profile.created',
		label: 'Career Navigation Profile Created',
		description: 'A career navigation profile was created for a test taker',
		schema: eventOf(careerNavigationProfile),
		sample: samples.careerNavigationProfileCreated,
		key: objectId,
		title: (subject) => `${someone(subject)} got a career navigation profile`,
		blocks: blocksBy('test_taker_id'),
	},
];
