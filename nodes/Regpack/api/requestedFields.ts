import type { IDataObject } from 'n8n-workflow';
import omit from 'lodash/omit';

import { isObject } from '../../shared/values/json';

/**
 * What `applicantOf` covers, as the parts of a record or as its own keys, and what only states
 * success.
 */
const COVERED = [
	...['user_info', 'meta_info', 'doc', 'success', 'msg', 'msg_type'],
	...['clogin_id', 'group_id', 'connected_to', 'u_name', 'status_id', 'status_name'],
	...['total_forms', 'completed_forms', 'total_user_forms', 'total_completed_user_forms'],
	...['total_user_mandatory_forms', 'total_completed_user_mandatory_forms'],
	...['total_order', 'total_paid', 'total_balance'],
];

/**
 * What was requested of a user besides the progress: values of fields, cart, payments and so on. A
 * list nests it in `doc` (documented, getuserlist); whether the response for one user does, or has
 * it at the top, is not documented.
 */
export const fieldsOf = (record: IDataObject): IDataObject => ({
	...omit(record, COVERED),
	...(isObject(record.doc) ? record.doc : {}),
});
