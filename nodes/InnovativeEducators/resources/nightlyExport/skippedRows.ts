import type { Unreadable } from './types';

/** A hint names this many at most. */
const MOST_NAMED = 5;

/** What cannot be read and why, without what it holds. */
export function skippedRowsSentence({ line, number, through = line, reason }: Unreadable): string {
	const lines = through > line ? `lines ${line} to ${through}` : `line ${line}`;
	return number === undefined ? `The row on ${lines} ${reason}` : `Object ${number} on ${lines} ${reason}`;
}

/** Counts what was left out of a file, and keeps no more of it than a hint names. */
export class SkippedRows {
	private count = 0;
	private readonly named: string[] = [];

	add(unreadable: Unreadable): void {
		this.count++;
		if (this.named.length < MOST_NAMED) this.named.push(skippedRowsSentence(unreadable));
	}

	/** A hint about all of it; `undefined` when there is nothing to tell. */
	hint(fileName: string): string | undefined {
		if (this.count === 0) return undefined;
		const more = this.count - this.named.length;
		const rest = more > 0 ? [`And ${more} more`] : [];
		const what = this.count === 1 ? 'One row was' : `${this.count} rows were`;
		return `${what} left out of ${fileName}. ${[...this.named, ...rest].join('. ')}.`;
	}
}
