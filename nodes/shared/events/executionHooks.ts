import type { ExecutionStatus, IExecuteFunctions } from 'n8n-workflow';

/**
 * n8n-core's contexts hold the hooks of their execution, which their type does not show (read in
 * 2.41.1).
 */
type WithHooks = {
	additionalData?: {
		hooks?: {
			retryOf?: string;
			addHandler?: (
				name: 'workflowExecuteAfter',
				handler: (run: { status: ExecutionStatus }) => void,
			) => void;
		};
	};
};

const hooksOf = (context: IExecuteFunctions) =>
	(context as unknown as WithHooks).additionalData?.hooks;

/** The execution that this one retries; `undefined` if n8n does not say. */
export const retriedBy = (context: IExecuteFunctions): string | undefined =>
	hooksOf(context)?.retryOf;

/**
 * Calls `onEnd` when the execution has ended, or starts to wait.
 *
 * @param onEnd gets whether it succeeded; waiting counts as success, as it does for the sender
 * @returns false if n8n would not say, so that it is never called
 */
export function onExecutionEnd(
	context: IExecuteFunctions,
	onEnd: (succeeded: boolean) => void,
): boolean {
	const hooks = hooksOf(context);
	if (!hooks?.addHandler) return false;
	hooks.addHandler('workflowExecuteAfter', ({ status }) =>
		onEnd(status === 'success' || status === 'waiting'),
	);
	return true;
}
