import type { IExecuteFunctions } from 'n8n-workflow';

import { asText } from '../../../shared/values/text';

/** The Regpack Trigger that started an execution. */
export interface Waiting {
	/** Its event type. */
	event: string | undefined;
	/** The value of its parameter Respond. */
	responseMode: string | undefined;
}

/** The data of other nodes, as expressions get it. */
type NodeData = (name: string) => { isExecuted: boolean; params: Record<string, unknown> };

/**
 * The trigger whose delivery waits for a reply; `undefined` when another trigger started the
 * execution.
 */
export function waitingTrigger(context: IExecuteFunctions, index: number): Waiting | undefined {
	const dataOf = context.getWorkflowDataProxy(index).$ as NodeData;
	const triggers = context
		.getParentNodes(context.getNode().name)
		.filter(({ type }) => type.endsWith('.regpackTrigger') || type === 'regpackTrigger')
		.map(({ name }) => dataOf(name))
		.filter(({ isExecuted }) => isExecuted);
	if (triggers.length === 0) return undefined;
	const [{ params }] = triggers;
	return {
		event: asText(params.events) ?? undefined,
		responseMode: asText(params.responseMode) ?? undefined,
	};
}
