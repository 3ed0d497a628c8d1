import type { IWebhookFunctions } from 'n8n-workflow';

import { nodeOf, triggerIdOf } from '../../events/recentKeys';
import { Rejection } from '../reject';
import { readConfig, type VerificationConfig } from './config';
import type { WebhookCredential } from './credential';

/**
 * How long the rules of a credential are kept, in milliseconds, and so how long a secret works at
 * most after it was taken out of the credential.
 */
const KEPT_MS = 10_000;

/** How often deliveries that are refused may have a credential read anew, in milliseconds. */
const READ_AGAIN_MS = 1000;

/** Whether a delivery is not accepted because its sender is not verified. */
const isRefusal = (error: unknown): boolean =>
	error instanceof Rejection && (error.status === 401 || error.status === 403);

interface KeptConfig {
	config: Promise<VerificationConfig>;
	/** When the credential was read, in milliseconds since 1970. */
	readAt: number;
}

const keptConfigs = new Map<string, KeptConfig>();

/** A clock that was set back makes what was read before it too old. */
const isWithin = ({ readAt }: KeptConfig, milliseconds: number): boolean =>
	Math.abs(Date.now() - readAt) < milliseconds;

/** Reads the credential, and forgets all rules that are too old. */
function readAnew(
	context: IWebhookFunctions,
	credential: WebhookCredential,
	key: string,
): KeptConfig {
	for (const [each, kept] of keptConfigs) {
		if (!isWithin(kept, KEPT_MS)) keptConfigs.delete(each);
	}
	const read = { config: readConfig(context, credential), readAt: Date.now() };
	keptConfigs.set(key, read);
	read.config.catch(() => {
		if (keptConfigs.get(key) === read) keptConfigs.delete(key);
	});
	return read;
}

/**
 * Verifies a delivery with the rules of the trigger's credential. They are kept for ten seconds per
 * workflow, node and credential: outside an execution n8n sets up its expression engine anew to
 * read a credential, which takes longer than all the rest (n8n 2.41.1). A delivery that is refused
 * by kept rules is verified once more by rules read anew, so that a new secret works at once; but
 * at most once a second, or a flood of bad deliveries would have n8n read on and on. A test run
 * always reads.
 *
 * @param verify throws a Rejection when the sender is not verified
 * @throws Rejection
 */
export async function verifyWithConfig<T>(
	context: IWebhookFunctions,
	credential: WebhookCredential,
	verify: (config: VerificationConfig) => Promise<T>,
): Promise<T> {
	const isRead = context.getNodeParameter('authentication', 'credential') === 'credential';
	if (!isRead || context.getMode() === 'manual')
		return await verify(await readConfig(context, credential));

	const chosen = nodeOf(context).credentials?.[credential.name];
	const key = `${triggerIdOf(context)}:${chosen?.id ?? ''}`;
	const held = keptConfigs.get(key);
	const used = held && isWithin(held, KEPT_MS) ? held : readAnew(context, credential, key);
	const verified = verify(await used.config);
	if (!(await verified.then(() => false, isRefusal))) return await verified;
	// Another refused delivery may have read the credential meanwhile.
	const newest = keptConfigs.get(key) ?? used;
	if (newest !== used) return await verify(await newest.config);
	return isWithin(used, READ_AGAIN_MS)
		? await verified
		: await verify(await readAnew(context, credential, key).config);
}
