import type { IExecuteFunctions } from 'n8n-workflow';

/** How often n8n has run this node in an execution: with Retry On Fail, only the last try gives up. */
const tries = new Map<string, number>();

const MOST_REMEMBERED = 1000;

/** Counts a try. n8n tries 2 to 5 times, 3 unless the node says otherwise (read in n8n-core 2.41). */
export function isLastTry(context: IExecuteFunctions): boolean {
	const { retryOnFail, maxTries } = context.getNode();
	if (!retryOnFail) return true;
	const execution = context.getExecutionId();
	const count = (tries.get(execution) ?? 0) + 1;
	tries.set(execution, count);
	if (tries.size > MOST_REMEMBERED) tries.delete(tries.keys().next().value as string);
	return count >= Math.min(5, Math.max(2, maxTries || 3));
}
