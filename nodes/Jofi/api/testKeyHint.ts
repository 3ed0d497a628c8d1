import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { call, JOFI_CREDENTIAL, type Call } from './transport';

/**
 * Tells a person at the editor that what they see is made up. JOFI labels every answer to a test key
 * with the mode `test` (documented, api/api-keys); of the assessments alone the data is real.
 */
export function addTestKeyHint(context: IExecuteFunctions, items: readonly INodeExecutionData[]): void {
	if (!items.some(({ json }) => json.mode === 'test')) return;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message:
			'The API key is a test key: JOFI makes up all records but assessments, and stores nothing. Use a live key for real ones.',
	});
}

/** Documented (api/api-keys). */
const TEST_KEY = /^\s*sk_test/;

/** The parameter Options of an operation that writes. */
export const writeOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Accept a Test Key',
			name: 'acceptTestKey',
			type: 'boolean',
			default: false,
			description:
				'Whether to go on with a test key, with which JOFI makes up the answer, stores nothing and sends nothing to anybody',
		},
	],
};

const refusal = (context: IExecuteFunctions, itemIndex: number) =>
	new NodeOperationError(context.getNode(), 'The API key is a test key: the invitation would reach nobody', {
		itemIndex,
		description: 'JOFI stores nothing with a test key. Use a live key, or turn on the option Accept a Test Key to try things out.',
	});

/**
 * Makes calls that write, and those that lead to them, but none that a test key makes look like a success.
 * Of the key only its documented beginning is looked at; where that does not tell, the mode of the answer does.
 *
 * @throws NodeOperationError for a test key that is not accepted, before the call where the key shows it;
 * NodeApiError as `call` does
 */
export async function callToWrite(context: IExecuteFunctions, itemIndex: number, request: Call): Promise<IDataObject> {
	const { acceptTestKey } = context.getNodeParameter(writeOptions.name, itemIndex, {}) as IDataObject;
	if (acceptTestKey === true) return await call(context, request);
	const { apiKey } = await context.getCredentials<{ apiKey: unknown }>(JOFI_CREDENTIAL);
	if (TEST_KEY.test(String(apiKey))) throw refusal(context, itemIndex);
	const answer = await call(context, request);
	if (answer.mode === 'test') throw refusal(context, itemIndex);
	return answer;
}
