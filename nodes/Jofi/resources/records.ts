import type { z } from 'zod';

import type { RecordOutput } from '../../shared/actions/record';
import * as schemas from '../api/responseSchemas';

/**
 * Every response says whether the key is a test key, whose records are made up (documented,
 * api/api-keys). What JOFI adds to a record follows the fields that are named here.
 */
const record = (
	schema: z.AnyZodObject,
	first: readonly string[],
	leaveOut: readonly string[] = [],
): RecordOutput => ({
	schema,
	simplified: { first, leaveOut: ['object', ...leaveOut] },
	always: ['mode'],
});

const person = ['first_name', 'last_name', 'email'];

const testTakerFields = [
	[...person, 'assigned_assessments', 'team', 'custom_id', 'invited_by_user'],
	['scorecard_url', 'assessment_url', 'id', 'person_id', 'career_navigation_profile_id'],
].flat();

/** Of a test taker, the career navigation profile has the other links, too. */
const testTakerLeftOut = [
	['account', 'invitation_id', 'invitation_created_at', 'career_navigation_url'],
	['job_fit_summary_url', 'career_options_spotlight_url'],
].flat();

/** What the reads of each kind of record put out. */
export const records = {
	account: record(
		schemas.account,
		[
			['display_name', 'teams_count', 'users_count', 'invitations_count'],
			['test_takers_seats_used_count', 'prescreens_completed_count'],
			['thinking_skills_completed_count', 'personality_completed_count'],
			['career_interests_completed_count', 'webhooks_enabled', 'webhook_endpoint', 'id'],
		].flat(),
		['display_name_external'],
	),
	assessment: record(schemas.assessment, ['display_name', 'short_name', 'id']),
	careerNavigationProfile: record(
		schemas.careerNavigationProfileResponse,
		[
			[...person, 'team', 'custom_id', 'career_navigation_url', 'job_fit_summary_url'],
			['career_options_spotlight_url', 'scorecard_url', 'id', 'person_id', 'test_taker_id'],
		].flat(),
		['account', 'invitation_id', 'invitation_created_at', 'assessment_url'],
	),
	emailTemplate: record(schemas.emailTemplate, ['display_name', 'type', 'team_ids', 'id']),
	invitation: record(schemas.invitationResponse, [
		...[...person, 'accepted_at', 'assessment_url', 'custom_id', 'id', 'person_id'],
		...['test_taker_id', 'career_navigation_profile_id'],
	]),
	scoreProfile: record(schemas.scoreProfile, ['display_name', 'short_name', 'id']),
	team: record(schemas.team, [
		...['display_name', 'users_count', 'invitations_count', 'test_takers_count', 'id'],
	]),
	testTaker: record(schemas.testTakerResponse, testTakerFields, testTakerLeftOut),
	/** A list has fewer fields of each test taker (documented, docs/test-takers). */
	testTakerItem: record(
		schemas.testTakerItem,
		testTakerFields.filter((name) => !['assigned_assessments', 'invited_by_user'].includes(name)),
		testTakerLeftOut,
	),
	user: record(schemas.user, [...person, 'id']),
} satisfies Record<string, RecordOutput>;
