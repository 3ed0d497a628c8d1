import { z } from 'zod';

import { path } from '../../../shared/http/path';
import type { Operation } from '../../../shared/actions/operation';
import { simplify as simplifyField } from '../../../shared/actions/fields';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { scorecard as scorecardSchema } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { simplifyScorecard } from '../../events/scorecard';

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

/** GET /test-takers/:testTakerId/scorecard?sp=…: `sp` is required (documented, api/scorecards). */
export const getScorecard: Operation = {
	value: 'getScorecard',
	name: 'Get Scorecard',
	action: 'Get scorecard of test taker',
	description: 'Retrieve how the scores of a test taker compare with a score profile',
	fields: [
		testTaker,
		scoreProfile,
		{
			...simplifyField,
			hint: 'Simplified: section, names, score, band and star of each scale, without its ID and description',
		},
	],
	schema: scorecardSchema
		.partial({ object: true })
		.extend({
			scales: z.array(scale).optional(),
			otherSections: z.object({}).passthrough().optional(),
		})
		.passthrough(),
	isRead: true,
	async run(context, index) {
		const id = requiredLocator(context, testTaker, index);
		const response = await call(context, {
			path: path`/test-takers/${id}/scorecard`,
			query: { sp: requiredLocator(context, scoreProfile, index) },
			object: 'test taker',
			id,
			advice: 'Check the ID, and that Score Profile: Get Many lists the score profile.',
		});
		return context.getNodeParameter('simplify', index, true)
			? simplifyScorecard(response)
			: response;
	},
};
