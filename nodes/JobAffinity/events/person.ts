import type { IDataObject } from 'n8n-workflow';

import type { Person } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';

/** Who applied. */
export const personOf = (application: IDataObject): Person => ({
	email: textAt(application, 'candidate.email'),
	firstName: textAt(application, 'candidate.first_name'),
	lastName: textAt(application, 'candidate.last_name'),
	id: textAt(application, 'candidate.id'),
	externalId: null,
});
