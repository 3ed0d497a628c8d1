import type { Payload } from '../../../shared/events/types';

/** Where a row is in the file, counted from 1. */
interface Position {
	line: number;
	/** The last line, if the row has several. */
	through?: number;
	/** Index of an object in a JSON list, where one line may hold many. */
	number?: number;
}

export interface Row extends Position {
	payload: Payload;
}

export interface InvalidRow extends Position {
	/** Continues a sentence that starts with the row's position. */
	reason: string;
}

export type ParsedRow = Row | InvalidRow;

/**
 * Reads a file from pieces of any length and returns the rows that each piece completes. It holds
 * one row in memory.
 */
export interface Parser<Each> {
	push(text: string): Iterable<Each>;
	end(): Iterable<Each>;
}

/** In characters. A longer row is invalid, which bounds the memory that a parser needs. */
export const MAX_ROW_LENGTH = 1_000_000;

export const TOO_LONG = 'is longer than a million characters';

/** A sentence without the row's content, which is personal data. */
export function describeInvalidRow({ line, number, through = line, reason }: InvalidRow): string {
	const lines = through > line ? `lines ${line} to ${through}` : `line ${line}`;
	return number === undefined
		? `The row on ${lines} ${reason}`
		: `Object ${number} on ${lines} ${reason}`;
}

const MAX_DESCRIBED = 5;

/** Counts the skipped rows of a file and describes the first few. */
export class SkippedRows {
	private count = 0;
	private readonly sentences: string[] = [];

	add(row: InvalidRow): void {
		this.count++;
		if (this.sentences.length < MAX_DESCRIBED) this.sentences.push(describeInvalidRow(row));
	}

	/** `undefined` if no row was skipped. */
	hint(fileName: string): string | undefined {
		if (this.count === 0) return undefined;
		const more = this.count - this.sentences.length;
		const sentences = more > 0 ? [...this.sentences, `And ${more} more`] : this.sentences;
		const skipped = this.count === 1 ? 'One row was' : `${this.count} rows were`;
		return `${skipped} skipped in ${fileName}. ${sentences.join('. ')}.`;
	}
}
