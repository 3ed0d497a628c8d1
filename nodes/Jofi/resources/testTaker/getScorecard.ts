import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import partition from 'lodash/partition';
import { z } from 'zod';

import { path } from '../../../shared/http/path';
import type { Operation } from '../../../shared/actions/operation';
import { isObject } from '../../../shared/values/json';
import { scorecard } from '../../api/responseSchemas';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { simplify as simplifyField } from '../../../shared/actions/fields';

const testTaker = locator('testTaker', { required: true });
const scoreProfile = locator('scoreProfile', { required: true });

const text = z.string().nullish();
const scale = z
	.object({
		section: z.string(),
		name: text,
		shortName: text,
		score: z.number().nullish(),
		band: z.number().nullish(),
		isStarred: z.boolean().nullish(),
		facetOf: text,
	})
	.passthrough();

/** A list of scores is what a section is documented to be; what others would be is not. */
const isScores = (section: unknown): section is IDataObject[] => Array.isArray(section) && section.every(isObject);

/** Fields of a score that a scale has under another name, or leaves out. */
const OF_SCORE = [
	...['object', 'id', 'description', 'display_name', 'short_name'],
	...['test_taker_score', 'yellow_band', 'is_starred', 'facets'],
];

/** A scale, and below it its facets, which a sample shows one level deep (api/scorecards). */
const scalesOf = (section: string, score: IDataObject, facetOf: IDataObject[string] = null): IDataObject[] => [
	{
		section,
		name: score.display_name ?? null,
		shortName: score.short_name ?? null,
		score: score.test_taker_score ?? null,
		band: score.yellow_band ?? null,
		isStarred: score.is_starred ?? null,
		facetOf,
		...omit(score, OF_SCORE),
		...(!isScores(score.facets ?? []) && { facets: score.facets }),
	},
	...(isScores(score.facets) ? score.facets.flatMap((facet) => scalesOf(section, facet, score.display_name)) : []),
];

/**
 * The scorecard with one entry a scale: section, names, score, band and star. `score` is `null` until the
 * assessment is complete; `band` is JOFI's `yellow_band`, whose meaning the documentation does not say. A
 * section that is no list of scores stays as it is; one that is `null` has none.
 */
export function simplify(answer: IDataObject): IDataObject {
	const scores = isObject(answer.scores) ? answer.scores : {};
	const [sections, others] = partition(Object.entries(scores), ([, section]) => isScores(section));
	const otherSections = Object.fromEntries(others.filter(([, section]) => section !== null));
	return {
		...omit(answer, ['object', ...(isObject(answer.scores ?? {}) ? ['scores'] : [])]),
		scales: sections.flatMap(([section, list]) => (list as IDataObject[]).flatMap((score) => scalesOf(section, score))),
		...(Object.keys(otherSections).length > 0 && { otherSections }),
	};
}

/** GET /test-takers/:testTakerId/scorecard?sp=…: `sp` is required (documented, api/scorecards). */
export const getScorecard: Operation = {
	value: 'getScorecard',
	name: 'Get Scorecard',
	action: 'Get scorecard of test taker',
	description: 'Retrieve how the scores of a test taker line up with a score profile',
	fields: [
		testTaker,
		scoreProfile,
		{ ...simplifyField, hint: 'Simplified: section, names, score, band and star of each scale, without its ID and description' },
	],
	schema: scorecard
		.partial({ object: true })
		.extend({ scales: z.array(scale).optional(), otherSections: z.object({}).passthrough().optional() })
		.passthrough(),
	async run(context, index) {
		const id = requiredLocator(context, testTaker, index);
		const answer = await call(context, {
			path: path`/test-takers/${id}/scorecard`,
			query: { sp: requiredLocator(context, scoreProfile, index) },
			object: 'test taker',
			id,
			advice: 'Check the ID, and that the score profile is one that Score Profile: Get Many lists.',
		});
		return context.getNodeParameter('simplify', index, true) ? simplify(answer) : answer;
	},
};
