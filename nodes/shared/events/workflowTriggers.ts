import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { nodeOf } from './recentKeys';

/** n8n-core's contexts hold the whole workflow, which their type does not show (read in 2.41.1). */
type WithWorkflow = { workflow?: { nodes?: Record<string, INode> } };

/** What every node type of the package that runs begins with. */
export const packagePrefixOf = (context: IExecuteFunctions): string => {
	const { type } = nodeOf(context);
	return type.slice(0, type.lastIndexOf('.') + 1);
};

/** This package's triggers in the workflow, whether or not they lead to the same nodes. */
export function triggersOf(context: IExecuteFunctions): INode[] {
	const prefix = packagePrefixOf(context);
	const nodes = Object.values((context as unknown as WithWorkflow).workflow?.nodes ?? {});
	return nodes.filter(
		({ disabled, type }) => !disabled && type.startsWith(prefix) && type.endsWith('Trigger'),
	);
}

/**
 * The value of another node's parameter; one that only that node can evaluate counts as not set.
 */
export function valueOf(context: IExecuteFunctions, parameter: unknown): unknown {
	if (typeof parameter !== 'string' || !parameter.startsWith('=')) return parameter;
	try {
		return context.evaluateExpression(parameter.slice(1), 0);
	} catch {
		return undefined;
	}
}
