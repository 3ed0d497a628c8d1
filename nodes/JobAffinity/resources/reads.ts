import { getOne } from './readOperations';
import { records } from './records';

/**
 * Get of each resource whose records have links of their own (documented, reference: get … by ID).
 */
export const get = {
	application: getOne('application', {
		description: 'Retrieve one application by its ID, or by the link that a delivery contains',
		record: records.application,
	}),
	candidate: getOne('candidate', {
		description: 'Retrieve one candidate by its ID',
		record: records.candidate,
	}),
	job: getOne('job', { description: 'Retrieve one job by its ID', record: records.job }),
	process: getOne('process', {
		description: 'Retrieve one recruitment process with its steps',
		record: records.process,
	}),
};

/**
 * GET /application/{applicationid}/profile (documented, reference: get candidate profile for an
 * application). That it is below the application's own link is inferred from the reference; no link
 * leads to it.
 */
export const getProfile = getOne('application', {
	value: 'getProfile',
	name: 'Get Profile',
	action: 'Get profile of application',
	description: 'Retrieve what JobAffinity read from the CV of an application',
	record: records.profile,
	below: 'profile',
});
