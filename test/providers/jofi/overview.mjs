/**
 * GET /accounts (documented, api/accounts). A seat is inferred to be a test taker.
 *
 * @param {import('./account.mjs').Account} account
 * @param {{ live?: string, enabled: boolean }} webhooks
 */
export function overviewOf(
	{ catalogue, teams, users, invitations, testTakers, completed },
	{ live, enabled },
) {
	return {
		object: 'account',
		id: catalogue.id,
		display_name: catalogue.display_name,
		display_name_external: catalogue.display_name_external,
		teams_count: teams.length,
		users_count: users.length,
		invitations_count: invitations.length,
		test_takers_seats_used_count: testTakers.length,
		prescreens_completed_count: completed.Prescreen,
		thinking_skills_completed_count: completed.Thinking,
		personality_completed_count: completed.Personality,
		career_interests_completed_count: completed.Interests,
		// The live URL; null also when what is stored is no valid URL (documented, api/accounts).
		webhook_endpoint: live !== undefined && URL.canParse(live) ? live : null,
		webhooks_enabled: enabled,
	};
}
