import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { done } from '../../api/responseSchemas';
import { idOf, locatedId } from '../../api/ids';
import { apiPath, call } from '../../api/transport';
import { applicationField } from '../application/locator';

const step: INodeProperties = {
	displayName: 'Step ID',
	name: 'stepId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 21',
	description: 'The step that becomes the current one of the application',
	hint: "Process: Get shows the IDs of a process's steps",
};

/**
 * POST /step (documented, reference: add a new process step). The answer has neither an ID nor an object
 * (documented), so what was asked is put out with it. Unknown: which moves are refused, what a step that is
 * the current one already does, and whether webhooks are called for it.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create step change',
	description: 'Move an application to a step of its process',
	fields: [applicationField, step],
	schema: done.extend({ application_id: z.number(), process_step_id: z.number() }),
	async run(context, index) {
		const body = {
			application_id: locatedId(context, 'application', applicationField, index),
			process_step_id: idOf(context, step, index),
		};
		const answer = await call(context, {
			method: 'POST',
			link: apiPath`/step`,
			body,
			advice:
				'Check both IDs. Process: Get shows those of the steps. "Permission denied" means that the API user may not see or use what the ID names.',
		});
		return { ...answer, ...body };
	},
};
