import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { PartialList } from './listInfo';

/** Tells a person at the editor something about the output; the same sentence is shown once. */
export interface Hint {
	(sentence: string): void;
	/** Says that the list of this input item is not complete: in the items, and at the editor unless that was chosen. */
	partial(list: PartialList): void;
}

/** An item with files, told from a record by having both keys. */
export interface FileItem {
	json: IDataObject;
	binary: IBinaryKeyData;
}

/** What an operation puts out: a record, which becomes the item's JSON, or an item with files. */
export type Output = IDataObject | FileItem;

/** One thing an action node does, declared once: its fields, what comes out, and how. */
export interface Operation {
	/** Name in workflows and of the output schema's file. */
	value: string;
	/** What the editor shows under Operation, in Title Case. */
	name: string;
	/** What the node panel shows, in sentence case and without articles. */
	action: string;
	description: string;
	/** Without `displayOptions` for resource and operation: `operationProperties` adds them. */
	fields: INodeProperties[];
	/** Shape of one item; the output schema that the editor previews is made of it. */
	schema: ZodTypeAny;
	/** Whether it works without the node's credential. */
	offline?: true;
	/**
	 * Does it for one input item.
	 *
	 * @throws NodeApiError, NodeOperationError
	 */
	run(
		context: IExecuteFunctions,
		index: number,
		hint: Hint,
	): Promise<Output | Output[]>;
}

/** Operations on one kind of object of the provider. */
export interface Resource {
	value: string;
	/** Singular, in Title Case. */
	name: string;
	operations: readonly Operation[];
}
