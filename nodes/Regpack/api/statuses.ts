import type { IDataObject } from 'n8n-workflow';

import type { CallContext } from '../../shared/http/request';
import { applicantOf } from '../events/applicant';
import { searchPages } from './userLists';

/** A status that some user has. */
export interface Status extends IDataObject {
	id: string;
	name: string | null;
}

/**
 * The statuses that users have now, each once, as they are found. No call lists the statuses of a
 * project (documented by omission), but a user's metadata has both ID and name (documented by
 * example); the ID is "0" without one.
 */
export async function* usedStatuses(
	context: CallContext,
	search: { groupId?: unknown; deadline?: number },
): AsyncGenerator<Status[], void> {
	const seen = new Set<string>();
	for await (const { users } of searchPages(context, search)) {
		const fresh: Status[] = [];
		for (const { status } of users.map(applicantOf)) {
			if (status.id === null || status.id === '0' || seen.has(status.id)) continue;
			seen.add(status.id);
			fresh.push({ id: status.id, name: status.name });
		}
		yield fresh;
	}
}
