import type { FilterDefinition } from '../../shared/events/types';
import { applicantOf } from './applicant';

/** What is textsIn; `undefined` when nothing is, as by an event without that part. */
const textsIn = (values: (string | null)[]): string[] | undefined => {
	const texts = values.filter((value) => value !== null);
	return texts.length > 0 ? texts : undefined;
};

const OTHERS_PASS = 'Events that do not name one pass as well.';

/** Each applies to events that have its field; the others pass. */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'projects',
		label: 'Projects',
		description: OTHERS_PASS,
		values: { from: 'keyboard', takes: 'ID of the project', placeholder: 'e.g. 100000001' },
		texts: ({ payload }) => textsIn([applicantOf(payload).groupId]),
	},
	{
		name: 'statuses',
		label: 'Statuses',
		description: OTHERS_PASS,
		values: {
			from: 'list',
			takes: 'ID or name of the status that the user has; 0 is none',
			placeholder: 'e.g. Accepted',
		},
		texts({ payload }) {
			const { id, name } = applicantOf(payload).status;
			return textsIn([id, name]);
		},
	},
];
