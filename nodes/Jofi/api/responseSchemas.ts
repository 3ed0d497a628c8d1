import { z } from 'zod';

import { careerNavigationProfile, invitation, label, name, person, references, testTaker } from '../events/schemas';

/**
 * Shapes of what JOFI's API answers, as items have them. They say what to expect and refuse nothing:
 * unknown keys pass, and what was ever seen unset may be. Every answer names the `mode` of the key
 * (documented, api/api-keys); items of lists get it from their list.
 */
const answer = { mode: z.string().nullish(), object: z.string() };
const count = z.number().nullish();

/** Documented (api/accounts). */
export const account = z
	.object({
		...answer,
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
		...answer,
		id: z.number(),
		display_name: name,
		users_count: count,
		invitations_count: count,
		test_takers_count: count,
	})
	.passthrough();

/** Only that there is an e-mail address is known, from what users are for (api/invitations). */
export const user = z.object({ ...answer, id: z.number(), ...person }).passthrough();

/** The item itself is not documented; inside a test taker an assessment has these keys (api/events). */
export const assessment = label.extend({ ...answer, short_name: name }).passthrough();

/** Documented (api/email-templates). */
export const emailTemplate = z
	.object({
		...answer,
		id: z.number(),
		display_name: name,
		type: z.string().nullish(),
		team_ids: z.array(z.number()).nullish(),
	})
	.passthrough();

/** Documented (api/score-profiles). */
export const scoreProfile = z
	.object({ ...answer, id: z.number(), short_name: name, display_name: name })
	.passthrough();

/** The keys that are known (api/integration-flow); list items are thinner, and not documented. */
export const invitationAnswer = invitation.extend(answer).passthrough();

/** Documented (docs/test-takers): a list item lacks the assessments and who invited. */
export const testTakerItem = z
	.object({ ...answer, id: z.number(), ...person, ...references, career_navigation_profile_id: name })
	.passthrough();

export const testTakerAnswer = testTaker.extend(answer).passthrough();

/** Documented for list items (api/career-navigation-profiles); one read by its ID may have more. */
export const careerNavigationProfileAnswer = careerNavigationProfile.extend(answer).passthrough();

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

/** Documented as far as the page was to be seen (api/scorecards); a section is `null` when it has no scores. */
export const scorecard = z
	.object({
		...answer,
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

/** Nothing but the route is documented (api/api-keys). */
export const jobFitReport = z.object({ mode: z.string().nullish() }).passthrough();
