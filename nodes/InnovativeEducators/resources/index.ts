import type { Resource } from '../../shared/actions/operation';
import { list as completions } from './completion/list';
import { list as courses } from './course/list';
import { create as createEnrollment } from './enrollment/create';
import { list as enrollments } from './enrollment/list';
import { getManySince } from './event/getManySince';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';
import { compare } from './roster/compare';
import { create as createUser } from './user/create';
import { get as getUser } from './user/get';
import { list as users } from './user/list';
import { received } from './webhook/received';

/**
 * What works without an API, as Innovative Educators documents none; and the API of the platform
 * beneath, Thought Industries, for an institution with a site of its own.
 */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'roster', name: 'Roster', operations: [compare] },
	{ value: 'completion', name: 'Completion', operations: completions },
	{ value: 'course', name: 'Course', operations: courses },
	{ value: 'enrollment', name: 'Enrollment', operations: [createEnrollment, ...enrollments] },
	{ value: 'user', name: 'User', operations: [createUser, getUser, ...users] },
	{ value: 'event', name: 'Event', operations: [getSample, getManySince] },
	{ value: 'webhook', name: 'Webhook', operations: received },
];
