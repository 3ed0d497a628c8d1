import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { PERMISSION_DENIED } from '../../api/errors';
import { idOf } from '../../api/ids';
import { locatedId, recordLocator } from '../../api/recordLocator';
import { postResponse } from '../../api/responseSchemas';
import { apiPath, call } from '../../api/transport';

const step: INodeProperties = {
	displayName: 'Step ID',
	name: 'stepId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 21',
	description: 'The step to move the application to',
	hint: "Process: Get shows the IDs of a process's steps",
};

/**
 * POST /step (documented, reference: add a new process step). The response has neither an ID nor an
 * object (documented), so the output adds the IDs of the request. Unknown: which moves are
 * rejected, what happens if the step already is the current one, and whether it triggers webhooks.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create step change',
	description: 'Move an application to a step of its process',
	fields: [recordLocator('application'), step],
	schema: postResponse.extend({ application_id: z.number(), process_step_id: z.number() }),
	async run(context, index) {
		const body = {
			application_id: locatedId(context, 'application', index),
			process_step_id: idOf(context, step, index),
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
