import type { Operation } from '../../../api/define';
import { limit, returnAll } from '../../../api/fields';
import { withListInfo } from '../../../api/list';
import { job } from '../../answers';
import { entryOf } from '../../entries';
import { readList } from '../read';

/** GET /job, by the root's link: those that the API user may see (documented, guide on discovery). */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many jobs',
	description: 'Retrieve a list of many jobs',
	fields: [returnAll, limit],
	schema: withListInfo(job),
	async run(context, index, hint) {
		return await readList(context, index, hint, { link: await entryOf(context, 'jobs') });
	},
};
