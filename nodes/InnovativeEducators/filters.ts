import get from 'lodash/get';

import type { FilterDefinition, Payload } from '../delivery/define';
import { asText } from '../delivery/text';

/** What an event says at these places; `undefined` when it has none of them, as a test notification may. */
function saidAt(payload: Payload, paths: readonly string[]): string[] | undefined {
	const values = paths.map((path) => get(payload, path) as unknown);
	const texts = values.map(asText).filter((text) => text !== null);
	return texts.length > 0 || values.includes(null) ? texts : undefined;
}

const EVENTS_PASS = 'Events that do not name any pass as well.';

const ID = 'e.g. 0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c05';

/** One endpoint may get the events of several courses, told apart by `notifiableId` (documented). */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'courses',
		label: 'Courses',
		description: `ID or title of a course. ${EVENTS_PASS}`,
		placeholder: 'e.g. New Student Orientation',
		values: (payload) => saidAt(payload, ['notifiableId', 'title']),
	},
	{
		name: 'clients',
		label: 'Clients',
		description: `ID of a client, which is presumably the institution. ${EVENTS_PASS}`,
		placeholder: ID,
		values: (payload) => saidAt(payload, ['userDetail.client']),
	},
	{
		name: 'companies',
		label: 'Companies',
		description: `ID of a company, which is presumably the site that institutions share. ${EVENTS_PASS}`,
		placeholder: ID,
		values: (payload) => saidAt(payload, ['companyId']),
	},
];
