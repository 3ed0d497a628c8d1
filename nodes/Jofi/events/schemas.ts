import { z } from 'zod';

/**
 * Shapes of JOFI's objects as its documentation shows them (api/events, api/integration-flow,
 * api/career-navigation-profiles, docs/test-takers). Nullability is documented by example only, so
 * everything that was ever seen unset may be null; keys that are merely likely are not required.
 */
const timestamp = z.string();
export const name = z.string().nullish();
export const label = z.object({ id: z.number(), display_name: z.string() }).passthrough();

export const person = { first_name: name, last_name: name, email: name };
export const references = {
	invitation_created_at: timestamp.nullish(),
	invitation_id: z.number().nullish(),
	custom_id: name,
	person_id: name,
	assessment_url: name,
	career_navigation_url: name,
	scorecard_url: name,
	job_fit_summary_url: name,
	career_options_spotlight_url: name,
	team: label.nullish(),
	account: label.nullish(),
};

const assignedAssessment = z
	.object({
		id: z.number(),
		assessment: label.extend({ short_name: z.string() }).passthrough(),
		created_at: timestamp.nullish(),
		started_at: timestamp.nullish(),
		completed_at: timestamp.nullish(),
		progress_saved_at: timestamp.nullish(),
		is_used_for_scoring: z.boolean().nullish(),
	})
	.passthrough();

export const testTaker = z
	.object({
		object: z.string(),
		id: z.number(),
		...person,
		...references,
		assigned_assessments: z.array(assignedAssessment),
		invited_by_user: z
			.object({ id: z.number(), ...person })
			.passthrough()
			.nullish(),
		career_navigation_profile_id: name,
	})
	.passthrough();

export const invitation = z
	.object({
		object: z.string(),
		id: z.number(),
		...person,
		person_id: name,
		custom_id: name,
		assessment_url: name,
		accepted_at: timestamp.nullish(),
		test_taker_id: z.number().nullish(),
		career_navigation_profile_id: name,
	})
	.passthrough();

/** The ID is text, unlike all others (api/getting-started). */
export const careerNavigationProfile = z
	.object({
		object: z.string(),
		id: z.string(),
		...person,
		...references,
		test_taker_id: z.number().nullish(),
	})
	.passthrough();

/**
 * The event around an object (api/events). `webhook_url` and `webhook_verification_method` may be
 * there; neither their place nor the method's values are documented, so nothing depends on them.
 */
export const eventOf = (object: z.ZodTypeAny) =>
	z
		.object({
			id: z.string(),
			type: z.string(),
			object: z.string(),
			created_at: timestamp,
			api_version: z.string().nullish(),
			webhook_url: name,
			webhook_verification_method: name,
			data: z.object({ object }).passthrough(),
		})
		.passthrough();
