import type { IExecuteFunctions } from 'n8n-workflow';

import { requestBody, tableProperties, type FieldTable } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { statusSetResponse } from '../../api/responseSchemas';
import { usedStatuses } from '../../api/statuses';
import { call } from '../../api/transport';
import { MAX_READ } from '../../api/userLists';
import { countIn } from '../../events/numbers';
import { project } from '../fields';
import { idOrName, isSameName, keptPerExecution, nameToFind } from './byName';
import { aboutUser, user } from './fields';

const table: FieldTable = {
	main: [
		user,
		{
			key: 'status_id',
			property: locator('status', { name: 'statusId' }),
			convert: idOrName,
			required: true,
		},
		project,
	],
};

const readIds = keptPerExecution<string[]>();

/**
 * The IDs of the statuses with a name on the first page of users that has one: several if Regpack
 * lets names be alike, which is not documented; none if no user has it.
 */
async function idsByName(
	context: IExecuteFunctions,
	groupId: unknown,
	name: string,
): Promise<string[]> {
	for await (const statuses of usedStatuses(context, { groupId })) {
		const ids = statuses.filter((status) => isSameName(status.name, name)).map(({ id }) => id);
		if (ids.length > 0) return ids;
	}
	return [];
}

/** @throws NodeOperationError when the name stands for no status, or for several */
async function statusByName(
	context: IExecuteFunctions,
	groupId: unknown,
	name: string,
	refuse: ParameterErrorFactory,
): Promise<number> {
	const [id, ...others] = await readIds(
		context,
		[groupId, name],
		async () => await idsByName(context, groupId, name),
	);
	if (others.length > 0)
		throw refuse(
			`Several statuses are called "${name}"`,
			`Give one by its ID: ${[id, ...others].join(', ')}.`,
		);
	if (id !== undefined) return Number(id);
	throw refuse(
		`No user has the status "${name}"`,
		`Regpack lists no statuses, so one is found by name only while one of the first ${MAX_READ} users has it. Give its ID, which is under User Management > Tools > Edit Statuses.`,
	);
}

/**
 * `set_status` of users: `status_id` is at the top level, and `doc` is sent empty (documented,
 * setstatus). No call lists the statuses.
 */
export const setStatus: Operation = {
	value: 'setStatus',
	name: 'Set Status',
	action: 'Set status of user',
	description: 'Set or clear the status of a user',
	fields: tableProperties(table),
	schema: statusSetResponse,
	async run(context, index, hint) {
		const { status_id: status, ...body } = requestBody(context, index, table);
		const name = nameToFind(status);
		const status_id =
			name === undefined
				? status
				: await statusByName(context, body.group_id, name, parameterError(context, index));
		const response = await call(context, {
			...aboutUser,
			action: 'set_status',
			body: { ...body, status_id, doc: {} },
			advice: 'Check both IDs: the user must be in the project, and so must the status.',
		});
		if (countIn(response.effected_users) === 0) {
			hint(
				'For at least one item, Regpack changed the status of no user: see effected_users, and check both IDs.',
			);
		}
		return response;
	},
};
