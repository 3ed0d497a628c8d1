import type { IDataObject } from 'n8n-workflow';

import type { Person } from '../../shared/events/contract';
import { textAt } from '../../shared/values/text';

/**
 * Who applied. An application shows neither a phone number, which only the candidate's own record
 * has, nor an ID that the customer gave.
 */
export const personOf = (application: IDataObject): Partial<Person> => ({
	email: textAt(application, 'candidate.email'),
	firstName: textAt(application, 'candidate.first_name'),
	lastName: textAt(application, 'candidate.last_name'),
	id: textAt(application, 'candidate.id'),
});
