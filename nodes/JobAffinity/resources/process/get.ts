import type { Operation } from '../../../shared/actions/operation';
import { process } from '../../api/responseSchemas';
import { locatedCall, locatorWithoutList } from '../../api/recordLocator';
import { call } from '../../api/transport';

/** No list of processes is documented; a job names its own, in the old generation by link alone. */
const field = locatorWithoutList('process', {
	displayName: 'Process',
	placeholder: 'e.g. 12',
	description: 'The recruitment process',
	hint: 'Job: Get shows it as process.id, and the link as process._self',
});

/** GET /process/{processid} (documented, reference: get process by ID). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get process',
	description: 'Retrieve one recruitment process with its steps',
	fields: [field],
	schema: process,
	async run(context, index) {
		return await call(context, locatedCall(context, 'process', field, index));
	},
};
