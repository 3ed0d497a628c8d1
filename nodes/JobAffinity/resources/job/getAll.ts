import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll } from '../../../shared/actions/fields';
import { withListInfo } from '../../../shared/actions/listInfo';
import { job } from '../../api/responseSchemas';
import { rootLink } from '../../api/rootLinks';
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
		return await readList(context, index, hint, { link: await rootLink(context, 'jobs') });
	},
};
