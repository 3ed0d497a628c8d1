import type { Operation } from '../../../shared/actions/operation';
import { candidate } from '../../api/responseSchemas';
import { locatedCall, withLink } from '../../api/recordLocator';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';

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
		return await call(context, locatedCall(context, 'candidate', field, index));
	},
};
