import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import pick from 'lodash/pick';

import { applicantOf } from './applicant';

/**
 * The values of fields that were asked for. A list nests them in `doc` (documented, getuserlist); whether one user's
 * answer does, or has them itself, is not documented.
 */
export const fieldsOf = (record: IDataObject, asked: readonly string[]): IDataObject => ({
	...pick(record, asked),
	...(isPlainObject(record.doc) ? (record.doc as IDataObject) : {}),
});

/** What `applicantOf` tells of, as the parts of a record or as its own keys, and what only says that all went well. */
const TOLD = [
	...['user_info', 'meta_info', 'doc', 'success', 'msg', 'msg_type'],
	...['clogin_id', 'group_id', 'connected_to', 'u_name', 'status_id', 'status_name'],
	...['total_forms', 'completed_forms', 'total_user_forms', 'total_completed_user_forms'],
	...['total_user_mandatory_forms', 'total_completed_user_mandatory_forms'],
	...['total_order', 'total_paid', 'total_balance'],
];

/** A record in few fields: who it is and how far, the values that were asked for, and the rest as Regpack gives it. */
export const simplified = (record: IDataObject, asked: readonly string[]): IDataObject => ({
	...applicantOf(record),
	fields: fieldsOf(record, asked),
	further: omit(record, TOLD, asked),
});
