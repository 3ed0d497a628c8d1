import type { Resource } from '../../shared/actions/operation';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';
import { compare } from './roster/compare';

/** Operations that need no API, as none is documented. */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'roster', name: 'Roster', operations: [compare] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
