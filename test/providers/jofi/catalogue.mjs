/** @typedef {ReturnType<typeof catalogueOf>} Catalogue */
/** @typedef {Catalogue['users'][number]} User */

/**
 * 6, 7 and 8 are documented (docs/invitations, docs/events). That a Prescreen exists is documented
 * (api/accounts); its id is unknown, and 9 stands in for it.
 */
const ASSESSMENTS = [
	{ id: 6, short_name: 'Personality', display_name: 'JOFI Personality Traits' },
	{ id: 7, short_name: 'Thinking', display_name: 'JOFI Thinking Skills' },
	{ id: 8, short_name: 'Interests', display_name: 'JOFI Career Interests' },
	{ id: 9, short_name: 'Prescreen', display_name: 'JOFI Prescreen' },
];

/**
 * What a user starts with. That users have such defaults is documented (api/invitations), the names
 * are unknown.
 */
const noDefaults = {
	default_team_id: /** @type {number | null} */ (null),
	default_assessment_ids: /** @type {number[]} */ ([]),
	default_email_template_id: /** @type {number | null} */ (null),
	default_congrats_email_template_id: /** @type {number | null} */ (null),
	// Email is the default delivery (documented, api/invitations).
	send_via_email: true,
	send_via_sms: false,
};

/**
 * What JOFI sets up for an account, with made-up values. Assessments are the same for every
 * account.
 *
 * @param {{ offset?: number, domain?: string, name?: string }} [options] the offset is added to
 * every id
 */
export function catalogueOf({ offset = 0, domain = 'example.com', name = 'Northwind HR' } = {}) {
	const [campus, coaching] = [offset + 55, offset + 56];
	const [invite, congrats, system] = [offset + 7001, offset + 7002, offset + 7003];
	return {
		id: offset + 901,
		display_name: name,
		display_name_external: /** @type {string | null} */ (null),
		teams: [
			{ id: campus, display_name: 'Campus Hiring' },
			{ id: coaching, display_name: 'Career Coaching' },
		],
		users: [
			{
				...{
					id: offset + 12,
					email: `robin.hale@${domain}`,
					first_name: 'Robin',
					last_name: 'Hale',
					team_ids: [campus, coaching],
				},
				...noDefaults,
				default_team_id: campus,
				default_assessment_ids: [6, 7, 8],
				default_email_template_id: invite,
				default_congrats_email_template_id: congrats,
			},
			{
				...{
					id: offset + 13,
					email: `casey.moss@${domain}`,
					first_name: 'Casey',
					last_name: 'Moss',
					team_ids: [coaching],
				},
				...noDefaults,
				default_team_id: coaching,
				default_assessment_ids: [6, 8],
				default_email_template_id: system,
			},
			{
				...{
					id: offset + 14,
					email: `noel.winter@${domain}`,
					first_name: 'Noel',
					last_name: 'Winter',
					team_ids: [campus],
				},
				...noDefaults,
			},
		],
		assessments: structuredClone(ASSESSMENTS),
		// A template of the whole account has no teams (documented, api/email-templates).
		emailTemplates: [
			{ id: invite, display_name: 'Spring invite', type: 'invitation', team_ids: [campus] },
			{ id: congrats, display_name: 'Well done', type: 'congrats', team_ids: [campus] },
			{
				id: system,
				display_name: 'JOFI invitation',
				type: 'invitation',
				team_ids: /** @type {number[]} */ ([]),
			},
		],
		scoreProfiles: [
			{
				id: offset + 77,
				short_name: 'JOFI-001-XX',
				display_name: 'Sample Occupation Group Zone 3',
				riasec_profile: 'IR',
			},
			{
				id: offset + 78,
				short_name: 'JOFI-002-YY',
				display_name: 'Sample Occupation Group Zone 4',
				riasec_profile: 'SA',
			},
		],
	};
}
