import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

/** Credentials by type, for each context that has read one. */
const credentials = new WeakMap<object, Map<string, Promise<ICredentialDataDecryptedObject>>>();

/**
 * A credential of the node, read once for each execution or poll. n8n decrypts it at each reading,
 * and outside of executions it also starts an expression engine for that, which takes longer than
 * most requests (measured on 2.41.1).
 *
 * @throws what n8n throws, e.g. when the node has no such credential; then the next call reads again
 */
export async function readCredential<T extends object = ICredentialDataDecryptedObject>(
	context: Pick<IPollFunctions, 'getCredentials'>,
	type: string,
): Promise<T & ICredentialDataDecryptedObject> {
	const known =
		credentials.get(context) ?? new Map<string, Promise<ICredentialDataDecryptedObject>>();
	credentials.set(context, known);
	const reading = known.get(type) ?? context.getCredentials(type);
	known.set(type, reading);
	reading.catch(() => known.delete(type));
	return (await reading) as T & ICredentialDataDecryptedObject;
}
