import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { triggerOptionsOf } from '../events/options';
import type { WebhookSource } from './source';
import { missingSettings, readConfig } from './verification/config';
import { METHOD_LABELS } from './verification/credentialLabels';

const REMEDY =
	'To publish now and have every delivery refused until then, turn on Allow Incomplete Credential in the Options of the trigger.';

/** Why no delivery could be accepted, and what to do; `undefined` when one can. */
async function problemIn(
	context: IHookFunctions,
	{ provider, credential }: WebhookSource,
): Promise<string | undefined> {
	const { credentials, name } = context.getNode();
	const isByCredential = context.getNodeParameter('authentication', 'credential') === 'credential';
	const chosen = isByCredential ? credentials?.[credential.name] : undefined;
	if (isByCredential && !chosen?.id)
		return `${name} has no credential yet. Choose or create one in the trigger.`;
	const config = await readConfig(context, credential);
	const missing = missingSettings(config);
	if (missing.length === 0) return undefined;
	const held = chosen ? `the credential '${chosen.name}'` : name;
	if (config.method === 'notAgreed')
		return `${held} says ${METHOD_LABELS.notAgreed}. Ask ${provider.label} how it proves its deliveries, and enter that in the credential.`;
	return config.method !== 'address' && config.secrets.length === 0
		? `${held} has no secret yet. Enter it, and publish again.`
		: `${held} is not complete. ${missing.join(' ')}`;
}

/**
 * Runs when a workflow is published: a trigger that could accept no delivery would look like a
 * success, while all events stay away.
 *
 * @throws NodeOperationError when no delivery could be accepted and the user did not allow that
 */
export async function checkCredential(
	context: IHookFunctions,
	source: WebhookSource,
): Promise<void> {
	if (context.getMode() === 'manual') return;
	const settings = context.getNodeParameter('settings', {});
	if (triggerOptionsOf(settings, source.dedupe).allowIncompleteCredential) return;
	const problem = await problemIn(context, source);
	if (problem !== undefined)
		throw new NodeOperationError(context.getNode(), `Not published: ${problem} ${REMEDY}`);
}
