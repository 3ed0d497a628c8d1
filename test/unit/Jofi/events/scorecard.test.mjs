import { scorecardSample } from '#dist/nodes/Jofi/events/samples.js';
import { scorecardDetails } from '#dist/nodes/Jofi/events/scorecard.js';

/** @param {Record<string, unknown>} [changes] @returns {any} */
const detailsOf = (changes) =>
	scorecardDetails(/** @type {any} */ ({ ...scorecardSample, ...changes }));

test('the text of a scorecard can be mailed as it is', () => {
	expect(detailsOf().text).toBe(
		[
			'Scorecard of Linda Sample: Sample Occupation Group Zone 3',
			'',
			'Thinking Skills',
			'Overall: 7 *',
			'  - Reading: 6',
			'',
			'Interests: IRC (score profile: IR)',
			'',
			'* starred in JOFI',
			'',
			'https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		].join('\n'),
	);
});

test('the HTML says the same', () => {
	expect(detailsOf().html).toBe(
		[
			'<h3>Scorecard of Linda Sample: Sample Occupation Group Zone 3</h3>',
			'<h4>Thinking Skills</h4><table><tr><td>Overall &#9733;</td><td>7</td></tr><tr><td>&nbsp;&nbsp;&ndash; Reading</td><td>6</td></tr></table>',
			'<p>Interests: IRC (score profile: IR)</p>',
			'<p><a href="https://www.jofiscore.com/team/100/test-takers/12345/scorecard">Scorecard in JOFI</a></p>',
		].join('\n'),
	);
});

test('the scales are there as data', () => {
	expect(detailsOf()).toMatchObject({
		scoreProfile: { short_name: 'JOFI-001-XX' },
		riasecProfile: 'IRC',
		scales: [
			{ section: 'thinking_skills', name: 'Overall', score: 7, band: 5, isStarred: true },
			{ name: 'Reading', score: 6, facetOf: 'Overall' },
		],
	});
});

test('what is not scored yet says so, and what is unknown is left out', () => {
	const { text, html } = detailsOf({
		first_name: null,
		last_name: null,
		score_profile: null,
		riasec_profile: null,
		scorecard_url: null,
		scores: {
			thinking_skills: [{ id: 1, display_name: null, short_name: 'think', test_taker_score: null }],
			personality_traits: null,
			interests: { riasec: 'IRC' },
		},
	});
	expect(text).toBe('Scorecard\n\nThinking Skills\nthink: no score yet');
	for (const each of [text, html]) expect(each).not.toMatch(/null|undefined|\[object/);
});

test.each([[null], [{}], [{ thinking_skills: null }], ['text'], [[]]])(
	'a scorecard without scores says that there is nothing to score: %j',
	(scores) => {
		const { text, html, scales } = detailsOf({ scores });
		expect(text).toContain('There is nothing to score.');
		expect(html).toContain('<p>There is nothing to score.</p>');
		expect(scales).toEqual([]);
	},
);
