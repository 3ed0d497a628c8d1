import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { userAnswer } from '../../api/responseSchemas';
import { idIn, idOf } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { post, call, type Call } from '../../api/transport';
import { additionalFields, additionalIn, project, projectIn, text } from '../fields';
import { CHECK_USER, switches, switchesIn } from './fields';
import { valueFields, valuesIn } from './values';
import { compareUpdate, type Verdict } from './compareUpdate';

const user = locator('user', { required: true });

const parent = text('Parent ID', 'parentId', "The ID of a child's parent, which an example of Regpack sends along", {
	placeholder: 'e.g. 200001',
});

const check: INodeProperties[] = [
	{
		displayName: 'Check the Result',
		name: 'check',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the fields back and say of each whether it holds what was sent. Regpack changes nothing, and may not say so, where the user is not in the project, has no form with the field, or the field or the answer does not exist. It costs one more request.',
	},
	{
		displayName: 'On Mismatch',
		name: 'ifNotAsSent',
		type: 'options',
		default: 'warn',
		description: 'What to do when a field does not hold what was sent',
		options: [
			{ name: 'Continue', value: 'warn', description: 'Put out the item, whose field verified tells, and show a warning' },
			{ name: 'Stop', value: 'fail', description: 'Let this item fail; the update stays sent' },
		],
		displayOptions: { show: { check: [true] } },
	},
];

const WHY =
	'Regpack changes nothing where the user is not in the project or has no form with the field, or where the field or the answer does not exist. It may also show a value in another way than it was sent.';

/** What reading the fields back shows of each, and what to tell about those that are not as sent. */
async function checked(
	context: IExecuteFunctions,
	sent: IDataObject,
	read: Pick<Call, 'groupId' | 'fields'>,
): Promise<{ verdicts: Record<string, Verdict>; reason: string }> {
	const doc = Object.fromEntries(Object.keys(sent).map((name) => [name, true]));
	const { answer, refusal } = await post(context, { endpoint: 'users', action: 'get_info', ...read, doc, isRead: true });
	if (!refusal) return { verdicts: compareUpdate(sent, answer.body as IDataObject), reason: WHY };
	return { verdicts: mapValues(doc, () => 'not checked'), reason: `Regpack did not let them be read: ${refusal.message}.` };
}

/**
 * `update` of users: values of the fields of forms (documented, update). In three documented cases nothing changes, and
 * what is answered then is not documented, so a success is no proof; hence reading back.
 */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update user',
	description: "Change values of a user's form fields",
	fields: [user, ...valueFields, ...switches, ...check, project, additionalFields([parent])],
	schema: userAnswer
		.extend({ verified: z.object({}).catchall(z.string()).nullish() })
		.passthrough(),
	async run(context, index, hint) {
		const refuse = parameterError(context, index);
		const clogin_id = idOf(context, user, index);
		const groupId = projectIn(context, index);
		const connected_to = idIn(parent.displayName, additionalIn(context, index).parentId, refuse);
		const doc = valuesIn(
			context.getNodeParameter('values', index, {}) as Parameters<typeof valuesIn>[0],
			context.getNodeParameter('additionalFieldsJson', index, '{}'),
			refuse,
		);
		const answer = await call(context, {
			endpoint: 'users',
			action: 'update',
			groupId,
			fields: { clogin_id, ...(connected_to !== undefined && { connected_to }), ...switchesIn(context, index) },
			doc,
			object: 'user',
			id: String(clogin_id),
			advice: CHECK_USER,
		});
		if (!context.getNodeParameter('check', index, true)) return answer;
		const { verdicts, reason } = await checked(context, doc, { groupId, fields: { clogin_id } });
		const others = Object.keys(verdicts).filter((name) => verdicts[name] !== 'as sent');
		if (others.length > 0 && context.getNodeParameter('ifNotAsSent', index, 'warn') === 'fail') {
			throw refuse(`The update was sent, but it does not show in ${others.join(', ')}`, reason);
		}
		if (others.length > 0) hint(`Not every update shows in what Regpack holds: see the field verified of each item. ${reason}`);
		return { ...answer, verified: verdicts };
	},
};
