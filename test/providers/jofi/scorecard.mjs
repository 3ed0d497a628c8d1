/** @typedef {import('./objects.mjs').TestTaker} TestTaker */
/** @typedef {import('./catalogue.mjs').Catalogue} Catalogue */

const THINKING = {
	id: 1,
	display_name: 'Overall',
	short_name: 'think',
	is_starred: true,
	yellow_band: 5,
};
const FACETS = [
	{ id: 2, display_name: 'Reading', short_name: 'think-read', is_starred: false, yellow_band: 6 },
	{ id: 3, display_name: 'Numbers', short_name: 'think-num', is_starred: true, yellow_band: 5 },
];
// Unknown: what traits there are, and whether they have facets.
const TRAITS = [
	{
		id: 11,
		display_name: 'Diligence',
		short_name: 'trait-diligence',
		is_starred: true,
		yellow_band: 5,
	},
	{
		id: 12,
		display_name: 'Openness',
		short_name: 'trait-openness',
		is_starred: false,
		yellow_band: 6,
	},
];

/**
 * @param {TestTaker} testTaker
 * @param {string} shortName of the assessment
 * @returns {'open' | 'completed' | 'not assigned'}
 */
function stateOf({ assigned_assessments }, shortName) {
	const assigned = assigned_assessments.find(
		({ assessment }) => assessment.short_name === shortName,
	);
	if (!assigned) return 'not assigned';
	return assigned.completed_at === null ? 'open' : 'completed';
}

/**
 * The keys of a score are documented (api/scorecards), and that its number may be null, which is
 * inferred to be so before completion. The range is unknown.
 *
 * @param {typeof THINKING} about
 * @param {boolean} completed
 * @param {number} seed
 */
const score = ({ is_starred, yellow_band, ...about }, completed, seed) => ({
	...{
		object: 'score',
		...about,
		description: `What ${about.display_name} means.`,
		is_starred,
		yellow_band,
	},
	test_taker_score: completed ? 1 + ((seed * 7 + about.id) % 10) : null,
});

/**
 * A scorecard (documented, api/scorecards). A section is null when there is nothing to score, which
 * is inferred to be when its assessment is not assigned. That `personality_traits` holds scores is
 * inferred.
 *
 * @param {TestTaker} testTaker
 * @param {Catalogue['scoreProfiles'][number]} profile
 */
export function scorecardOf(testTaker, { id, display_name, short_name, riasec_profile }) {
	const [thinking, personality, interests] = ['Thinking', 'Personality', 'Interests'].map((name) =>
		stateOf(testTaker, name),
	);
	/** @param {typeof THINKING} about @param {string} state */
	const scored = (about, state) => score(about, state === 'completed', testTaker.id);
	const skills = {
		...scored(THINKING, thinking),
		facets: FACETS.map((facet) => scored(facet, thinking)),
	};
	return {
		object: 'scorecard',
		test_taker_id: testTaker.id,
		invitation_id: testTaker.invitation_id,
		custom_id: testTaker.custom_id,
		person_id: testTaker.person_id,
		career_navigation_profile_id: testTaker.career_navigation_profile_id,
		first_name: testTaker.first_name,
		last_name: testTaker.last_name,
		email: testTaker.email,
		scorecard_url: testTaker.scorecard_url,
		score_profile: { id, display_name, short_name, riasec_profile },
		// Unknown: what stands here before the interests are known.
		riasec_profile: interests === 'completed' ? 'IRC' : null,
		scores: {
			thinking_skills: thinking === 'not assigned' ? null : [skills],
			personality_traits:
				personality === 'not assigned' ? null : TRAITS.map((trait) => scored(trait, personality)),
		},
	};
}

/**
 * Unknown: all of it, and when there is one; only the route is documented (api/api-keys).
 *
 * @param {TestTaker} testTaker
 */
export const jobFitReportOf = ({ id, first_name, last_name }) => ({
	object: 'job_fit_report',
	test_taker: { id, first_name, last_name },
	zones: [
		{
			zone: 3,
			occupations: [
				{ code: '00-0001.00', title: 'Sample Occupation', fit: { overall: 7, interests: 'IR' } },
			],
		},
		{ zone: 4, occupations: [] },
	],
});
