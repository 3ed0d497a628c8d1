import type { IDataObject } from 'n8n-workflow';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';

import { applicantOf } from '../events/applicant';

/** What `applicantOf` tells of, as the parts of a record or as its own keys, and what only says that all went well. */
const TOLD = [
	...['user_info', 'meta_info', 'doc', 'success', 'msg', 'msg_type'],
	...['clogin_id', 'group_id', 'connected_to', 'u_name', 'status_id', 'status_name'],
	...['total_forms', 'completed_forms', 'total_user_forms', 'total_completed_user_forms'],
	...['total_user_mandatory_forms', 'total_completed_user_mandatory_forms'],
	...['total_order', 'total_paid', 'total_balance'],
];

/**
 * What was asked for of a user beyond the progress: values of fields, cart, payments and so on. A list nests it in
 * `doc` (documented, getuserlist); whether one user's answer does, or has it itself, is not documented.
 */
export const fieldsOf = (record: IDataObject): IDataObject => ({
	...omit(record, TOLD),
	...(isPlainObject(record.doc) ? (record.doc as IDataObject) : {}),
});

/** A record in few fields: who it is and how far, and what else was asked for, wherever Regpack has it. */
export const simplified = (record: IDataObject): IDataObject => ({ ...applicantOf(record), fields: fieldsOf(record) });
