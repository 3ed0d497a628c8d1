import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { PartialList } from './listInfo';
import type { RecordOutput } from './record';

/** Shows a warning about the output in the editor; each sentence is shown once. */
export interface Hint {
	(sentence: string): void;
	/**
	 * Marks the list of this input item as incomplete: in its items, and in the editor unless the
	 * user requested no more.
	 */
	partial(list: PartialList): void;
}

/** An item with files, recognized by its two keys. */
export interface FileItem {
	json: IDataObject;
	binary: IBinaryKeyData;
}

/** An item that comes from a certain input item, recognized by its two keys. */
export interface PairedItem {
	json: IDataObject;
	pairedItem: { item: number };
}

/** What an operation returns: a record, which becomes the item's JSON, or an item. */
export type Output = IDataObject | FileItem | PairedItem;

/** One operation of an action node: its fields, its output, and how it runs. */
export interface Operation {
	/** The name in workflows, and of the output schema's file. */
	value: string;
	/** The label under Operation, in Title Case. */
	name: string;
	/** The label in the node panel, in sentence case and without articles. */
	action: string;
	description: string;
	/** Without `displayOptions` for resource and operation: `operationProperties` adds them. */
	fields: INodeProperties[];
	/** The shape of one item, from which the editor's output preview is made. */
	schema: ZodTypeAny;
	/** The records that it reads, if it has Output, which `withOutput` adds. */
	record?: RecordOutput;
	/** Whether it works without the node's credential. */
	offline?: true;
	/** Values of its fields with which it does. */
	offlineWith?: Record<string, string[]>;
	/** Whether it only reads a record, so that it may run for several items at once. */
	isRead?: true;
	/**
	 * Whether it runs once, for all input items together, which it finds in the context. It returns
	 * paired items.
	 */
	isForAll?: true;
	/**
	 * Runs the operation for one input item, or for all of them.
	 *
	 * @param index of the input item; the first if it runs for all
	 * @throws NodeApiError, NodeOperationError
	 */
	run(context: IExecuteFunctions, index: number, hint: Hint): Promise<Output | Output[]>;
}

/** The operations on one kind of object. */
export interface Resource {
	value: string;
	/** Singular, in Title Case. */
	name: string;
	operations: readonly Operation[];
}
