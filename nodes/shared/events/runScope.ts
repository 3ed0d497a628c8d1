import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n-core's contexts hold where a run ends, which their type does not show (read in 2.41.1). */
type WithRunData = {
	runExecutionData?: { startData?: { destinationNode?: string | { nodeName?: string } } };
};

/** The node with which a test run ends; `undefined` if all of the workflow runs. */
export function destinationOf(context: IExecuteFunctions): string | undefined {
	const { runExecutionData } = context as unknown as WithRunData;
	const destination = runExecutionData?.startData?.destinationNode;
	return typeof destination === 'object' ? destination?.nodeName : destination;
}

/** Whether other nodes would run after this one. */
export function leadsOn(context: IExecuteFunctions): boolean {
	const { name } = context.getNode();
	return (
		destinationOf(context) !== name && context.getChildNodes(name).some(({ disabled }) => !disabled)
	);
}
