import { path } from '../../../shared/http/path';
import type { Operation } from '../../../shared/actions/operation';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { locator } from '../../api/listSearch';
import { jobFitReport } from '../../api/responseSchemas';
import { call } from '../../api/transport';

const testTaker = locator('testTaker', { required: true });

/** GET /test-takers/:testTakerId/job-fit-report: only the route is documented (api/api-keys). */
export const getJobFitReport: Operation = {
	value: 'getJobFitReport',
	name: 'Get Job Fit Report',
	action: 'Get job fit report of test taker',
	description: 'Retrieve the job fit report of a test taker as JOFI returns it',
	fields: [testTaker],
	schema: jobFitReport,
	isRead: true,
	async run(context, index) {
		const id = requiredLocator(context, testTaker, index);
		return await call(context, {
			path: path`/test-takers/${id}/job-fit-report`,
			object: 'test taker',
			id,
			advice:
				'Check the ID, and that the test taker has completed the assessments that the report requires.',
		});
	},
};
