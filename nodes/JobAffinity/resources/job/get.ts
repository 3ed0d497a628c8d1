import type { Operation } from '../../../shared/actions/operation';
import { job } from '../../api/responseSchemas';
import { locatedCall, withLink } from '../../api/recordLocator';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';

const field = withLink('job', locator('job', { required: true }));

/** GET /job/{jobid} (documented, reference: get job by ID). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get job',
	description: 'Retrieve one job by its ID',
	fields: [field],
	schema: job,
	async run(context, index) {
		return await call(context, locatedCall(context, 'job', field, index));
	},
};
