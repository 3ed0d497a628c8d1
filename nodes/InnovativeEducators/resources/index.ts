import type { Resource } from '../../shared/actions/operation';
import { getAll as getCompletions } from './completion/getAll';
import { getAll as getCourses } from './course/getAll';
import { create as createEnrollment } from './enrollment/create';
import { getAll as getEnrollments } from './enrollment/getAll';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';
import { compare } from './roster/compare';
import { create as createUser } from './user/create';
import { get as getUser } from './user/get';
import { getAll as getUsers } from './user/getAll';
import { received } from './webhook/received';

/**
 * What works without an API, as Innovative Educators documents none; and the API of the platform
 * beneath, Thought Industries, for an institution with a site of its own.
 */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'roster', name: 'Roster', operations: [compare] },
	{ value: 'completion', name: 'Completion', operations: [getCompletions] },
	{ value: 'course', name: 'Course', operations: [getCourses] },
	{ value: 'enrollment', name: 'Enrollment', operations: [createEnrollment, getEnrollments] },
	{ value: 'user', name: 'User', operations: [createUser, getUser, getUsers] },
	{ value: 'event', name: 'Event', operations: [getSample] },
	{ value: 'webhook', name: 'Webhook', operations: received },
];
