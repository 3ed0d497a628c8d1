import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/values/json';
import { textAt } from '../../shared/values/text';
import { amountIn, countIn } from './numbers';

/** The value when it is an object, an empty one otherwise. */
const objectOf = (value: unknown): IDataObject => (isObject(value) ? value : {});

/**
 * The two parts of a user's record. Webhooks and most responses have them as `user_info` and
 * `meta_info` (documented); whether the users of a list do, or hold the same keys themselves, is
 * not documented.
 */
export function partsOf(record: unknown): { info: IDataObject; meta: IDataObject } {
	const all = objectOf(record);
	return { info: objectOf(all.user_info ?? all), meta: objectOf(all.meta_info ?? all) };
}

/**
 * Documented (sample of set_status): a parent or an individual is connected to its own ID, so
 * another one is a child's.
 */
function isChild(cloginId: string | null, connectedTo: string | null): boolean | null {
	if (cloginId === null || connectedTo === null) return null;
	return connectedTo !== '0' && connectedTo !== cloginId;
}

/** Total and completed forms of one kind. */
const forms = (meta: IDataObject, total: string, completed: string) => ({
	total: countIn(meta[total]),
	completed: countIn(meta[completed]),
});

/**
 * The user of a record: identity, status, progress of the forms, and payments. Money is text with
 * two decimals (documented by example), with a number beside it to calculate with; the currency is
 * not documented. IDs are text. What the record lacks is `null`.
 */
export function applicantOf(record: unknown) {
	const { info, meta } = partsOf(record);
	const cloginId = textAt(info, 'clogin_id');
	const connectedTo = textAt(info, 'connected_to');
	return {
		cloginId,
		groupId: textAt(info, 'group_id'),
		connectedTo,
		isChild: isChild(cloginId, connectedTo),
		displayName: textAt(meta, 'u_name'),
		/** The ID is "0" when there is none (documented). */
		status: { id: textAt(meta, 'status_id'), name: textAt(meta, 'status_name') },
		forms: forms(meta, 'total_forms', 'completed_forms'),
		userForms: forms(meta, 'total_user_forms', 'total_completed_user_forms'),
		mandatoryForms: forms(
			meta,
			'total_user_mandatory_forms',
			'total_completed_user_mandatory_forms',
		),
		money: {
			order: textAt(meta, 'total_order'),
			orderAmount: amountIn(meta.total_order),
			paid: textAt(meta, 'total_paid'),
			paidAmount: amountIn(meta.total_paid),
			balance: textAt(meta, 'total_balance'),
			balanceAmount: amountIn(meta.total_balance),
		},
	};
}

export type Applicant = ReturnType<typeof applicantOf>;
