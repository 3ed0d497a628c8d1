import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import { z } from 'zod';

import {
	requestBody,
	tableProperties,
	textRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { userResponse } from '../../api/responseSchemas';
import { parseId } from '../../api/ids';
import { post, call } from '../../api/transport';
import { project } from '../fields';
import { compareUpdate, type Verdict } from './compareUpdate';
import { aboutUser, switches, user } from './fields';
import { toFieldValues, valueRows } from './values';

const check: INodeProperties[] = [
	{
		displayName: 'Check the Result',
		name: 'check',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the fields back and report whether each holds what was sent. Regpack changes nothing, and may not say so, if the user is not in the project or has no form with the field, or if the field or the answer does not exist. This takes one more request.',
	},
	{
		displayName: 'On Mismatch',
		name: 'ifNotAsSent',
		type: 'options',
		default: 'warn',
		description: 'What to do when a field does not hold what was sent',
		options: [
			{
				name: 'Continue',
				value: 'warn',
				description: 'Output the item with the results in its field verified, and show a warning',
			},
			{ name: 'Stop', value: 'fail', description: 'Let this item fail; the update remains sent' },
		],
		displayOptions: { show: { check: [true] } },
	},
];

const table: FieldTable = {
	main: [user, ...valueRows, ...switches, ...check, project],
	additional: [
		{
			...textRow(
				'connected_to',
				'Parent ID',
				'parentId',
				"The ID of a child's parent, which an example of Regpack sends",
				{
					placeholder: 'e.g. 200001',
				},
			),
			convert: parseId,
		},
	],
};

const WHY =
	'Regpack changes nothing if the user is not in the project or has no form with the field, or if the field or the answer does not exist. It may also show a value differently from how it was sent.';

/** Reads the sent fields back and compares them, with the reason why some may not match. */
async function checkUpdate(
	context: IExecuteFunctions,
	{ clogin_id, group_id, doc }: IDataObject,
): Promise<{ verdicts: Record<string, Verdict>; reason: string }> {
	const fields = mapValues(doc as IDataObject, () => true);
	const request = {
		endpoint: 'users',
		action: 'get_info',
		body: { clogin_id, group_id, doc: fields },
		isRead: true,
	} as const;
	const { response, error } = await post(context, request);
	if (!error)
		return {
			verdicts: compareUpdate(doc as IDataObject, response.body as IDataObject),
			reason: WHY,
		};
	return {
		verdicts: mapValues(fields, () => 'not checked'),
		reason: `They could not be read back: ${error.message}.`,
	};
}

/**
 * `update` of users: values of form fields (documented, update). In three documented cases nothing
 * changes, and what Regpack responds then is not documented, so a success is no proof. That is why
 * the fields are read back.
 */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update user',
	description: "Change values of a user's form fields",
	fields: tableProperties(table),
	schema: userResponse
		.extend({ verified: z.object({}).catchall(z.string()).nullish() })
		.passthrough(),
	async run(context, index, hint) {
		const refuse = parameterError(context, index);
		const given = requestBody(context, index, table);
		const body = { ...given, doc: toFieldValues(given.doc as IDataObject, refuse) };
		const response = await call(context, { ...aboutUser, action: 'update', body });
		if (!context.getNodeParameter('check', index, true)) return response;
		const { verdicts, reason } = await checkUpdate(context, body);
		const mismatches = Object.keys(verdicts).filter((name) => verdicts[name] !== 'as sent');
		if (
			mismatches.length > 0 &&
			context.getNodeParameter('ifNotAsSent', index, 'warn') === 'fail'
		) {
			throw refuse(`The update was sent, but it does not show in ${mismatches.join(', ')}`, reason);
		}
		if (mismatches.length > 0)
			hint(
				`Not every update shows in what Regpack holds: see the field verified of each item. ${reason}`,
			);
		return { ...response, verified: verdicts };
	},
};
