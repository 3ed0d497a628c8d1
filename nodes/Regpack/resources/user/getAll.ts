import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll, simplify } from '../../../shared/actions/fields';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED, withListInfo } from '../../../shared/actions/listInfo';
import { user } from '../../api/responseSchemas';
import { simplified } from '../../api/simplify';
import { userPages } from '../../api/pagination';
import { project, projectIn } from '../fields';
import { selected, selection } from './selection';

/** The filters there are (documented, getuserlist): none by date, status, tag or email address. */
const filters: INodeProperties[] = [
	{
		displayName: 'Excluded Users',
		name: 'excluded',
		type: 'options',
		default: 'without',
		description: 'Whether users come whose status excludes them',
		options: [
			{ name: 'Excluded Users Only', value: 'only_excluded' },
			{ name: 'With Excluded Users', value: 'with_excluded' },
			{ name: 'Without Excluded Users', value: 'without' },
		],
	},
	{
		displayName: 'Family Members',
		name: 'family',
		type: 'options',
		default: 'all',
		description: 'Who comes in a family system',
		options: [
			{ name: 'Children Only', value: 'only_children' },
			{ name: 'Parents and Children', value: 'all' },
			{ name: 'Parents Only', value: 'only_parents' },
		],
	},
];

/** The flags of the filters that are set; the others are the API's defaults. */
const flagsOf = ({ excluded = 'without', family = 'all' }: IDataObject): IDataObject =>
	Object.fromEntries(
		[excluded, family].filter((flag) => flag !== 'without' && flag !== 'all').map((flag) => [flag, true]),
	) as IDataObject;

/**
 * `get_user_list` of users (documented, getuserlist), read as `userPages` does. Children are items of their own, told
 * by `connectedTo`; `return_families`, which would nest them under a key that is not documented, is not used.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of many users',
	fields: [
		returnAll,
		limit,
		{ displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options: filters },
		...selection([]),
		simplify,
		project,
	],
	schema: withListInfo(user),
	async run(context, index, hint) {
		const all = context.getNodeParameter('returnAll', index, false) as boolean;
		const most = all ? Infinity : (context.getNodeParameter('limit', index, 50) as number);
		const doc = { ...flagsOf(context.getNodeParameter('filters', index, {}) as IDataObject), ...selected(context, index) };
		const found: IDataObject[] = [];
		for await (const { users, children, total, next } of userPages(context, { groupId: projectIn(context, index), doc })) {
			found.push(...users, ...children);
			if (found.length < most) continue;
			// Whether the total counts children is not documented.
			const isSure = found.length > most || (total !== null && total > next.users + next.children);
			if (isSure) hint.partial({ reason: LIMIT_REACHED, total, isRequested: true });
			else if (total === null || total > next.users) hint.partial({ reason: LIMIT_MAYBE_REACHED, total, isRequested: true });
			break;
		}
		const wanted = found.slice(0, most);
		return context.getNodeParameter('simplify', index, true) ? wanted.map(simplified) : wanted;
	},
};
