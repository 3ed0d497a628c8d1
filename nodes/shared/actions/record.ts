import type { IDataObject } from 'n8n-workflow';
import type { z } from 'zod';

/**
 * The fields that Simplified has, and their order: only those of `keep`, or those of `first` and
 * then all others but those of `leaveOut`. The second is for records whose fields are not all
 * documented.
 */
export type Simplified =
	| { keep: readonly string[] }
	| { first: readonly string[]; leaveOut: readonly string[] };

/** What Output makes of a kind of record. */
export interface RecordOutput {
	/** The record as the provider gives it, which is what Raw returns. */
	schema: z.AnyZodObject;
	/** Fields that are made of the record; Raw has none of them. */
	derived?: { shape: z.ZodRawShape; of(record: IDataObject): IDataObject };
	simplified: Simplified;
	/**
	 * Keys of the provider's protocol, such as links, of which Simplified has none, except where it
	 * keeps a field by name or a nested object has nothing else.
	 */
	technical?: RegExp;
	/** Fields that no choice drops, as an item would mislead without them. They come last. */
	always?: readonly string[];
}
