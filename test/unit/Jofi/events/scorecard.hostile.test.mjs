import fc from 'fast-check';

import { scorecardSample } from '#dist/nodes/Jofi/events/samples.js';
import { scorecardDetails } from '#dist/nodes/Jofi/events/scorecard.js';
import { payloadsLike } from '../../replaced.mjs';

/** What stands in a scorecard comes from outside, names of people included, and goes into mails. */

const SCRIPT = `<script>alert("1")</script><img src=x onerror='alert(1)'>&amp;`;

/** @param {Record<string, unknown>} changes @returns {any} */
const detailsOf = (changes) =>
	scorecardDetails(/** @type {any} */ ({ ...scorecardSample, ...changes }));

/** The tags and attributes of the package's own markup; all else is text. */
const OWN =
	/<\/?(?:h3|h4|table|tr|td|p)>|<a href="https:\/\/[^"<>]*">|<\/a>|&(?:nbsp|ndash|amp|lt|gt|quot|#9733|#39);/g;

/** @param {string} html */
const expectHarmless = (html) => expect(html.replaceAll(OWN, '')).not.toMatch(/[<>"']|&/);

test('markup in any text is escaped in the HTML, and left alone in the text', () => {
	const { text, html } = detailsOf({
		first_name: SCRIPT,
		riasec_profile: SCRIPT,
		score_profile: { display_name: SCRIPT, riasec_profile: SCRIPT },
		scores: {
			[SCRIPT]: [
				{ display_name: SCRIPT, test_taker_score: SCRIPT, facets: [{ short_name: SCRIPT }] },
			],
		},
	});
	expectHarmless(html);
	expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)');
	expect(text).toContain(SCRIPT);
});

test.each([
	'javascript:alert(1)',
	'data:text/html,<script>alert(1)</script>',
	'http://jofiscore.com/',
	'not a URL',
	42,
	{},
])('a link to %j is none', (scorecard_url) => {
	const { text, html } = detailsOf({ scorecard_url });
	expect(html).not.toContain('<a');
	expect(text).not.toContain(String(scorecard_url));
});

test('a link cannot leave its attribute', () => {
	const { html } = detailsOf({ scorecard_url: 'https://a.example/"onmouseover="alert(1)' });
	expectHarmless(html);
	expect(html).toContain('href="https://a.example/');
});

test('line breaks in a name make no lines of their own', () => {
	const { text } = detailsOf({ first_name: 'Linda\r\nBcc: all@example.com' });
	expect(text.split('\n')[0]).toBe(
		'Scorecard of Linda Bcc: all@example.com Sample: Sample Occupation Group Zone 3',
	);
});

test('so many scales and so long names become a text of a bounded length', () => {
	const many = Array.from({ length: 20_000 }, () => ({
		display_name: 'x'.repeat(1000),
		test_taker_score: 1,
	}));
	const { text, html } = detailsOf({ scores: { thinking_skills: many } });
	expect(text.length).toBeLessThan(100_000);
	expect(html.length).toBeLessThan(100_000);
	expect(text).toContain('There are more scales at JOFI.');
});

test('a scorecard in which anything is missing or of another type has a text', () => {
	fc.assert(
		fc.property(payloadsLike(scorecardSample, SCRIPT), (scorecard) => {
			const { text, html } = /** @type {any} */ (scorecardDetails(scorecard));
			expect(text).toMatch(/^Scorecard/);
			expectHarmless(html);
		}),
		{ numRuns: 300 },
	);
});
