import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { READS_AT_ONCE, readAhead } from '../http/readAhead';
import type { FileItem, Hint, Operation, Output, PairedItem, Resource } from './operation';
import { listInfoOf, type PartialList } from './listInfo';

/** The selected operation. */
function chosenOperation(context: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === name);
	if (operation) return operation;
	throw new NodeOperationError(context.getNode(), `This node cannot do "${resource}: ${name}"`, {
		description: 'Choose another resource and operation, or update the package.',
	});
}

/** Adds the input item, which users could not find among hundreds otherwise. */
function withItem(context: IExecuteFunctions, error: unknown, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

const hasFiles = (output: Output): output is FileItem => 'json' in output && 'binary' in output;

const isPaired = (output: Output): output is PairedItem =>
	'json' in output && 'pairedItem' in output;

/** The output as an item. An API's record may have any keys, so only an operation for all pairs. */
const contentOf = (
	output: Output,
	{ isForAll }: Operation,
): Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'> =>
	hasFiles(output) || (isForAll && isPaired(output)) ? output : { json: output as IDataObject };

/** Collects what one run of an operation reports besides its records. */
function collectHints() {
	const hints: string[] = [];
	const partial: PartialList[] = [];
	const add = (sentence: string) => void hints.push(sentence);
	const hint: Hint = Object.assign(add, {
		partial(list: PartialList) {
			if (!list.isRequested) add(list.reason);
			partial.push(list);
		},
	});
	return { hint, hints, partial };
}

/** The results as items; those of an incomplete list say so. */
function* itemsOf(
	result: Output | Output[],
	[partial]: PartialList[],
	item: number,
	operation: Operation,
): Generator<INodeExecutionData> {
	const results = Array.isArray(result) ? result : [result];
	const info = partial && { _list: listInfoOf(partial, results.length) };
	for (const each of results) {
		const { json, ...rest } = contentOf(each, operation);
		yield { pairedItem: { item }, ...rest, json: info ? { ...json, ...info } : json };
	}
}

/**
 * Runs the selected operation once for each input item, and pairs its output with it; one that only
 * reads, for a few items at once; one that is for all input items, once. With On Error: Continue an item that fails becomes
 * `{ error, message }` and the others continue; an item with any other key would not go to the error
 * output (n8n-core, `handleNodeErrorOutput`).
 */
export async function runOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(context, resources);
	const items: INodeExecutionData[] = [];
	const hints = new Set<string>();
	const runs = readAhead(
		operation.isForAll ? [0] : context.getInputData().keys(),
		operation.isRead ? READS_AT_ONCE : 1,
		async (index) => {
			const collected = collectHints();
			return { ...collected, output: await operation.run(context, index, collected.hint) };
		},
	);
	for await (const [index, run] of runs) {
		try {
			const { output, partial, hints: sentences } = await run;
			// One by one: as arguments of one call, more than about 100,000 would be too many.
			for (const item of itemsOf(output, partial, index, operation)) items.push(item);
			for (const sentence of sentences) hints.add(sentence);
		} catch (thrown) {
			const error = withItem(context, thrown, index);
			if (!context.continueOnFail()) throw error;
			const { message, description } = error;
			const json = { error: message, ...(description && { message: description }) };
			items.push({ json, pairedItem: { item: index } });
		}
	}
	for (const message of hints) {
		context.addExecutionHints({ type: 'warning', location: 'outputPane', message });
	}
	return items;
}
