import { IDS, startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeAll(async () => {
	started = await startNode();
});
afterAll(() => started.close());

const SCORECARD = { testTaker: IDS.finished, scoreProfile: IDS.scoreProfile };

/** @param {Record<string, unknown>} scores @param {Record<string, unknown>} [more] */
async function scorecard(scores, more = {}) {
	const body = {
		mode: 'live',
		object: 'scorecard',
		test_taker_id: IDS.finished,
		score_profile: null,
		scores,
		...more,
	};
	started.jofi.fail({ match: '/scorecard', status: 200, body });
	const { json } = await started.run('testTaker:getScorecard', SCORECARD);
	return json[0];
}

describe('a simplified scorecard', () => {
	it('keeps the letters of the person and of the profile, the stars, and what it belongs to', async () => {
		const { json } = await started.run('testTaker:getScorecard', SCORECARD);
		expect(json[0]).toMatchObject({
			riasec_profile: 'IRC',
			score_profile: { short_name: IDS.scoreProfile, riasec_profile: expect.any(String) },
			invitation_id: expect.any(Number),
			career_navigation_profile_id: IDS.profile,
		});
		expect(
			json[0].scales.map((/** @type {any} */ { shortName, isStarred }) => [shortName, isStarred]),
		).toEqual([
			['think', true],
			['think-read', false],
			['think-num', true],
			['trait-diligence', true],
			['trait-openness', false],
		]);
	});

	it('keeps sections unchanged that are not a list of scores', async () => {
		const sections = { interests: { riasec: 'IRC' }, note: 'later', letters: ['I', 'R'] };
		const thinking = [{ id: 1, display_name: 'Overall', test_taker_score: 7 }];
		const simple = await scorecard({
			...sections,
			thinking_skills: thinking,
			personality_traits: null,
		});
		expect(simple.otherSections).toEqual(sections);
		expect(simple.scales).toMatchObject([
			{ section: 'thinking_skills', name: 'Overall', score: 7, isStarred: null },
		]);
	});

	it('has no other sections where all are scores, or none', async () => {
		expect(await scorecard({ thinking_skills: [], personality_traits: null })).not.toHaveProperty(
			'otherSections',
		);
	});

	it('keeps what JOFI may add, to it and to a score', async () => {
		const simple = await scorecard(
			{ traits: [{ id: 1, display_name: 'A', percentile: 80, facets: 'none' }] },
			{ percentile: 70 },
		);
		expect(simple).toMatchObject({
			percentile: 70,
			scales: [{ name: 'A', percentile: 80, facets: 'none' }],
		});
	});
});

describe('Simplified', () => {
	it('a test taker keeps who invited, the link to the assessments and the profile', async () => {
		const { json } = await started.run('testTaker:get', { testTaker: IDS.finished });
		expect(json[0]).toMatchObject({
			invited_by_user: { email: expect.stringContaining('@') },
			assessment_url: expect.stringContaining('/welcome/'),
			career_navigation_profile_id: IDS.profile,
			assigned_assessments: [{}, {}, {}],
		});
	});

	it.each([
		[
			'testTaker:getAll',
			['team', 'custom_id', 'assessment_url', 'scorecard_url', 'career_navigation_profile_id'],
		],
		[
			'careerNavigationProfile:getAll',
			[
				'test_taker_id',
				'team',
				'scorecard_url',
				'job_fit_summary_url',
				'career_options_spotlight_url',
			],
		],
	])('the items of %s keep %j', async (name, fields) => {
		const { json } = await started.run(name);
		for (const field of fields) expect(json[0]).toHaveProperty(field);
	});

	it('a record keeps what JOFI may add', async () => {
		started.jofi.fail({
			match: '/test-takers/',
			status: 200,
			body: { mode: 'live', object: 'test_taker', id: 1, score: 7 },
		});
		const { json } = await started.run('testTaker:get', { testTaker: IDS.finished });
		expect(json).toEqual([{ id: 1, score: 7, mode: 'live' }]);
	});
});
