import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { packagePrefixOf, triggersOf } from '../../events/workflowTriggers';
import { receivedAt, type TriggerLog } from '../../webhook/deliveries';
import type { TriggerType } from './triggerType';

/** Which triggers are meant. */
export const triggerFields = ({ source }: TriggerType): INodeProperties[] => [
	{
		displayName: 'Workflow ID',
		name: 'workflowId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8pQ1xYzAbCdEfGhI',
		description:
			'ID of the workflow with the trigger, which is the end of its URL. Leave it empty for this workflow.',
	},
	{
		displayName: 'Trigger Name',
		name: 'triggerName',
		type: 'string',
		default: '',
		placeholder: `e.g. ${source.provider.label} Trigger`,
		description: `Name of the trigger. Leave it empty for every ${source.provider.label} Trigger of the workflow.`,
	},
];

/** A trigger, and what this process received there. */
export interface ChosenTrigger {
	workflowId: string;
	/** `null` for a workflow of which this process has received nothing. */
	node: string | null;
	log: TriggerLog | undefined;
}

/** The webhook triggers of this type in the workflow of the node that runs. */
export const ownTriggers = (context: IExecuteFunctions, { type }: TriggerType) =>
	triggersOf(context).filter((node) => node.type === packagePrefixOf(context) + type);

function refuse(context: IExecuteFunctions, itemIndex: number, message: string, advice: string) {
	return new NodeOperationError(context.getNode(), message, { itemIndex, description: advice });
}

/**
 * The triggers that an input item means: those of this workflow, or of another that this process
 * has received something for.
 *
 * @throws NodeOperationError when there is none
 */
export function chosenTriggers(
	context: IExecuteFunctions,
	index: number,
	type: TriggerType,
): ChosenTrigger[] {
	const textOf = (name: string) => String(context.getNodeParameter(name, index, '')).trim();
	const own = String(context.getWorkflow().id);
	const workflowId = textOf('workflowId') || own;
	const name = textOf('triggerName');
	const { label } = type.source.provider;
	const logs = receivedAt(workflowId, type.source.provider);
	const all: ChosenTrigger[] =
		workflowId === own
			? ownTriggers(context, type).map(({ id, name: node }) => ({
					workflowId,
					node,
					log: logs.find(({ nodeId }) => nodeId === id),
				}))
			: logs.map((log) => ({ workflowId, node: log.node, log }));
	const found = all.filter(({ node }) => name === '' || node === name);
	if (found.length > 0) return found;
	if (workflowId !== own) return [{ workflowId, node: null, log: undefined }];
	throw name === ''
		? refuse(
				context,
				index,
				`This workflow has no ${label} Trigger`,
				'Enter the Workflow ID of the workflow that has it.',
			)
		: refuse(
				context,
				index,
				`This workflow has no ${label} Trigger named "${name}"`,
				`Check Trigger Name. There ${all.length === 1 ? 'is' : 'are'}: ${all.map(({ node }) => node).join(', ') || 'none'}.`,
			);
}

/** The process that an operation runs in. */
export interface ThisProcess {
	/** `main`, `webhook` or `worker`. */
	type: string;
	/** When it started, as ISO text. */
	since: string;
	/** Why it cannot know of deliveries; `undefined` when it can. */
	blindness: string | undefined;
}

/** n8n-core's contexts hold what runs them, which their type does not show (read in 2.41.1). */
type WithInstance = { instanceSettings?: { instanceType?: string } };

const WORKER =
	'This ran in a worker, which receives no deliveries, and n8n\'s processes do not share what they received. Look in the log of n8n\'s main and webhook processes for "delivery refused", and add Delivery Refused to Trigger On: it starts the workflow whichever process refused.';

export function thisProcess(context: IExecuteFunctions): ThisProcess {
	const type = (context as unknown as WithInstance).instanceSettings?.instanceType ?? 'main';
	return {
		type,
		since: new Date(performance.timeOrigin).toISOString(),
		blindness: type === 'worker' ? WORKER : undefined,
	};
}

/** What is said of the process in each item. */
export const processSchema = {
	workflowId: z.string(),
	trigger: z.string().nullable(),
	process: z.string(),
	processSince: z.string(),
};

export const isoTime = (at: number | undefined): string | null =>
	at === undefined ? null : new Date(at).toISOString();
