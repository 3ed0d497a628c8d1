import type { Operation } from '../../../api/define';
import { candidate } from '../../answers';
import { callFor, withLink } from '../../linked';
import { locator } from '../../locators';
import { call } from '../../transport';

const field = withLink('candidate', locator('candidate', { required: true }));

/** GET /candidate/{candidateid} (documented, reference: get candidate by ID). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get candidate',
	description: 'Retrieve one candidate by its ID',
	fields: [field],
	schema: candidate,
	async run(context, index) {
		return await call(context, callFor(context, 'candidate', field, index));
	},
};
