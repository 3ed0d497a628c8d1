import type { IDataObject } from 'n8n-workflow';

import { requestBody, tableProperties, type FieldRow } from '../../../shared/actions/fieldTable';
import { listOperations, type Count } from '../../../shared/actions/list';
import {
	LIMIT_MAYBE_REACHED,
	LIMIT_REACHED,
	type PartialList,
} from '../../../shared/actions/listInfo';
import { userPages, type UserPage } from '../../api/pagination';
import { project } from '../fields';
import { records } from '../records';
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

/** What to read of each user, and what selects the users. */
const details = selection([]);
const where = [filters, project];

/** Why the pages that were read are not all, if they are not. */
function partialOf(
	{ total, next, isLast }: UserPage,
	found: number,
	max: number,
): PartialList | undefined {
	// Whether the total counts children is not documented.
	if (found > max || (total !== null && total > next.users + next.children))
		return { reason: LIMIT_REACHED, total, isRequested: true };
	const mayHaveMore = !isLast && (total === null || total > next.users);
	return mayHaveMore ? { reason: LIMIT_MAYBE_REACHED, total, isRequested: true } : undefined;
}

/** The total as far as the first page tells it. */
function totalOf({ total, next, isLast }: UserPage, doc: IDataObject): Count {
	const read = next.users + next.children;
	if (isLast || (doc.only_parents === true && total !== null))
		return { count: isLast ? read : Math.max(read, total ?? 0), isAtLeast: false, reason: null };
	return {
		count: Math.max(read, total ?? 0),
		isAtLeast: true,
		reason:
			total === null
				? `Regpack did not say how many users there are beyond the first ${read}.`
				: 'Regpack does not document whether its total counts children. In a project without families, the count is exact.',
	};
}

/**
 * `get_user_list` of users (documented, getuserlist), read as `userPages` does. Children are items
 * of their own, linked by `connectedTo`; `return_families`, which would nest them under an
 * undocumented key, is not used.
 */
export const list = listOperations({
	objects: 'users',
	details: tableProperties({ main: details }),
	filters: tableProperties({ main: where }),
	record: records.user,
	countPages: 1,
	async read(context, index, limits) {
		const { group_id: groupId, doc } = requestBody(context, index, {
			main: [...where, ...details],
		}) as { group_id?: number; doc: IDataObject };
		const found: IDataObject[] = [];
		let pages = 0;
		for await (const page of userPages(context, { groupId, doc })) {
			found.push(...page.users, ...page.children);
			pages++;
			if (found.length < limits.records && pages < limits.pages) continue;
			return {
				records: found.slice(0, limits.records),
				partial: partialOf(page, found.length, limits.records),
				total: totalOf(page, doc),
			};
		}
		return { records: found };
	},
});
