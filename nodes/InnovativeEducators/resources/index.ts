import type { Resource } from '../../shared/actions/operation';
import { getSample } from './event/getSample';
import { parse } from './nightlyExport/parse';
import { received } from './webhook/received';

/** Operations that need no API, as none is documented. */
export const resources: readonly Resource[] = [
	{ value: 'nightlyExport', name: 'Nightly Export', operations: [parse] },
	{ value: 'event', name: 'Event', operations: [getSample] },
	{ value: 'webhook', name: 'Webhook', operations: received },
];
