import type { Operation } from '../../../shared/actions/operation';
import { profile } from '../../api/responseSchemas';
import { locatedCall } from '../../api/recordLocator';
import { call, linkBelow } from '../../api/transport';
import { applicationField } from './locator';

/**
 * GET /application/{applicationid}/profile (documented, reference: get candidate profile for an application).
 * That it lies below the application's own link is inferred from the reference; no link leads to it.
 */
export const getProfile: Operation = {
	value: 'getProfile',
	name: 'Get Profile',
	action: 'Get profile of application',
	description: 'Retrieve what JobAffinity read from the CV of an application',
	fields: [applicationField],
	schema: profile,
	async run(context, index) {
		const request = locatedCall(context, 'application', applicationField, index);
		return await call(context, { ...request, link: await linkBelow(context, request.link, 'profile') });
	},
};
