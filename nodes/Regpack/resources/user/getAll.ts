import type { IDataObject } from 'n8n-workflow';

import {
	requestBody,
	tableProperties,
	type FieldRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { limit, returnAll, simplify } from '../../../shared/actions/fields';
import { LIMIT_MAYBE_REACHED, LIMIT_REACHED, withListInfo } from '../../../shared/actions/listInfo';
import { user } from '../../api/responseSchemas';
import { simplifyUser } from '../../api/simplify';
import { userPages } from '../../api/pagination';
import { project } from '../fields';
import { selection } from './selection';

/** The flag of each filter that is set, as `true`. */
const flagsOf = ({ excluded = 'without', family = 'all' }: IDataObject): IDataObject =>
	Object.fromEntries(
		[excluded, family]
			.filter((flag) => flag !== 'without' && flag !== 'all')
			.map((flag) => [flag, true]),
	);

/**
 * All filters that there are (documented, getuserlist): none by date, status, tag or email address.
 */
const filters: FieldRow = {
	key: 'doc',
	property: {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Excluded Users',
				name: 'excluded',
				type: 'options',
				default: 'without',
				description: 'Whether to get users whose status excludes them',
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
				description: 'Whom to get in a family system',
				options: [
					{ name: 'Children Only', value: 'only_children' },
					{ name: 'Parents and Children', value: 'all' },
					{ name: 'Parents Only', value: 'only_parents' },
				],
			},
		],
	},
	convert: (_label, value) => flagsOf(value as IDataObject),
};

const table: FieldTable = {
	main: [returnAll, limit, filters, ...selection([]), simplify, project],
};

/**
 * `get_user_list` of users (documented, getuserlist), read as `userPages` does. Children are items
 * of their own, linked by `connectedTo`; `return_families`, which would nest them under an
 * undocumented key, is not used.
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of many users',
	fields: tableProperties(table),
	schema: withListInfo(user),
	async run(context, index, hint) {
		const all = context.getNodeParameter('returnAll', index, false) as boolean;
		const max = all ? Infinity : (context.getNodeParameter('limit', index, 50) as number);
		const { group_id: groupId, doc } = requestBody(context, index, table) as {
			group_id?: number;
			doc: IDataObject;
		};
		const found: IDataObject[] = [];
		for await (const { users, children, total, next } of userPages(context, { groupId, doc })) {
			found.push(...users, ...children);
			if (found.length < max) continue;
			// Whether the total counts children is not documented.
			const isSure = found.length > max || (total !== null && total > next.users + next.children);
			if (isSure) hint.partial({ reason: LIMIT_REACHED, total, isRequested: true });
			else if (total === null || total > next.users)
				hint.partial({ reason: LIMIT_MAYBE_REACHED, total, isRequested: true });
			break;
		}
		const limited = found.slice(0, max);
		return context.getNodeParameter('simplify', index, true) ? limited.map(simplifyUser) : limited;
	},
};
