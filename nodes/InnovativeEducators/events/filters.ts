import get from 'lodash/get';

import type { FilterDefinition, Payload } from '../../shared/events/types';
import { asText } from '../../shared/values/text';

const textsAt = (payload: Payload, paths: readonly string[]): string[] =>
	paths.map((path) => asText(get(payload, path))).filter((text) => text !== null);

const ID = 'e.g. 0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c05';

/**
 * They are checks as well, as others deliver from the same addresses: what does not name any does not pass.
 * One endpoint may get the events of several courses, told apart by `notifiableId` (documented).
 */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'courses',
		label: 'Courses',
		description: 'ID or title of a course',
		placeholder: 'e.g. New Student Orientation',
		texts: ({ payload }) => textsAt(payload, ['notifiableId', 'title']),
	},
	{
		name: 'clients',
		label: 'Clients',
		description: 'ID of a client, which is presumably the institution. Others deliver from the same addresses, so set it if you can.',
		placeholder: ID,
		texts: ({ payload }) => textsAt(payload, ['userDetail.client']),
	},
	{
		name: 'companies',
		label: 'Companies',
		description: 'ID of a company, which is presumably the site that institutions share',
		placeholder: ID,
		texts: ({ payload }) => textsAt(payload, ['companyId']),
	},
];
