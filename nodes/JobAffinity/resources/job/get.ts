import type { Operation } from '../../../api/define';
import { job } from '../../answers';
import { callFor, withLink } from '../../linked';
import { locator } from '../../locators';
import { call } from '../../transport';

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
		return await call(context, callFor(context, 'job', field, index));
	},
};
