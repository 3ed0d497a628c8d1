import type { Payload } from '../../shared/events/types';

/**
 * A completion with every key of the documented sample (webhooks, sample payload) and made-up
 * values. The printed sample contains comments, so it is not JSON.
 */
export const completion: Payload = {
	id: '0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c01',
	source: 'course_completed',
	timestamp: '2026-03-04T15:06:07.089Z',
	type: 'status_change',
	user: 'ada.learner@college.example',
	companyId: '0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c02',
	event: 'courseCompletion',
	notifiableId: '0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c03',
	title: 'New Student Orientation',
	userDetail: {
		id: '0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c04',
		firstName: 'Ada',
		lastName: 'Learner',
		externalCustomerId: '000123456',
		sfContactId: null,
		sfAccountId: null,
		client: '0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c05',
		ref1: '000123456',
		ref2: 'Nursing',
		ref3: null,
	},
};
