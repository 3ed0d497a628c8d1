import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';
import partition from 'lodash/partition';
import { z } from 'zod';

import { path } from '../../../shared/http/path';
import { withOutput } from '../../../shared/actions/output';
import type { RecordOutput } from '../../../shared/actions/record';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { isObject } from '../../../shared/values/json';
import { locator } from '../../api/listSearch';
import { scorecard as scorecardSchema } from '../../api/responseSchemas';
import { call } from '../../api/transport';

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

/** A section is documented to be a list of scores; no other kind is. */
const isScores = (section: unknown): section is IDataObject[] =>
	Array.isArray(section) && section.every(isObject);

/** A score's fields that a scale renames or leaves out. */
const SCORE_FIELDS = [
	...['object', 'id', 'description', 'display_name', 'short_name'],
	...['test_taker_score', 'yellow_band', 'is_starred', 'facets'],
];

/** A scale followed by its facets, which a sample shows one level deep (api/scorecards). */
const scalesOf = (
	section: string,
	score: IDataObject,
	facetOf: IDataObject[string] = null,
): IDataObject[] => [
	{
		section,
		name: score.display_name ?? null,
		shortName: score.short_name ?? null,
		score: score.test_taker_score ?? null,
		band: score.yellow_band ?? null,
		isStarred: score.is_starred ?? null,
		facetOf,
		...omit(score, SCORE_FIELDS),
		...(!isScores(score.facets ?? []) && { facets: score.facets }),
	},
	...(isScores(score.facets)
		? score.facets.flatMap((facet) => scalesOf(section, facet, score.display_name))
		: []),
];

/**
 * The scores with one entry per scale: section, names, score, band and star. `score` is `null` until
 * the assessment is complete; `band` is JOFI's `yellow_band`, whose meaning is not documented. A
 * section that is not a list of scores stays as it is; one that is `null` is left out.
 */
function scalesIn({ scores }: IDataObject): IDataObject {
	const all = isObject(scores) ? scores : { scores };
	const [sections, others] = partition(Object.entries(all), ([, section]) => isScores(section));
	const otherSections = Object.fromEntries(
		others.filter(([, section]) => section !== null && section !== undefined),
	);
	return {
		scales: sections.flatMap(([section, list]) =>
			(list as IDataObject[]).flatMap((score) => scalesOf(section, score)),
		),
		...(Object.keys(otherSections).length > 0 && { otherSections }),
	};
}

/** Simplified: the scales in place of JOFI's nested scores. */
const scorecard: RecordOutput = {
	schema: scorecardSchema,
	derived: {
		shape: {
			scales: z.array(scale).optional(),
			otherSections: z.object({}).passthrough().optional(),
		},
		of: scalesIn,
	},
	simplified: {
		first: [
			...['first_name', 'last_name', 'email', 'score_profile', 'riasec_profile', 'scales'],
			...['otherSections', 'scorecard_url'],
		],
		leaveOut: ['object', 'scores'],
	},
	always: ['mode'],
};

/** GET /test-takers/:testTakerId/scorecard?sp=…: `sp` is required (documented, api/scorecards). */
export const getScorecard = withOutput({
	value: 'getScorecard',
	name: 'Get Scorecard',
	action: 'Get scorecard of test taker',
	description: 'Retrieve how the scores of a test taker compare with a score profile',
	fields: [testTaker, scoreProfile],
	record: scorecard,
	isRead: true,
	async run(context, index) {
		const id = requiredLocator(context, testTaker, index);
		return await call(context, {
			path: path`/test-takers/${id}/scorecard`,
			query: { sp: requiredLocator(context, scoreProfile, index) },
			object: 'test taker',
			id,
			advice: 'Check the ID, and that Score Profile: Get Many lists the score profile.',
		});
	},
});
