import type { IDataObject } from 'n8n-workflow';

import {
	registration,
	texts,
	type Blocks,
	type BlockSchemas,
	type Subject,
} from '../../shared/events/contract';
import { nameOf } from '../../shared/events/title';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { applicantOf, type Applicant } from './applicant';
import { personOf, personOfDelivery } from './person';

/** The blocks of Regpack's items. It documents no address that a person could open. */
export const blocks: BlockSchemas = { registration, links: texts() };

/** The person as a title names them. */
export const applicantIn = ({ person }: Subject): string =>
	nameOf(person, person.id === null ? 'An applicant' : `Applicant ${person.id}`);

/** The amounts are numbers where they are not ambiguous; as Regpack wrote them, in the payload. */
function registrationOf(applicant: Applicant): Blocks['registration'] {
	const { groupId, connectedTo, isChild, status, forms, money } = applicant;
	return {
		project: groupId,
		status: status.name,
		statusId: status.id,
		isChild,
		parentId: isChild ? connectedTo : null,
		formsCompleted: forms.completed,
		formsTotal: forms.total,
		order: money.orderAmount,
		paid: money.paidAmount,
		balance: money.balanceAmount,
	};
}

/**
 * What a delivery says.
 *
 * @param extra the form that the trigger is for; of one of several people, what is certainly about
 * this one
 */
export function blocksOfDelivery(payload: Payload, extra: IDataObject = {}): Blocks {
	const applicant = extra.applicant as unknown as Applicant | undefined;
	const person = personOfDelivery(payload);
	return {
		person: applicant ? { ...person, name: applicant.displayName } : person,
		registration: {
			...registrationOf(applicant ?? applicantOf(payload)),
			form: textAt(extra, 'formId'),
		},
	};
}

/** What a record that was found by polling says, and what was stored before it changed. */
export const blocksOfRecord = (payload: Payload): Blocks => ({
	person: personOf(payload),
	registration: {
		...registrationOf(applicantOf(payload)),
		previousStatus: applicantOf(payload.before ?? {}).status.name,
	},
});
