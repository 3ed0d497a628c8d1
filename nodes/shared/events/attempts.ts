import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * How often n8n has run this node in an execution: with Retry On Fail, only the last attempt gives
 * up.
 */
const attempts = new Map<string, number>();

const MAX_REMEMBERED = 1000;

/**
 * Counts an attempt. n8n makes 2 to 5 attempts, 3 unless the node says otherwise (read in n8n-core
 * 2.41).
 */
export function isLastAttempt(context: IExecuteFunctions): boolean {
	const { retryOnFail, maxTries } = context.getNode();
	if (!retryOnFail) return true;
	const execution = context.getExecutionId();
	const count = (attempts.get(execution) ?? 0) + 1;
	attempts.set(execution, count);
	if (attempts.size > MAX_REMEMBERED) attempts.delete(attempts.keys().next().value as string);
	return count >= Math.min(5, Math.max(2, maxTries || 3));
}
