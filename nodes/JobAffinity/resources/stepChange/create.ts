import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { locatorText } from '../../../shared/actions/resourceLocator';
import { textAt } from '../../../shared/values/text';
import { PERMISSION_DENIED } from '../../api/errors';
import { idOf, parseId } from '../../api/ids';
import { locator } from '../../api/listSearch';
import { stepNamed, stepsOf } from '../../api/processes';
import { locatedCall, locatedId, recordLocator } from '../../api/recordLocator';
import { postResponse } from '../../api/responseSchemas';
import { apiPath, call } from '../../api/transport';

const byIdAndList = locator('step');
const [list, id] = byIdAndList.modes!;

const step: INodeProperties = {
	...byIdAndList,
	name: 'stepId',
	required: true,
	modes: [
		list,
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Interview',
			hint: "Looked up in the application's own process, which takes three more requests",
		},
		{ ...id, hint: "Process: Get shows the IDs of a process's steps" },
	],
};

/** Whether a step is given by its name; where an expression replaces the parameter, by its text. */
function isNamed(context: IExecuteFunctions, index: number): boolean {
	const value = context.getNodeParameter(step.name, index, '') as IDataObject | null;
	const mode = textAt(value, 'mode');
	const text = locatorText(value);
	return mode === 'name' || (mode === null && text !== null && !/^-?[\d.]+$/.test(text));
}

/** The ID of the step to move to. */
async function stepIdOf(context: IExecuteFunctions, index: number): Promise<number> {
	const text = locatorText(context.getNodeParameter(step.name, index, ''));
	if (text === null || !isNamed(context, index)) return idOf(context, step, index);
	const createError = parameterError(context, index);
	const process = await stepsOf(context, locatedCall(context, 'application', index));
	const found = stepNamed(process, text, createError);
	return parseId('The ID of the step', textAt(found, 'id') ?? '', createError);
}

/**
 * POST /step (documented, reference: add a new process step). The response has neither an ID nor an
 * object (documented), so the output adds the IDs of the request. Unknown: which moves are
 * rejected, what happens if the step already is the current one, and whether it triggers webhooks.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create step change',
	description: 'Move an application to a step of its process, by the name or the ID of the step',
	fields: [recordLocator('application'), step],
	schema: postResponse.extend({ application_id: z.number(), process_step_id: z.number() }),
	async run(context, index) {
		const body = {
			application_id: locatedId(context, 'application', index),
			process_step_id: await stepIdOf(context, index),
		};
		const response = await call(context, {
			method: 'POST',
			link: apiPath`/step`,
			body,
			advice: `Check both IDs. Process: Get shows those of the steps. ${PERMISSION_DENIED}`,
		});
		return { ...response, ...body };
	},
};
