import type { FilterDefinition } from '../../shared/events/types';
import { applicantOf } from './applicant';

/** What is textsIn; `undefined` when nothing is, as by an event without that part. */
const textsIn = (values: (string | null)[]): string[] | undefined => {
	const texts = values.filter((value) => value !== null);
	return texts.length > 0 ? texts : undefined;
};

/** Each applies to events that have its field; the others pass. */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'projects',
		label: 'Projects',
		description: 'ID of the project. Events that do not name one pass as well.',
		placeholder: 'e.g. 100000001',
		texts: ({ payload }) => textsIn([applicantOf(payload).groupId]),
	},
	{
		name: 'statuses',
		label: 'Statuses',
		description:
			'ID or name of the status that the user has; 0 is none. Events that do not name one pass as well.',
		placeholder: 'e.g. Accepted',
		texts({ payload }) {
			const { id, name } = applicantOf(payload).status;
			return textsIn([id, name]);
		},
	},
];
