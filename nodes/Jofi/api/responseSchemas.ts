import { z } from 'zod';

import {
	careerNavigationProfile,
	invitation,
	label,
	name,
	person,
	references,
	testTaker,
} from '../events/schemas';

/**
 * Shapes of JOFI's API responses, as items have them. They describe and reject nothing: unknown
 * keys pass, and any field that an example leaves unset may be unset. Every response has the `mode`
 * of the key (documented, api/api-keys); the items of a list get it from their list.
 */
const envelope = { mode: z.string().nullish(), object: z.string() };
const count = z.number().nullish();

/** Documented (api/accounts). */
export const account = z
	.object({
		...envelope,
		id: z.number(),
		display_name: name,
		display_name_external: name,
		teams_count: count,
		users_count: count,
		invitations_count: count,
		test_takers_seats_used_count: count,
		prescreens_completed_count: count,
		thinking_skills_completed_count: count,
		personality_completed_count: count,
		career_interests_completed_count: count,
		webhook_endpoint: name,
		webhooks_enabled: z.boolean().nullish(),
	})
	.passthrough();

/** Documented (api/teams). */
export const team = z
	.object({
		...envelope,
		id: z.number(),
		display_name: name,
		users_count: count,
		invitations_count: count,
		test_takers_count: count,
	})
	.passthrough();

/** Only the email address is documented, as the inviter's in an invitation (api/invitations). */
export const user = z.object({ ...envelope, id: z.number(), ...person }).passthrough();

/** The item itself is not documented; an assessment in a test taker has these keys (api/events). */
export const assessment = label.extend({ ...envelope, short_name: name }).passthrough();

/** Documented (api/email-templates). */
export const emailTemplate = z
	.object({
		...envelope,
		id: z.number(),
		display_name: name,
		type: z.string().nullish(),
		team_ids: z.array(z.number()).nullish(),
	})
	.passthrough();

/** Documented (api/score-profiles). */
export const scoreProfile = z
	.object({ ...envelope, id: z.number(), short_name: name, display_name: name })
	.passthrough();

/** The documented keys (api/integration-flow); list items have fewer, and are not documented. */
export const invitationResponse = invitation.extend(envelope).passthrough();

/** Documented (docs/test-takers): a list item lacks the assessments and the inviter. */
export const testTakerItem = z
	.object({
		...envelope,
		id: z.number(),
		...person,
		...references,
		career_navigation_profile_id: name,
	})
	.passthrough();

export const testTakerResponse = testTaker.extend(envelope).passthrough();

/**
 * Documented for list items (api/career-navigation-profiles); a profile read by its ID may have
 * more keys.
 */
export const careerNavigationProfileResponse = careerNavigationProfile
	.extend(envelope)
	.passthrough();

const scoreFields = {
	object: name,
	id: z.number(),
	display_name: name,
	short_name: name,
	description: name,
	is_starred: z.boolean().nullish(),
	yellow_band: count,
	test_taker_score: count,
};

const score = z
	.object({ ...scoreFields, facets: z.array(z.object(scoreFields).passthrough()).nullish() })
	.passthrough();

/**
 * Documented as far as the page could be read (api/scorecards); a section without scores is `null`.
 */
export const scorecard = z
	.object({
		...envelope,
		test_taker_id: z.number(),
		invitation_id: count,
		custom_id: name,
		person_id: name,
		career_navigation_profile_id: name,
		...person,
		scorecard_url: name,
		score_profile: label.extend({ short_name: name, riasec_profile: name }).passthrough().nullish(),
		riasec_profile: name,
		scores: z
			.object({
				thinking_skills: z.array(score).nullish(),
				personality_traits: z.array(score).nullish(),
			})
			.passthrough()
			.nullish(),
	})
	.passthrough();

/** Only the route is documented (api/api-keys). */
export const jobFitReport = z.object({ mode: z.string().nullish() }).passthrough();
