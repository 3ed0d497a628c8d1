import type { Resource } from '../../shared/actions/operation';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';
import { get as getRetrySchedule } from './retrySchedule/get';

/** What can be done without an API, as none is documented. */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'retrySchedule', name: 'Retry Schedule', operations: [getRetrySchedule] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
