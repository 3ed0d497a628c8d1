import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { readCredential } from '../../../shared/http/credential';
import { call, JOFI_CREDENTIAL, type Call } from '../../api/transport';

/** Documented (api/api-keys). */
const TEST_KEY = /^\s*sk_test/;

/** The Options of an operation that writes. */
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
				'Whether to continue with a test key. JOFI then makes up the response, stores nothing and sends nothing to anyone.',
		},
	],
};

/** The message whenever a test key is refused. */
export const TEST_KEY_REFUSED = 'The API key is a test key: the invitation would reach nobody';

const testKeyError = (context: IExecuteFunctions, itemIndex: number) =>
	new NodeOperationError(context.getNode(), TEST_KEY_REFUSED, {
		itemIndex,
		description:
			'JOFI stores nothing with a test key. Use a live key, or turn on the option Accept a Test Key to try things out.',
	});

const acceptsTestKey = (context: IExecuteFunctions, itemIndex: number): boolean =>
	(context.getNodeParameter(writeOptions.name, itemIndex, {}) as IDataObject).acceptTestKey ===
	true;

/**
 * Refuses a test key that is not accepted, as far as the key's documented beginning shows that it is
 * one.
 *
 * @throws NodeOperationError
 */
export async function refuseTestKey(context: IExecuteFunctions, itemIndex: number): Promise<void> {
	if (acceptsTestKey(context, itemIndex)) return;
	const { apiKey } = await readCredential<{ apiKey: unknown }>(context, JOFI_CREDENTIAL);
	if (TEST_KEY.test(String(apiKey))) throw testKeyError(context, itemIndex);
}

/**
 * Makes a call that writes, or leads to one that does, unless a test key would only make it look
 * like a success. The key's documented beginning shows that it is one; failing that, the mode of
 * the response does.
 *
 * @throws NodeOperationError for a test key that is not accepted, before the call if the key shows
 * it; NodeApiError as `call` does
 */
export async function callToWrite(
	context: IExecuteFunctions,
	itemIndex: number,
	request: Call,
): Promise<IDataObject> {
	await refuseTestKey(context, itemIndex);
	const response = await call(context, request);
	if (response.mode === 'test' && !acceptsTestKey(context, itemIndex))
		throw testKeyError(context, itemIndex);
	return response;
}
