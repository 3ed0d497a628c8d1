import type { Payload } from '../../../shared/events/types';

/** Where something stands in the file, counted from 1. */
export interface FilePosition {
	/** On which it begins. */
	line: number;
	/** On which it ends, where that is not the same. */
	through?: number;
	/** Which object of a JSON list it is; many may stand on one line. */
	number?: number;
}

/** An event as it stands in the file. */
export interface Row extends FilePosition {
	payload: Payload;
}

/** What cannot be read, and why: `reason` is what follows on its place in a sentence. */
export interface Unreadable extends FilePosition {
	reason: string;
}

export type ParsedRecord = Row | Unreadable;

/** Takes a file in pieces, cut anywhere, and gives what is complete. It keeps no more than one record. */
export interface RecordParser<Each> {
	push(text: string): Each[];
	/** What only the end of the file completes. */
	end(): Each[];
}

export const isUnreadable = (found: object): found is Unreadable => 'reason' in found;

/** In characters; a longer record is left out instead of filling the memory. */
export const LONGEST_RECORD = 1_000_000;

export const TOO_LONG = 'is longer than a million characters';
