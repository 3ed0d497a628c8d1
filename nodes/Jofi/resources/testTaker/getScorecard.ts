import type { IDataObject } from 'n8n-workflow';
import pick from 'lodash/pick';
import { z } from 'zod';

import { path } from '../../../api/path';
import type { Operation } from '../../../api/define';
import { scorecard } from '../../answers';
import { valueOf } from '../../../api/locators';
import { locator } from '../../locators';
import { call } from '../../transport';
import { simplify as simplifyField } from '../../../api/fields';

const testTaker = locator('testTaker', { required: true });
const scoreProfile = locator('scoreProfile', { required: true });

const text = z.string().nullish();
const scale = z.object({
	section: z.string(),
	name: text,
	score: z.number().nullish(),
	band: z.number().nullish(),
	facetOf: text,
});

const objectsIn = (value: unknown): IDataObject[] =>
	(Array.isArray(value) ? value : []).filter((each) => typeof each === 'object' && each !== null);

/** A scale, and below it its facets, which a sample shows one level deep (api/scorecards). */
const scalesOf = (section: string, score: IDataObject, facetOf: unknown = null): IDataObject[] => [
	{
		section,
		name: score.display_name ?? null,
		score: score.test_taker_score ?? null,
		band: score.yellow_band ?? null,
		facetOf: facetOf as string | null,
	},
	...objectsIn(score.facets).flatMap((facet) => scalesOf(section, facet, score.display_name)),
];

/**
 * The scorecard with one entry a scale: section, name, score and band. `score` is `null` until the
 * assessment is complete; `band` is JOFI's `yellow_band`, whose meaning the documentation does not say.
 */
export function simplify(answer: IDataObject): IDataObject {
	const sections = Object.entries((answer.scores ?? {}) as IDataObject);
	return {
		...pick(answer, ['mode', 'test_taker_id', 'first_name', 'last_name', 'email', 'custom_id', 'person_id']),
		score_profile: pick(answer.score_profile, ['id', 'display_name', 'short_name']),
		scorecard_url: answer.scorecard_url ?? null,
		scales: sections.flatMap(([section, scores]) =>
			objectsIn(scores).flatMap((score) => scalesOf(section, score)),
		),
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
		{ ...simplifyField, hint: 'Simplified: section, name, score and band of each scale' },
	],
	schema: scorecard
		.partial({ object: true })
		.extend({ scales: z.array(scale).optional() })
		.passthrough(),
	async run(context, index) {
		const id = valueOf(context, testTaker, index);
		const answer = await call(context, {
			path: path`/test-takers/${id}/scorecard`,
			query: { sp: valueOf(context, scoreProfile, index) },
			object: 'test taker',
			id,
			advice: 'Check the ID, and that the score profile is one that Score Profile: Get Many lists.',
		});
		return context.getNodeParameter('simplify', index, true) ? simplify(answer) : answer;
	},
};
