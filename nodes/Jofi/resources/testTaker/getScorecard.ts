import { z } from 'zod';

import { path } from '../../../shared/http/path';
import { withOutput } from '../../../shared/actions/output';
import type { RecordOutput } from '../../../shared/actions/record';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { scorecard as scorecardSchema } from '../../api/responseSchemas';
import { call } from '../../api/transport';
import { scalesIn } from '../../events/scorecard';

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
