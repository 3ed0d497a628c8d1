import type { IDataObject, IExecuteFunctions, INode, IPollFunctions } from 'n8n-workflow';

import { nodeOf } from './recentKeys';

/** n8n-core's contexts hold the whole workflow, which their type does not show (read in 2.41.1). */
type WithWorkflow = { workflow?: { nodes?: Record<string, INode>; staticData?: IDataObject } };

/** A context that holds the workflow, with all of its nodes. */
export type TriggerContext = IExecuteFunctions | IPollFunctions;

/** What every node type of the package that runs begins with. */
export const packagePrefixOf = (context: TriggerContext): string => {
	const { type } = nodeOf(context);
	return type.slice(0, type.lastIndexOf('.') + 1);
};

/** This package's triggers in the workflow, whether or not they lead to the same nodes. */
export function triggersOf(context: TriggerContext): INode[] {
	const prefix = packagePrefixOf(context);
	const nodes = Object.values((context as unknown as WithWorkflow).workflow?.nodes ?? {});
	return nodes.filter(
		({ disabled, type }) => !disabled && type.startsWith(prefix) && type.endsWith('Trigger'),
	);
}

/**
 * The value of another node's parameter; one that only that node can evaluate counts as not set.
 */
export function valueOf(context: TriggerContext, parameter: unknown): unknown {
	if (typeof parameter !== 'string' || !parameter.startsWith('=')) return parameter;
	if (!('evaluateExpression' in context)) return undefined;
	try {
		return context.evaluateExpression(parameter.slice(1), 0);
	} catch {
		return undefined;
	}
}

/** What another node of the workflow keeps in n8n's static data; a node names it as it is named. */
export const staticDataOf = (context: TriggerContext, { name }: INode): unknown =>
	(context as unknown as WithWorkflow).workflow?.staticData?.[`node:${name}`];
