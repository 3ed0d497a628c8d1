import get from 'lodash/get';

import type { FilterDefinition, Payload } from '../../shared/events/types';
import { asText } from '../../shared/values/text';

const textsAt = (payload: Payload, paths: readonly string[]): string[] =>
	paths.map((path) => asText(get(payload, path))).filter((text) => text !== null);

const ID_PLACEHOLDER = 'e.g. 0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c05';

/**
 * The filters also serve as checks, because other customers' events presumably come from the same
 * addresses (inferred): an event without the filtered value does not pass. One endpoint may receive
 * several courses, which `notifiableId` tells apart (documented).
 */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'courses',
		label: 'Courses',
		description: '',
		values: {
			from: 'keyboard',
			takes: 'ID or title of a course',
			placeholder: 'e.g. New Student Orientation',
		},
		texts: ({ payload }) => textsAt(payload, ['notifiableId', 'title']),
	},
	{
		name: 'courseTitle',
		label: 'Course Title Contains',
		description: '',
		values: {
			from: 'keyboard',
			takes: 'Part of the title of a course',
			placeholder: 'e.g. orientation',
		},
		texts: ({ payload }, parts) => {
			const title = asText(payload.title)?.toLowerCase() ?? '';
			return parts.filter((part) => title.includes(part));
		},
	},
	{
		name: 'clients',
		label: 'Clients',
		description: 'Set it if you can: other institutions use the same source addresses.',
		values: {
			from: 'keyboard',
			takes: 'ID of a client, presumably the institution',
			placeholder: ID_PLACEHOLDER,
		},
		texts: ({ payload }) => textsAt(payload, ['userDetail.client']),
	},
	{
		name: 'companies',
		label: 'Companies',
		description: '',
		values: {
			from: 'keyboard',
			takes: 'ID of a company, presumably the site that several institutions share',
			placeholder: ID_PLACEHOLDER,
		},
		texts: ({ payload }) => textsAt(payload, ['companyId']),
	},
];
