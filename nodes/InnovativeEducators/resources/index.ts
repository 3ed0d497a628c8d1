import type { Resource } from '../../shared/actions/operation';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';

/** Operations that need no API, as none is documented. */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
