import { randomBytes } from 'node:crypto';
import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IDataObject,
	type INodeCredentialTestResult,
	type INodeParameters,
} from 'n8n-workflow';

import { missingSettings, verificationConfig, type VerificationConfig } from './config';
import { weaknesses } from './credentialProperties';

/** In bytes; as Base64url, which a URL keeps as it is, 32 characters. */
const NEW_SECRET_LENGTH = 24;

/** A secret in the URL is made up by the user, so one is suggested. */
const suggestionFor = ({ method, secrets }: VerificationConfig): string =>
	method === 'query' && secrets.length === 0
		? ` Copy this new one into Secret: ${randomBytes(NEW_SECRET_LENGTH).toString('base64url')}`
		: '';

/** What could be safer, in the sentences that the credential shows below its fields. */
const weaknessesOf = (data: ICredentialDataDecryptedObject): string[] =>
	weaknesses
		.filter((notice) => NodeHelpers.displayParameter(data as INodeParameters, notice, null, null))
		.map(({ displayName }) => displayName);

/**
 * Tests a webhook credential. There is no service to call, so it checks only the fields.
 *
 * n8n shows the message of an error below "Couldn't connect with these settings", and no message of
 * a success (2.41.1). So what is missing is an error, but what is merely weak is not: a notice below
 * the fields says so. That nothing is agreed yet is an error without a message, which n8n shows
 * neither in red nor in green; the notice says what it means.
 */
export async function checkWebhookCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const config = verificationConfig(data as IDataObject);
	if (config.method === 'notAgreed') return { status: 'Error', message: '' };
	const missing = missingSettings(config);
	if (missing.length > 0) {
		return {
			status: 'Error',
			message: `No delivery can be accepted yet. ${missing.join(' ')}${suggestionFor(config)}`,
		};
	}
	const invalid = config.allowlist?.invalid ?? [];
	if (invalid.length > 0) {
		return {
			status: 'Error',
			message: `The IP allowlist has invalid entries, which count for nothing: ${invalid.join(', ')}.`,
		};
	}
	return {
		status: 'OK',
		message: ['Complete. Choose it in the trigger, and publish.', ...weaknessesOf(data)].join(' '),
	};
}
