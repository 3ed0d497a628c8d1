import { nobody, type Person } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { applicantOf, partsOf } from './applicant';

/**
 * Who a record of a user is about. Names and address are fields of the project's forms, by default with
 * these names (documented, page on fields); a record has them only where `doc` came with it. Whether that
 * stands beside the two parts or in the metadata is not documented, so both are read.
 */
export function personOf(record: unknown): Person {
	const { meta } = partsOf(record);
	const field = (name: string) => textAt(record, `doc.${name}`) ?? textAt(meta, `doc.${name}`);
	return {
		...nobody,
		email: field('main_email'),
		firstName: field('first_name'),
		lastName: field('last_name'),
		id: applicantOf(record).cloginId,
	};
}
