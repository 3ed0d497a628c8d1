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
import { withDetails } from './details';
import { personOf, personOfDelivery } from './person';

/** The blocks of Regpack's items. It documents no address that a person could open. */
export const blocks: BlockSchemas = { registration, links: texts() };

/** The person as a title names them. */
export const applicantIn = ({ person }: Subject): string =>
	nameOf(person, person.id === null ? 'An applicant' : `Applicant ${person.id}`);

/** The amounts are numbers where they are not ambiguous; as Regpack wrote them, in the payload. */
function registrationOf(applicant: Applicant): NonNullable<Blocks['registration']> {
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

/** The registration that a record of the API says. */
const registrationIn = (record: IDataObject) => registrationOf(applicantOf(record));

/**
 * What a delivery says, and the details that were fetched for it.
 *
 * @param extra the form that the trigger is for; of one of several people, what is certainly about
 * this one; the details
 */
export function blocksOfDelivery(payload: Payload, extra: IDataObject = {}): Blocks {
	const applicant = extra.applicant as unknown as Applicant | undefined;
	const person = personOfDelivery(payload);
	const known = {
		person: applicant ? { ...person, name: applicant.displayName } : person,
		registration: {
			...registrationOf(applicant ?? applicantOf(payload)),
			form: textAt(extra, 'formId'),
		},
	};
	return withDetails(known, extra, registrationIn);
}

/**
 * What a record that was found by polling says, what was stored before it changed, and the details.
 */
export function blocksOfRecord(payload: Payload, extra: IDataObject = {}): Blocks {
	const known = {
		person: personOf(payload),
		registration: {
			...registrationIn(payload),
			previousStatus: applicantOf(payload.before ?? {}).status.name,
		},
	};
	return withDetails(known, extra, registrationIn);
}
