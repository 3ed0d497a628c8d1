import type { Operation } from '../../../shared/actions/operation';
import { application } from '../../api/responseSchemas';
import { locatedCall } from '../../api/recordLocator';
import { call } from '../../api/transport';
import { applicationField } from './locator';

/** GET /application/{applicationid} (documented, reference: get application by ID), or its link. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get application',
	description: 'Retrieve one application by its ID, or by the link that a delivery holds',
	fields: [applicationField],
	schema: application,
	async run(context, index) {
		return await call(context, locatedCall(context, 'application', applicationField, index));
	},
};
