import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';

import type { EventDefinition, Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { completionIn, completionKey, completionOf } from './completion';
import { personBy } from './person';
import { samples } from './samples';
import { careerNavigationProfile, eventOf, invitation, testTaker } from './schemas';

/** The object an event is about. */
const OBJECT = 'data.object';

/**
 * The key of an event that happens once to its object. It is the object's ID rather than the
 * event's, because JOFI's API shows only the object, and a polling trigger must make the same key.
 * That it happens only once is inferred from the life cycle (api/integration-flow); JOFI does not
 * say so.
 */
const objectId = (payload: Payload) => textAt(payload, `${OBJECT}.id`) ?? undefined;

/** Reads fields of the object under the item's names; `null` where JOFI did not send them. */
const pick =
	(fields: Record<string, string>) =>
	(payload: Payload): IDataObject =>
		Object.fromEntries(
			Object.entries(fields).map(([name, field]) => [
				name,
				get(payload, `${OBJECT}.${field}`, null) as IDataObject[string],
			]),
		);

const invitationFields = pick({
	invitationId: 'id',
	customId: 'custom_id',
	acceptedAt: 'accepted_at',
	testTakerId: 'test_taker_id',
	assessmentUrl: 'assessment_url',
});

const testTakerFields = pick({
	testTakerId: 'id',
	invitationId: 'invitation_id',
	customId: 'custom_id',
	team: 'team',
	invitedBy: 'invited_by_user',
	scorecardUrl: 'scorecard_url',
});

/** The event that does not say which of several assessments it is about. */
export const COMPLETED = 'test_taker.assessment_completed';

/** The five events that JOFI documents (api/events). */
export const events: readonly EventDefinition[] = [
	{
		type: 'invitation.created',
		label: 'Invitation Created',
		description: 'Someone was invited to take assessments',
		schema: eventOf(invitation),
		sample: samples.invitationCreated,
		key: objectId,
		person: personBy('test_taker_id'),
		summary: invitationFields,
	},
	{
		type: 'invitation.accepted',
		label: 'Invitation Accepted',
		description: 'Someone opened their invitation and became a test taker',
		schema: eventOf(invitation),
		sample: samples.invitationAccepted,
		key: objectId,
		person: personBy('test_taker_id'),
		summary: invitationFields,
	},
	{
		type: 'test_taker.created',
		label: 'Test Taker Created',
		description: 'A test taker was created and has assessments to take',
		schema: eventOf(testTaker),
		sample: samples.testTakerCreated,
		key: objectId,
		person: personBy('id'),
		summary: testTakerFields,
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
		person: personBy('id'),
		summary: (payload) => ({ ...testTakerFields(payload), assessments: completionOf(payload) }),
	},
	{
		type: 'career_navigation_profile.created',
		label: 'Career Navigation Profile Created',
		description: 'A career navigation profile was created for a test taker',
		schema: eventOf(careerNavigationProfile),
		sample: samples.careerNavigationProfileCreated,
		key: objectId,
		person: personBy('test_taker_id'),
		summary: pick({
			careerNavigationProfileId: 'id',
			testTakerId: 'test_taker_id',
			invitationId: 'invitation_id',
			customId: 'custom_id',
			team: 'team',
			careerNavigationUrl: 'career_navigation_url',
			jobFitSummaryUrl: 'job_fit_summary_url',
			careerOptionsSpotlightUrl: 'career_options_spotlight_url',
			scorecardUrl: 'scorecard_url',
		}),
	},
];
