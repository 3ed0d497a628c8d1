import type { Payload } from '../../shared/events/types';

/**
 * Sample payloads with made-up values. The test taker has every key of JOFI's documented example
 * (api/events); of the invitation only the keys in api/integration-flow are known, and of the
 * career navigation profile those of its list item (api/career-navigation-profiles).
 */
const web = 'https://www.jofiscore.com';
const linda = { first_name: 'Linda', last_name: 'Sample', email: 'linda.sample@example.com' };
const identity = {
	invitation_id: 12345,
	custom_id: 'ABC123',
	person_id: '1bb2141c-4100-4b21-9cd2-a998b76cf736',
};
const place = {
	team: { id: 100, display_name: 'Recruiting' },
	account: { id: 200, display_name: 'Example Company Inc' },
	assessment_url: `${web}/welcome/a2f481c7-ea5e-4964-8673-e54933df8503`,
	scorecard_url: `${web}/team/100/test-takers/12345/scorecard`,
};

function assigned(id: number, assessment: [number, string, string], completedAt: string | null) {
	const [assessmentId, short_name, display_name] = assessment;
	return {
		id,
		assessment: { id: assessmentId, short_name, display_name },
		created_at: '2026-02-03T12:43:24.598908+00:00',
		started_at: completedAt === null ? null : '2026-02-03T12:43:31.244+00:00',
		completed_at: completedAt,
		progress_saved_at: completedAt,
		is_used_for_scoring: true,
	};
}

/** @param completedAt when each of the three assessments was completed */
const testTakerWith = (completedAt: [string | null, string | null, string | null]) => ({
	object: 'test_taker',
	id: 12345,
	...linda,
	invitation_created_at: '2026-02-03T12:41:35.034681+00:00',
	assigned_assessments: [
		assigned(11111, [6, 'Personality', 'JOFI Personality Traits'], completedAt[0]),
		assigned(22222, [7, 'Thinking', 'JOFI Thinking Skills'], completedAt[1]),
		assigned(33333, [8, 'Interests', 'JOFI Career Interests'], completedAt[2]),
	],
	invited_by_user: {
		id: 44444,
		email: 'jane.recruiter@example.com',
		first_name: 'Jane',
		last_name: 'Recruiter',
	},
	...place,
	career_navigation_url: null,
	job_fit_summary_url: null,
	career_options_spotlight_url: null,
	...identity,
	career_navigation_profile_id: null,
});

const thinkingAt = '2026-02-03T13:05:12.455+00:00';

const invitation = (acceptedAt: string | null) => ({
	object: 'invitation',
	id: 12345,
	...linda,
	person_id: identity.person_id,
	assessment_url: place.assessment_url,
	accepted_at: acceptedAt,
	test_taker_id: acceptedAt === null ? null : 12345,
	career_navigation_profile_id: null,
});

const profile = {
	object: 'career_navigation_profile',
	id: 'CNP0000012345',
	...linda,
	invitation_created_at: '2026-02-03T12:41:35.034681+00:00',
	...identity,
	test_taker_id: 12345,
	...place,
	career_navigation_url: 'https://www.careernavigation.org?c=CNP0000012345',
	job_fit_summary_url: `${web}/test-takers/CNP0000012345/job-fit?r=jfs&zones=1_5`,
	career_options_spotlight_url: `${web}/test-takers/CNP0000012345/job-fit?r=cor&zones=1_5`,
};

const event = (id: string, type: string, createdAt: string, object: Payload): Payload => ({
	id,
	type,
	object: 'event',
	created_at: createdAt,
	api_version: '2.3.0',
	data: { object },
});

export const samples = {
	invitationCreated: event(
		'evt_0a1b2c3d4e5f',
		'invitation.created',
		'2026-02-03T12:41:35.744Z',
		invitation(null),
	),
	invitationAccepted: event(
		'evt_1b2c3d4e5f60',
		'invitation.accepted',
		'2026-02-03T12:43:24.744Z',
		invitation('2026-02-03T12:43:24.034681+00:00'),
	),
	testTakerCreated: event(
		'evt_1a2b3c4d5e6f',
		'test_taker.created',
		'2026-02-03T12:43:36.744Z',
		testTakerWith([null, null, null]),
	),
	assessmentCompleted: event(
		'evt_2c3d4e5f6071',
		'test_taker.assessment_completed',
		'2026-02-03T13:05:12.744Z',
		testTakerWith([null, thinkingAt, null]),
	),
	/** A delivery of assessment_completed that shows no open assessment. */
	allAssessmentsCompleted: event(
		'evt_4e5f60718293',
		'test_taker.assessment_completed',
		'2026-02-03T13:38:47.512Z',
		testTakerWith(['2026-02-03T13:20:31.908+00:00', thinkingAt, '2026-02-03T13:38:47.203+00:00']),
	),
	careerNavigationProfileCreated: event(
		'evt_3d4e5f607182',
		'career_navigation_profile.created',
		'2026-02-03T13:40:02.744Z',
		profile,
	),
};

const score = (id: number, name: string, short_name: string, test_taker_score: number) => ({
	object: 'score',
	id,
	display_name: name,
	short_name,
	description: `What ${name} means.`,
	is_starred: id === 1,
	yellow_band: 5,
	test_taker_score,
});

/** A scorecard as JOFI's API returns it, with the keys that could be read (api/scorecards). */
export const scorecardSample: Payload = {
	mode: 'live',
	object: 'scorecard',
	test_taker_id: 12345,
	...identity,
	career_navigation_profile_id: null,
	...linda,
	scorecard_url: place.scorecard_url,
	score_profile: {
		id: 77,
		display_name: 'Sample Occupation Group Zone 3',
		short_name: 'JOFI-001-XX',
		riasec_profile: 'IR',
	},
	riasec_profile: 'IRC',
	scores: {
		thinking_skills: [
			{ ...score(1, 'Overall', 'think', 7), facets: [score(2, 'Reading', 'think-read', 6)] },
		],
		personality_traits: null,
	},
};
